import { useQuery } from '@tanstack/react-query';
import type { ChangedEntity } from '../../../../shared/contract/index.ts';
import { call } from '../client.ts';
import { queryKeys } from '../query-keys.ts';
import { useChange } from './change.ts';

const GRANTS: readonly ChangedEntity[] = ['grants'];

/** Every role template, with how many hold it. */
export function useRoles() {
  return useQuery({ queryKey: queryKeys.roles(), queryFn: () => call('roles.list', {}) });
}

export const useCreateRole = () => useChange('roles.create', GRANTS);
export const useChangeRole = () => useChange('roles.change', GRANTS);
export const useRemoveRole = () => useChange('roles.remove', GRANTS);
