import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import SQLite from 'better-sqlite3';
import { AppError } from '../../shared/app-error.ts';
import { foldCase } from '../scim/fold-case.ts';
import { type Migration, migrate } from './migrate.ts';

export type Database = SQLite.Database;

/** Marks our files in `PRAGMA application_id`, so that a foreign database is refused by name: "RLCL". */
const APPLICATION_ID = 0x524c434c;

/**
 * What a connection keeps of its file, in MiB. A log is written at its end and read a page at a time, by two connections
 * of which each would otherwise fill SQLite's default.
 */
const CACHE_MIB = { full: 16, normal: 2 } as const;

/** Together as long as the busy timeout. */
const WAL_ATTEMPTS = 200;
const WAL_PAUSE_MS = 25;

export interface OpenOptions {
  migrations: readonly Migration[];
  /**
   * `full` for identity data: an IdP does not resend what was acknowledged. `normal` for logs, which may lose
   * their last moments in a power cut but never tear.
   */
  durability: 'full' | 'normal';
  /** The addon to load, where the one that ships with better-sqlite3 can't run (see docs/decisions/0002). */
  nativeBinding?: string | undefined;
}

/**
 * Opens (and creates, and migrates) one SQLite file.
 * @throws {AppError} `database-unusable` for a foreign, newer or damaged file, naming it.
 */
export function openDatabase(file: string, options: OpenOptions): Database {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const isNew = !existsSync(file) || statSync(file).size === 0;
  let database: Database;
  try {
    database = new SQLite(file, options.nativeBinding ? { nativeBinding: options.nativeBinding } : {});
  } catch (cause) {
    throw new AppError('database-unusable', `The database ${file} can't be opened: ${messageOf(cause)}.`, {
      cause,
    });
  }
  const prepare = database.prepare.bind(database);
  database.prepare = ((sql: string) => prepare(withSteadyPlan(sql))) as typeof database.prepare;
  // Not only for the migrations, which run once in the life of a file.
  database.function('fold_case', { deterministic: true }, (text) =>
    typeof text === 'string' ? foldCase(text) : null,
  );
  try {
    database.pragma('busy_timeout = 5000');
    if (!isNew && isForeign(database)) {
      throw new AppError(
        'database-unusable',
        `${file} is not a Rollcall database. Choose another data directory.`,
      );
    }
    switchToWal(database);
    database.pragma(`synchronous = ${options.durability.toUpperCase()}`);
    database.pragma('foreign_keys = ON');
    database.pragma('trusted_schema = OFF');
    database.pragma('cell_size_check = ON');
    database.pragma('temp_store = MEMORY');
    database.pragma(`cache_size = ${-1024 * CACHE_MIB[options.durability]}`);
    database.pragma(`journal_size_limit = ${64 * 1024 * 1024}`);
    database.pragma(`application_id = ${APPLICATION_ID}`);
    migrate(database, file, options.migrations);
    return database;
  } catch (cause) {
    database.close();
    if (cause instanceof AppError) throw cause;
    throw new AppError('database-unusable', `The database ${file} can't be used: ${messageOf(cause)}.`, {
      cause,
    });
  }
}

/** Texts, names and comments, which are left alone; then parameters. */
const PARAMETERS = /'[^']*'|"[^"]*"|--[^\n]*|\/\*[\s\S]*?\*\/|(\?|@\w+)/g;

/**
 * The same statement with a plus, which means nothing, before each parameter. Of a bare one in a join, in LIMIT or beside
 * a partial index the planner takes down the value; SQLite as better-sqlite3 builds it (ENABLE_STAT4) then prepares the
 * whole statement anew whenever another value is bound: 10 to 50 µs where the look-up takes 2. A value could change the
 * plan only by the statistics of ANALYZE, which is never run here.
 */
export function withSteadyPlan(sql: string): string {
  return sql.replace(PARAMETERS, (part, parameter) => (parameter === undefined ? part : `+${part}`));
}

/**
 * Switches a new file to WAL, once. SQLite asks no busy handler here, so of several processes that start on a fresh data
 * directory together the others would be told that it is locked.
 */
function switchToWal(database: Database): void {
  for (let attempt = 1; database.pragma('journal_mode', { simple: true }) !== 'wal'; attempt++) {
    try {
      database.pragma('journal_mode = WAL');
    } catch (error) {
      const isBusy = error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!isBusy || attempt === WAL_ATTEMPTS) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAL_PAUSE_MS);
    }
  }
}

/** Asks both questions of one snapshot: another process may be marking and filling the same new file right now. */
function isForeign(database: Database): boolean {
  return database.transaction(() => {
    const applicationId = Number(database.pragma('application_id', { simple: true }));
    return applicationId !== APPLICATION_ID && tableCount(database) > 0;
  })();
}

function tableCount(database: Database): number {
  return database.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get() ?? 0;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
