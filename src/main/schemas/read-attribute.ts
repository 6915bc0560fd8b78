import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../scim/json.ts';
import { type AttributeDefinition, hasDerivedReference } from '../scim/schema/definition.ts';
import { type Findings, readText } from './read-text.ts';

type AttributeType = AttributeDefinition['type'];

const TYPES: readonly AttributeType[] = [
  'string',
  'boolean',
  'decimal',
  'integer',
  'dateTime',
  'reference',
  'binary',
  'complex',
];
const REFERENCE_TYPES = ['User', 'Group', 'external', 'uri'];
const KNOWN_KEYS = [
  'name',
  'type',
  'multiValued',
  'description',
  'required',
  'canonicalValues',
  'caseExact',
  'mutability',
  'returned',
  'uniqueness',
  'referenceTypes',
  'subAttributes',
];
const MAX_SUB_ATTRIBUTES = 50;
const MAX_NAME = 64;
const MAX_DESCRIPTION = 1000;
const MAX_CANONICAL_VALUES = 200;
const MAX_CANONICAL_VALUE = 200;

/** RFC 7643 §2.1: `ATTRNAME = ALPHA *(nameChar)`, `nameChar = "-" / "_" / DIGIT / ALPHA`. */
const NAME = /^[a-z][a-z0-9_-]*$/i;
/** Every resource has them (RFC 7643 §3), so an extension's would be mistaken for them. */
const COMMON = ['id', 'schemas', 'meta'];
/** Names that every JavaScript object answers to, here and in clients. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype).map((name) => name.toLowerCase());

/** Where attributes are read, for problems, and how many there may be. */
interface Place {
  at: string;
  most: number;
  /** The complex attribute whose parts are read. */
  parent?: { multiValued: boolean };
}

/** The attributes of a schema, or the sub-attributes of a complex attribute (RFC 7643 §7); defaults filled in. */
export function readAttributes(
  value: JsonValue | undefined,
  place: Place,
  findings: Findings,
): AttributeDefinition[] {
  if (!Array.isArray(value) || value.length === 0) {
    findings.problems.push(`${place.at} must be a list of at least one attribute.`);
    return [];
  }
  if (value.length > place.most) {
    findings.problems.push(`${place.at} lists ${value.length} attributes; ${place.most} is the most.`);
    return [];
  }
  const seen = new Set<string>();
  return value.flatMap((entry, index) => {
    if (!isJsonObject(entry)) {
      findings.problems.push(`${place.at}[${index}] must be an object.`);
      return [];
    }
    const name = readName(entry, `${place.at}[${index}]`, place, findings);
    if (name === undefined) return [];
    if (seen.has(name.toLowerCase())) {
      findings.problems.push(`${named(place, name)} is there twice; names are compared without case.`);
      return [];
    }
    seen.add(name.toLowerCase());
    return [readAttribute(entry, name, place, findings)];
  });
}

function readName(entry: JsonObject, at: string, place: Place, { problems }: Findings): string | undefined {
  const name = ownValue(entry, 'name');
  if (typeof name !== 'string' || name === '') {
    problems.push(`${at} has no name.`);
    return undefined;
  }
  // RFC 7643 §2.3.7 and its schemas use `$ref`, although §2.1 has no room for it.
  if (place.parent !== undefined && name === '$ref') return name;
  if (name.length > MAX_NAME || !NAME.test(name)) {
    problems.push(
      `${at}: the name ${JSON.stringify(name.slice(0, MAX_NAME))} must begin with a letter and go on with letters, digits, - and _, ${MAX_NAME} at most.`,
    );
    return undefined;
  }
  const folded = name.toLowerCase();
  if (place.parent === undefined && COMMON.includes(folded)) {
    problems.push(`${at}: every resource has ${name} already. Choose another name.`);
    return undefined;
  }
  if (INHERITED.includes(folded)) {
    problems.push(`${at}: ${name} is a name that JavaScript keeps for itself. Choose another.`);
    return undefined;
  }
  return name;
}

