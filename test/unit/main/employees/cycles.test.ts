import { describe, expect, test } from 'vitest';
import { onCycles } from '../../../../src/main/employees/cycles.ts';

const among = (managers: Record<string, string>, starts = Object.keys(managers)) =>
  [...onCycles(starts, (person) => managers[person])].sort();

describe('who comes back to themselves, following managers', () => {
  test('nobody in a tree, however deep', () => {
    const line = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`p${n}`, `p${n + 1}`]));
    expect(among(line)).toEqual([]);
    expect(among({ ann: 'boss', bob: 'boss', boss: 'top' })).toEqual([]);
  });

  test('those on the circle, not those who hang below it', () => {
    expect(among({ a: 'b', b: 'c', c: 'a', low: 'a', lower: 'low' })).toEqual(['a', 'b', 'c']);
  });

  test('who is their own manager, and circles beside each other', () => {
    expect(among({ self: 'self', x: 'y', y: 'x', under: 'self' })).toEqual(['self', 'x', 'y']);
  });

  test('found from below alone', () => {
    expect(among({ a: 'b', b: 'a', low: 'a' }, ['low'])).toEqual(['a', 'b']);
    expect(among({ a: 'b', b: 'a', other: 'top' }, ['other'])).toEqual([]);
  });
});
