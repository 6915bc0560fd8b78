import { badRequest } from './error.ts';

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export type JsonObject = { [name: string]: JsonValue };

/** Real resources nest four levels. Everything deeper is refused before any recursive code sees it. */
const MAX_JSON_DEPTH = 32;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own property `name` of a parsed JSON object: never `constructor` and friends from its prototype. */
export function ownValue(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Unassigned in the sense of RFC 7643 §2.5: absent, null or an empty array. */
export function isUnassigned(value: JsonValue | undefined): value is undefined | null | [] {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** Structural equality of JSON values; the order of object keys does not matter, that of array elements does. */
export function jsonEqual(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((element, i) => jsonEqual(element, b[i]));
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && jsonEqual(a[name], b[name]))
  );
}

/**
 * Reads a request body as a JSON object.
 * @throws ScimError 400 invalidSyntax when it is anything else, or nested deeper than {@link MAX_JSON_DEPTH}; invalidValue
 *   for text that is not Unicode
 */
export function readJsonObject(body: unknown, what: string): JsonObject {
  if (!isJsonObject(body)) {
    throw badRequest('invalidSyntax', `${what} must be a JSON object.`, 'Empty body or unread Content-Type?');
  }
  refuseUnusableParts(body, what);
  return body;
}

/** Half a surrogate pair. UTF-8 can't hold it: the store would make U+FFFD of it, and two different names equal. */
const HALF_CHARACTER = /\p{Surrogate}/u;

function refuseUnusableParts(root: JsonObject, what: string): void {
  let level: Container[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_JSON_DEPTH) {
      throw badRequest('invalidSyntax', `${what} is nested deeper than ${MAX_JSON_DEPTH} levels.`);
    }
    if (level.some(holdsHalfCharacter)) {
      throw badRequest('invalidValue', `${what} holds half a surrogate pair, which is no character.`);
    }
    level = level.flatMap(childContainers);
  }
}

type Container = JsonObject | JsonValue[];

function holdsHalfCharacter(container: Container): boolean {
  return Object.entries(container).some(
    ([name, child]) => HALF_CHARACTER.test(name) || (typeof child === 'string' && HALF_CHARACTER.test(child)),
  );
}

function childContainers(container: Container): Container[] {
  return Object.values(container).filter((child) => typeof child === 'object' && child !== null);
}

/** Text that is equal for two values exactly when {@link jsonEqual} says they are: a key for sets. */
export function canonicalText(value: JsonValue): string {
  return JSON.stringify(value, (_name, part: JsonValue) =>
    isJsonObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

/** The own property called `name` in any case: clients write `operations` and `Op` as well. */
export function ownValueInAnyCase(object: JsonObject, name: string): JsonValue | undefined {
  const exact = ownValue(object, name);
  if (exact !== undefined) return exact;
  const folded = name.toLowerCase();
  const found = Object.keys(object).find((key) => key.toLowerCase() === folded);
  return found === undefined ? undefined : object[found];
}
