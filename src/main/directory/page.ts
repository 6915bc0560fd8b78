import type { SortKey } from '../scim/sort.ts';
import type { ListPlace } from './cursor.ts';
import type { BoundSource } from './search.ts';
import type { AnswerRow, Place } from './store.ts';

/** One resource of a page. */
export interface FoundRow {
  source: BoundSource;
  row: AnswerRow;
  key?: SortKey;
}

/** A page as it was found. */
export interface Found {
  rows: FoundRow[];
  /** How many resources there are altogether, when it was asked for. */
  total: number | undefined;
  /** The last resource of the page. */
  last: ListPlace | undefined;
  /** Where the next page begins; undefined when there is none. */
  next: ListPlace | undefined;
}

/** Which page of what was found. */
export interface PageRequest {
  /** Behind a place, or behind so many resources. */
  start: ListPlace | number;
  limit: number;
  needTotal: boolean;
  /** The most resources that are read for the sake of their order alone. */
  mostSorted: number;
  /** Asked between the pieces of a long search, which then ends early: nobody reads the answer. */
  isAbandoned(): boolean;
}

/** Which rows of one source a page needs. */
export interface Part {
  from: Place | number;
  limit: number;
  needTotal: boolean;
}

/** What was taken of a source. */
export interface Taken {
  rows: AnswerRow[];
  /** How many the source has, when that was asked. */
  total: number;
}

/** Keeps count of what was taken of sources one behind the other. */
export function layEndToEnd(sourceCount: number, { start, limit, needTotal }: PageRequest) {
  const place = typeof start === 'number' ? undefined : start;
  const offset = typeof start === 'number' ? start : 0;
  // An offset into the second source is known only once the first is counted.
  const count = needTotal || (offset > 0 && sourceCount > 1);
  const rows: FoundRow[] = [];
  let total = 0;
  return {
    /** What to take of the next source; undefined when the page is full and nobody asks for the total. */
    wanted({ index }: BoundSource): Part | undefined {
      // One more than the page holds tells whether there is another.
      const room = limit + 1 - rows.length;
      if (room <= 0 && !count) return undefined;
      const isPast = place !== undefined && index < place.source;
      return {
        from: place?.source === index ? place : Math.max(0, offset - total),
        limit: isPast ? 0 : Math.max(0, room),
        needTotal: count,
      };
    },
    add(source: BoundSource, taken: Taken): void {
      total += taken.total;
      for (const row of taken.rows) rows.push({ source, row });
    },
    found: () => pageOf(rows, limit, needTotal ? total : undefined),
  };
}

/** The page, and whether there is another behind it: `rows` may hold one more than the page does. */
export function pageOf(rows: readonly FoundRow[], limit: number, total: number | undefined): Found {
  const page = rows.slice(0, limit);
  const end = page.at(-1);
  const last = end && placeOf(end);
  return { rows: page, total, last, next: rows.length > limit ? last : undefined };
}

function placeOf({ source, row, key }: FoundRow): ListPlace {
  return { source: source.index, pk: row.pk, ...(key !== undefined && { key }) };
}
