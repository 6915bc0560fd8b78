import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../../src/main/store/database.ts';
import type { Migration } from '../../../../src/main/store/migrate.ts';
import { newDataDirectory, removeDataDirectory } from '../../../support/data-directory.ts';
import { schemaNames } from '../../../support/databases.ts';

const first: Migration = {
  id: 1,
  name: '0001-first',
  up: (database) => database.exec('CREATE TABLE one (x INTEGER) STRICT; INSERT INTO one VALUES (1);'),
};
const second: Migration = {
  id: 2,
  name: '0002-second',
  up: (database) => database.exec('CREATE TABLE two (x INTEGER) STRICT; UPDATE one SET x = 2;'),
};
const crashing: Migration = {
  ...second,
  up(database) {
    second.up(database);
    throw new Error('the power went');
  },
};

let folder: string;
let file: string;
let opened: Database[];
beforeEach(async () => {
  folder = await newDataDirectory();
  file = join(folder, 'identity.db');
  opened = [];
});
afterEach(async () => {
  for (const database of opened) database.close();
  await removeDataDirectory(folder);
});

function open(...migrations: Migration[]): Database {
  const database = openDatabase(file, { migrations, durability: 'full' });
  opened.push(database);
  return database;
}
const version = (database: Database) => database.pragma('user_version', { simple: true });
const x = (database: Database) => database.prepare('SELECT x FROM one').pluck().get();

describe('a migration', () => {
  test('brings a fresh file to the newest schema', () => {
    const database = open(first, second);
    expect(version(database)).toBe(2);
    expect(schemaNames(database, 'table')).toEqual(['one', 'two']);
  });

  test('runs the missing steps only', () => {
    open(first).exec('UPDATE one SET x = 7');
    const database = open(first, second);
    expect(version(database)).toBe(2);
    expect(x(database)).toBe(2);
    database.exec('UPDATE one SET x = 9');
    expect(x(open(first, second))).toBe(9);
  });

  test('that fails leaves the previous version whole', () => {
    open(first);
    expect(() => open(first, crashing)).toThrow(
      expect.objectContaining({
        code: 'database-unusable',
        message: expect.stringContaining('the power went'),
      }),
    );
    const database = open(first);
    expect(version(database)).toBe(1);
    expect(schemaNames(database, 'table')).toEqual(['one']);
    expect(x(database)).toBe(1);
  });

  test('that leaves dangling references is undone', () => {
    const dangling: Migration = {
      id: 2,
      name: '0002-dangling',
      up(database) {
        database.exec('CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT');
        database.exec(
          'CREATE TABLE child (p INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED) STRICT',
        );
        database.exec('INSERT INTO child VALUES (1)');
      },
    };
    open(first);
    expect(() => open(first, dangling)).toThrow('0002-dangling leaves dangling references');
    expect(version(open(first))).toBe(1);
  });

  test('of a newer Rollcall is refused with both versions', () => {
    open(first, second);
    expect(() => open(first)).toThrow(
      expect.objectContaining({
        code: 'database-unusable',
        message: `${file} was written by a newer Rollcall (schema 2; this one knows 1). Install the newer version.`,
      }),
    );
  });
});

describe('opening', () => {
  test.each([
    ['full', 2],
    ['normal', 1],
  ] as const)('with durability %s sets every pragma', (durability, synchronous) => {
    const database = openDatabase(file, { migrations: [first], durability });
    opened.push(database);
    const pragma = (name: string) => database.pragma(name, { simple: true });
    expect({
      journal: pragma('journal_mode'),
      synchronous: pragma('synchronous'),
      foreignKeys: pragma('foreign_keys'),
      trustedSchema: pragma('trusted_schema'),
      cellSizeCheck: pragma('cell_size_check'),
      busy: pragma('busy_timeout'),
      applicationId: pragma('application_id'),
    }).toEqual({
      journal: 'wal',
      synchronous,
      foreignKeys: 1,
      trustedSchema: 0,
      cellSizeCheck: 1,
      busy: 5000,
      applicationId: 0x524c434c,
    });
  });

  // The switch to WAL asks no busy handler: one of several that start together was told "database is locked".
  test('lets in every process of several that make the same file together', async () => {
    const module = (path: string) => JSON.stringify(pathToFileURL(resolve(path)).href);
    const script = `
      import { createInterface } from 'node:readline';
      import { openDatabase } from ${module('src/main/store/database.ts')};
      import { identityMigrations } from ${module('src/main/store/migrations/identity/index.ts')};
      for await (const file of createInterface({ input: process.stdin })) {
        try {
          if (file !== '') openDatabase(file, { migrations: identityMigrations, durability: 'full' }).close();
          console.log('in');
        } catch (error) {
          console.log(error.message);
        }
      }`;
    const processes = Array.from({ length: 3 }, () => {
      const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', script], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      return {
        child,
        async open(path: string): Promise<string> {
          child.stdin.write(`${path}\n`);
          return (await lines.next()).value ?? 'gone';
        },
      };
    });
    // Nobody starts before everybody is there.
    await Promise.all(processes.map((one) => one.open('')));
    const outcomes = new Set<string>();
    for (let round = 0; round < 25; round++) {
      const path = join(folder, `${round}.db`);
      for (const outcome of await Promise.all(processes.map((one) => one.open(path)))) outcomes.add(outcome);
    }
    for (const { child } of processes) child.stdin.end();
    await Promise.all(processes.map(({ child }) => once(child, 'exit')));
    expect([...outcomes]).toEqual(['in']);
  });

  test('refuses a database of another program and leaves it as it is', () => {
    const foreign = new SQLite(file);
    foreign.exec('CREATE TABLE theirs (x)');
    foreign.close();
    expect(() => open(first)).toThrow(
      expect.objectContaining({
        code: 'database-unusable',
        message: `${file} is not a Rollcall database. Choose another data directory.`,
      }),
    );
    const after = new SQLite(file);
    opened.push(after);
    expect(schemaNames(after, 'table')).toEqual(['theirs']);
    expect(after.pragma('journal_mode', { simple: true })).toBe('delete');
    expect(after.pragma('application_id', { simple: true })).toBe(0);
  });

  test('refuses what is no database, naming the file', () => {
    writeFileSync(file, 'this is a text file, and rather a long one at that'.repeat(20));
    expect(() => open(first)).toThrow(
      expect.objectContaining({ code: 'database-unusable', message: expect.stringContaining(file) }),
    );
  });

  test('refuses a folder in place of the file', () => {
    expect(() => openDatabase(folder, { migrations: [first], durability: 'full' })).toThrow(
      expect.objectContaining({ code: 'database-unusable' }),
    );
  });

  test('takes an empty file for a new one', () => {
    writeFileSync(file, '');
    expect(version(open(first))).toBe(1);
  });
});
