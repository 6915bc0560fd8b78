import { badRequest } from '../error.ts';
import { type JsonObject, type JsonValue, jsonEqual, ownValue } from '../json.ts';
import { withProperty } from '../resource.ts';
import { type AttributeDefinition, findSubAttribute } from '../schema/definition.ts';

/**
 * Sub-attributes that are not mentioned stay (§3.5.2.3), also those of a replace; null clears one.
 * @throws ScimError 400 mutability
 */
export function mergeComplex(
  definition: AttributeDefinition,
  object: JsonObject,
  values: JsonObject,
): JsonObject {
  return Object.entries(values).reduce((merged, [name, value]) => {
    const sub = findSubAttribute(definition, name);
    return sub === undefined ? merged : setSubAttribute(merged, sub, value);
  }, object);
}

/**
 * The object with one sub-attribute set, or with null taken away.
 * @throws ScimError 400 mutability when an immutable one would change
 */
export function setSubAttribute(object: JsonObject, sub: AttributeDefinition, value: JsonValue): JsonObject {
  refuseMutation(sub, ownValue(object, sub.name), value);
  return withProperty(object, sub.name, value ?? undefined);
}

/** @throws ScimError 400 mutability when a value that is set and immutable would change (RFC 7644 §3.5.2) */
export function refuseMutation(
  definition: AttributeDefinition,
  current: JsonValue | undefined,
  value: JsonValue,
): void {
  const isChange = current !== undefined && !jsonEqual(current, value);
  if (definition.mutability === 'immutable' && isChange) {
    throw badRequest('mutability', `${definition.name} is immutable.`);
  }
}
