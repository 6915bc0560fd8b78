import { useQuery } from '@tanstack/react-query';
import { call } from '../client.ts';
import { queryKeys } from '../query-keys.ts';
import { useChange } from './change.ts';

/** What can be edited of a member, and what the IdP owns of it. */
export function useMemberEdits(id: string) {
  return useQuery({ queryKey: queryKeys.memberEdits(id), queryFn: () => call('members.edits', { id }) });
}

/** Writes over what the IdP asserts. */
export function useEditMember() {
  return useChange('members.edit', ['members', 'employees']);
}
