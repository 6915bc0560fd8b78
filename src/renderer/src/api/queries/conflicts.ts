import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Conflict } from '../../../../shared/contract/conflicts.ts';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import { call } from '../client.ts';
import type { ConflictFilter } from '../query-keys.ts';
import { queryKeys } from '../query-keys.ts';
import { useChange } from './change.ts';
import type { RowRange } from './paged-rows.ts';
import { PAGE_SIZE, usePagedRows } from './paged-rows.ts';

/** The conflicts that match a filter, of which the pages in `range` are loaded. */
export function useConflicts(filter: ConflictFilter, range: RowRange) {
  return usePagedRows<Conflict, OutputOf<'conflicts.list'>>(
    (page) => ({
      queryKey: queryKeys.conflictsPage(filter, page),
      queryFn: () => call('conflicts.list', { ...filter, offset: page * PAGE_SIZE, limit: PAGE_SIZE }),
      placeholderData: page === 0 ? keepPreviousData : undefined,
    }),
    range,
  );
}

/** Both people of a conflict, and what each choice will do. */
export function useConflict(id: string) {
  return useQuery({ queryKey: queryKeys.conflict(id), queryFn: () => call('conflicts.get', { id }) });
}

/** Decides whether two people are one. */
export function useDecideConflict() {
  return useChange('conflicts.decide', ['members']);
}

/** Takes back that two were kept apart, or that somebody was refused. */
export function useUndoConflict() {
  return useChange('conflicts.undo', ['members']);
}
