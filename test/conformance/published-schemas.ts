import { startRollcall } from '../support/rollcall.ts';
import type { Json } from './endpoint.ts';

/** An attribute as `/Schemas` publishes it (RFC 7643 section 7). */
export interface PublishedAttribute {
  name: string;
  type: string;
  multiValued: boolean;
  description: string;
  required: boolean;
  caseExact?: boolean;
  mutability: string;
  returned: string;
  uniqueness?: string;
  canonicalValues?: string[];
  referenceTypes?: string[];
  subAttributes?: PublishedAttribute[];
}

/** An attribute or sub-attribute of a resource type, and how a client names it. */
export interface PublishedPath {
  /** `userName`, `emails.value`, `urn:…:User:manager.value` */
  path: string;
  endpoint: string;
  /** The URN under which the attribute is nested; undefined for the core schema. */
  extension: string | undefined;
  attribute: PublishedAttribute;
  sub: PublishedAttribute | undefined;
}

/** What a server that was just started publishes. Asked before the tests are collected: they are named by it. */
export async function readPublished(): Promise<{ schemas: Json[]; paths: PublishedPath[] }> {
  const running = await startRollcall();
  try {
    const schemas: Json[] = (await running.request('GET', '/Schemas')).body.Resources;
    const types: Json[] = (await running.request('GET', '/ResourceTypes')).body.Resources;
    const attributesOf = (id: string): PublishedAttribute[] =>
      schemas.find((schema) => schema.id === id)?.attributes ?? [];
    const paths = types.flatMap(({ endpoint, schema, schemaExtensions }) => [
      ...attributesOf(schema).flatMap((attribute) => pathsOf(attribute, endpoint, undefined)),
      ...schemaExtensions.flatMap((extension: Json) =>
        attributesOf(extension.schema).flatMap((attribute) => pathsOf(attribute, endpoint, extension.schema)),
      ),
    ]);
    return { schemas, paths };
  } finally {
    await running.close();
  }
}

function pathsOf(
  attribute: PublishedAttribute,
  endpoint: string,
  extension: string | undefined,
): PublishedPath[] {
  const path = extension === undefined ? attribute.name : `${extension}:${attribute.name}`;
  const common = { endpoint, extension, attribute };
  return [
    { ...common, path, sub: undefined },
    ...(attribute.subAttributes ?? []).map((sub) => ({ ...common, path: `${path}.${sub.name}`, sub })),
  ];
}

/** What characterizes the simple value at a path: the sub-attribute, or the attribute itself. */
export const definitionAt = ({ attribute, sub }: PublishedPath): PublishedAttribute => sub ?? attribute;

/**
 * A value for an attribute or sub-attribute, new each time, with both cases in it. A complex one has every part that a
 * client can write, and a `$ref` that fits its `value`.
 */
export function sampleOf(definition: PublishedAttribute, base: string): Json {
  const single = sampleSingle(definition, base);
  return definition.multiValued ? [single] : single;
}

let samples = 0;

function sampleSingle(definition: PublishedAttribute, base: string): Json {
  samples++;
  switch (definition.type) {
    case 'boolean':
      return definition.name === 'primary';
    case 'integer':
      return samples;
    case 'decimal':
      return samples + 0.5;
    case 'dateTime':
      return `2024-05-06T07:08:09.${String(samples).padStart(6, '0')}Z`;
    case 'binary':
      return Buffer.from(`Sample ${samples}`).toString('base64');
    case 'reference':
      return `https://example.com/Sample/${samples}`;
    case 'complex':
      return sampleComplex(definition, base);
    default:
      return definition.canonicalValues?.[0] ?? `Sample-${samples}`;
  }
}

function sampleComplex({ subAttributes = [] }: PublishedAttribute, base: string): Json {
  const writable = subAttributes.filter(({ mutability }) => mutability !== 'readOnly');
  const sample = Object.fromEntries(writable.map((sub) => [sub.name, sampleOf(sub, base)]));
  if ('$ref' in sample) sample.$ref = `${base}/Users/${sample.value}`;
  return sample;
}
