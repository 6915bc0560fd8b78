import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import type { ListenerLock, ListenerRecord, ListenerRecordStore } from '../http/listener.ts';
import type { Database } from './database.ts';

/**
 * Takes the one listener's place of a data directory.
 *
 * The lock is SQLite's own on a file that holds nothing: it works alike on every platform, and unlike a file with a
 * process id in it, it can't outlive its process.
 * @param waitMs long enough for a process that only looked (see `observe`), far too short for one that serves.
 * @returns undefined when another process (or another listener of this one) holds it.
 */
export function takeListenerLock(
  dataDirectory: string,
  waitMs: number,
  nativeBinding: string | undefined,
): ListenerLock | undefined {
  const file = new SQLite(join(dataDirectory, 'listener.lock'), {
    timeout: waitMs,
    ...(nativeBinding && { nativeBinding }),
  });
  try {
    file.pragma('journal_mode = DELETE');
    file.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    if (error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return undefined;
    throw error;
  }
  return {
    release() {
      file.exec('ROLLBACK');
      file.close();
    },
  };
}

/** The listener's record on SQLite. */
export function createListenerRecordStore(database: Database): ListenerRecordStore {
  const get = database.prepare<[], Omit<ListenerRecord, 'secure'> & { secure: 0 | 1 }>(
    'SELECT pid, host, port, secure, os_user AS osUser, started_at AS startedAt FROM listener',
  );
  const put = database.prepare(
    `INSERT OR REPLACE INTO listener (only, pid, host, port, secure, os_user, started_at)
     VALUES (1, @pid, @host, @port, @secure, @osUser, @startedAt)`,
  );
  const clear = database.prepare('DELETE FROM listener WHERE pid = ?');
  return {
    get() {
      const row = get.get();
      return row && { ...row, secure: row.secure === 1 };
    },
    put: (record) => {
      put.run({ ...record, secure: record.secure ? 1 : 0 });
    },
    clear: (pid) => {
      clear.run(pid);
    },
  };
}
