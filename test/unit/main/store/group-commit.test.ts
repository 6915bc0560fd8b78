import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWriter, type Writer } from '../../../../src/main/store/group-commit.ts';
import { type OpenDatabases, openDatabases } from '../../../support/databases.ts';

let databases: OpenDatabases;
let writer: Writer;
/** A second process's view: what is committed, and nothing else. */
let outside: SQLite.Database;
beforeEach(async () => {
  databases = await openDatabases();
  writer = createWriter(databases.identity);
  outside = new SQLite(join(databases.folder, 'identity.db'), { timeout: 0 });
});
afterEach(async () => {
  outside.close();
  await databases.close();
});

const put = (key: string) =>
  databases.identity.prepare("INSERT INTO setting (key, value) VALUES (?, '1')").run(key);
const committed = () => outside.prepare('SELECT key FROM setting ORDER BY key').pluck().all();

describe('group commit', () => {
  test('writes that arrive together run in order and share one transaction', async () => {
    const seen: unknown[] = [];
    const commits = () => outside.pragma('data_version', { simple: true });
    const before = commits();
    const versions = new Set<unknown>();
    const results = await Promise.all(
      ['a', 'b', 'c'].map((key) =>
        writer
          .write(() => {
            put(key);
            seen.push(key);
            versions.add(commits());
            return key.toUpperCase();
          })
          .then((result) => {
            versions.add(commits());
            return result;
          }),
      ),
    );
    expect(results).toEqual(['A', 'B', 'C']);
    expect(seen).toEqual(['a', 'b', 'c']);
    // Before and after: there was no commit in between.
    expect(versions.size).toBe(2);
    expect(versions.has(before)).toBe(true);
  });

  test('a result is handed out only once it is committed', async () => {
    let during: unknown;
    const first = writer.write(() => put('a'));
    const second = writer.write(() => {
      put('b');
      during = committed();
    });
    await first;
    expect(committed()).toEqual(['a', 'b']);
    expect(during).toEqual([]);
    await second;
  });

  test('one that fails undoes itself alone', async () => {
    const outcomes = await Promise.allSettled([
      writer.write(() => put('a')),
      writer.write(() => {
        put('half');
        throw new Error('no');
      }),
      writer.write(() => put('a')),
      writer.write(() => put('c')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: { message: 'no' } });
    expect(outcomes[2]).toMatchObject({ reason: { code: 'SQLITE_CONSTRAINT_PRIMARYKEY' } });
    expect(committed()).toEqual(['a', 'c']);
  });

  test('a refused BEGIN rejects all of them, and the next go through', async () => {
    databases.identity.pragma('busy_timeout = 0');
    outside.exec('BEGIN IMMEDIATE');
    const outcomes = await Promise.allSettled([writer.write(() => put('a')), writer.write(() => put('b'))]);
    outside.exec('ROLLBACK');
    expect(outcomes).toMatchObject([
      { status: 'rejected', reason: { code: 'SQLITE_BUSY' } },
      { status: 'rejected', reason: { code: 'SQLITE_BUSY' } },
    ]);
    await writer.write(() => put('c'));
    expect(committed()).toEqual(['c']);
  });

  test('a commit that fails rejects all of them and leaves nothing', async () => {
    databases.identity.exec(
      'CREATE TABLE child (p INTEGER REFERENCES directory_user (pk) DEFERRABLE INITIALLY DEFERRED) STRICT',
    );
    const outcomes = await Promise.allSettled([
      writer.write(() => put('a')),
      writer.write(() => databases.identity.exec('INSERT INTO child VALUES (99)')),
    ]);
    expect(outcomes).toMatchObject([
      { status: 'rejected', reason: { message: expect.stringContaining('FOREIGN KEY') } },
      { status: 'rejected', reason: { message: expect.stringContaining('FOREIGN KEY') } },
    ]);
    expect(databases.identity.inTransaction).toBe(false);
    await writer.write(() => put('b'));
    expect(committed()).toEqual(['b']);
  });

  test('many more than fit one transaction are all written, in order', async () => {
    const order: number[] = [];
    const jobs = Array.from({ length: 200 }, (_, index) =>
      writer.write(() => {
        put(String(index).padStart(3, '0'));
        order.push(index);
      }),
    );
    await writer.settled();
    expect(committed()).toHaveLength(200);
    await Promise.all(jobs);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  test('settled waits for what was handed in meanwhile by a write', async () => {
    let inner: Promise<unknown> | undefined;
    await writer.write(() => {
      put('a');
      inner = writer.write(() => put('b'));
    });
    await writer.settled();
    expect(committed()).toEqual(['a', 'b']);
    await inner;
  });

  test('settled is immediate when nothing waits', async () => {
    await expect(writer.settled()).resolves.toBeUndefined();
  });

  test('what is put off runs at the end of the batch, in order, and is undone with its piece of work', async () => {
    const { write, beforeCommit } = writer;
    const order: string[] = [];
    const results = await Promise.allSettled([
      write(() => {
        beforeCommit(() => order.push('late 1'));
        order.push('1');
      }),
      write(() => {
        beforeCommit(() => order.push('late 2'));
        throw new Error('undone');
      }),
      write(() => {
        beforeCommit(() => order.push('late 3'));
        order.push('3');
      }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(order).toEqual(['1', '3', 'late 1', 'late 3']);
  });

  test('what was put off and fails undoes the whole batch', async () => {
    const { write, beforeCommit } = writer;
    const results = await Promise.allSettled([
      write(() => databases.identity.exec('CREATE TABLE undone (x)')),
      write(() =>
        beforeCommit(() => {
          throw new Error('full');
        }),
      ),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(outside.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'undone'").get()).toBeUndefined();
  });

  test('outside of a piece of work nothing is put off', () => {
    const done: string[] = [];
    writer.beforeCommit(() => done.push('at once'));
    expect(done).toEqual(['at once']);
  });
});
