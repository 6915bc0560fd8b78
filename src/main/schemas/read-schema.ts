import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../scim/json.ts';
import type { AttributeDefinition, SchemaDefinition } from '../scim/schema/definition.ts';
import { createRegistry } from '../scim/schema/registry.ts';
import { readAttributes } from './read-attribute.ts';
import { type Findings, readText } from './read-text.ts';

/** What came of reading a schema: the definition if nothing is wrong with it, every problem otherwise. */
export interface SchemaReading {
  /** The schema as it would be registered; undefined when there are problems. */
  schema: SchemaDefinition | undefined;
  /** Sentences: why it can't be registered. */
  problems: string[];
  /** Sentences: what is worth knowing although it can be. */
  notes: string[];
}

const MAX_ATTRIBUTES = 100;
const MAX_URN = 200;
const MAX_NAME = 100;
const MAX_DESCRIPTION = 1000;

/**
 * A URN (RFC 8141) of the characters that filters, PATCH paths and `attributes=` can carry. It must not end in what
 * separates it from an attribute name.
 */
const URN = /^urn:[a-z0-9][a-z0-9-]{1,31}:[a-z0-9._:-]*[a-z0-9_-]$/i;

const standard = createRegistry();
const STANDARD_URNS = standard.schemas.flatMap(({ id, legacyIds = [] }) => [id, ...legacyIds]);
/** What the RFCs keep for themselves. Extensions of others live under `…:schemas:extension:` or a URN of their own. */
const RESERVED = ['urn:ietf:params:scim:schemas:core:', 'urn:ietf:params:scim:api:'];

/**
 * Reads an extension schema in the JSON form of RFC 7643 §7, as an administrator wrote it or another service provider
 * publishes it: defaults filled in, nothing in it that this service provider couldn't keep its word about.
 *
 * @param others URNs of the other registered extensions.
 */
export function readSchema(
  input: unknown,
  resourceType: 'User' | 'Group',
  others: readonly string[],
): SchemaReading {
  const findings: Findings = { problems: [], notes: [] };
  if (!isJsonObject(input)) {
    return { schema: undefined, problems: ['A schema is a JSON object with id and attributes.'], notes: [] };
  }
  if (ownValue(input, 'Resources') !== undefined) {
    return {
      schema: undefined,
      problems: ['This is a list of schemas. Register one schema at a time.'],
      notes: [],
    };
  }
  const id = readUrn(ownValue(input, 'id'), others, findings);
  const name = readText(input, 'name', { at: 'name', max: MAX_NAME }, findings);
  const description = readText(input, 'description', { at: 'description', max: MAX_DESCRIPTION }, findings);
  const attributes = readAttributes(
    ownValue(input, 'attributes'),
    { at: 'attributes', most: MAX_ATTRIBUTES },
    findings,
  );
  noteUnknownKeys(input, findings);
  noteShadowed(attributes, id, resourceType, findings);
  const { problems, notes } = findings;
  if (problems.length > 0) return { schema: undefined, problems, notes };
  return {
    schema: { id, name: name ?? nameOf(id), description: description ?? '', attributes },
    problems,
    notes,
  };
}

function readUrn(value: JsonValue | undefined, others: readonly string[], { problems }: Findings): string {
  if (typeof value !== 'string' || value === '') {
    problems.push('id is missing: the URN of the schema, e.g. urn:example:params:scim:schemas:2.0:User.');
    return '';
  }
  if (value.length > MAX_URN) problems.push(`id is longer than ${MAX_URN} characters.`);
  else if (!URN.test(value)) {
    problems.push(
      `id must be a URN such as urn:acme:scim:schemas:2.0:User, of letters, digits and . _ - : only, but is ${JSON.stringify(value)}.`,
    );
  } else refuseTaken(value, others, problems);
  return value;
}

function refuseTaken(urn: string, others: readonly string[], problems: string[]): void {
  const folded = urn.toLowerCase();
  const isSame = (other: string) => other.toLowerCase() === folded;
  if (STANDARD_URNS.some(isSame)) {
    problems.push(`${urn} is a standard schema, which Rollcall has already.`);
    return;
  }
  const reserved = RESERVED.find((prefix) => folded.startsWith(prefix));
  if (reserved !== undefined) {
    problems.push(`URNs that begin with ${reserved} belong to the SCIM standard. Choose another id.`);
    return;
  }
  if (others.some(isSame)) {
    problems.push(`${urn} is registered already. Replace it instead.`);
    return;
  }
  // `urn:a:User` with an attribute `tag` and a schema `urn:a:User:tag` would be the same words.
  const begins = (longer: string, shorter: string) =>
    longer.startsWith(shorter) && /^[:.]/.test(longer.slice(shorter.length));
  const nested = [...STANDARD_URNS, ...others].find((other) => {
    const known = other.toLowerCase();
    return begins(folded, known) || begins(known, folded);
  });
  if (nested !== undefined) {
    problems.push(`${urn} and ${nested} begin alike, so their attributes couldn't be told apart.`);
  }
}

/** A schema from another service provider's /Schemas also says what it is and where it was found. */
function noteUnknownKeys(input: JsonObject, { notes }: Findings): void {
  const known = ['id', 'name', 'description', 'attributes', 'schemas', 'meta'];
  const unknown = Object.keys(input).filter((key) => !known.includes(key));
  if (unknown.length > 0) notes.push(`Ignored, since RFC 7643 has no such key: ${unknown.join(', ')}.`);
}

/** Clients may leave the URN out; a name that the standard schemas have too then means theirs. */
function noteShadowed(
  attributes: readonly AttributeDefinition[],
  urn: string,
  resourceType: 'User' | 'Group',
  { notes }: Findings,
): void {
  const type = resourceType === 'User' ? standard.userType : standard.groupType;
  const shadowed = attributes.filter(({ name }) => type.resolve(name) !== undefined);
  if (shadowed.length === 0) return;
  const names = shadowed.map(({ name }) => name).join(', ');
  notes.push(
    `A ${resourceType} has ${names} already: without the URN ${urn} in front, requests mean the standard one.`,
  );
}

function nameOf(urn: string): string {
  return urn.split(':').slice(-3).join(':');
}
