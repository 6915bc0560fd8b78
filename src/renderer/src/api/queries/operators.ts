import { useQuery } from '@tanstack/react-query';
import type { ChangedEntity } from '../../../../shared/contract/index.ts';
import { call } from '../client.ts';
import { queryKeys } from '../query-keys.ts';
import { useChange } from './change.ts';

const OPERATORS: readonly ChangedEntity[] = ['operators'];

/** Who may work with this install, and who is asking. */
export function useOperators() {
  return useQuery({ queryKey: queryKeys.operators(), queryFn: () => call('operators.list', {}) });
}

/** Why a change would be refused to whoever is asking, as a sentence; null where it would not, or is not known yet. */
export function useRefusal(): string | null {
  const isViewer = useOperators().data?.me.permission === 'viewer';
  return isViewer ? 'You are a viewer: an owner or admin can do this.' : null;
}

/** Adds somebody. */
export function useAddOperator() {
  return useChange('operators.add', OPERATORS);
}

/** Changes somebody's name, permission, or sign-in without SSO. */
export function useSetOperator() {
  return useChange('operators.set', OPERATORS);
}

/** Takes somebody's permission away altogether. */
export function useRemoveOperator() {
  return useChange('operators.remove', OPERATORS);
}
