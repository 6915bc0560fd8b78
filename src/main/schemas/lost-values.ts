import { isJsonObject, type JsonObject, ownValue } from '../scim/json.ts';
import { withProperty } from '../scim/resource.ts';
import type { AttributeDefinition, SchemaDefinition } from '../scim/schema/definition.ts';

/** An attribute, or a sub-attribute, whose stored values a change of schema leaves without a place. */
export interface Loss {
  attribute: string;
  subAttribute: string | undefined;
}

/**
 * What would be lost if `after` took the place of `before`: attributes that are gone, spelled otherwise, or of another
 * type or number, since their values would no longer be what the schema says.
 */
export function lossesOf(before: SchemaDefinition, after: SchemaDefinition): Loss[] {
  return before.attributes.flatMap((attribute): Loss[] => {
    const kept = successor(attribute, after.attributes);
    if (kept === undefined) return [{ attribute: attribute.name, subAttribute: undefined }];
    return (attribute.subAttributes ?? [])
      .filter((sub) => successor(sub, kept.subAttributes ?? []) === undefined)
      .map((sub) => ({ attribute: attribute.name, subAttribute: sub.name }));
  });
}

function successor(
  { name, type, multiValued }: AttributeDefinition,
  candidates: readonly AttributeDefinition[],
): AttributeDefinition | undefined {
  return candidates.find(
    (other) => other.name === name && other.type === type && other.multiValued === multiValued,
  );
}

/** `costObject`, `badge.color`. */
export function nameOfLoss({ attribute, subAttribute }: Loss): string {
  return subAttribute === undefined ? attribute : `${attribute}.${subAttribute}`;
}

/** Whether a resource's values under the schema's URN hold something that would be lost. */
export function holds(values: JsonObject, { attribute, subAttribute }: Loss): boolean {
  const value = ownValue(values, attribute);
  if (value === undefined) return false;
  if (subAttribute === undefined) return true;
  return (Array.isArray(value) ? value : [value]).some(
    (element) => isJsonObject(element) && Object.hasOwn(element, subAttribute),
  );
}

/** The values without what is lost; undefined when nothing is left. */
export function withoutLoss(values: JsonObject, { attribute, subAttribute }: Loss): JsonObject | undefined {
  const value = ownValue(values, attribute);
  if (value === undefined) return values;
  const rest = subAttribute === undefined ? undefined : withoutPart(value, subAttribute);
  const left = withProperty(values, attribute, rest);
  return Object.keys(left).length === 0 ? undefined : left;
}

function withoutPart(value: JsonObject[string], name: string): JsonObject[string] | undefined {
  if (Array.isArray(value)) {
    const left = value.flatMap((element) => withoutPart(element, name) ?? []);
    return left.length === 0 ? undefined : left;
  }
  if (!isJsonObject(value)) return value;
  const left = withProperty(value, name, undefined);
  return Object.keys(left).length === 0 ? undefined : left;
}
