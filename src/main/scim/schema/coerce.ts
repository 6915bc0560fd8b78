/** Values from requests to values of the schema's types: protocol reference D4, 3.6 and 3.10. */
import { readBoolean } from '../boolean.ts';
import { parseDateTime } from '../date-time.ts';
import { badRequest, type ScimError } from '../error.ts';
import { isJsonObject, isUnassigned, type JsonObject, type JsonValue, ownValue } from '../json.ts';
import { requireRule } from '../profile.ts';
import {
  type AttributeDefinition,
  findAlias,
  findSubAttribute,
  hasDerivedReference,
  isReferenceList,
} from './definition.ts';
import type { Reading } from './reading.ts';
import { readReference, referenceOf, uniqueReferences } from './references.ts';

/**
 * The value of an attribute in its schema type, canonical names inside; undefined when it comes to nothing.
 * @param at the attribute as the client wrote it, for error details
 * @throws ScimError 400 invalidValue
 */
export function coerceAttribute(
  definition: AttributeDefinition,
  value: JsonValue,
  at: string,
  reading: Reading,
): JsonValue | undefined {
  if (definition.multiValued) {
    const elements = coerceElements(definition, value, at, reading);
    return elements.length === 0 ? undefined : elements;
  }
  return definition.type === 'complex'
    ? coerceComplex(definition, value, at, reading)
    : coerceSimple(definition, value, at, reading);
}

/** The elements of a multi-valued attribute: duplicates of references removed, at most one of them primary. */
function coerceElements(
  definition: AttributeDefinition,
  value: JsonValue,
  at: string,
  reading: Reading,
): JsonValue[] {
  const elements = listElements(definition, value, at, reading);
  if (!isReferenceList(definition)) return keepOnePrimary(elements, at, reading);
  elements.forEach((element, i) => {
    if (referenceOf(element) === undefined) throw invalidValue(`${at}[${i}].value is missing.`);
  });
  return uniqueReferences(elements);
}

/** The elements that a `remove` lists. What identifies nothing is left out: it must not remove anything. */
export function coerceListedElements(
  definition: AttributeDefinition,
  value: JsonValue,
  at: string,
  reading: Reading,
): JsonValue[] {
  const elements = listElements(definition, value, at, reading);
  return isReferenceList(definition)
    ? elements.filter((element) => referenceOf(element) !== undefined)
    : elements;
}

/** RFC 7643 §2.4: `primary` is true at most once. PingOne sends two (1.5); the first is kept. */
function keepOnePrimary(elements: readonly JsonValue[], at: string, { tolerate }: Reading): JsonValue[] {
  let found = false;
  return elements.map((element) => {
    if (!isJsonObject(element) || ownValue(element, 'primary') !== true) return element;
    if (!found) {
      found = true;
      return element;
    }
    requireRule(tolerate, 'primary-demoted', 'invalidValue', `${at} has more than one primary value.`);
    return { ...element, primary: false };
  });
}

function listElements(
  definition: AttributeDefinition,
  value: JsonValue,
  at: string,
  reading: Reading,
): JsonValue[] {
  if (isUnassigned(value)) return [];
  if (!Array.isArray(value)) {
    requireRule(reading.tolerate, 'single-for-list', 'invalidValue', `${at} must be a list.`);
  }
  const list = Array.isArray(value) ? value : [value];
  return list.flatMap((element, i) => {
    if (Array.isArray(element)) throw invalidValue(`${at}[${i}] is a list within a list.`);
    const coerced = coerceElement(definition, element, `${at}[${i}]`, reading);
    return coerced === undefined ? [] : [coerced];
  });
}

function coerceElement(
  definition: AttributeDefinition,
  element: JsonValue,
  at: string,
  reading: Reading,
): JsonValue | undefined {
  if (definition.type !== 'complex') return coerceSimple(definition, element, at, reading);
  const complex = coerceComplex(definition, element, at, reading, { keepCleared: true });
  // `{"type": "mobile", "value": ""}` is how a template without data prints: it is no phone number.
  if (complex === undefined || complex.value === null) return undefined;
  const stated = withoutCleared(complex);
  return Object.keys(stated).length === 0 ? undefined : stated;
}

/**
 * The value of one complex attribute or element.
 * With `keepCleared`, sub-attributes that the client sets to null or "" stay in as null, so that PATCH can clear them.
 */
export function coerceComplex(
  definition: AttributeDefinition,
  value: JsonValue,
  at: string,
  reading: Reading,
  { keepCleared = false }: { readonly keepCleared?: boolean } = {},
): JsonObject | undefined {
  const single = unwrapList(value, at, reading);
  if (isUnassigned(single)) return undefined;
  const object = isJsonObject(single) ? single : wrapScalar(definition, single, at, reading);
  const coerced = coerceSubAttributes(definition, object, at, reading);
  const result = keepCleared ? coerced : withoutCleared(coerced);
  return Object.keys(result).length === 0 ? undefined : result;
}

/** Entra sends `manager` as a bare id, Microsoft's Postman collection a member. */
function wrapScalar(
  definition: AttributeDefinition,
  value: JsonValue,
  at: string,
  reading: Reading,
): JsonObject {
  if (findSubAttribute(definition, 'value') === undefined) throw wrongType(definition, at);
  requireRule(reading.tolerate, 'string-reference', 'invalidValue', `${at} must be an object.`);
  return { value };
}

