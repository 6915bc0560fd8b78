/** `bulkId:…` references: RFC 7644 §3.7.2, in any value, in a PATCH path's filter, and in the operation's own path. */
import { isJsonObject, type JsonValue } from '../json.ts';
import type { BulkAction } from './request.ts';

// The whole text, the end of a URI, or a literal inside the filter of a PATCH path.
const REFERENCE = /^bulkId:(.+)$|\/bulkId:([^/?#]+)$|"bulkId:([^"\\]+)"/gs;

function bulkIdsIn(text: string): string[] {
  return [...text.matchAll(REFERENCE)].map(([, whole, uri, literal]) => whole ?? uri ?? literal ?? '');
}

/** The bulkIds an operation refers to. */
export function referencesOf({ id, data }: BulkAction): ReadonlySet<string> {
  const found = new Set<string>();
  const collect = (text: string): string => {
    for (const bulkId of bulkIdsIn(text)) found.add(bulkId);
    return text;
  };
  if (id !== undefined) collect(id);
  if (data !== undefined) mapTexts(data, collect);
  return found;
}

/** The operation with every reference replaced by the id it has come to stand for. */
export function substitute(action: BulkAction, ids: ReadonlyMap<string, string>): BulkAction {
  const replace = (text: string): string =>
    text.replace(REFERENCE, (reference, whole?: string, uri?: string, literal?: string) => {
      const bulkId = whole ?? uri ?? literal ?? '';
      const id = ids.get(bulkId);
      return id === undefined ? reference : reference.replace(`bulkId:${bulkId}`, () => id);
    });
  return {
    ...action,
    id: action.id === undefined ? undefined : replace(action.id),
    data: action.data === undefined ? undefined : mapTexts(action.data, replace),
  };
}

/**
 * The data without the values that hold one of these references: what a resource in a circle is created with, before the
 * others exist.
 */
export function withoutReferences(data: JsonValue, bulkIds: ReadonlySet<string>): JsonValue | undefined {
  if (typeof data === 'string') return refersTo(data, bulkIds) ? undefined : data;
  if (Array.isArray(data)) return data.filter((element) => !refersTo(element, bulkIds));
  if (!isJsonObject(data)) return data;
  const entries = Object.entries(data).flatMap(([name, value]) => {
    const rest = withoutReferences(value, bulkIds);
    return rest === undefined ? [] : [[name, rest] as const];
  });
  return Object.fromEntries(entries);
}

function refersTo(value: JsonValue, bulkIds: ReadonlySet<string>): boolean {
  let refers = false;
  mapTexts(value, (text) => {
    refers ||= bulkIdsIn(text).some((bulkId) => bulkIds.has(bulkId));
    return text;
  });
  return refers;
}

/** The value with every text in it replaced. Bodies are at most 32 levels deep by now, see readJsonObject. */
function mapTexts(value: JsonValue, replace: (text: string) => string): JsonValue {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return value.map((element) => mapTexts(element, replace));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, mapTexts(part, replace)]));
}