function readAttribute(
  entry: JsonObject,
  name: string,
  place: Place,
  findings: Findings,
): AttributeDefinition {
  const at = named(place, name);
  const { problems, notes } = findings;
  const type = readWord(entry, 'type', TYPES, 'string', at, problems);
  const multiValued = readFlag(entry, 'multiValued', false, at, problems);
  const mutability = readWord(
    entry,
    'mutability',
    ['readOnly', 'readWrite', 'immutable', 'writeOnly'] as const,
    'readWrite',
    at,
    problems,
  );
  const returned = readWord(
    entry,
    'returned',
    ['always', 'never', 'default', 'request'] as const,
    'default',
    at,
    problems,
  );
  const uniqueness = readWord(
    entry,
    'uniqueness',
    ['none', 'server', 'global'] as const,
    'none',
    at,
    problems,
  );
  if (readFlag(entry, 'required', false, at, problems)) {
    problems.push(
      `${at}: required can't be true. Whoever is here already has no value, and the next change to them would be refused. Let the IdP's mapping require it.`,
    );
  }
  if (uniqueness !== 'none') {
    problems.push(`${at}: uniqueness "${uniqueness}" is not enforced for extensions, so it must be "none".`);
  }
  if (mutability === 'writeOnly' || returned === 'never') {
    problems.push(
      `${at}: what may never be shown is never stored, so the value would be lost. Leave the attribute out: it is then ignored, and hidden from the activity log.`,
    );
  }
  if (mutability === 'readOnly') {
    notes.push(`${at} is readOnly: what an IdP sends for it is ignored, so it stays empty.`);
  }
  refuseUnfitForParts(place, name, { type, multiValued, mutability }, at, problems);
  const unknown = Object.keys(entry).filter((key) => !KNOWN_KEYS.includes(key));
  if (unknown.length > 0)
    notes.push(`${at}: ignored, since RFC 7643 has no such key: ${unknown.join(', ')}.`);

  const definition: AttributeDefinition = {
    name,
    type,
    multiValued,
    description:
      readText(entry, 'description', { at: `${at}: description`, max: MAX_DESCRIPTION }, findings) ?? '',
    required: false,
    caseExact: readFlag(entry, 'caseExact', type === 'reference' || type === 'binary', at, problems),
    mutability,
    returned,
    uniqueness,
    ...readCanonicalValues(entry, type, at, problems),
    ...readReferenceTypes(entry, type, at, findings),
    ...readSubAttributes(entry, type, multiValued, at, findings),
  };
  refuseForeignReference(definition, at, problems);
  return definition;
}

/** What the sub-attributes of a complex attribute can't be. */
function refuseUnfitForParts(
  { parent }: Place,
  name: string,
  { type, multiValued, mutability }: Pick<AttributeDefinition, 'type' | 'multiValued' | 'mutability'>,
  at: string,
  problems: string[],
): void {
  if (parent === undefined) return;
  if (type === 'complex') problems.push(`${at}: a sub-attribute can't be complex itself (RFC 7643 §2.3.8).`);
  if (multiValued) problems.push(`${at}: a sub-attribute holds one value here; multiValued must be false.`);
  if (name === '$ref' && type !== 'reference') problems.push(`${at} must be of type reference.`);
  if (parent.multiValued && mutability === 'immutable') {
    problems.push(
      `${at}: inside a multi-valued attribute nothing can be immutable; whole elements come and go.`,
    );
  }
}

/** `value` beside `$ref` names a resource here: `$ref` is then made from it, and so must be of a type we have. */
function refuseForeignReference(definition: AttributeDefinition, at: string, problems: string[]): void {
  if (definition.type !== 'complex' || !hasDerivedReference(definition)) return;
  const types = definition.subAttributes?.find(({ name }) => name === '$ref')?.referenceTypes ?? [];
  if (types.every((type) => type === 'User' || type === 'Group')) return;
  problems.push(
    `${at}: with value beside it, $ref refers to a resource; its referenceTypes must be User or Group.`,
  );
}

