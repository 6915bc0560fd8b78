import { expect, test } from 'vitest';
import { staleReason } from '../../../scripts/app-build.ts';

const newestInput = { path: 'src/main/index.ts', time: 1000 };

function outputs(main: number | undefined, preload: number | undefined, renderer: number | undefined) {
  return [
    { path: 'out/main', time: main },
    { path: 'out/preload', time: preload },
    { path: 'out/renderer', time: renderer },
  ];
}

test('a build newer than every source is kept', () => {
  expect(staleReason({ newestInput, outputs: outputs(1000, 1001, 1002) })).toBeUndefined();
});

test('a missing part is built', () => {
  expect(staleReason({ newestInput, outputs: outputs(undefined, undefined, undefined) })).toBe(
    'out/main is missing',
  );
});

test('a build that stopped halfway is repeated, though its first part is new', () => {
  expect(staleReason({ newestInput, outputs: outputs(2000, 2000, undefined) })).toBe(
    'out/renderer is missing',
  );
  expect(staleReason({ newestInput, outputs: outputs(2000, 2000, 999) })).toBe(
    'src/main/index.ts is newer than out/renderer',
  );
});
