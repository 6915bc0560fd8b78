import { useQuery } from '@tanstack/react-query';
import { call } from '../client.ts';
import { queryKeys } from '../query-keys.ts';
import { useChange } from './change.ts';

/** The provisioning policy. */
export function usePolicy() {
  return useQuery({ queryKey: queryKeys.policy(), queryFn: () => call('policy.get', {}) });
}

/** Changes some keys of the policy; takes effect at the next request. */
export function useSetPolicy() {
  return useChange('policy.set', ['policy']);
}
