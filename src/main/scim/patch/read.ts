import { badRequest, type ScimError } from '../error.ts';
import {
  isJsonObject,
  isUnassigned,
  type JsonObject,
  type JsonValue,
  ownValueInAnyCase,
  readJsonObject,
} from '../json.ts';
import { type PatchTarget, parsePath, resolvePath } from '../path.ts';
import { requireRule, type Tolerate } from '../profile.ts';
import { isReadOnly, readAssignments } from '../schema/assignments.ts';
import {
  coerceAttribute,
  coerceComplex,
  coerceListedElements,
  coerceSimple,
  invalidValue,
} from '../schema/coerce.ts';
import {
  findSubAttribute,
  hasDerivedReference,
  isNeverStored,
  type SchemaDefinition,
} from '../schema/definition.ts';
import { type Reading, startReading } from '../schema/reading.ts';
import { readReference } from '../schema/references.ts';
import { attributePath, type ResourceType, withSubAttribute } from '../schema/resource-type.ts';
import { atOperation } from './at-operation.ts';
import type { PatchOperation } from './operation.ts';

const PATCH_OP_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

export type Patch = {
  readonly operations: readonly PatchOperation[];
  /** Keys of path-less values that were ignored: unknown, or readOnly. */
  readonly ignored: readonly string[];
};

/**
 * Reads a PatchOp message (RFC 7644 §3.5.2) into operations that are resolved against the schema and coerced.
 * `op` and the keys in any case, other keys ignored; a message without operations changes nothing.
 * @throws ScimError 400 invalidSyntax, invalidPath, invalidFilter, invalidValue, mutability, noTarget; the detail names
 *   the operation's index
 */
export function readPatch(type: ResourceType, body: unknown, tolerate?: Tolerate): Patch {
  const message = readJsonObject(body, 'The PATCH request');
  const reading = startReading(type, 'patch', tolerate);
  const operations = readMessage(message, reading).flatMap((operation, index) =>
    atOperation(index, () => readOperation(operation, index, reading)),
  );
  return { operations, ignored: [...reading.ignored] };
}

function readMessage(message: JsonObject, { tolerate }: Reading): JsonValue[] {
  const schemas = ownValueInAnyCase(message, 'schemas');
  if (isUnassigned(schemas)) {
    requireRule(tolerate, 'missing-schemas', 'invalidSyntax', 'The PATCH request names no schemas.');
  }
  const namesAnother = Array.isArray(schemas) && schemas.length > 0 && !schemas.some(isPatchOp);
  if (namesAnother) throw invalidSyntax(`The schemas of a PATCH request must be ["${PATCH_OP_SCHEMA}"].`);
  const operations = ownValueInAnyCase(message, 'Operations');
  if (isJsonObject(operations)) {
    requireRule(tolerate, 'single-for-list', 'invalidSyntax', 'Operations must be a list.');
    return [operations];
  }
  if (!Array.isArray(operations)) throw invalidSyntax('A PATCH request must have a list of Operations.');
  return operations;
}

function isPatchOp(urn: JsonValue): boolean {
  return typeof urn === 'string' && urn.toLowerCase() === PATCH_OP_SCHEMA.toLowerCase();
}

/** An operation as the client gave it, with its place and kind read. */
type Request = {
  readonly op: PatchOperation['op'];
  readonly index: number;
  /** undefined when there is no value at all. */
  readonly value: JsonValue | undefined;
};

function readOperation(operation: JsonValue, index: number, reading: Reading): PatchOperation[] {
  if (!isJsonObject(operation)) throw invalidSyntax('An operation must be an object.');
  const request: Request = {
    op: readKind(ownValueInAnyCase(operation, 'op'), reading),
    index,
    value: ownValueInAnyCase(operation, 'value'),
  };
  const path = ownValueInAnyCase(operation, 'path') ?? '';
  if (typeof path !== 'string') throw badRequest('invalidPath', 'path must be a string.');
  return path.trim() === '' ? readPathless(request, reading) : readAtPath(path.trim(), request, reading);
}

