import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPreferences } from '../../../../src/main/app/preferences.ts';
import { DEFAULT_PREFERENCES } from '../../../../src/shared/contract/console.ts';
import { newDataDirectory, removeDataDirectory } from '../../../support/data-directory.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await newDataDirectory();
  file = join(folder, 'console.json');
});
afterEach(() => removeDataDirectory(folder));

describe('preferences', () => {
  test('are the defaults before anything was preferred', () => {
    expect(openPreferences(file).get()).toEqual({ colorScheme: 'auto', onClose: 'ask' });
  });

  test('outlast the program', () => {
    const changed = openPreferences(file).set({ colorScheme: 'dark' });
    expect(changed).toEqual({ colorScheme: 'dark', onClose: 'ask' });
    expect(openPreferences(file).get()).toEqual(changed);
    openPreferences(file).set({ onClose: 'quit' });
    expect(openPreferences(file).get()).toEqual({ colorScheme: 'dark', onClose: 'quit' });
  });

  test('are readable by nobody else', async () => {
    openPreferences(file).set({ onClose: 'quit' });
    expect((await stat(file)).mode & 0o077).toBe(0);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ colorScheme: 'auto', onClose: 'quit' });
  });

  test.each([
    ['no JSON', '{'],
    ['an unknown choice', '{"colorScheme":"pink"}'],
    ['an unknown key', '{"colorScheme":"dark","fontSize":9}'],
    ['something else', '[]'],
  ])('in a file that holds %s are the defaults, and the next change replaces it', async (_, text) => {
    await writeFile(file, text);
    const preferences = openPreferences(file);
    if (text !== '[]') expect(preferences.get()).toEqual(DEFAULT_PREFERENCES);
    preferences.set({ colorScheme: 'light' });
    expect(openPreferences(file).get()).toEqual({ colorScheme: 'light', onClose: 'ask' });
  });

  test('that make no sense are refused and change nothing', () => {
    const preferences = openPreferences(file);
    expect(() => preferences.set({ onClose: 'explode' as 'quit' })).toThrow();
    expect(preferences.get()).toEqual(DEFAULT_PREFERENCES);
  });
});
