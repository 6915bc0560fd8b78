import { createHash } from 'node:crypto';
import { badRequest, type ScimError } from '../scim/error.ts';
import type { ListQuery } from '../scim/list-query.ts';
import type { Place } from './store.ts';

/** How long a cursor can be followed, in seconds; published in the Service Provider Config. */
export const CURSOR_TIMEOUT_SECONDS = 3600;

/** A place among the resources of several types laid end to end: which type, and behind which of its resources. */
export interface ListPlace extends Place {
  source: number;
}

/**
 * Cursors of RFC 9865. A cursor is the place where the last page ended, in base64url, which is unreserved text as
 * section 2 asks for: nothing is kept for it, so it outlives a restart and a thousand of them cost nothing.
 * A page begins behind a resource and not at a number, so that nobody is lost or met twice while others come and go.
 *
 * @param where the resource types that are listed, since a cursor holds for one endpoint.
 */
export function writeCursor(place: ListPlace, query: ListQuery, where: string, now: Date): string {
  const { source, pk, key } = place;
  const body = JSON.stringify([
    Math.floor(now.getTime() / 1000),
    query.count ?? null,
    source,
    pk,
    ...(key === undefined ? [] : [key]),
  ]);
  return Buffer.from(`${seal(body, query, where)}${body}`).toString('base64url');
}

/**
 * The place that a cursor names; undefined for the empty cursor of a first page.
 * @throws ScimError 400 invalidCursor, also when the query is not the one it was issued for; expiredCursor; invalidCount
 */
export function readCursor(query: ListQuery, where: string, now: Date): ListPlace | undefined {
  const { cursor } = query;
  if (cursor === undefined || cursor === '') return undefined;
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const body = text.slice(SEAL_LENGTH);
  // Decoding skips what is no base64url: the text must be the one that was issued, to the letter.
  if (
    Buffer.from(text).toString('base64url') !== cursor ||
    text.slice(0, SEAL_LENGTH) !== seal(body, query, where)
  ) {
    throw invalidCursor();
  }
  const parts = parse(body);
  if (!isCursor(parts)) throw invalidCursor();
  const [issued, count, source, pk, key] = parts;
  if (now.getTime() / 1000 - issued > CURSOR_TIMEOUT_SECONDS) {
    throw badRequest('expiredCursor', 'The cursor has expired. Begin again with the first page.');
  }
  if (count !== (query.count ?? null)) {
    throw badRequest(
      'invalidCount',
      `count must stay ${count ?? 'unset'} from the first page to the last (RFC 9865, section 2).`,
    );
  }
  return { source, pk, ...(key !== undefined && { key }) };
}

type CursorParts = [issued: number, count: number | null, source: number, pk: number, key?: string | number];

/** The seal keeps out accidents, not somebody who read this file: what such a one sends must be harmless too. */
function isCursor(parts: unknown): parts is CursorParts {
  if (!Array.isArray(parts)) return false;
  const [issued, count, source, pk, key] = parts;
  return (
    [issued, count ?? 0, source, pk].every((part) => Number.isSafeInteger(part) && part >= 0) &&
    (key === undefined || typeof key === 'string' || typeof key === 'number')
  );
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const SEAL_LENGTH = 12;

/** Ties a cursor to everything that decides which resources come in which order, and finds a damaged one. */
function seal(body: string, { filter, sortBy, sortOrder, projection }: ListQuery, where: string): string {
  return createHash('sha256')
    .update(JSON.stringify([body, where, filter, sortBy, sortOrder, projection]))
    .digest('base64url')
    .slice(0, SEAL_LENGTH);
}

function invalidCursor(): ScimError {
  return badRequest(
    'invalidCursor',
    'The cursor is not one that was issued for this query. Repeat every other parameter as it was.',
  );
}
