import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkMarker, markerName, matchesIntegrity, writeMarker } from '../../../scripts/integrity.ts';
import { requireIntegrity } from '../../../scripts/npm-package.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function tarball(content: string): { path: string; integrity: string } {
  const path = join(folder, 'package.tgz');
  writeFileSync(path, content);
  return { path, integrity: `sha512-${createHash('sha512').update(content).digest('base64')}` };
}

test('a tarball with the pinned integrity is accepted', async () => {
  const { path, integrity } = tarball('contents');
  expect(await matchesIntegrity(path, integrity)).toBe(true);
  await requireIntegrity(path, 'runtime@1.0.0', integrity);
});

test('a tampered tarball is refused by name', async () => {
  const { path, integrity } = tarball('contents');
  writeFileSync(path, 'contentz');
  expect(await matchesIntegrity(path, integrity)).toBe(false);
  await expect(requireIntegrity(path, 'runtime@1.0.0', integrity)).rejects.toThrow(
    /tarball of runtime@1\.0\.0 is not the one/,
  );
});

test('a truncated tarball and a shortened digest are refused', async () => {
  const { path, integrity } = tarball('contents');
  expect(await matchesIntegrity(path, integrity.slice(0, 40))).toBe(false);
  writeFileSync(path, '');
  expect(await matchesIntegrity(path, integrity)).toBe(false);
});

test('any algorithm but sha512 is a mistake in the script', async () => {
  const { path } = tarball('contents');
  await expect(matchesIntegrity(path, 'sha1-abc')).rejects.toThrow('Not a sha512 integrity');
});

function cachedFolder(): string {
  const cached = join(folder, 'cached');
  mkdirSync(join(cached, 'inner'), { recursive: true });
  writeFileSync(join(cached, 'program'), 'one');
  writeFileSync(join(cached, 'inner', 'data'), 'two');
  return cached;
}

test('a marked folder is complete until one of its files changes or disappears', async () => {
  const cached = cachedFolder();
  await writeMarker(cached);
  expect(await checkMarker(cached)).toBe('complete');
  writeFileSync(join(cached, 'inner', 'data'), 'TWO');
  expect(await checkMarker(cached)).toEqual({ damage: 'inner/data has changed' });
  rmSync(join(cached, 'inner', 'data'));
  expect(await checkMarker(cached)).toEqual({ damage: 'inner/data is missing' });
});

test('a folder without a usable marker is damaged, and no folder is absent', async () => {
  const cached = cachedFolder();
  expect(await checkMarker(cached)).toEqual({ damage: `${markerName} is missing or unreadable` });
  writeFileSync(join(cached, markerName), '{"files":{}}');
  expect(await checkMarker(cached)).toEqual({ damage: `${markerName} lists nothing` });
  expect(await checkMarker(join(folder, 'nothing'))).toBe('absent');
});
