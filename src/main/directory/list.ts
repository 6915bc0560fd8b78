import { createHash } from 'node:crypto';
import { badRequest } from '../scim/error.ts';
import type { ListQuery } from '../scim/list-query.ts';
import { type ListPage, listResponse } from '../scim/list-response.ts';
import type { Answers } from './answer.ts';
import { type ListPlace, readCursor, writeCursor } from './cursor.ts';
import type { Found, FoundRow } from './page.ts';
import type { ReadingPlace, ReadingPlaces } from './reading-places.ts';
import { bindSource, inOrderOfCreation, type Source, sorted } from './search.ts';

/** The page size when the client names none, and the most that it can ask for. */
export const DEFAULT_PAGE_SIZE = 100;
export const MAX_PAGE_SIZE = 500;

/** Without an index, this many sort keys are held in memory and sorted at once; beyond that the client is told. */
const MOST_SORTED = 100_000;

/** Who lists, for whom it is written, and whether anybody is still waiting for it. */
export interface ListContext {
  /** The SCIM base URL for locations. */
  base: string;
  /** Tells the pages that one client reads from those of another. */
  reader: string;
  isAbandoned(): boolean;
}

/** A ListResponse as JSON text, and what the request log says of it. */
export interface ListAnswer {
  text: string;
  /** Undefined where only a search through everything could tell: with cursors that is not needed. */
  totalResults: number | undefined;
  itemsPerPage: number;
}

/**
 * One page as a ListResponse (RFC 7644 section 3.4.2, RFC 9865), in the order of creation or as sorted. Of several types
 * the first comes first; an attribute that one of them lacks has no value there, while at a single type it is an error
 * (D6). A long search lets other requests in between.
 * @throws ScimError 400 invalidFilter, invalidValue, tooMany, invalidCursor, expiredCursor, invalidCount
 */
export async function listResources(
  sources: readonly Source[],
  query: ListQuery,
  context: ListContext,
  deps: { answers: Answers; places: ReadingPlaces; now(): Date },
): Promise<ListAnswer> {
  const where = sources.map(({ type }) => type.name).join();
  const limit = Math.min(query.count ?? DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE);
  const bound = sources.map((source, index) =>
    bindSource(source, index, query, context.base, deps.answers, sources.length > 1),
  );
  const { sortBy } = query;
  const find = (start: ListPlace | number, needTotal: boolean): Found | Promise<Found> => {
    const { isAbandoned } = context;
    const request = { start, limit, needTotal, mostSorted: MOST_SORTED, isAbandoned };
    return sortBy === undefined
      ? inOrderOfCreation(bound, request)
      : sorted(bound, { ...query, sortBy }, request);
  };
  const answer = (found: Found, page: Omit<ListPage, 'resources'>): ListAnswer => {
    const itemsPerPage = found.rows.length;
    const empty = JSON.stringify(listResponse({ ...page, itemsPerPage, resources: [] }));
    const resources = resourcesText(found.rows, query, context.base, deps.answers);
    return {
      text: `${empty.slice(0, -2)}${resources}]}`,
      totalResults: page.totalResults,
      itemsPerPage,
    };
  };

  if (query.cursor !== undefined) {
    if (limit < (query.count ?? 0)) {
      throw badRequest('invalidCount', `count can be ${MAX_PAGE_SIZE} at most.`);
    }
    const start = readCursor(query, where, deps.now()) ?? 0;
    const search = find(
      start,
      bound.every(({ selection }) => selection.exact),
    );
    const found = search instanceof Promise ? await search : search;
    const nextCursor = found.next && writeCursor(found.next, query, where, deps.now());
    return answer(found, { totalResults: found.total, nextCursor });
  }

  const { startIndex } = query;
  const reading = once(() => readingOf(context.reader, where, query));
  const remembered = startIndex === 1 ? undefined : deps.places.find(reading(), startIndex);
  const place = remembered && isStillThere(remembered, sources) ? remembered.place : undefined;
  const search = find(place ?? startIndex - 1, true);
  // Without a turn of the loop where there was nothing to wait for: the answer is made on the same snapshot.
  const found = search instanceof Promise ? await search : search;
  const end = startIndex - 1 + found.rows.length;
  // Most lists are look-ups of one person, which have no second page.
  if (found.last && found.next) {
    if (startIndex === 1) deps.places.restart(reading());
    const newest = sources.map(({ store }) => store.newest());
    deps.places.remember(reading(), end + 1, { place: found.last, newest });
  }
  const total = found.total ?? 0;
  if (place === undefined || limit === 0) return answer(found, { startIndex, totalResults: total });
  // Behind a remembered place the count alone may say that all was shown although more is to come, or the reverse.
  const totalResults = found.next ? Math.max(total, end + 1) : Math.min(total, end);
  return answer(found, { startIndex, totalResults });
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** When nothing is left of what was there, a place says nothing about what came since: the index counts. */
function isStillThere({ newest }: ReadingPlace, sources: readonly Source[]): boolean {
  return sources.some(({ store }, index) => {
    const oldest = store.oldest();
    return oldest !== undefined && oldest <= (newest[index] ?? 0);
  });
}

/** Resources with commas in between. Rows of one type that stand together are made together. */
function resourcesText(rows: readonly FoundRow[], query: ListQuery, base: string, answers: Answers): string {
  const texts: string[] = [];
  for (let start = 0; start < rows.length; ) {
    const source = rows[start]?.source;
    let end = start;
    while (end < rows.length && rows[end]?.source === source) end += 1;
    const together = rows.slice(start, end).map(({ row }) => row);
    if (source) texts.push(answers.joined(source.type, together, base, query.projection));
    start = end;
  }
  return texts.join();
}

function readingOf(reader: string, where: string, { filter, sortBy, sortOrder }: ListQuery): string {
  return createHash('sha256')
    .update(JSON.stringify([reader, where, filter, sortBy, sortOrder]))
    .digest('base64url');
}
