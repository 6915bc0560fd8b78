import { useQuery } from '@tanstack/react-query';
import { call } from '../client.ts';
import { queryKeys } from '../query-keys.ts';
import { useChange } from './change.ts';

/** What runs, what waits, the last that are over, and who runs them. */
export function useJobs() {
  return useQuery({ queryKey: queryKeys.jobs(), queryFn: () => call('jobs.list', {}) });
}

/** Asks a job to stop. */
export function useCancelJob() {
  return useChange('jobs.cancel', ['jobs']);
}
