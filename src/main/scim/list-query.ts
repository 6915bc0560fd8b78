/** Query parameters of lists, and the SearchRequest message: RFC 7644 §3.4.2, §3.4.3, RFC 9865 §2. */
import { badRequest, type ScimError } from './error.ts';
import { isUnassigned, type JsonObject, type JsonValue, readJsonObject } from './json.ts';
import type { Tolerate } from './profile.ts';
import { type Projection, readProjection } from './projection.ts';

export type SortOrder = 'ascending' | 'descending';

export type ListQuery = {
  readonly filter: string | undefined;
  /** 1-based, never below 1. */
  readonly startIndex: number;
  /** Never negative; undefined when the client left the page size to us. */
  readonly count: number | undefined;
  /** RFC 9865; empty for the first page, undefined for index paging. */
  readonly cursor: string | undefined;
  readonly sortBy: string | undefined;
  readonly sortOrder: SortOrder;
  readonly projection: Projection;
  /** Which departures from the RFC's filter grammar are let through; without it all that we know. */
  readonly tolerate?: Tolerate;
};

/**
 * Reads decoded query parameters (`new URLSearchParams(query)` will do). Names in any case (`startindex`, Microsoft),
 * the last of several wins, unknown ones are ignored.
 * @throws ScimError 400 invalidValue
 */
export function readListQuery(parameters: Iterable<readonly [string, string]>): ListQuery {
  return readParameters(new Map([...parameters].map(([name, value]) => [name.toLowerCase(), value])));
}

/**
 * Reads the body of `POST /.search`, where `attributes` is a list.
 * @throws ScimError 400 invalidSyntax, invalidValue
 */
export function readSearchRequest(body: unknown): ListQuery {
  const request: JsonObject = readJsonObject(body, 'The search request');
  return readParameters(new Map(Object.entries(request).map(([name, value]) => [name.toLowerCase(), value])));
}

type Parameters = ReadonlyMap<string, JsonValue>;

function readParameters(parameters: Parameters): ListQuery {
  const cursor = readText(parameters, 'cursor');
  if (cursor !== undefined && parameters.has('startindex')) {
    throw invalid('cursor and startIndex exclude each other.');
  }
  return {
    filter: readText(parameters, 'filter')?.trim() || undefined,
    startIndex: Math.max(1, readInteger(parameters, 'startIndex') ?? 1),
    count: notNegative(readInteger(parameters, 'count')),
    cursor,
    sortBy: readText(parameters, 'sortBy')?.trim() || undefined,
    sortOrder: readSortOrder(parameters),
    projection: readProjection({
      attributes: readNameList(parameters, 'attributes'),
      excludedAttributes: readNameList(parameters, 'excludedAttributes'),
    }),
  };
}

function readText(parameters: Parameters, name: string): string | undefined {
  const value = parameters.get(name.toLowerCase());
  if (isUnassigned(value)) return undefined;
  if (typeof value !== 'string') throw invalid(`${name} must be a string.`);
  return value;
}

function readInteger(parameters: Parameters, name: string): number | undefined {
  const value = parameters.get(name.toLowerCase());
  if (isUnassigned(value) || value === '') return undefined;
  const number = typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : value;
  if (!Number.isInteger(number)) throw invalid(`${name} must be an integer.`);
  return Math.min(number as number, Number.MAX_SAFE_INTEGER);
}

// RFC 7644 §3.4.2.4: "A negative value SHALL be interpreted as 0".
function notNegative(count: number | undefined): number | undefined {
  return count === undefined ? undefined : Math.max(0, count);
}

function readSortOrder(parameters: Parameters): SortOrder {
  const order = readText(parameters, 'sortOrder')?.trim().toLowerCase() || 'ascending';
  if (order !== 'ascending' && order !== 'descending') {
    throw invalid('sortOrder must be ascending or descending.');
  }
  return order;
}

function readNameList(parameters: Parameters, name: string): string | string[] | undefined {
  const value = parameters.get(name.toLowerCase());
  if (isUnassigned(value)) return undefined;
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((element) => typeof element === 'string')) return value;
  throw invalid(`${name} must be a list of attribute names.`);
}

function invalid(detail: string): ScimError {
  return badRequest('invalidValue', detail);
}
