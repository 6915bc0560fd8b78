import { isJsonObject, type JsonValue, ownValue } from '../json.ts';
import type { ResourceType } from './resource-type.ts';

/** The `value` of an element that refers to another resource. */
export function referenceOf(element: JsonValue): string | undefined {
  const value = isJsonObject(element) ? ownValue(element, 'value') : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The first of all elements that refer to the same resource. */
export function uniqueReferences(elements: readonly JsonValue[]): JsonValue[] {
  const seen = new Set<string | undefined>();
  return elements.filter((element) => {
    const value = referenceOf(element);
    if (seen.has(value)) return false;
    seen.add(value);
    return true;
  });
}

/** The resource that `https://host/scim/v2/acme/Users/42`, or Keycloak's `Users/42`, refers to. */
export function readReference(
  uri: string,
  { endpoints }: Pick<ResourceType, 'endpoints'>,
): { readonly type: string; readonly id: string } | undefined {
  const [endpoint = '', id = ''] = uri.split(/[?#]/, 1)[0]?.split('/').slice(-2) ?? [];
  const found = [...endpoints].find(([, path]) => path.toLowerCase() === `/${endpoint.toLowerCase()}`);
  if (found === undefined || id === '') return undefined;
  try {
    return { type: found[0], id: decodeURIComponent(id) };
  } catch {
    return undefined;
  }
}
