/** Sorting: RFC 7644 §3.4.2.3. */
import { parseDateTime } from './date-time.ts';
import { badRequest } from './error.ts';
import { valuesAt } from './filter/evaluate.ts';
import { definitionOf } from './filter/resolve.ts';
import { compareText, foldCase } from './fold-case.ts';
import { isJsonObject, type JsonObject, type JsonValue, ownValue } from './json.ts';
import type { SortOrder } from './list-query.ts';
import { findSubAttribute } from './schema/definition.ts';
import {
  type ResolvedPath,
  type ResourceType,
  withoutSubAttribute,
  withSubAttribute,
} from './schema/resource-type.ts';

export type SortKey = string | number | undefined;

/**
 * The simple attribute that `sortBy` denotes: `emails` is `emails.value`.
 * @throws ScimError 400 invalidValue when the resource type has no such simple attribute, or never returns it
 */
export function resolveSortBy(type: ResourceType, sortBy: string): ResolvedPath {
  const path = type.resolve(sortBy);
  const value = path && !path.subAttribute ? findSubAttribute(path.attribute, 'value') : undefined;
  const simple = path && value ? withSubAttribute(path, value) : path;
  if (
    simple === undefined ||
    definitionOf(simple).type === 'complex' ||
    simple.attribute.returned === 'never'
  ) {
    throw badRequest('invalidValue', `${sortBy} is no attribute of a ${type.name} that can be sorted by.`);
  }
  return simple;
}

/** What a resource sorts by: its primary or else first value, folded unless caseExact; undefined when unassigned. */
export function sortKey(path: ResolvedPath, resource: JsonObject): SortKey {
  const elements = valuesAt(resource, withoutSubAttribute(path));
  const chosen = elements.find(isPrimary) ?? elements[0];
  const { subAttribute } = path;
  const value =
    subAttribute === undefined
      ? chosen
      : isJsonObject(chosen)
        ? ownValue(chosen, subAttribute.name)
        : undefined;
  return toKey(value, definitionOf(path));
}

/** Orders sort keys: unassigned ones last when ascending, first when descending. */
export function compareSortKeys(a: SortKey, b: SortKey, order: SortOrder): number {
  const ascending = compareAscending(a, b);
  return order === 'ascending' ? ascending : -ascending;
}

function isPrimary(element: JsonValue): boolean {
  return isJsonObject(element) && ownValue(element, 'primary') === true;
}

function toKey(
  value: JsonValue | undefined,
  { type, caseExact }: { type: string; caseExact: boolean },
): SortKey {
  if (value === undefined || typeof value === 'object') return undefined;
  if (typeof value !== 'string') return Number(value);
  if (type !== 'dateTime') return caseExact ? value : foldCase(value);
  const instant = parseDateTime(value);
  return instant && instant.seconds + Number(`0.${instant.fraction}`);
}

function compareAscending(a: SortKey, b: SortKey): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  return Number(a) - Number(b);
}
