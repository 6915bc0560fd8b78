import { join } from 'node:path';
import { type Database, openDatabase } from '../../src/main/store/database.ts';
import { activityMigrations } from '../../src/main/store/migrations/activity/index.ts';
import { identityMigrations } from '../../src/main/store/migrations/identity/index.ts';
import { newDataDirectory, removeDataDirectory } from './data-directory.ts';

/** The databases of a fresh data directory, as `compose()` opens them. */
export interface OpenDatabases {
  folder: string;
  identity: Database;
  activity: Database;
  close(): Promise<void>;
}

/** Opens both databases in a new folder. */
export async function openDatabases(): Promise<OpenDatabases> {
  const folder = await newDataDirectory();
  const identity = openDatabase(join(folder, 'identity.db'), {
    migrations: identityMigrations,
    durability: 'full',
  });
  const activity = openDatabase(join(folder, 'activity.db'), {
    migrations: activityMigrations,
    durability: 'normal',
  });
  return {
    folder,
    identity,
    activity,
    async close() {
      identity.close();
      activity.close();
      await removeDataDirectory(folder);
    },
  };
}

/** What a table looks like: its columns as `name TYPE [NOT NULL]`, and whether SQLite holds values to their types. */
export function describeTable(database: Database, table: string): { strict: boolean; columns: string[] } {
  const columns = database.pragma(`table_info(${table})`) as { name: string; type: string; notnull: 0 | 1 }[];
  const [list] = database.pragma(`table_list(${table})`) as { strict: 0 | 1 }[];
  return {
    strict: list?.strict === 1,
    columns: columns.map(({ name, type, notnull }) => `${name} ${type}${notnull ? ' NOT NULL' : ''}`),
  };
}

/** The names of what a schema holds, SQLite's own left out. */
export function schemaNames(database: Database, type: 'table' | 'index'): string[] {
  return database
    .prepare<[string], string>(
      "SELECT name FROM sqlite_schema WHERE type = ? AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .pluck()
    .all(type);
}
