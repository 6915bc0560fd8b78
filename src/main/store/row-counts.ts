import type { Database } from './database.ts';

/** Rows of a table by row number, from the counts that triggers keep (migration 0004). */
export interface RowCounts {
  total(): number;
  /**
   * Where the row behind `offset` rows is to be looked for: at `pk` or behind, after `skip` more rows; undefined when
   * there are no more rows than that.
   */
  seek(offset: number): { pk: number; skip: number } | undefined;
}

const SMALL_BITS = 7;
const LARGE_BITS = 14;

/** The counts of one table: a total and an offset cost the same at any size, up to a few million rows. */
export function createRowCounts(database: Database, table: string): RowCounts {
  const total = database
    .prepare<[], number>(`SELECT coalesce(sum(n), 0) FROM ${table}_count WHERE level = 1`)
    .pluck();
  const large = database
    .prepare<[], [number, number]>(`SELECT block, n FROM ${table}_count WHERE level = 1 ORDER BY block`)
    .raw();
  const small = database
    .prepare<[number, number], [number, number]>(
      `SELECT block, n FROM ${table}_count WHERE level = 0 AND block >= ? AND block < ? ORDER BY block`,
    )
    .raw();

  /** The block that holds the row, and how many rows of it come before. */
  function find(blocks: [number, number][], offset: number): { block: number; skip: number } | undefined {
    let skip = offset;
    for (const [block, n] of blocks) {
      if (skip < n) return { block, skip };
      skip -= n;
    }
    return undefined;
  }

  return {
    total: () => total.get() ?? 0,
    seek(offset) {
      const outer = find(large.all(), offset);
      if (outer === undefined) return undefined;
      const first = outer.block << (LARGE_BITS - SMALL_BITS);
      const inner = find(small.all(first, first + (1 << (LARGE_BITS - SMALL_BITS))), outer.skip);
      return inner && { pk: inner.block * (1 << SMALL_BITS), skip: inner.skip };
    },
  };
}
