import { useQuery } from '@tanstack/react-query';
import { call } from '../client.ts';
import { queryKeys } from '../query-keys.ts';

/** The one screen of state that the shell and the overview share. */
export function useOverview() {
  return useQuery({ queryKey: queryKeys.overview(), queryFn: () => call('overview.get', {}) });
}
