import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import type { ChangedEntity, InputOf } from '../../../../shared/contract/index.ts';
import { call } from '../client.ts';
import { queryKeys } from '../query-keys.ts';
import { useChange } from './change.ts';

const SCHEMAS: readonly ChangedEntity[] = ['schemas'];

/** Every schema that users and groups can have. */
export function useSchemas() {
  return useQuery({ queryKey: queryKeys.schemas(), queryFn: () => call('schemas.list', {}) });
}

/** Who holds values of a schema, counted anew each time it is asked for: the whole directory is read for it. */
export function useSchemaUsage(id: string | null) {
  return useQuery({
    queryKey: queryKeys.schemaUsage(id ?? ''),
    queryFn: id === null ? skipToken : () => call('schemas.usage', { id }),
    staleTime: 0,
    gcTime: 0,
  });
}

/** What registering a definition would mean; nothing is asked while there is none. */
export function useSchemaPreview(definition: InputOf<'schemas.preview'> | null) {
  return useQuery({
    queryKey: queryKeys.schemaPreview(definition),
    queryFn: definition === null ? skipToken : () => call('schemas.preview', definition),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
}

/** Adds a schema. */
export function useRegisterSchema() {
  return useChange('schemas.register', SCHEMAS);
}

/** Puts another definition under the same URN. */
export function useReplaceSchema() {
  return useChange('schemas.replace', SCHEMAS);
}

/** Takes a schema away, with the values that are held. */
export function useRemoveSchema() {
  return useChange('schemas.remove', SCHEMAS);
}
