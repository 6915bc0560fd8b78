import { badRequest } from '../scim/error.ts';
import type { ResolvedFilter } from '../scim/filter/ast.ts';
import { predicate } from '../scim/filter/evaluate.ts';
import { parseFilter } from '../scim/filter/parser.ts';
import { resolveFilter } from '../scim/filter/resolve.ts';
import type { JsonObject } from '../scim/json.ts';
import type { ListQuery } from '../scim/list-query.ts';
import type { ResolvedPath, ResourceType } from '../scim/schema/resource-type.ts';
import { compareSortKeys, resolveSortBy, type SortKey, sortKey } from '../scim/sort.ts';
import type { Answers } from './answer.ts';
import type { ListPlace } from './cursor.ts';
import {
  type Found,
  type FoundRow,
  layEndToEnd,
  type PageRequest,
  type Part,
  pageOf,
  type Taken,
} from './page.ts';
import type { AnswerRow, ResourceStore, Selection } from './store.ts';

/** A resource type and where its resources are. */
export interface Source {
  type: ResourceType;
  store: ResourceStore;
}

/** A source with the query bound to it. */
export interface BoundSource extends Source {
  /** Its number among the sources of the query. */
  index: number;
  form: string;
  selection: Selection;
  /** Which of the selected rows fulfil the filter. */
  matching(rows: readonly AnswerRow[]): AnswerRow[];
  objects(rows: readonly AnswerRow[], paths: readonly ResolvedPath[]): JsonObject[];
}

/**
 * Binds a query to one resource type.
 * @param oneOfSeveral an attribute that the type lacks then has no value instead of being an error.
 * @throws ScimError 400 invalidFilter
 */
export function bindSource(
  { type, store }: Source,
  index: number,
  query: ListQuery,
  base: string,
  answers: Answers,
  oneOfSeveral: boolean,
): BoundSource {
  const unknown = oneOfSeveral ? 'no-value' : 'refuse';
  const { tolerate } = query;
  const filter =
    query.filter === undefined
      ? undefined
      : resolveFilter(parseFilter(query.filter, tolerate), type, { unknown, ...(tolerate && { tolerate }) });
  const form = answers.form(type);
  const selection = store.select(filter, form);
  const paths = filter ? pathsOf(filter) : [];
  const isMatch = filter && predicate(filter);
  // Groups and members cost a look-up a row: made only for those who ask about them.
  const objects = (rows: readonly AnswerRow[], wanted: readonly ResolvedPath[]) =>
    answers.objects(
      type,
      rows,
      base,
      wanted.some(({ attribute }) => attribute.name === 'groups' || attribute.name === 'members'),
    );
  return {
    index,
    type,
    store,
    form,
    selection,
    objects,
    matching(rows) {
      if (isMatch === undefined || selection.exact) return [...rows];
      const representations = objects(rows, paths);
      return rows.filter((_, position) => isMatch(representations[position] ?? {}));
    },
  };
}

function pathsOf(filter: ResolvedFilter): ResolvedPath[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.flatMap(pathsOf);
    case 'not':
      return pathsOf(filter.operand);
    case 'compare':
    case 'present':
    case 'valuePath':
      return [filter.path];
    case 'constant':
      return [];
  }
}

/**
 * The page is cut out of all sources laid end to end. Where SQL decides for all of them it is found at once, so that the
 * caller can put the answer together on the snapshot that it was found on.
 */
export function inOrderOfCreation(
  sources: readonly BoundSource[],
  request: PageRequest,
): Found | Promise<Found> {
  const page = layEndToEnd(sources.length, request);
  if (!sources.every(({ selection }) => selection.exact)) return searchThrough(sources, request, page);
  for (const source of sources) {
    const part = page.wanted(source);
    if (part) page.add(source, takeExact(source, part));
  }
  return page.found();
}

async function searchThrough(
  sources: readonly BoundSource[],
  { isAbandoned }: PageRequest,
  page: ReturnType<typeof layEndToEnd>,
): Promise<Found> {
  for (const source of sources) {
    const part = page.wanted(source);
    if (!part) continue;
    const taken = source.selection.exact
      ? takeExact(source, part)
      : await takeMatching(source, part, isAbandoned);
    page.add(source, taken);
  }
  return page.found();
}

/** A page of a source whose rows SQL decides about. */
function takeExact({ selection }: BoundSource, { from, limit, needTotal }: Part): Taken {
  const rows = selection.rows({ from, limit });
  // A page that isn't full, read from the start, holds all there are.
  const isWhole = from === 0 && rows.length < limit;
  return { rows, total: !needTotal ? 0 : isWhole ? rows.length : selection.count() };
}

