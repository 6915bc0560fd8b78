import { commonAttributes } from './common.ts';
import {
  type AttributeDefinition,
  findAttribute,
  findSubAttribute,
  type SchemaDefinition,
} from './definition.ts';

/** Where an attribute lives in a resource. */
export type ResolvedPath = {
  /** Canonical notation: `name.givenName`, `meta.created`, `urn:…:enterprise:2.0:User:manager.value`. */
  readonly key: string;
  /** The schema that defines the attribute; the core schema for the common attributes (RFC 7643 §3.1). */
  readonly schema: SchemaDefinition;
  /** The extension URN under which the attribute is nested; undefined at the top level of the resource. */
  readonly container: string | undefined;
  readonly attribute: AttributeDefinition;
  readonly subAttribute: AttributeDefinition | undefined;
};

type SchemaExtension = { readonly schema: SchemaDefinition; readonly required: boolean };

/** A resource type (RFC 7643 §6) together with the lookups everything else in the core is driven by. */
export type ResourceType = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Relative to the SCIM base URL, with a leading slash: `/Users`. */
  readonly endpoint: string;
  readonly schema: SchemaDefinition;
  readonly extensions: readonly SchemaExtension[];
  /** Endpoint by resource type name, for every type of the registry: what `$ref` values are built from. */
  readonly endpoints: ReadonlyMap<string, string>;
  /**
   * The attribute or sub-attribute that `name` denotes, in any case: `userName`, `name.givenName`, `meta.created`,
   * `urn:…:core:2.0:User:userName`, `urn:…:enterprise:2.0:User:manager.value`, the pre-2018 Entra form
   * `urn:…:enterprise:2.0:User.manager`, and extension attributes without their URN (`manager`).
   */
  resolve(name: string): ResolvedPath | undefined;
  /** The core schema or extension whose URN (current or legacy) is exactly `name`, in any case. */
  resolveSchema(name: string): SchemaDefinition | undefined;
};

type ResourceTypeDefinition = Omit<ResourceType, 'id' | 'endpoints' | 'resolve' | 'resolveSchema'>;

/** Builds a resource type from its schemas. */
export function createResourceType(
  definition: ResourceTypeDefinition,
  endpoints: ReadonlyMap<string, string>,
): ResourceType {
  const extensions = definition.extensions.map(({ schema }) => schema);
  const schemasByLongestUrn = [definition.schema, ...extensions]
    .flatMap((schema) =>
      [schema.id, ...(schema.legacyIds ?? [])].map((urn) => ({ urn: urn.toLowerCase(), schema })),
    )
    .sort((a, b) => b.urn.length - a.urn.length);

  const within = (schema: SchemaDefinition, rest: string): ResolvedPath | undefined => {
    const common = schema === definition.schema ? commonAttributes : [];
    return resolveWithin(schema, schema === definition.schema ? undefined : schema.id, common, rest);
  };

  // The URNs hold dots themselves ("2.0"), so a name is never split before the URN has been taken off.
  const qualified = (name: string): ResolvedPath | undefined => {
    const folded = name.toLowerCase();
    const prefix = schemasByLongestUrn.find(
      ({ urn }) => /^[:.]/.test(folded.slice(urn.length)) && folded.startsWith(urn),
    );
    return prefix && within(prefix.schema, name.slice(prefix.urn.length + 1));
  };

  const unqualified = (name: string): ResolvedPath | undefined => {
    for (const schema of [definition.schema, ...extensions]) {
      const path = within(schema, name);
      if (path !== undefined) return path;
    }
    return undefined;
  };

  return {
    ...definition,
    id: definition.name,
    endpoints,
    resolve: memoize((name) => (/^urn:/i.test(name) ? qualified(name) : unqualified(name))),
    resolveSchema: (name) => {
      const folded = name.toLowerCase();
      return schemasByLongestUrn.find(({ urn }) => urn === folded)?.schema;
    },
  };
}

function resolveWithin(
  schema: SchemaDefinition,
  container: string | undefined,
  common: readonly AttributeDefinition[],
  name: string,
): ResolvedPath | undefined {
  const [attributeName = '', subName, ...excess] = name.split('.');
  const attribute = findAttribute(schema.attributes, attributeName) ?? findAttribute(common, attributeName);
  if (attribute === undefined || excess.length > 0) return undefined;
  const path = attributePath(schema, container, attribute);
  if (subName === undefined) return path;
  const subAttribute = findSubAttribute(attribute, subName);
  return subAttribute && withSubAttribute(path, subAttribute);
}

/** The path of an attribute as a whole. */
export function attributePath(
  schema: SchemaDefinition,
  container: string | undefined,
  attribute: AttributeDefinition,
): ResolvedPath {
  const key = container === undefined ? attribute.name : `${container}:${attribute.name}`;
  return { key, schema, container, attribute, subAttribute: undefined };
}

/** The path of a sub-attribute, given the path of its attribute or of one of its other sub-attributes. */
export function withSubAttribute(path: ResolvedPath, subAttribute: AttributeDefinition): ResolvedPath {
  const whole = withoutSubAttribute(path);
  return { ...whole, key: `${whole.key}.${subAttribute.name}`, subAttribute };
}

/** The path of the attribute a sub-attribute belongs to. */
export function withoutSubAttribute(path: ResolvedPath): ResolvedPath {
  return path.subAttribute === undefined ? path : attributePath(path.schema, path.container, path.attribute);
}

// Every key of every request is resolved, and they are nearly always the same few. Only known names are kept, and those
// are few even in all their spellings, up to the limit.
function memoize(
  resolve: (name: string) => ResolvedPath | undefined,
): (name: string) => ResolvedPath | undefined {
  const known = new Map<string, ResolvedPath>();
  return (name) => {
    const seen = known.get(name);
    if (seen !== undefined) return seen;
    const path = resolve(name);
    if (path !== undefined && known.size < 1000) known.set(name, path);
    return path;
  };
}
