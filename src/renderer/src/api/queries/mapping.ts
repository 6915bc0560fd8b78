import { skipToken, useQuery } from '@tanstack/react-query';
import type { AttributeMapping } from '../../../../shared/contract/mapping.ts';
import { call } from '../client.ts';
import { queryKeys } from '../query-keys.ts';
import { useChange } from './change.ts';

/** The attribute mapping, what was received, and what looks wrong about it. */
export function useMapping() {
  return useQuery({ queryKey: queryKeys.mapping(), queryFn: () => call('mapping.get', {}) });
}

/** What a mapping would change, counted over everybody each time; nothing is asked while there is none. */
export function useMappingPreview(mapping: AttributeMapping | null) {
  return useQuery({
    queryKey: queryKeys.mappingPreview(mapping),
    queryFn: mapping === null ? skipToken : () => call('mapping.preview', { mapping }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}

/** Stores the whole mapping; the people follow by a job. */
export function useSetMapping() {
  return useChange('mapping.set', ['members', 'schemas', 'jobs']);
}