/** A page of a source whose rows the evaluator decides about, piece by piece. */
async function takeMatching(
  source: BoundSource,
  { from, limit, needTotal }: Part,
  isAbandoned: () => boolean,
): Promise<Taken> {
  const rows: AnswerRow[] = [];
  let total = 0;
  const after = typeof from === 'number' || needTotal ? 0 : from.pk;
  await eachMatch(source, after, isAbandoned, (row) => {
    const isBehind = typeof from === 'number' ? total >= from : row.pk > from.pk;
    if (isBehind && rows.length < limit) rows.push(row);
    total += 1;
    return needTotal || rows.length < limit;
  });
  return { rows, total };
}

/** Hands out what matches, in order of creation, until told to stop; others get their turn after every piece. */
async function eachMatch(
  source: BoundSource,
  after: number,
  isAbandoned: () => boolean,
  visit: (row: AnswerRow) => boolean,
): Promise<void> {
  let isFirst = true;
  for (const piece of source.selection.pieces(after)) {
    if (!isFirst) await new Promise((resolve) => setImmediate(resolve));
    isFirst = false;
    if (isAbandoned()) return;
    for (const row of source.matching(piece)) if (!visit(row)) return;
  }
}

/**
 * As sorted (RFC 7644 section 3.4.2.3); what sorts alike stays in order of creation. By an index where there is one,
 * otherwise everything that matches is read for its sort key.
 * @throws ScimError 400 invalidValue when there is nothing to sort by, tooMany when there is too much
 */
export function sorted(
  sources: readonly BoundSource[],
  query: ListQuery & { sortBy: string },
  request: PageRequest,
): Found | Promise<Found> {
  const [only, ...others] = sources;
  const path = only && others.length === 0 ? resolveSortBy(only.type, query.sortBy) : undefined;
  const column = path && only?.store.sortColumn(path.key);
  return only && column !== undefined && only.selection.exact
    ? sortedByColumn(only, column, query, request)
    : sortedByKeys(sources, query, request);
}

function sortedByColumn(
  source: BoundSource,
  column: string,
  { sortOrder }: ListQuery,
  { start, limit, needTotal }: PageRequest,
): Found {
  const order = { column, descending: sortOrder === 'descending' };
  const rows = source.selection.rows({ from: start, limit: limit + 1, order });
  const found = pageOf(
    rows.map((row) => ({ source, row })),
    limit,
    needTotal ? source.selection.count() : undefined,
  );
  if (found.last === undefined) return found;
  const key = source.store.sortValue(found.last.pk, column);
  const last = { ...found.last, ...(key !== undefined && { key }) };
  return { ...found, last, next: found.next && last };
}

async function sortedByKeys(
  sources: readonly BoundSource[],
  query: ListQuery & { sortBy: string },
  { start, limit, mostSorted, isAbandoned }: PageRequest,
): Promise<Found> {
  const keys: { source: BoundSource; pk: number; key: SortKey }[] = [];
  for (const source of sources) {
    // Of several types those without the attribute sort as unassigned.
    const isKnown = sources.length === 1 || source.type.resolve(query.sortBy) !== undefined;
    const path = isKnown ? resolveSortBy(source.type, query.sortBy) : undefined;
    await eachMatch(source, 0, isAbandoned, (row) => {
      const [resource] = path ? source.objects([row], [path]) : [];
      keys.push({ source, pk: row.pk, key: path && resource && sortKey(path, resource) });
      return keys.length <= mostSorted;
    });
  }
  if (keys.length > mostSorted) {
    throw badRequest(
      'tooMany',
      `More than ${mostSorted} resources match, and no index sorts by ${query.sortBy}. Narrow the filter, or sort by userName, displayName, externalId or id.`,
    );
  }
  const compare = (a: ListPlace, b: ListPlace) =>
    compareSortKeys(a.key, b.key, query.sortOrder) || a.source - b.source || a.pk - b.pk;
  const places = keys.map(({ source, pk, key }) => ({ source: source.index, pk, key })).sort(compare);
  const first = typeof start === 'number' ? start : places.findIndex((place) => compare(place, start) > 0);
  const chosen = first < 0 ? [] : places.slice(first, first + limit + 1);
  const rows = chosen.flatMap(({ source: index, pk, key }): FoundRow[] => {
    const source = sources[index];
    const [row] = source ? source.store.answers([pk], source.form) : [];
    return source && row ? [{ source, row, key }] : [];
  });
  return pageOf(rows, limit, places.length);
}
