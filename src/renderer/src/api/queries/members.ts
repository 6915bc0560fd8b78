import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import type { Member } from '../../../../shared/contract/people.ts';
import { call } from '../client.ts';
import type { MemberFilter } from '../query-keys.ts';
import { queryKeys } from '../query-keys.ts';
import type { RowRange } from './paged-rows.ts';
import { PAGE_SIZE, usePagedRows } from './paged-rows.ts';

/** The members that match a filter, of which the pages in `range` are loaded. */
export function useMembers(filter: MemberFilter, range: RowRange) {
  return usePagedRows<Member, OutputOf<'members.list'>>(
    (page) => ({
      queryKey: queryKeys.membersPage(filter, page),
      queryFn: () => call('members.list', { ...filter, offset: page * PAGE_SIZE, limit: PAGE_SIZE }),
      placeholderData: page === 0 ? keepPreviousData : undefined,
    }),
    range,
  );
}

/** One member with the employee record. */
export function useMember(id: string) {
  return useQuery({ queryKey: queryKeys.member(id), queryFn: () => call('members.get', { id }) });
}