function readKind(op: JsonValue | undefined, { tolerate }: Reading): PatchOperation['op'] {
  const kind = typeof op === 'string' ? op.trim().toLowerCase() : undefined;
  if (kind !== 'add' && kind !== 'replace' && kind !== 'remove') {
    throw invalidSyntax('op must be add, replace or remove.');
  }
  if (kind !== op) requireRule(tolerate, 'capitalized-op', 'invalidSyntax', `op must be ${kind}, not ${op}.`);
  return kind;
}

function readPathless(request: Request, reading: Reading): PatchOperation[] {
  if (request.op === 'remove') throw badRequest('noTarget', 'remove needs a path.');
  if (!isJsonObject(request.value))
    throw invalidValue('Without a path, value must be an object of attributes.');
  return readAttributes(request.value, request, reading);
}

/** One operation per attribute of the object; keys may also be whole paths with a filter. */
function readAttributes(object: JsonObject, request: Request, reading: Reading): PatchOperation[] {
  const entries = Object.entries(object);
  const paths = entries.filter(([name]) => name.includes('['));
  const names = Object.fromEntries(entries.filter(([name]) => !name.includes('[')));
  return [
    ...paths.flatMap(([path, value]) => readAtPath(path, { ...request, value }, reading)),
    ...readAssignments(names, reading).flatMap(({ path, name, value }) =>
      readAtTarget({ path, filter: undefined }, name, { ...request, value }, reading),
    ),
  ];
}

function readAtPath(text: string, request: Request, reading: Reading): PatchOperation[] {
  const schema = reading.type.resolveSchema(text);
  if (schema !== undefined) return readAtSchema(schema, request, reading);
  const target = resolvePath(parsePath(text, reading.tolerate), reading.type, reading.tolerate);
  if (target.path.attribute.computed && request.op !== 'remove') {
    requireRule(reading.tolerate, 'read-only-key', 'mutability', `${text} is readOnly.`);
    reading.ignored.add(text);
    return [];
  }
  if (target.path.attribute.computed || isReadOnly(target.path)) throw mutability(`${text} is readOnly.`);
  return readAtTarget(target, text, request, reading);
}

/** A path that is the URN of a whole extension (python-scim/scim2-tester), or of the core schema. */
function readAtSchema(schema: SchemaDefinition, request: Request, reading: Reading): PatchOperation[] {
  const { op, value } = request;
  const clears = op === 'remove' || (op === 'replace' && value === null);
  if (!clears) {
    if (!isJsonObject(value))
      throw invalidValue(`The value of ${schema.id} must be an object of attributes.`);
    return readAttributes({ [schema.id]: value }, request, reading);
  }
  if (schema === reading.type.schema) throw mutability(`The core schema ${schema.id} cannot be removed.`);
  return schema.attributes
    .map((attribute) => attributePath(schema, schema.id, attribute))
    .filter((path) => !isReadOnly(path))
    .flatMap((path) =>
      readAtTarget(
        { path, filter: undefined },
        path.key,
        { ...request, op: 'remove', value: undefined },
        reading,
      ),
    );
}

function readAtTarget(given: PatchTarget, at: string, request: Request, reading: Reading): PatchOperation[] {
  const { op, value } = request;
  if (op !== 'remove' && value === undefined) throw invalidValue(`${op} needs a value for ${at}.`);
  const reference = throughReference(given, request, reading);
  if (reference === undefined) {
    reading.ignored.add(at);
    return [];
  }
  const { target } = reference;
  const operation =
    op === 'remove'
      ? readRemoval(target, at, request, reading)
      : readAssignment(target, at, { ...request, value: reference.value }, reading);
  if (operation === undefined) return [];
  if (!isNeverStored(target.path.attribute)) return [operation];
  reading.tolerate('secret-dropped');
  return [];
}

/** `manager.$ref` says the same as `manager.value`, and only that is stored. */
function throughReference(
  target: PatchTarget,
  { op, value }: Request,
  reading: Reading,
): { target: PatchTarget; value: JsonValue | undefined } | undefined {
  const { attribute, subAttribute } = target.path;
  if (subAttribute?.name !== '$ref' || !hasDerivedReference(attribute)) return { target, value };
  const id = findSubAttribute(attribute, 'value');
  if (id === undefined) return undefined;
  const atValue = { ...target, path: withSubAttribute(target.path, id) };
  if (op === 'remove') return { target: atValue, value: undefined };
  const reference = typeof value === 'string' ? readReference(value, reading.type) : undefined;
  return reference && { target: atValue, value: reference.id };
}

