import { useQuery } from '@tanstack/react-query';
import type { ChangedEntity } from '../../../../shared/contract/index.ts';
import { call } from '../client.ts';
import { queryKeys } from '../query-keys.ts';
import { useChange, useSecretCall } from './change.ts';

const TOKENS: readonly ChangedEntity[] = ['tokens'];

/** Every token there ever was, without the tokens themselves. */
export function useTokens() {
  return useQuery({ queryKey: queryKeys.tokens(), queryFn: () => call('tokens.list', {}) });
}

/** Issues a token; the caller holds the only copy that the page gets. */
export function useCreateToken() {
  return useSecretCall('tokens.create', TOKENS);
}

/** Issues a token beside an old one, which retires. */
export function useRotateToken() {
  return useSecretCall('tokens.rotate', TOKENS);
}

/** Issues a token in place of an old one, which dies at once. */
export function useRegenerateToken() {
  return useSecretCall('tokens.regenerate', TOKENS);
}

/** "I have stored it." */
export function useAcknowledgeToken() {
  return useChange('tokens.acknowledge', TOKENS);
}

/** Gives a token an IdP profile of its own, or with null the organization's again. */
export function useSetTokenProfile() {
  return useChange('tokens.setProfile', TOKENS);
}

/** Ends a token at once. */
export function useRevokeToken() {
  return useChange('tokens.revoke', TOKENS);
}

/** Ends every token and decides what becomes of the people they brought. */
export function useDeleteConfiguration() {
  return useChange('scim.deleteConfiguration', ['tokens', 'members', 'policy']);
}
