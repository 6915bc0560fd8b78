import { describe, expect, test } from 'vitest';
import { judge, type Sample } from '../../load/soak.ts';

/** Samples every ten seconds with this RSS in megabytes. */
const samples = (...rss: number[]): Sample[] =>
  rss.map((megabytes, index) => ({
    seconds: index * 10,
    rss: megabytes * 1e6,
    heapUsed: 50e6,
    heapTotal: 80e6,
    external: 5e6,
    rate: 100,
    p99: 5,
  }));

describe('memory', () => {
  test('that goes up and down is flat', () => {
    expect(judge(samples(100, 150, 180, 182, 178, 181, 179, 180)).flat).toBe(true);
  });

  test('that only warms up in the first half is flat', () => {
    expect(judge(samples(50, 100, 150, 180, 180, 180, 180, 180)).flat).toBe(true);
  });

  test('that climbs through the last half is not', () => {
    const verdict = judge(samples(100, 110, 120, 130, 140, 150, 160, 170));
    expect(verdict.flat).toBe(false);
    expect(verdict.growth).toBeCloseTo(30e6);
    expect(verdict.text).toMatch(/^NOT flat/);
  });

  test('that shrinks is flat', () => {
    expect(judge(samples(200, 200, 200, 200, 190, 180, 170, 160)).flat).toBe(true);
  });

  test('that was looked at once is not known to be flat', () => {
    expect(judge(samples(100)).flat).toBe(false);
    expect(judge([]).flat).toBe(false);
  });
});
