import type { ActivityRow } from '../../../shared/contract/activity.ts';

/** The most live rows that the page keeps. */
export const LOG_CAPACITY = 5_000;

/** The newest rows of the request log as they came in, oldest first. */
export interface LogRing {
  rows: readonly ActivityRow[];
  /** How many rows the server's queue had to give up since the page was opened. */
  dropped: number;
  /** The highest `seq` that was pushed out to make room; 0 when none was. */
  evictedThrough: number;
}

export const EMPTY_RING: LogRing = { rows: [], dropped: 0, evictedThrough: 0 };

/** Adds rows (oldest first) behind those it has, ignores known ones, and lets the oldest go beyond `capacity`. */
export function appendRows(
  ring: LogRing,
  rows: readonly ActivityRow[],
  dropped: number,
  capacity = LOG_CAPACITY,
): LogRing {
  const newest = ring.rows.at(-1)?.seq ?? ring.evictedThrough;
  const fresh = rows.filter((row) => row.seq > newest);
  if (fresh.length === 0 && dropped === 0) return ring;

  const all = [...ring.rows, ...fresh];
  const excess = Math.max(0, all.length - capacity);
  return {
    rows: excess === 0 ? all : all.slice(excess),
    dropped: ring.dropped + dropped,
    evictedThrough: excess === 0 ? ring.evictedThrough : (all[excess - 1]?.seq ?? ring.evictedThrough),
  };
}

/** Puts live rows (oldest first) on top of the fetched ones (newest first); rows that are in both count once. */
export function mergeRows(fetched: readonly ActivityRow[], live: readonly ActivityRow[]): ActivityRow[] {
  const newest = fetched[0]?.seq ?? 0;
  return [...live.filter((row) => row.seq > newest).toReversed(), ...fetched];
}
