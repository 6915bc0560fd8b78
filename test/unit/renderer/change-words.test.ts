import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { countsInWords } from '../../../src/renderer/src/features/observe/change-words.ts';

const plain = (value: number) => String(value);

test('changes are counted in words, the most frequent first', () => {
  expect(countsInWords({ 'team.create': 1, 'member.create': 1200, 'member.state': 2 }, plain)).toEqual([
    '1200 people become members',
    '2 people change state',
    '1 team is made',
  ]);
  expect(countsInWords({}, plain)).toEqual([]);
});

test('every kind of change has words of its own', () => {
  const source = readFileSync('src/main/access/plan/change.ts', 'utf8');
  const kinds = [...source.matchAll(/kind: '([a-z]+\.[a-z-]+)'/g)].map(([, kind]) => kind ?? '');
  expect(kinds.length).toBeGreaterThan(15);
  const words = kinds.map((kind) => countsInWords({ [kind]: 2 }, plain)[0]);
  expect(words.filter((phrase) => phrase?.includes('.'))).toEqual([]);
});
