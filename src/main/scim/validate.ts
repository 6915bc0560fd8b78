import { badRequest } from './error.ts';
import {
  isJsonObject,
  isUnassigned,
  type JsonObject,
  type JsonValue,
  jsonEqual,
  ownValueInAnyCase,
  readJsonObject,
} from './json.ts';
import { requireRule, type Tolerate } from './profile.ts';
import { type Attributes, getAttribute, withAttribute } from './resource.ts';
import { type Assignment, readAssignments } from './schema/assignments.ts';
import { coerceAttribute, invalidValue } from './schema/coerce.ts';
import { type AttributeDefinition, isNeverStored, type SchemaDefinition } from './schema/definition.ts';
import { type Reading, startReading } from './schema/reading.ts';
import { attributePath, type ResolvedPath, type ResourceType } from './schema/resource-type.ts';

export type ReadMode =
  | { readonly mode: 'create'; readonly tolerate?: Tolerate }
  | { readonly mode: 'replace'; readonly current: Attributes; readonly tolerate?: Tolerate };

export type ReadResult = {
  readonly attributes: Attributes;
  /** Names, as the client wrote them, of what was ignored: unknown attributes, unknown schema URNs, readOnly values. */
  readonly ignored: readonly string[];
};

/**
 * Reads the body of a POST or PUT into the stored form (RFC 7644 §3.3, §3.5.1): names and values as the schema has them,
 * nothing unknown, readOnly or secret in it.
 * @throws ScimError 400 invalidSyntax (no object, or a rule that is off), invalidValue (type, missing required), mutability
 *   (immutable changed)
 */
export function readResource(type: ResourceType, body: unknown, options: ReadMode): ReadResult {
  const resource = readJsonObject(body, `The ${type.name}`);
  const reading = startReading(type, 'resource', options.tolerate);
  if (isUnassigned(ownValueInAnyCase(resource, 'schemas'))) {
    requireRule(reading.tolerate, 'missing-schemas', 'invalidSyntax', `The ${type.name} names no schemas.`);
  }
  const assignments = readAssignments(resource, reading);
  const given = assignments.reduce<Attributes>((attributes, each) => assign(attributes, each, reading), {});
  const attributes = schemasOf(type).reduce(
    (attributes, schema) => completeSchema(type, schema, attributes, options),
    given,
  );
  return { attributes, ignored: [...reading.ignored] };
}

function schemasOf(type: ResourceType): SchemaDefinition[] {
  return [type.schema, ...type.extensions.map(({ schema }) => schema)];
}

function assign(attributes: Attributes, { name, path, value }: Assignment, reading: Reading): Attributes {
  const { attribute, subAttribute } = path;
  if (subAttribute !== undefined && attribute.multiValued) {
    reading.ignored.add(name);
    return attributes;
  }
  // A key such as `name.givenName` is a complex value of one part.
  const whole = subAttribute === undefined ? value : { [subAttribute.name]: value };
  const coerced = coerceAttribute(attribute, whole, name, reading);
  if (isNeverStored(attribute)) {
    reading.tolerate('secret-dropped');
    return attributes;
  }
  if (subAttribute === undefined) return withAttribute(attributes, path, coerced);
  const merged = { ...asObject(getAttribute(attributes, path)), ...asObject(coerced) };
  return withAttribute(attributes, path, Object.keys(merged).length === 0 ? undefined : merged);
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** Defaults, immutability and required attributes of one schema. */
function completeSchema(
  type: ResourceType,
  schema: SchemaDefinition,
  given: Attributes,
  options: ReadMode,
): Attributes {
  const container = schema === type.schema ? undefined : schema.id;
  let attributes = given;
  for (const attribute of schema.attributes) {
    const path = attributePath(schema, container, attribute);
    const value = getAttribute(attributes, path);
    const complete =
      options.mode === 'create' ? (value ?? attribute.defaultValue) : kept(path, value, options.current);
    if (complete !== undefined && value === undefined) attributes = withAttribute(attributes, path, complete);
    refuseMissing(attribute, complete, container === undefined || Object.hasOwn(given, container));
  }
  return attributes;
}

/** What a replace leaves of an attribute: what the client would switch on or off by saying nothing stays. */
function kept(path: ResolvedPath, given: JsonValue | undefined, current: Attributes): JsonValue | undefined {
  const { attribute } = path;
  const stored = getAttribute(current, path);
  if (given === undefined) {
    return attribute.defaultValue !== undefined || attribute.mutability === 'immutable' ? stored : undefined;
  }
  if (attribute.mutability === 'immutable' && stored !== undefined && !jsonEqual(stored, given)) {
    throw badRequest('mutability', `${attribute.name} is immutable and differs from the stored value.`);
  }
  return given;
}

function refuseMissing(
  attribute: AttributeDefinition,
  value: JsonValue | undefined,
  schemaInUse: boolean,
): void {
  if (attribute.required && schemaInUse && value === undefined && attribute.mutability !== 'readOnly') {
    throw invalidValue(
      `The required attribute ${attribute.name} is missing.`,
      'The attribute mapping of the identity provider gives no value, or sends it under another name.',
    );
  }
  for (const sub of attribute.subAttributes ?? []) {
    if (!sub.required) continue;
    for (const element of Array.isArray(value) ? value : [value]) {
      if (isJsonObject(element) && !Object.hasOwn(element, sub.name)) {
        throw invalidValue(`The required sub-attribute ${attribute.name}.${sub.name} is missing.`);
      }
    }
  }
}
