import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useActivityLog } from '../../stores/activity-log.ts';
import { call } from '../client.ts';
import type { ActivityFilter } from '../query-keys.ts';
import { queryKeys } from '../query-keys.ts';

/**
 * The request log backwards from now, page by page. Rows never change, so nothing is fetched twice; it starts afresh
 * each time a screen opens, because what has come since is only in the live log.
 */
export function useActivityHistory(filter: ActivityFilter) {
  return useInfiniteQuery({
    queryKey: queryKeys.activity(filter),
    queryFn: async ({ pageParam }) => {
      // Read before asking: every row up to here is either in the answer or did not match.
      const through = useActivityLog.getState().rows.at(-1)?.seq ?? 0;
      const page = await call('activity.list', {
        ...filter,
        ...(pageParam !== undefined && { before: pageParam }),
        limit: 100,
      });
      return { ...page, through };
    },
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.nextBefore ?? undefined,
    gcTime: 0,
  });
}

/** The newest few requests at the moment a screen opens. */
export function useLatestRequests() {
  return useQuery({
    queryKey: queryKeys.latestRequests(),
    queryFn: () => call('activity.list', { limit: 20 }),
    gcTime: 0,
  });
}

/** One request with its steps and redacted bodies. */
export function useRequest(seq: number) {
  return useQuery({ queryKey: queryKeys.request(seq), queryFn: () => call('activity.get', { seq }) });
}
