import { badRequest, payloadTooLarge, ScimError } from '../error.ts';
import { isJsonObject, type JsonObject, type JsonValue, ownValueInAnyCase, readJsonObject } from '../json.ts';
import type { Registry } from '../schema/registry.ts';
import type { ResourceType } from '../schema/resource-type.ts';

export type BulkMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One operation of a bulk request, not yet carried out. */
export type BulkOperation = {
  /** What the response repeats. */
  readonly method: string;
  readonly bulkId: string | undefined;
  /** What to do, or why it cannot be done whatever the directory holds. */
  readonly action: BulkAction | ScimError;
};

export type BulkAction = {
  readonly method: BulkMethod;
  readonly type: ResourceType;
  /** From the path; may be `bulkId:…`. undefined for POST. */
  readonly id: string | undefined;
  readonly data: JsonValue | undefined;
  /** An entity tag that must match, as If-Match does. */
  readonly version: string | undefined;
};

export type BulkRequest = {
  /** How many errors end the processing; undefined when none does. */
  readonly failOnErrors: number | undefined;
  readonly operations: readonly BulkOperation[];
};

/**
 * Refuses a bulk request by its size, before its body is parsed (RFC 7644 §3.7.4).
 * @throws ScimError 413
 */
export function refuseLargePayload(bytes: number, maxPayloadSize: number): void {
  if (bytes > maxPayloadSize) {
    throw payloadTooLarge(`The size of the bulk operation exceeds the maxPayloadSize (${maxPayloadSize}).`);
  }
}

/**
 * Reads a BulkRequest message (RFC 7644 §3.7). What is wrong with a single operation is kept with that operation.
 * @throws ScimError 400 invalidSyntax, invalidValue (failOnErrors, a bulkId used twice); 413 above `maxOperations`
 */
export function readBulkRequest(
  registry: Registry,
  body: unknown,
  { maxOperations }: { readonly maxOperations: number },
): BulkRequest {
  const message = readJsonObject(body, 'The bulk request');
  const operations = ownValueInAnyCase(message, 'Operations');
  if (!Array.isArray(operations))
    throw badRequest('invalidSyntax', 'A bulk request must have a list of Operations.');
  if (operations.length > maxOperations) {
    throw payloadTooLarge(`The number of bulk operations exceeds the maxOperations (${maxOperations}).`);
  }
  const read = operations.map((operation) => readOperation(registry, operation));
  refuseDuplicateIds(read);
  return { failOnErrors: readFailOnErrors(message), operations: read };
}

function readFailOnErrors(message: JsonObject): number | undefined {
  const limit = ownValueInAnyCase(message, 'failOnErrors') ?? 0;
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 0) {
    throw badRequest('invalidValue', 'failOnErrors must be a positive integer.');
  }
  return limit === 0 ? undefined : limit;
}

function refuseDuplicateIds(operations: readonly BulkOperation[]): void {
  const seen = new Set<string>();
  for (const { bulkId } of operations) {
    if (bulkId === undefined) continue;
    if (seen.has(bulkId)) throw badRequest('invalidValue', `The bulkId ${bulkId} is used more than once.`);
    seen.add(bulkId);
  }
}

function readOperation(registry: Registry, operation: JsonValue): BulkOperation {
  if (!isJsonObject(operation)) throw badRequest('invalidSyntax', 'A bulk operation must be an object.');
  const method = readText(operation, 'method')?.toUpperCase() ?? '';
  const bulkId = readText(operation, 'bulkId');
  return { method, bulkId, action: valueOrRefusal(() => readAction(registry, operation, method, bulkId)) };
}

function valueOrRefusal<Value>(read: () => Value): Value | ScimError {
  try {
    return read();
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
}

function readAction(
  registry: Registry,
  operation: JsonObject,
  method: string,
  bulkId: string | undefined,
): BulkAction {
  if (!isBulkMethod(method)) throw badRequest('invalidSyntax', 'method must be POST, PUT, PATCH or DELETE.');
  const { type, id } = readPath(registry, readText(operation, 'path') ?? '');
  if (method === 'POST' && id !== undefined)
    throw badRequest('invalidValue', 'The path of a POST must name no id.');
  if (method !== 'POST' && id === undefined)
    throw badRequest('invalidValue', `The path of a ${method} needs an id.`);
  if (method === 'POST' && bulkId === undefined) throw badRequest('invalidValue', 'A POST needs a bulkId.');
  const data = ownValueInAnyCase(operation, 'data');
  if (method !== 'DELETE' && !isJsonObject(data))
    throw badRequest('invalidSyntax', `A ${method} needs data.`);
  return { method, type, id, data, version: readText(operation, 'version') };
}

/** `/Users`, `/Groups/42`, `/Users/bulkId:abc`; not `/Me`, not `/Bulk`. */
function readPath(registry: Registry, path: string): { type: ResourceType; id: string | undefined } {
  const [endpoint = '', id, ...excess] = path.replace(/^\/|\/$/g, '').split('/');
  const type = registry.resourceTypeByEndpoint(endpoint);
  if (type === undefined || excess.length > 0) {
    throw badRequest(
      'invalidPath',
      `${JSON.stringify(path.slice(0, 100))} is no path a bulk operation can have.`,
    );
  }
  return { type, id: id === undefined ? undefined : decodeId(id) };
}

function decodeId(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

function isBulkMethod(method: string): method is BulkMethod {
  return method === 'POST' || method === 'PUT' || method === 'PATCH' || method === 'DELETE';
}

function readText(operation: JsonObject, name: string): string | undefined {
  const value = ownValueInAnyCase(operation, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
