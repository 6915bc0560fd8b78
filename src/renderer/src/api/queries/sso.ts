import { useQuery } from '@tanstack/react-query';
import type { ChangedEntity } from '../../../../shared/contract/index.ts';
import { call } from '../client.ts';
import { queryKeys } from '../query-keys.ts';
import { useSecretCall } from './change.ts';

const NOTHING: readonly ChangedEntity[] = [];
const CONNECTION: readonly ChangedEntity[] = ['sso'];

/** The stored connection, if any, and the values that the admin copies into the IdP. */
export function useSso() {
  return useQuery({ queryKey: queryKeys.sso(), queryFn: () => call('sso.get', {}) });
}

/** Parses a connection without saving it. */
export function useInspectConnection() {
  return useSecretCall('sso.inspect', NOTHING);
}

/** Stores a connection. */
export function useSaveConnection() {
  return useSecretCall('sso.save', CONNECTION);
}
