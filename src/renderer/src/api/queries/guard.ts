import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Receipt } from '../../../../shared/contract/deprovisioning.ts';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import { call } from '../client.ts';
import { queryKeys } from '../query-keys.ts';
import { useChange } from './change.ts';
import type { RowRange } from './paged-rows.ts';
import { PAGE_SIZE, usePagedRows } from './paged-rows.ts';

/** Whom the guard holds and who match a search, of which the pages in `range` are loaded. */
export function useHeld(search: string, range: RowRange) {
  return usePagedRows<Receipt, OutputOf<'guard.list'>>(
    (page) => ({
      queryKey: queryKeys.heldPage(search, page),
      queryFn: () => call('guard.list', { search, offset: page * PAGE_SIZE, limit: PAGE_SIZE }),
      placeholderData: page === 0 ? keepPreviousData : undefined,
    }),
    range,
  );
}

/** Confirms or recalls some or all whom the guard holds; answers with the job that does it. */
export function useDecide() {
  return useChange('guard.decide', ['members', 'jobs']);
}

/** Why a member is where it is, what the IdP says beside it, and what comes next. */
export function useStanding(id: string) {
  return useQuery({ queryKey: queryKeys.standing(id), queryFn: () => call('members.standing', { id }) });
}

/** Gives people back what their last deprovisioning took. */
export function useRecall() {
  return useChange('members.recall', ['members']);
}

/** Takes access away by hand. */
export function useSuspend() {
  return useChange('members.suspend', ['members']);
}

/** Ends an operator's suspension. */
export function useResume() {
  return useChange('members.resume', ['members']);
}
