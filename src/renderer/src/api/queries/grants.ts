import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AffectedPerson, Holder } from '../../../../shared/contract/grants.ts';
import type { ChangedEntity, InputOf, OutputOf } from '../../../../shared/contract/index.ts';
import { call } from '../client.ts';
import { queryKeys, type TargetFilter } from '../query-keys.ts';
import { useChange } from './change.ts';
import type { RowRange } from './paged-rows.ts';
import { PAGE_SIZE, usePagedRows } from './paged-rows.ts';

const GRANTS: readonly ChangedEntity[] = ['grants'];

/** A change of grants that can be looked at before it is made. */
export type GrantChangeInput = InputOf<'grants.preview'>['change'];

/** Every team and role of a member, with every reason. */
export function useMemberGrants(memberId: string) {
  return useQuery({
    queryKey: queryKeys.memberGrants(memberId),
    queryFn: () => call('grants.ofMember', { memberId }),
  });
}

/** Who holds a team or role, of which the pages in `range` are loaded. */
export function useHolders(target: TargetFilter, search: string, range: RowRange) {
  return usePagedRows<Holder, OutputOf<'grants.holders'>>(
    (page) => ({
      queryKey: queryKeys.holdersPage(target, search, page),
      queryFn: () => call('grants.holders', { target, search, offset: page * PAGE_SIZE, limit: PAGE_SIZE }),
      placeholderData: page === 0 ? keepPreviousData : undefined,
    }),
    range,
  );
}

/** What a change would do, asked anew each time: whole teams are read for it. */
export function useGrantPreview(change: GrantChangeInput, search: string, range: RowRange) {
  return usePagedRows<AffectedPerson, OutputOf<'grants.preview'>>(
    (page) => ({
      queryKey: queryKeys.grantPreview(change, search, page),
      queryFn: () => call('grants.preview', { change, search, offset: page * PAGE_SIZE, limit: PAGE_SIZE }),
      placeholderData: page === 0 ? keepPreviousData : undefined,
      staleTime: 0,
      gcTime: 0,
    }),
    range,
  );
}

/** What gives a team or role. */
export function useMappings(target: TargetFilter) {
  return useQuery({
    queryKey: queryKeys.mappings(target),
    queryFn: () => call('mappings.list', { target, limit: 500 }),
  });
}

/** Groups of the IdP by a part of their name. */
export function useGroups(search: string) {
  return useQuery({
    queryKey: queryKeys.groups(search),
    queryFn: () => call('mappings.groups', { search, limit: 50 }),
    placeholderData: keepPreviousData,
  });
}

export const useAddMapping = () => useChange('mappings.add', GRANTS);
export const useChangeMapping = () => useChange('mappings.change', GRANTS);
export const useRemoveMapping = () => useChange('mappings.remove', GRANTS);
export const useGive = () => useChange('grants.give', GRANTS);
export const useRevoke = () => useChange('grants.revoke', GRANTS);
export const useSetTemplate = () => useChange('grants.setTemplate', GRANTS);
