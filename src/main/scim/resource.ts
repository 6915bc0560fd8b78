import { formatVersion } from './etag.ts';
import { isJsonObject, type JsonObject, type JsonValue, ownValue } from './json.ts';
import {
  type AttributeDefinition,
  findSubAttribute,
  hasDerivedReference,
  isReferenceList,
  type SchemaDefinition,
} from './schema/definition.ts';
import type { ResolvedPath, ResourceType } from './schema/resource-type.ts';

/**
 * The stored form of a resource: canonical attribute names, extension attributes in an object under the extension's URN,
 * `externalId` included; without `schemas`, `id`, `meta`, readOnly attributes and anything that is never returned.
 */
export type Attributes = JsonObject;

/** What the service provider itself knows about a resource. */
export type Envelope = {
  readonly id: string;
  /** RFC 3339, UTC. */
  readonly created: string;
  readonly lastModified: string;
  /** The opaque part of `meta.version`. */
  readonly version: number | string;
  /** The SCIM base URL from the configuration, without trailing slash; never from a Host header (Cogtrix #122). */
  readonly base: string;
};

/** What a representation shows but no resource stores. */
export type Derived = {
  /** Values of readOnly top-level attributes: `{ groups: [{ value, display }] }`. */
  readonly readOnly?: { readonly [name: string]: JsonValue };
  /** The resource type of a referenced id, when known. Members count as users otherwise. */
  readonly typeOf?: (id: string) => string | undefined;
};

/** `https://host/scim/v2/acme/Users/42` */
export function locationOf(base: string, type: ResourceType, id: string): string {
  return `${base}${type.endpoint}/${encodeURIComponent(id)}`;
}

/** The stored value of the attribute at a path. */
export function getAttribute(
  attributes: Attributes,
  { container, attribute }: ResolvedPath,
): JsonValue | undefined {
  const holder = container === undefined ? attributes : ownValue(attributes, container);
  return isJsonObject(holder) ? ownValue(holder, attribute.name) : undefined;
}

/** The attributes with the one at a path set, or taken away; the given object stays as it is. */
export function withAttribute(
  attributes: Attributes,
  { container, attribute }: ResolvedPath,
  value: JsonValue | undefined,
): Attributes {
  if (container === undefined) return withProperty(attributes, attribute.name, value);
  const holder = ownValue(attributes, container);
  const changed = withProperty(isJsonObject(holder) ? holder : {}, attribute.name, value);
  return withProperty(attributes, container, Object.keys(changed).length === 0 ? undefined : changed);
}

/** The object with one property set, or taken away. */
export function withProperty(object: JsonObject, name: string, value: JsonValue | undefined): JsonObject {
  if (value !== undefined) return { ...object, [name]: value };
  const { [name]: _removed, ...rest } = object;
  return rest;
}

/**
 * The full representation: schemas (core, and extensions that hold data), id, externalId, core attributes in schema
 * order, extensions, meta (RFC 7643 §3). Projection comes afterwards.
 */
export function represent(
  type: ResourceType,
  attributes: Attributes,
  envelope: Envelope,
  derived: Derived = {},
): JsonObject {
  const presenter: Presenter = { type, base: envelope.base, typeOf: derived.typeOf ?? (() => undefined) };
  const extensions: JsonObject = {};
  for (const { schema } of type.extensions) {
    const stored = ownValue(attributes, schema.id);
    const data = isJsonObject(stored) ? presentSchema(schema, stored, presenter) : {};
    if (Object.keys(data).length > 0) extensions[schema.id] = data;
  }
  const externalId = ownValue(attributes, 'externalId');
  return {
    schemas: [type.schema.id, ...Object.keys(extensions)],
    id: envelope.id,
    ...(externalId === undefined ? {} : { externalId }),
    ...presentSchema(type.schema, { ...attributes, ...derived.readOnly }, presenter),
    ...extensions,
    meta: {
      resourceType: type.name,
      created: envelope.created,
      lastModified: envelope.lastModified,
      location: locationOf(envelope.base, type, envelope.id),
      version: formatVersion(envelope.version),
    },
  };
}

type Presenter = {
  readonly type: ResourceType;
  readonly base: string;
  readonly typeOf: (id: string) => string | undefined;
};

function presentSchema(schema: SchemaDefinition, values: JsonObject, presenter: Presenter): JsonObject {
  const result: JsonObject = {};
  for (const attribute of schema.attributes) {
    // A group without members has `[]`: SCIMple and authentik need the list (1.10).
    const value = ownValue(values, attribute.name) ?? (isReferenceList(attribute) ? [] : undefined);
    if (value !== undefined) result[attribute.name] = presentValue(attribute, value, presenter);
  }
  return result;
}

function presentValue(definition: AttributeDefinition, value: JsonValue, presenter: Presenter): JsonValue {
  if (!hasDerivedReference(definition)) return value;
  const present = referencePresenter(definition, presenter);
  return Array.isArray(value) ? value.map(present) : present(value);
}

/** Adds `$ref`, and `type` where it names the resource type, to a value that refers to another resource. */
function referencePresenter(
  definition: AttributeDefinition,
  { type, base, typeOf }: Presenter,
): (element: JsonValue) => JsonValue {
  const referenceTypes = findSubAttribute(definition, '$ref')?.referenceTypes ?? [];
  const typeNames = findSubAttribute(definition, 'type')?.canonicalValues ?? [];
  const namesType = referenceTypes.length > 0 && referenceTypes.every((name) => typeNames.includes(name));

  return (element) => {
    const id = isJsonObject(element) ? ownValue(element, 'value') : undefined;
    if (!isJsonObject(element) || typeof id !== 'string') return element;
    const stated = ownValue(element, 'type');
    const target =
      typeOf(id) ?? referenceTypes.find((name) => name === stated) ?? referenceTypes[0] ?? type.name;
    const endpoint = type.endpoints.get(target) ?? type.endpoint;
    const { value, ...rest } = element;
    return {
      value: id,
      $ref: `${base}${endpoint}/${encodeURIComponent(id)}`,
      ...rest,
      ...(namesType ? { type: target } : {}),
    };
  };
}
