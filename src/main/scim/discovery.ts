/** The discovery resources: RFC 7643 §5–§7, RFC 7644 §4. */
import { notFound } from './error.ts';
import type { JsonObject } from './json.ts';
import { externalId } from './schema/common.ts';
import type { AttributeDefinition, SchemaDefinition } from './schema/definition.ts';
import { resourceTypeSchema, schemaSchema, serviceProviderConfigSchema } from './schema/meta-schemas.ts';
import type { Registry } from './schema/registry.ts';
import type { ResourceType } from './schema/resource-type.ts';

export type ServiceProviderOptions = {
  /** The SCIM base URL, without trailing slash. */
  readonly base: string;
  readonly documentationUri?: string | undefined;
  /** The largest page, and the page size without `count`. */
  readonly maxResults: number;
  readonly defaultPageSize: number;
  readonly bulk: {
    readonly supported: boolean;
    readonly maxOperations: number;
    /** Bytes. */
    readonly maxPayloadSize: number;
  };
  /** Cursors as well as startIndex; the timeout in seconds. */
  readonly cursor?: { readonly timeout: number } | undefined;
};

/** The ServiceProviderConfig resource (RFC 7643 §5, RFC 9865 §4). authentik reads it strictly (1.7). */
export function serviceProviderConfig(options: ServiceProviderOptions): JsonObject {
  const { base, documentationUri, maxResults, defaultPageSize, cursor } = options;
  return {
    schemas: [serviceProviderConfigSchema.id],
    ...(documentationUri === undefined ? {} : { documentationUri }),
    patch: { supported: true },
    bulk: { ...options.bulk },
    filter: { supported: true, maxResults },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    pagination: {
      cursor: cursor !== undefined,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize,
      maxPageSize: maxResults,
      ...(cursor === undefined ? {} : { cursorTimeout: cursor.timeout }),
    },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: 'A token from this console, sent in the Authorization header.',
        specUri: 'https://www.rfc-editor.org/rfc/rfc6750',
        primary: true,
      },
    ],
    meta: {
      resourceType: 'ServiceProviderConfig',
      location: `${base}/ServiceProviderConfig`,
    },
  };
}

/** All ResourceType resources, users first. */
export function resourceTypes(registry: Registry, base: string): JsonObject[] {
  return registry.resourceTypes.map((type) => presentResourceType(type, base));
}

/**
 * One ResourceType, by id or name in any case.
 * @throws ScimError 404
 */
export function resourceTypeById(registry: Registry, id: string, base: string): JsonObject {
  const type = registry.resourceTypeByName(id);
  if (type === undefined) throw notFound(`There is no resource type ${id}.`);
  return presentResourceType(type, base);
}

/** All Schema resources, including those of the discovery resources themselves. */
export function schemas(registry: Registry, base: string): JsonObject[] {
  return registry.schemas.map((schema) => presentSchema(schema, registry, base));
}

/**
 * One Schema, by its URN in any case.
 * @throws ScimError 404
 */
export function schemaById(registry: Registry, id: string, base: string): JsonObject {
  const schema = registry.schemas.find((candidate) => candidate.id.toLowerCase() === id.toLowerCase());
  if (schema === undefined) throw notFound(`There is no schema ${id}.`);
  return presentSchema(schema, registry, base);
}

function presentResourceType(type: ResourceType, base: string): JsonObject {
  return {
    schemas: [resourceTypeSchema.id],
    id: type.id,
    name: type.name,
    description: type.description,
    endpoint: type.endpoint,
    schema: type.schema.id,
    schemaExtensions: type.extensions.map(({ schema, required }) => ({ schema: schema.id, required })),
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${type.id}` },
  };
}

function presentSchema(schema: SchemaDefinition, registry: Registry, base: string): JsonObject {
  const isCore = registry.resourceTypes.some((type) => type.schema === schema);
  // A common attribute, but scimverify wants every attribute of a user in the schema (2.6).
  const attributes = isCore ? [...schema.attributes, externalId] : schema.attributes;
  return {
    schemas: [schemaSchema.id],
    id: schema.id,
    name: schema.name,
    description: schema.description,
    attributes: attributes.map(presentAttribute),
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${schema.id}` },
  };
}

/** What RFC 7643 §7 says about an attribute: no nulls, no characteristics that do not fit the type (Entra, 1.2). */
function presentAttribute(definition: AttributeDefinition): JsonObject {
  const { name, type, multiValued, description, required, caseExact, mutability, returned, uniqueness } =
    definition;
  const { canonicalValues, referenceTypes, subAttributes } = definition;
  return {
    name,
    type,
    multiValued,
    description,
    required,
    ...(canonicalValues === undefined ? {} : { canonicalValues: [...canonicalValues] }),
    ...(type === 'string' || type === 'reference' || type === 'binary' ? { caseExact } : {}),
    mutability,
    returned,
    // Complex attributes have no uniqueness (errata 6004).
    ...(type === 'complex' || type === 'boolean' ? {} : { uniqueness }),
    ...(referenceTypes === undefined ? {} : { referenceTypes: [...referenceTypes] }),
    ...(subAttributes === undefined ? {} : { subAttributes: subAttributes.map(presentAttribute) }),
  };
}
