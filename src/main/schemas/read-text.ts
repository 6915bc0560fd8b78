import { type JsonObject, ownValue } from '../scim/json.ts';

/** What is found while a schema is read; sentences. */
export interface Findings {
  problems: string[];
  notes: string[];
}

/** Control characters and half surrogate pairs: nothing that belongs into a name or a sentence. */
const UNPRINTABLE = /[\p{Cc}\p{Surrogate}]/u;

/** An optional text of the schema; undefined when absent or wrong. */
export function readText(
  object: JsonObject,
  key: string,
  { at, max }: { at: string; max: number },
  { problems }: Findings,
): string | undefined {
  const value = ownValue(object, key) ?? undefined;
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string' && value.length <= max && !UNPRINTABLE.test(value)) return value;
  problems.push(`${at} must be text of at most ${max} characters, on one line.`);
  return undefined;
}
