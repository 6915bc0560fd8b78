import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureCachedFolder } from '../../../scripts/cached-folder.ts';
import type { Report } from '../../../scripts/report.ts';

let parent: string;
let said: string[];
const report: Report = { say: (line) => said.push(line), progress: () => {} };

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  said = [];
});
afterEach(() => rmSync(parent, { recursive: true }));

function fill(content: string, count: { made: number }) {
  return async (folder: string) => {
    count.made += 1;
    await new Promise((resolve) => setTimeout(resolve, 50));
    writeFileSync(join(folder, 'file'), content);
  };
}

test('two runs at once make the folder once', async () => {
  const path = join(parent, 'thing');
  const count = { made: 0 };
  const made = await Promise.all([1, 2, 3].map(() => ensureCachedFolder(path, report, fill('a', count))));
  expect(count.made).toBe(1);
  expect(made.filter(Boolean)).toHaveLength(1);
  expect(readFileSync(join(path, 'file'), 'utf8')).toBe('a');
  expect(readdirSync(parent)).toEqual(['thing']);
});

test('a damaged folder is said aloud and made anew', async () => {
  const path = join(parent, 'thing');
  const count = { made: 0 };
  await ensureCachedFolder(path, report, fill('a', count));
  writeFileSync(join(path, 'file'), 'broken');
  expect(await ensureCachedFolder(path, report, fill('b', count))).toBe(true);
  expect(said.join('\n')).toContain('file has changed');
  expect(readFileSync(join(path, 'file'), 'utf8')).toBe('b');
});

test('a failure leaves neither the folder nor a lock nor temporary files', async () => {
  const path = join(parent, 'thing');
  const failing = ensureCachedFolder(path, report, async () => {
    throw new Error('no space');
  });
  await expect(failing).rejects.toThrow('no space');
  expect(readdirSync(parent)).toEqual([]);
});

test('what a killed run left behind is removed', async () => {
  const path = join(parent, 'thing');
  mkdirSync(join(parent, 'thing.new-abc'));
  mkdirSync(join(parent, 'thing.lock'));
  const noSuchProcess = 2 ** 22 + 1;
  writeFileSync(
    join(parent, 'thing.lock', 'owner.json'),
    JSON.stringify({ pid: noSuchProcess, host: hostname() }),
  );
  await ensureCachedFolder(path, report, fill('a', { made: 0 }));
  expect(readdirSync(parent)).toEqual(['thing']);
});

test('a lock from another machine is taken over once it is no longer touched', async () => {
  const path = join(parent, 'thing');
  const lock = join(parent, 'thing.lock');
  mkdirSync(lock);
  writeFileSync(join(lock, 'owner.json'), JSON.stringify({ pid: process.pid, host: 'elsewhere' }));
  const longAgo = new Date(Date.now() - 10 * 60_000);
  utimesSync(lock, longAgo, longAgo);
  await ensureCachedFolder(path, report, fill('a', { made: 0 }));
  expect(existsSync(lock)).toBe(false);
});
