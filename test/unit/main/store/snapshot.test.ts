import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSnapshot, type Snapshot } from '../../../../src/main/store/snapshot.ts';
import { type OpenDatabases, openDatabases } from '../../../support/databases.ts';

let databases: OpenDatabases;
let snapshot: Snapshot;
let other: SQLite.Database;
beforeEach(async () => {
  databases = await openDatabases();
  snapshot = createSnapshot(databases.identity);
  other = new SQLite(join(databases.folder, 'identity.db'));
});
afterEach(async () => {
  other.close();
  await databases.close();
});
const count = () => databases.identity.prepare('SELECT count(*) FROM setting').pluck().get();
const putElsewhere = (key: string) => other.prepare("INSERT INTO setting VALUES (?, '1')").run(key);

describe('reads on one snapshot', () => {
  test('see what was there at the first of them, whatever another process writes meanwhile', () => {
    expect(
      snapshot(() => {
        const before = count();
        putElsewhere('a');
        expect(snapshot.isOpen()).toBe(true);
        return [before, count()];
      }),
    ).toEqual([0, 0]);
    expect(snapshot.isOpen()).toBe(false);
    expect(count()).toBe(1);
  });

  test('end with an exception, too', () => {
    expect(() =>
      snapshot(() => {
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect([snapshot.isOpen(), databases.identity.inTransaction]).toEqual([false, false]);
  });

  test('inside a transaction are the transaction’s', () => {
    databases.identity.transaction(() => {
      databases.identity.exec("INSERT INTO setting VALUES ('own', '1')");
      expect(snapshot(() => [count(), snapshot.isOpen()])).toEqual([1, false]);
    })();
    expect(snapshot(() => snapshot(() => count()))).toBe(1);
  });
});
