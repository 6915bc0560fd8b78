/** What a suite that believes in discovery builds from /ResourceTypes and /Schemas: paths, and values that fit them. */
import type { SuiteClient } from './suite-server.ts';

/** An attribute as /Schemas describes it (RFC 7643 section 7). */
export interface Attribute {
  name: string;
  type: string;
  multiValued: boolean;
  required: boolean;
  mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly';
  returned: 'always' | 'never' | 'default' | 'request';
  canonicalValues?: string[];
  referenceTypes?: string[];
  subAttributes?: Attribute[];
}

export interface Schema {
  id: string;
  name: string;
  attributes: Attribute[];
}

/** A resource type with the schemas that make it up. */
export interface Model {
  name: string;
  endpoint: string;
  schema: Schema;
  extensions: Schema[];
}

/** An attribute and the path that names it in a PATCH. */
export interface Writable {
  path: string;
  attribute: Attribute;
}

type Resource = Record<string, unknown>;

/** Reads the resource types and their schemas, each by its own URL. */
export async function discover(client: SuiteClient): Promise<Model[]> {
  const schema = async (id: string): Promise<Schema> => (await client.get(`/Schemas/${id}`)).body;
  const types = (await client.get('/ResourceTypes')).body.Resources as {
    name: string;
    endpoint: string;
    schema: string;
    schemaExtensions?: { schema: string }[];
  }[];
  return Promise.all(
    types.map(async (type) => ({
      name: type.name,
      endpoint: type.endpoint,
      schema: await schema(type.schema),
      extensions: await Promise.all(
        (type.schemaExtensions ?? []).map((extension) => schema(extension.schema)),
      ),
    })),
  );
}

/** Every attribute that a client may write, those of extensions by their qualified name. */
export function writableAttributes({ schema, extensions }: Model): Writable[] {
  const core = schema.attributes.map((attribute) => ({ path: attribute.name, attribute }));
  const extended = extensions.flatMap(({ id, attributes }) =>
    attributes.map((attribute) => ({ path: `${id}:${attribute.name}`, attribute })),
  );
  return [...core, ...extended].filter(({ attribute }) => attribute.mutability !== 'readOnly');
}

export function writableSubAttributes({ subAttributes = [] }: Attribute): Attribute[] {
  return subAttributes.filter(({ mutability }) => mutability !== 'readOnly');
}

/** The value at a path as {@link writableAttributes} gives it, or with `.sub` behind it. */
export function valueAt(resource: Resource, path: string): unknown {
  const [, urn, names = path] = /^(urn:.+):([^:]+)$/.exec(path) ?? [];
  const container = urn === undefined ? resource : (resource[urn] as Resource | undefined);
  return names
    .split('.')
    .reduce<unknown>((value, name) => (value as Resource | undefined)?.[name], container);
}

/** Whether all of `sent` is in `received`; a server may add to an object, not to a list. */
export function holds(received: unknown, sent: unknown): boolean {
  if (Array.isArray(sent)) {
    if (!Array.isArray(received) || received.length !== sent.length) return false;
    return sent.every((element, index) => holds(received[index], element));
  }
  if (typeof sent !== 'object' || sent === null) return received === sent;
  if (typeof received !== 'object' || received === null) return false;
  return Object.entries(sent).every(([name, value]) => holds((received as Resource)[name], value));
}

/** Makes values that fit an attribute, a different one each time. References point to a real user. */
export function valueFactory(user: { id: string; location: string }): (attribute: Attribute) => unknown {
  let made = 0;
  const single = (attribute: Attribute): unknown => {
    made++;
    switch (attribute.type) {
      case 'boolean':
        return made % 2 === 0;
      case 'integer':
        return made;
      case 'decimal':
        return made + 0.5;
      case 'dateTime':
        return new Date(made * 1000).toISOString();
      case 'binary':
        return Buffer.from(`value ${made}`).toString('base64');
      case 'reference':
        return attribute.referenceTypes?.includes('User') ? user.location : `https://example.com/${made}`;
      case 'complex':
        return complex(attribute);
      default: {
        const { canonicalValues = [] } = attribute;
        return canonicalValues.length === 0
          ? `value ${made}`
          : canonicalValues[made % canonicalValues.length];
      }
    }
  };
  const complex = (attribute: Attribute): Resource => {
    const subs = writableSubAttributes(attribute);
    const value = Object.fromEntries(subs.map((sub) => [sub.name, single(sub)]));
    const refersToUser = subs.some(
      ({ name, referenceTypes }) => name === '$ref' && referenceTypes?.includes('User'),
    );
    if (!refersToUser) return value;
    return { ...value, value: user.id, ...('type' in value ? { type: 'User' } : {}) };
  };
  return (attribute) => (attribute.multiValued ? [single(attribute)] : single(attribute));
}
