import { describe, expect, it } from 'vitest';
import type { LogRing } from '../../../src/renderer/src/stores/log-ring.ts';
import {
  appendRows,
  EMPTY_RING,
  LOG_CAPACITY,
  mergeRows,
} from '../../../src/renderer/src/stores/log-ring.ts';
import { activityRow } from './activity-row.ts';

const rows = (...seqs: number[]) => seqs.map((seq) => activityRow({ seq }));
const seqs = ({ rows: kept }: Pick<LogRing, 'rows'>) => kept.map(({ seq }) => seq);

describe('appendRows', () => {
  it('keeps the order in which rows came and ignores those it has', () => {
    const ring = appendRows(appendRows(EMPTY_RING, rows(1, 2), 0), rows(2, 3), 0);
    expect(seqs(ring)).toEqual([1, 2, 3]);
  });

  it('lets the oldest go at its capacity and remembers how far', () => {
    const ring = appendRows(appendRows(EMPTY_RING, rows(1, 2, 3), 0, 3), rows(4, 5), 0, 3);
    expect(seqs(ring)).toEqual([3, 4, 5]);
    expect(ring.evictedThrough).toBe(2);
  });

  it('takes a batch larger than its capacity', () => {
    const ring = appendRows(EMPTY_RING, rows(1, 2, 3, 4, 5), 0, 2);
    expect(seqs(ring)).toEqual([4, 5]);
    expect(ring.evictedThrough).toBe(3);
  });

  it('adds up what the server had to drop, even without rows', () => {
    const ring = appendRows(appendRows(EMPTY_RING, [], 3), rows(9), 4);
    expect(ring.dropped).toBe(7);
  });

  it('stays the same object when nothing is new, so that nothing renders', () => {
    const ring = appendRows(EMPTY_RING, rows(1), 0);
    expect(appendRows(ring, rows(1), 0)).toBe(ring);
  });

  it('is bounded as the console promises', () => {
    expect(LOG_CAPACITY).toBe(5_000);
  });
});

describe('mergeRows', () => {
  it('puts live rows on top of the fetched ones, newest first, each once', () => {
    expect(mergeRows(rows(4, 3, 2), rows(3, 4, 5, 6)).map(({ seq }) => seq)).toEqual([6, 5, 4, 3, 2]);
  });

  it('shows live rows alone when nothing was fetched', () => {
    expect(mergeRows([], rows(1, 2)).map(({ seq }) => seq)).toEqual([2, 1]);
  });
});