function coerceSubAttributes(
  definition: AttributeDefinition,
  object: JsonObject,
  at: string,
  reading: Reading,
): JsonObject {
  const result: JsonObject = {};
  for (const [name, value] of Object.entries(object)) {
    const sub = findSubAttribute(definition, name) ?? findUnusedAlias(definition, object, name, reading);
    if (sub === undefined) reading.ignored.add(`${definition.name}.${name}`);
    else if (sub.mutability !== 'readOnly') {
      result[sub.name] = coerceAttribute(sub, value, `${at}.${name}`, reading) ?? null;
    }
  }
  return hasDerivedReference(definition) ? followReference(definition, result, reading) : result;
}

function findUnusedAlias(
  definition: AttributeDefinition,
  object: JsonObject,
  name: string,
  reading: Reading,
): AttributeDefinition | undefined {
  const sub = findAlias(definition.subAttributes ?? [], name);
  if (sub === undefined || Object.keys(object).some((key) => key.toLowerCase() === sub.name.toLowerCase())) {
    return undefined;
  }
  const detail = `There is no sub-attribute ${name} in ${definition.name}.`;
  requireRule(reading.tolerate, 'alias', 'invalidSyntax', detail);
  return sub;
}

/** `$ref` is not kept; what it says and `value` or `type` do not say is taken from it. */
function followReference(definition: AttributeDefinition, object: JsonObject, reading: Reading): JsonObject {
  const { $ref, ...rest } = object;
  const target = typeof $ref === 'string' ? readReference($ref, reading.type) : undefined;
  if (target === undefined) {
    if (typeof $ref === 'string' && rest.value === undefined) reading.ignored.add(`${definition.name}.$ref`);
    return rest;
  }
  const namesTypes = findSubAttribute(definition, 'type')?.canonicalValues?.includes(target.type) ?? false;
  return {
    value: target.id,
    ...(namesTypes ? { type: target.type } : {}),
    ...rest,
  };
}

function withoutCleared(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
}

/**
 * A simple value. Empty text means unassigned (Okta `"middleName": ""`), or with that rule off is text like any other
 * (RFC 7643 §2.3.1), though not where a value is required.
 * @throws ScimError 400 invalidValue
 */
export function coerceSimple(
  definition: AttributeDefinition,
  value: JsonValue,
  at: string,
  reading: Reading,
): JsonValue | undefined {
  const single = unwrapList(value, at, reading);
  if (isUnassigned(single)) return undefined;
  if (single === '') {
    if (reading.tolerate('empty-string')) return undefined;
    if (definition.required) throw invalidValue(`${at} is required and cannot be empty.`);
  }
  const coerced = readSimple(definition, single, at, reading);
  if (coerced === undefined) throw wrongType(definition, at);
  return coerced;
}

function readSimple(
  definition: AttributeDefinition,
  value: JsonValue,
  at: string,
  { tolerate }: Reading,
): JsonValue | undefined {
  switch (definition.type) {
    case 'boolean': {
      const read = readBoolean(value);
      if (read !== undefined && read !== value) {
        requireRule(tolerate, 'string-boolean', 'invalidValue', `${at} must be true or false, not text.`);
      }
      return read;
    }
    case 'integer':
    case 'decimal': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      const fits = definition.type === 'integer' ? Number.isSafeInteger(number) : Number.isFinite(number);
      if (!fits) return undefined;
      if (number !== value) {
        requireRule(tolerate, 'loose-scalar', 'invalidValue', `${at} must be a number, not text.`);
      }
      return number;
    }
    case 'dateTime':
      return typeof value === 'string' && parseDateTime(value) ? value : undefined;
    default: {
      const text = readText(definition, value);
      if (text !== undefined && typeof value !== 'string') {
        requireRule(tolerate, 'loose-scalar', 'invalidValue', `${at} must be text, not a ${typeof value}.`);
      }
      return text;
    }
  }
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Text as it is stored, in the canonical spelling if the attribute has one; undefined when it can't be stored. Also
 * references and binaries: the Microsoft validator puts random text into them (3.10).
 */
export function readText({ canonicalValues }: AttributeDefinition, value: JsonValue): string | undefined {
  if (typeof value === 'object') return undefined;
  const text = String(value);
  // It would come back from the database as something else.
  if (LONE_SURROGATE.test(text)) return undefined;
  const folded = text.toLowerCase();
  return canonicalValues?.find((canonical) => canonical.toLowerCase() === folded) ?? text;
}

/** `[x]` for a singular attribute (Entra `manager`) is x. */
function unwrapList(value: JsonValue, at: string, reading: Reading): JsonValue {
  if (!Array.isArray(value) || value.length === 0) return value;
  const [single = null] = value;
  const detail = `${at} takes one value, not a list.`;
  if (value.length > 1) throw invalidValue(detail);
  requireRule(reading.tolerate, 'list-for-singular', 'invalidValue', detail);
  return single;
}

const EXPECTED: { readonly [Type in AttributeDefinition['type']]: string } = {
  string: 'a string',
  boolean: 'true or false',
  decimal: 'a number',
  integer: 'an integer',
  dateTime: 'an RFC 3339 date-time',
  reference: 'a URI',
  binary: 'base64 text',
  complex: 'an object',
};

function wrongType(definition: AttributeDefinition, at: string): ScimError {
  return invalidValue(`${at} must be ${EXPECTED[definition.type]}.`);
}

export function invalidValue(detail: string, hint?: string): ScimError {
  return badRequest('invalidValue', detail, hint);
}
