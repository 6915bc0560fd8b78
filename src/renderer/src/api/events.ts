import type { QueryClient } from '@tanstack/react-query';
import { useActivityLog } from '../stores/activity-log.ts';
import { call, subscribe } from './client.ts';
import { coalesceChanges, invalidate } from './invalidate.ts';

/**
 * Connects the server's events for the life of the page: `changed` fetches again, `activity.appended` feeds the live
 * log, `console.navigate` opens a page.
 */
export function connectEvents({
  queryClient,
  navigate,
}: {
  queryClient: QueryClient;
  navigate: (path: string) => void;
}): void {
  const { append } = useActivityLog.getState();
  let rowsArrived = false;

  const changed = coalesceChanges(async (entities) => {
    // Another process may have written the log without its rows passing through this one: fetch what was missed.
    if (entities.has('activity') && !rowsArrived) {
      const { items } = await call('activity.list', { limit: 200 });
      append(items.toReversed(), 0);
    }
    rowsArrived = false;
    await invalidate(queryClient, entities);
  });

  subscribe('changed', ({ entities }) => changed(entities));
  subscribe('activity.appended', ({ rows, dropped }) => {
    rowsArrived = true;
    append(rows, dropped);
    changed(['activity']);
  });
  subscribe('console.navigate', ({ path }) => navigate(path));
}
