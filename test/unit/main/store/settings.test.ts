import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSettingStore } from '../../../../src/main/store/settings.ts';
import { type OpenDatabases, openDatabases } from '../../../support/databases.ts';

let databases: OpenDatabases;
beforeEach(async () => {
  databases = await openDatabases();
});
afterEach(() => databases.close());

test.each([[true], [false], [0], [''], ['text'], [null], [{ a: [1, null] }], [['x']]])(
  'keeps %j',
  (value) => {
    const settings = createSettingStore(databases.identity);
    settings.set('key', value);
    expect(settings.get('key')).toEqual(value);
  },
);

test('what was never set is undefined, not null', () => {
  expect(createSettingStore(databases.identity).get('nothing')).toBeUndefined();
});

test('what another process changed is read at once', () => {
  const settings = createSettingStore(databases.identity);
  settings.set('paused', false);
  const other = new SQLite(join(databases.folder, 'identity.db'));
  createSettingStore(other).set('paused', true);
  other.close();
  expect(settings.get('paused')).toBe(true);
});

test('a prefix finds its own keys, by the rest of the key', () => {
  const settings = createSettingStore(databases.identity);
  settings.set('policy.a', 1);
  settings.set('policy.b.c', 2);
  settings.set('policy.ü', 3);
  settings.set('policyx', 4);
  settings.set('polic', 5);
  settings.set('setup.a', 6);
  expect(settings.under('policy.')).toEqual({ a: 1, 'b.c': 2, ü: 3 });
});
