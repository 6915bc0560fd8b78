import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../../../src/main/store/database.ts';
import { identityMigrations } from '../../../../../src/main/store/migrations/identity/index.ts';
import { newDataDirectory, removeDataDirectory } from '../../../../support/data-directory.ts';
import { describeTable, schemaNames } from '../../../../support/databases.ts';

let folder: string;
let database: Database;
const open = (steps: number) =>
  openDatabase(join(folder, 'identity.db'), {
    migrations: identityMigrations.slice(0, steps),
    durability: 'normal',
  });
beforeEach(async () => {
  folder = await newDataDirectory();
  open(1).close();
  database = open(2);
});
afterEach(async () => {
  database.close();
  await removeDataDirectory(folder);
});

const INSERT =
  'INSERT INTO extension_schema (urn_key, resource_type, definition, registered_at, registered_by) VALUES';

describe('0002-extension-schemas', () => {
  test('is the second step, on top of a database of the first', () => {
    expect(identityMigrations[1]?.name).toBe('0002-extension-schemas');
    expect(database.pragma('user_version', { simple: true })).toBe(2);
    expect(schemaNames(database, 'table')).toContain('directory_user');
  });

  test('makes this table, holding values to their types', () => {
    expect(describeTable(database, 'extension_schema')).toEqual({
      strict: true,
      columns: [
        'pk INTEGER',
        'urn_key TEXT NOT NULL',
        'resource_type TEXT NOT NULL',
        'definition TEXT NOT NULL',
        'registered_at TEXT NOT NULL',
        'registered_by TEXT NOT NULL',
      ],
    });
  });

  test.each([
    [
      'a URN twice',
      `${INSERT} ('u', 'User', '{}', '', ''), ('u', 'Group', '{}', '', '')`,
      /UNIQUE constraint failed/,
    ],
    ['another resource type', `${INSERT} ('u', 'Device', '{}', '', '')`, /CHECK constraint failed/],
    ['a definition that is no JSON', `${INSERT} ('u', 'User', '{', '', '')`, /CHECK constraint failed/],
  ])('refuses %s', (_, sql, error) => {
    expect(() => database.exec(sql)).toThrow(error);
  });

  test('is whole', () => {
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  });
});
