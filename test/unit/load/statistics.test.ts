import { describe, expect, test } from 'vitest';
import { median, percentile, ratioOfRounds, slope } from '../../load/statistics.ts';

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);

  test.each([
    [50, 50],
    [99, 99],
    [100, 100],
    [0, 1],
  ])('%i of 1 to 100 is %i', (percent, expected) => {
    expect(percentile(hundred, percent)).toBe(expected);
  });

  test('of one number is that number, of none is not a number', () => {
    expect(percentile([7], 99)).toBe(7);
    expect(percentile([], 50)).toBeNaN();
  });
});

describe('median', () => {
  test('is the middle one, or between the two in the middle, in any order', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([])).toBeNaN();
  });

  test('leaves the numbers as they were', () => {
    const numbers = [3, 1, 2];
    median(numbers);
    expect(numbers).toEqual([3, 1, 2]);
  });
});

describe('the ratio of rounds', () => {
  test('compares neighbours, so that a machine that slows down shifts nothing', () => {
    expect(ratioOfRounds([100, 50, 10], [200, 100, 20])).toBe(0.5);
  });

  test('takes the median of the rounds, not the ratio of the sums', () => {
    expect(ratioOfRounds([100, 100, 1000], [100, 100, 100])).toBe(1);
  });

  test('is undefined without a partner', () => {
    expect(ratioOfRounds([100], [])).toBeUndefined();
    expect(ratioOfRounds([100], [0])).toBeUndefined();
  });
});

describe('slope', () => {
  test('of a straight line is its own, noise in balance does not tilt it', () => {
    const line = [0, 1, 2, 3].map((x) => ({ x, y: 2 * x + 1 }));
    expect(slope(line)).toBeCloseTo(2);
    const noisy = [1, -1, -1, 1].map((noise, x) => ({ x, y: 5 + noise }));
    expect(slope(noisy)).toBeCloseTo(0);
  });

  test('of a single place is not a number', () => {
    expect(slope([{ x: 1, y: 1 }])).toBeNaN();
    expect(slope([])).toBeNaN();
  });
});
