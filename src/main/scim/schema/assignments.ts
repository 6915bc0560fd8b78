import { isJsonObject, isUnassigned, type JsonObject, type JsonValue } from '../json.ts';
import { refusedByRule, requireRule } from '../profile.ts';
import type { SchemaDefinition } from './definition.ts';
import { requireCurrentUrn } from './name-rules.ts';
import type { Reading } from './reading.ts';
import type { ResolvedPath } from './resource-type.ts';

/** One value a body assigns to one attribute or sub-attribute; not yet coerced. */
export type Assignment = {
  /** As the client wrote it. */
  readonly name: string;
  readonly path: ResolvedPath;
  readonly value: JsonValue;
};

/**
 * What a resource, or the value of a path-less PATCH operation, assigns. Names in any case, dotted or URN-qualified,
 * nested under the URN of an extension or of the core schema (scimverify 2.6). Unknown and readOnly names are ignored
 * (RFC 7644 §3.3; `id`, `meta` and `schemas` come back from every client that read before it writes: D3).
 */
export function readAssignments(body: JsonObject, reading: Reading): Assignment[] {
  return Object.entries(body).flatMap(([name, value]) => {
    const schema = reading.type.resolveSchema(name);
    return schema === undefined
      ? readAssignment(name, name, value, reading)
      : readNested(schema, name, value, reading);
  });
}

function readNested(schema: SchemaDefinition, urn: string, value: JsonValue, reading: Reading): Assignment[] {
  refuseLegacyName(urn, schema, reading);
  if (isJsonObject(value)) {
    if (schema === reading.type.schema) {
      const detail = `Core attributes stand at the top level, not under ${urn}.`;
      requireRule(reading.tolerate, 'nested-core', 'invalidSyntax', detail);
    }
    return Object.entries(value).flatMap(([name, nested]) =>
      readAssignment(`${schema.id}:${name}`, name, nested, reading),
    );
  }
  if (!isUnassigned(value)) reading.ignored.add(urn);
  return [];
}

function readAssignment(
  qualifiedName: string,
  name: string,
  value: JsonValue,
  reading: Reading,
): Assignment[] {
  const path = reading.type.resolve(qualifiedName);
  if (path?.attribute.computed) {
    readSchemas(value, reading);
    return [];
  }
  if (path === undefined || isReadOnly(path)) {
    if (isUnassigned(value)) return [];
    if (path !== undefined && reading.message === 'patch' && !reading.tolerate('read-only-key')) {
      throw refusedByRule('read-only-key', 'mutability', `${name} is readOnly.`);
    }
    reading.ignored.add(name);
    return [];
  }
  // In a resource null says no more than silence (RFC 7643 §2.5): Entra's documentation has it for whatever is missing.
  if (isUnassigned(value) && reading.message === 'resource' && isLooseExtension(path, qualifiedName))
    return [];
  refuseLooseName(path, name, qualifiedName, reading);
  return [{ name, path, value }];
}

/** An extension attribute without the URN of its schema. */
function isLooseExtension({ container }: ResolvedPath, qualifiedName: string): boolean {
  return container !== undefined && !qualifiedName.includes(':');
}

function refuseLooseName(path: ResolvedPath, name: string, qualifiedName: string, reading: Reading): void {
  const { tolerate } = reading;
  if (isLooseExtension(path, qualifiedName)) {
    const detail = `${name} belongs to ${path.container} and must be nested under it.`;
    requireRule(tolerate, 'unqualified-extension', 'invalidSyntax', detail);
  } else if (path.subAttribute !== undefined || name.includes(':')) {
    requireRule(
      tolerate,
      'qualified-key',
      'invalidSyntax',
      `${name} is a path, not the name of an attribute.`,
    );
    if (name.includes(':')) requireCurrentUrn(path, name, 'invalidSyntax', tolerate);
  }
}

/** Whether clients can write the attribute and the sub-attribute at a path. */
export function isReadOnly({ attribute, subAttribute }: ResolvedPath): boolean {
  return attribute.mutability === 'readOnly' || subAttribute?.mutability === 'readOnly';
}

/** `schemas` is computed from the data, so a URN nobody knows does no harm; Entra sends one with every group (1.2). */
function readSchemas(value: JsonValue, reading: Reading): void {
  for (const urn of Array.isArray(value) ? value : [value]) {
    if (typeof urn !== 'string') continue;
    const schema = reading.type.resolveSchema(urn);
    if (schema === undefined) reading.ignored.add(urn);
    else refuseLegacyName(urn, schema, reading);
  }
}

function refuseLegacyName(urn: string, schema: SchemaDefinition, { tolerate }: Reading): void {
  if (urn.toLowerCase() === schema.id.toLowerCase()) return;
  requireRule(tolerate, 'legacy-schema', 'invalidSyntax', `${urn} is not a schema here; ${schema.id} is.`);
}
