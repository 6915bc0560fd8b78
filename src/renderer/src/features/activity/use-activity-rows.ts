import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useActivityHistory } from '../../api/queries/activity.ts';
import type { ActivityFilter } from '../../api/query-keys.ts';
import { queryKeys } from '../../api/query-keys.ts';
import { useActivityLog } from '../../stores/activity-log.ts';
import { mergeRows } from '../../stores/log-ring.ts';
import { matchesFilter } from './activity-filter.ts';

/**
 * The filtered log, newest first: fetched history with the live rows on top. While `held`, rows that arrive are
 * counted in `waiting` instead of being shown, so that nothing moves under the reader's eyes.
 */
export function useActivityRows(filter: ActivityFilter, held: boolean) {
  const history = useActivityHistory(filter);
  const live = useActivityLog((log) => log.rows);
  const evictedThrough = useActivityLog((log) => log.evictedThrough);
  const dropped = useActivityLog((log) => log.dropped);
  const queryClient = useQueryClient();

  const { failed, search, rule } = filter;
  const all = useMemo(() => {
    const fetched = history.data?.pages.flatMap(({ items }) => items) ?? [];
    return mergeRows(
      fetched,
      live.filter((row) => matchesFilter(row, { failed, search, rule })),
    );
  }, [history.data, live, failed, search, rule]);

  const [heldThrough, setHeldThrough] = useState<number | null>(null);
  if (held !== (heldThrough !== null)) setHeldThrough(held ? (all[0]?.seq ?? 0) : null);
  const rows = useMemo(
    () => (heldThrough === null ? all : all.filter((row) => row.seq <= heldThrough)),
    [all, heldThrough],
  );

  // More came than the live log holds, so there is a hole between it and what was fetched: start over.
  const newestPage = history.data?.pages[0];
  const covered = newestPage && Math.max(newestPage.through, newestPage.items[0]?.seq ?? 0);
  const hole = covered !== undefined && evictedThrough > covered;
  useEffect(() => {
    if (hole) void queryClient.resetQueries({ queryKey: queryKeys.activity(filter) });
  }, [hole, queryClient, filter]);

  return { history, rows, waiting: all.length - rows.length, dropped };
}
