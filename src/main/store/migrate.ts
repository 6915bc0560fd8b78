import type SQLite from 'better-sqlite3';
import { AppError } from '../../shared/app-error.ts';

/** One step of a schema. Numbered from 1 without gaps; a released one is never edited. */
export interface Migration {
  id: number;
  name: string;
  up(database: SQLite.Database): void;
}

/**
 * Brings a database to the newest schema, each step in a transaction of its own together with its number in
 * `PRAGMA user_version`, so that a crash leaves a whole step or none.
 * @throws {AppError} `database-unusable` when the file was written by a newer Rollcall.
 */
export function migrate(database: SQLite.Database, file: string, migrations: readonly Migration[]): void {
  const newest = migrations.at(-1)?.id ?? 0;
  if (versionOf(database) > newest) {
    throw new AppError(
      'database-unusable',
      `${file} was written by a newer Rollcall (schema ${versionOf(database)}; this one knows ${newest}). Install the newer version.`,
    );
  }
  for (const migration of migrations) {
    database
      .transaction(() => {
        // Read again under the write lock: another process may have taken this step meanwhile.
        if (versionOf(database) >= migration.id) return;
        migration.up(database);
        database.pragma(`user_version = ${migration.id}`);
        const broken = database.pragma('foreign_key_check') as unknown[];
        if (broken.length > 0) throw new Error(`migration ${migration.name} leaves dangling references`);
      })
      .immediate();
  }
}

function versionOf(database: SQLite.Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}
