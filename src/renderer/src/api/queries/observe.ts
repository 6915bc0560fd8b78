import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import type { PreviewedResource } from '../../../../shared/contract/observe.ts';
import { call } from '../client.ts';
import type { PreviewFilter } from '../query-keys.ts';
import { queryKeys } from '../query-keys.ts';
import { useChange } from './change.ts';
import type { RowRange } from './paged-rows.ts';
import { PAGE_SIZE, usePagedRows } from './paged-rows.ts';

/** How often the numbers over everything are counted anew, in milliseconds. */
const COUNT_MS = 10_000;

/** What applying would change, of which the pages in `range` are computed. */
export function usePreview(filter: PreviewFilter, range: RowRange) {
  return usePagedRows<PreviewedResource, OutputOf<'observe.preview'>>(
    (page) => ({
      queryKey: queryKeys.previewPage(filter, page),
      queryFn: () => call('observe.preview', { ...filter, offset: page * PAGE_SIZE, limit: PAGE_SIZE }),
      placeholderData: page === 0 ? keepPreviousData : undefined,
    }),
    range,
  );
}

/** How many changes of which kind there are in all. Counted every few seconds, not with every change of anything. */
export function usePreviewCounts() {
  return useQuery({
    queryKey: queryKeys.previewCounts(),
    queryFn: () => call('observe.counts', {}),
    refetchInterval: COUNT_MS,
    gcTime: 0,
  });
}

/** Applies what was observed; answers with the job that does it. */
export function useApplyObserved() {
  return useChange('observe.apply', ['members', 'teams', 'policy', 'jobs']);
}
