import { useQuery } from '@tanstack/react-query';
import { call } from '../client.ts';
import { queryKeys } from '../query-keys.ts';
import { useChange } from './change.ts';

/** Which steps of the identity setup are done, computed by the server from the data. */
export function useSetup() {
  return useQuery({ queryKey: queryKeys.setup(), queryFn: () => call('setup.get', {}) });
}

/** Records that the operator has looked at the policy. */
export function useConfirmPolicy() {
  return useChange('setup.confirmPolicy', ['policy']);
}
