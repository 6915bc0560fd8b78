import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { replaceRegion } from '../../load/page.ts';

const page = readFileSync('docs/performance.md', 'utf8');

test('what is measured replaces what was measured; the words around it stay', () => {
  const once = replaceRegion(page, 'first run');
  const twice = replaceRegion(once, 'second run');
  expect(once).toContain('first run');
  expect(twice).toContain('second run');
  expect(twice).not.toContain('first run');
  expect(twice.replace('second run', 'first run')).toBe(once);
  expect(twice.startsWith('# Performance')).toBe(true);
  expect(twice).toContain('## How to read it');
});

test('a page without the marks is left alone', () => {
  expect(() => replaceRegion('# Performance', 'a run')).toThrow('lost its marks');
});