function readCanonicalValues(
  entry: JsonObject,
  type: AttributeType,
  at: string,
  problems: string[],
): Pick<AttributeDefinition, 'canonicalValues'> {
  const value = ownValue(entry, 'canonicalValues') ?? [];
  if (Array.isArray(value) && value.length === 0) return {};
  if (type !== 'string') {
    problems.push(`${at}: canonicalValues are for attributes of type string.`);
    return {};
  }
  const fits = (each: JsonValue) =>
    typeof each === 'string' && each !== '' && each.length <= MAX_CANONICAL_VALUE;
  if (!Array.isArray(value) || value.length > MAX_CANONICAL_VALUES || !value.every(fits)) {
    problems.push(
      `${at}: canonicalValues must be a list of at most ${MAX_CANONICAL_VALUES} texts of ${MAX_CANONICAL_VALUE} characters.`,
    );
    return {};
  }
  const values = value as string[];
  if (new Set(values.map((each) => each.toLowerCase())).size < values.length) {
    problems.push(`${at}: canonicalValues holds a value twice; they are compared without case.`);
  }
  return { canonicalValues: values };
}

function readReferenceTypes(
  entry: JsonObject,
  type: AttributeType,
  at: string,
  { problems, notes }: Findings,
): Pick<AttributeDefinition, 'referenceTypes'> {
  const value = ownValue(entry, 'referenceTypes') ?? [];
  const given = !Array.isArray(value) || value.length > 0;
  if (type !== 'reference') {
    if (given) problems.push(`${at}: referenceTypes are for attributes of type reference.`);
    return {};
  }
  if (!given) {
    notes.push(`${at} names no referenceTypes; "external" is assumed: a URI of something outside SCIM.`);
    return { referenceTypes: ['external'] };
  }
  if (!Array.isArray(value) || !value.every((each) => REFERENCE_TYPES.includes(String(each)))) {
    problems.push(`${at}: referenceTypes must be a list of ${oneOf(REFERENCE_TYPES)}.`);
    return {};
  }
  return { referenceTypes: [...new Set(value.map(String))] };
}

function readSubAttributes(
  entry: JsonObject,
  type: AttributeType,
  multiValued: boolean,
  at: string,
  findings: Findings,
): Pick<AttributeDefinition, 'subAttributes'> {
  const value = ownValue(entry, 'subAttributes') ?? undefined;
  if (type === 'complex') {
    const place = { at: `${at}.subAttributes`, most: MAX_SUB_ATTRIBUTES, parent: { multiValued } };
    return { subAttributes: readAttributes(value, place, findings) };
  }
  if (value !== undefined && !(Array.isArray(value) && value.length === 0)) {
    findings.problems.push(`${at}: only an attribute of type complex has subAttributes.`);
  }
  return {};
}

function readWord<Word extends string>(
  entry: JsonObject,
  key: string,
  words: readonly Word[],
  preset: Word,
  at: string,
  problems: string[],
): Word {
  const value = ownValue(entry, key) ?? preset;
  const found = words.find((word) => word === value);
  if (found === undefined) problems.push(`${at}: ${key} must be ${oneOf(words)}.`);
  return found ?? preset;
}

function readFlag(entry: JsonObject, key: string, preset: boolean, at: string, problems: string[]): boolean {
  const value = ownValue(entry, key) ?? preset;
  if (typeof value === 'boolean') return value;
  problems.push(`${at}: ${key} must be true or false.`);
  return preset;
}

/** `manager`, or `manager.subAttributes` and a name: how a person would say it. */
function named({ at }: Place, name: string): string {
  const parent = /^(.*)\.subAttributes$/.exec(at)?.[1];
  return parent === undefined ? name : `${parent}.${name}`;
}

function oneOf(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
