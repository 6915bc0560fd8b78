import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../../src/main/store/database.ts';
import { identityMigrations } from '../../../../src/main/store/migrations/identity/index.ts';
import { createRemember, type Remember } from '../../../../src/main/store/remember.ts';
import { createSettingStore } from '../../../../src/main/store/settings.ts';
import { createSnapshot } from '../../../../src/main/store/snapshot.ts';
import { type OpenDatabases, openDatabases } from '../../../support/databases.ts';

let databases: OpenDatabases;
let database: Database;
let remember: Remember;
let reads: number;
let read: () => unknown;
beforeEach(async () => {
  databases = await openDatabases();
  database = databases.identity;
  remember = createRemember(database, createSnapshot(database));
  const settings = createSettingStore(database);
  reads = 0;
  read = remember(() => {
    reads += 1;
    return settings.get('key');
  });
});
afterEach(() => databases.close());

const setIn = (where: Database, value: unknown) => createSettingStore(where).set('key', value);

describe('what was read once', () => {
  test('is not read again while nothing changes', () => {
    setIn(database, 1);
    expect([read(), read(), read()]).toEqual([1, 1, 1]);
    expect(reads).toBe(1);
  });

  test('is read again after a write of this connection', () => {
    read();
    setIn(database, 2);
    expect(read()).toBe(2);
    database.exec("DELETE FROM setting WHERE key = 'key'");
    expect(read()).toBeUndefined();
  });

  test('is read again after a write of another connection', async () => {
    read();
    // Within one run of synchronous code everybody sees the same.
    await Promise.resolve();
    const other = openDatabase(join(databases.folder, 'identity.db'), {
      migrations: identityMigrations,
      durability: 'full',
    });
    setIn(other, 3);
    other.close();
    expect(read()).toBe(3);
  });

  test('is not read again because something else was written', () => {
    read();
    database.exec("INSERT INTO audit_event (time, actor, event, detail) VALUES ('', '', '', '{}')");
    read();
    expect(reads).toBe(1);
  });

  test('of a transaction that is undone is forgotten with it', () => {
    setIn(database, 'before');
    expect(read()).toBe('before');
    expect(() =>
      database.transaction(() => {
        setIn(database, 'undone');
        expect(read()).toBe('undone');
        throw new Error('undo');
      })(),
    ).toThrow('undo');
    expect(read()).toBe('before');
  });
});

describe('what was read by a key', () => {
  test('is kept for each key until a change, and never without bound', () => {
    let count = 0;
    const byKey = remember.by((key) => {
      count += 1;
      return key;
    });
    expect([byKey('a'), byKey('b'), byKey('a')]).toEqual(['a', 'b', 'a']);
    expect(count).toBe(2);
    setIn(database, 1);
    byKey('a');
    expect(count).toBe(3);
    for (let index = 0; index < 1000; index++) byKey(`guess ${index}`);
    byKey('a');
    // Pushed out by the guesses, so read again.
    expect(count).toBe(1004);
  });
});