function readRemoval(
  { path, filter }: PatchTarget,
  at: string,
  { index, value }: Request,
  reading: Reading,
): PatchOperation {
  const { attribute, subAttribute } = path;
  refuseRemovalOf(path.subAttribute ?? (filter === undefined ? attribute : undefined), at);
  const takesList = attribute.multiValued && subAttribute === undefined && filter === undefined;
  if (!takesList || value === undefined || value === null) {
    return { op: 'remove', index, path, filter, value: undefined };
  }
  // Dropping the list would empty a group for the sake of one member (D5): scim-patch #489, SCIMReferenceCode #76.
  const detail = `remove takes no value; choose values of ${at} in the path, as ${at}[value eq "…"].`;
  requireRule(reading.tolerate, 'listed-removal', 'invalidValue', detail);
  const listed = isJsonObject(value) ? (ownValueInAnyCase(value, attribute.name) ?? value) : value;
  return { op: 'remove', index, path, filter, value: coerceListedElements(attribute, listed, at, reading) };
}

function refuseRemovalOf(
  definition: { readonly required: boolean; readonly mutability: string } | undefined,
  at: string,
): void {
  if (definition?.required) throw mutability(`${at} is required and cannot be removed.`);
  if (definition?.mutability === 'immutable') throw mutability(`${at} is immutable and cannot be removed.`);
}

/** The add or replace operation; the remove that a null or empty value stands for; undefined when nothing is asked. */
function readAssignment(
  target: PatchTarget,
  at: string,
  request: Request,
  reading: Reading,
): PatchOperation | undefined {
  const { op, index, value = null } = request;
  const { path, filter } = target;
  const isWholeList = path.attribute.multiValued && path.subAttribute === undefined && filter === undefined;
  // "A new value is added to the attribute" (RFC 7644 §3.5.2.1): one value is as good as a list of one.
  const given = op === 'add' && isWholeList && isJsonObject(value) ? [value] : value;
  const coerced = coerceTarget(target, given, at, reading);
  if (coerced !== undefined) return { op, index, path, filter, value: coerced };
  const adds = op === 'add' && path.attribute.multiValued && path.subAttribute === undefined;
  if (adds || asksNothing(target, value)) return undefined;
  const definition = path.subAttribute ?? path.attribute;
  if (definition.required) throw invalidValue(`${at} is required and cannot be empty.`);
  return readRemoval(target, at, { ...request, value: undefined }, reading);
}

/**
 * An object of nothing but unknown or readOnly names (`"name": {}`, `"manager": {"displayName": "…"}`): what is not
 * specified is left unchanged (RFC 7644 §3.5.2.3), so it must not clear what is there.
 */
function asksNothing({ path: { attribute, subAttribute }, filter }: PatchTarget, value: JsonValue): boolean {
  if (!isJsonObject(value)) return false;
  const isWholeList = attribute.multiValued && subAttribute === undefined && filter === undefined;
  return !isWholeList || !Object.keys(value).some((name) => findSubAttribute(attribute, name));
}

function coerceTarget(
  { path: { attribute, subAttribute }, filter }: PatchTarget,
  value: JsonValue,
  at: string,
  reading: Reading,
): JsonValue | undefined {
  const clearing = { keepCleared: true };
  if (subAttribute !== undefined) return coerceAttribute(subAttribute, value, at, reading);
  if (filter !== undefined) {
    return attribute.type === 'complex'
      ? coerceComplex(attribute, value, at, reading, clearing)
      : coerceSimple(attribute, value, at, reading);
  }
  if (attribute.multiValued || attribute.type !== 'complex')
    return coerceAttribute(attribute, value, at, reading);
  return coerceComplex(attribute, value, at, reading, clearing);
}

function mutability(detail: string): ScimError {
  return badRequest('mutability', detail);
}

function invalidSyntax(detail: string): ScimError {
  return badRequest('invalidSyntax', detail);
}
