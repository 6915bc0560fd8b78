import { isJsonObject, type JsonObject, type JsonValue, jsonEqual, ownValue } from '../json.ts';
import { type Tolerate, tolerateLeniently } from '../profile.ts';
import { type Attributes, getAttribute, withAttribute } from '../resource.ts';
import { type ResourceType, withoutSubAttribute } from '../schema/resource-type.ts';
import { atOperation } from './at-operation.ts';
import { mergeComplex, refuseMutation, setSubAttribute } from './complex.ts';
import { patchList } from './list.ts';
import type { PatchOperation } from './operation.ts';

export type PatchResult = {
  readonly attributes: Attributes;
  /** Canonical keys of the attributes whose value really differs; empty for a no-op, which keeps version and lastModified. */
  readonly changed: readonly string[];
};

/**
 * Applies operations in order, all or none (RFC 7644 §3.5.2). Pure: `attributes` is never changed, and comes back itself
 * when nothing differs.
 * @throws ScimError 400 noTarget, mutability, invalidValue; the detail names the operation's index
 */
export function applyPatch(
  type: ResourceType,
  attributes: Attributes,
  operations: readonly PatchOperation[],
  tolerate: Tolerate = tolerateLeniently,
): PatchResult {
  const patched = operations.reduce(
    (before, operation) => atOperation(operation.index, () => applyOperation(before, operation, tolerate)),
    attributes,
  );
  const changed = changedKeys(type, attributes, patched);
  return { attributes: changed.length === 0 ? attributes : patched, changed };
}

function applyOperation(attributes: Attributes, operation: PatchOperation, tolerate: Tolerate): Attributes {
  const path = withoutSubAttribute(operation.path);
  const current = getAttribute(attributes, path);
  if (!path.attribute.multiValued) return withAttribute(attributes, path, patchSingular(current, operation));
  const list = patchList(Array.isArray(current) ? current : [], operation, tolerate);
  return withAttribute(attributes, path, list.length === 0 ? undefined : list);
}

function patchSingular(
  current: JsonValue | undefined,
  { path, value }: PatchOperation,
): JsonValue | undefined {
  const { attribute, subAttribute } = path;
  const object = isJsonObject(current) ? current : {};
  if (subAttribute !== undefined) {
    return unlessEmpty(setSubAttribute(object, subAttribute, value ?? null));
  }
  if (value === undefined) return undefined;
  if (isJsonObject(value)) return unlessEmpty(mergeComplex(attribute, object, value));
  refuseMutation(attribute, current, value);
  return value;
}

function unlessEmpty(object: JsonObject): JsonObject | undefined {
  return Object.keys(object).length === 0 ? undefined : object;
}

function changedKeys(type: ResourceType, before: Attributes, after: Attributes): string[] {
  const containers = new Set(type.extensions.map(({ schema }) => schema.id));
  return differingNames(before, after).flatMap((name) => {
    if (!containers.has(name)) return [name];
    return differingNames(ownValue(before, name), ownValue(after, name)).map((nested) => `${name}:${nested}`);
  });
}

function differingNames(before: JsonValue | undefined, after: JsonValue | undefined): string[] {
  const a = isJsonObject(before) ? before : {};
  const b = isJsonObject(after) ? after : {};
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].filter((name) => !jsonEqual(ownValue(a, name), ownValue(b, name)));
}
