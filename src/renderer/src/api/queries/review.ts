import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import type { ReviewItem } from '../../../../shared/contract/review.ts';
import { call } from '../client.ts';
import type { ReviewFilter } from '../query-keys.ts';
import { queryKeys } from '../query-keys.ts';
import { useChange } from './change.ts';
import type { RowRange } from './paged-rows.ts';
import { PAGE_SIZE, usePagedRows } from './paged-rows.ts';

/** Who and what waits and matches a filter, of which the pages in `range` are loaded. */
export function useReviewQueue(filter: ReviewFilter, range: RowRange) {
  return usePagedRows<ReviewItem, OutputOf<'review.list'>>(
    (page) => ({
      queryKey: queryKeys.reviewPage(filter, page),
      queryFn: () => call('review.list', { ...filter, offset: page * PAGE_SIZE, limit: PAGE_SIZE }),
      placeholderData: page === 0 ? keepPreviousData : undefined,
    }),
    range,
  );
}

/** How many wait, by rule and by domain; and how many conflicts are open. */
export function useReviewCounts(enabled = true) {
  return useQuery({ queryKey: queryKeys.reviewCounts(), queryFn: () => call('review.counts', {}), enabled });
}

/** What was decided lately. */
export function useReviewDecisions() {
  return useQuery({ queryKey: queryKeys.reviewDecisions(), queryFn: () => call('review.decisions', {}) });
}

/** Approves or rejects, some or all that match. */
export function useDecideReview() {
  return useChange('review.decide', ['members']);
}

/** Puts back what stood before a decision. */
export function useUndoReview() {
  return useChange('review.undo', ['members']);
}
