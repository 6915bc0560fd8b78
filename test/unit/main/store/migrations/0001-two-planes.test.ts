import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../../../src/main/store/database.ts';
import { identityMigrations } from '../../../../../src/main/store/migrations/identity/index.ts';
import { newDataDirectory, removeDataDirectory } from '../../../../support/data-directory.ts';
import { describeTable, schemaNames } from '../../../../support/databases.ts';

let folder: string;
let database: Database;
beforeEach(async () => {
  folder = await newDataDirectory();
  database = openDatabase(join(folder, 'identity.db'), {
    migrations: identityMigrations.slice(0, 1),
    durability: 'full',
  });
});
afterEach(async () => {
  database.close();
  await removeDataDirectory(folder);
});

describe('0001-two-planes', () => {
  test('is the first step, and steps are numbered without gaps', () => {
    expect(identityMigrations.map(({ id }) => id)).toEqual(identityMigrations.map((_, index) => index + 1));
    expect(identityMigrations[0]?.name).toBe('0001-two-planes');
  });

  test('makes these tables, each holding values to their types', () => {
    const tables = schemaNames(database, 'table');
    expect(tables).toEqual([
      'audit_event',
      'directory_group',
      'directory_membership',
      'directory_user',
      'directory_user_value',
      'employee',
      'listener',
      'member',
      'organization',
      'sealed_secret',
      'setting',
      'sso_connection',
      'team',
      'token',
    ]);
    expect(tables.filter((table) => !describeTable(database, table).strict)).toEqual([]);
  });

  test('makes these indexes', () => {
    expect(schemaNames(database, 'index')).toEqual([
      'directory_group_external_id',
      'directory_membership_by_member',
      'directory_user_display_name',
      'directory_user_external_id',
      'directory_user_value_by_user',
      'member_departed',
      'member_order',
      'member_state_order',
      'team_order',
    ]);
  });

  test.each([
    [
      'directory_user',
      [
        'pk INTEGER',
        'id TEXT NOT NULL',
        'user_name_key TEXT NOT NULL',
        'external_id TEXT',
        'display_name_key TEXT',
        'active INTEGER',
        'attributes TEXT NOT NULL',
        'version INTEGER NOT NULL',
        'created TEXT NOT NULL',
        'last_modified TEXT NOT NULL',
      ],
    ],
    [
      'directory_group',
      [
        'pk INTEGER',
        'id TEXT NOT NULL',
        'display_name_key TEXT NOT NULL',
        'external_id TEXT',
        'attributes TEXT NOT NULL',
        'version INTEGER NOT NULL',
        'created TEXT NOT NULL',
        'last_modified TEXT NOT NULL',
      ],
    ],
    [
      'directory_membership',
      ['group_pk INTEGER NOT NULL', 'member_id TEXT NOT NULL', 'type TEXT', 'display TEXT'],
    ],
    [
      'member',
      [
        'pk INTEGER',
        'id TEXT NOT NULL',
        'user_id TEXT',
        'external_id TEXT',
        'origin TEXT NOT NULL',
        'state TEXT NOT NULL',
        'reason TEXT NOT NULL',
        'since TEXT NOT NULL',
        'suspended_from TEXT',
        'user_name TEXT NOT NULL',
        'email TEXT',
        'display_name TEXT NOT NULL',
        'first_name TEXT',
        'last_name TEXT',
        'role TEXT NOT NULL',
        'sort_key TEXT NOT NULL',
        'search_key TEXT NOT NULL',
        'created_at TEXT NOT NULL',
        'updated_at TEXT NOT NULL',
      ],
    ],
    [
      'token',
      [
        'id TEXT NOT NULL',
        'name TEXT NOT NULL',
        'prefix TEXT NOT NULL',
        'digest BLOB NOT NULL',
        'created_at TEXT NOT NULL',
        'created_by TEXT NOT NULL',
        'expires_at TEXT',
        'retiring_at TEXT',
        'revoked_at TEXT',
        'revoked_by TEXT',
        'acknowledged_at TEXT',
        'keychain_copy INTEGER NOT NULL',
      ],
    ],
    [
      'sealed_secret',
      [
        'name TEXT NOT NULL',
        'key_id TEXT NOT NULL',
        'nonce BLOB NOT NULL',
        'ciphertext BLOB NOT NULL',
        'sealed_at TEXT NOT NULL',
      ],
    ],
  ])('%s has these columns', (table, columns) => {
    expect(
      describeTable(database, table).columns.map((column) => column.replace(/^id TEXT$/, 'id TEXT NOT NULL')),
    ).toEqual(columns);
  });

  test('is whole', () => {
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(database.pragma('foreign_key_check')).toEqual([]);
  });

  test.each([
    [
      'a wrong type',
      "INSERT INTO team VALUES (NULL, 't', NULL, NULL, 'n', 's', 'c', x'00')",
      /cannot store BLOB/,
    ],
    [
      'a second organization',
      "INSERT INTO organization VALUES (1, 'a', 'A', ''); INSERT INTO organization VALUES (2, 'b', 'B', '')",
      /CHECK constraint failed/,
    ],
    ['an unknown member state', member('owner'), /CHECK constraint failed/],
    [
      'a second member for one user',
      `${member('active', 'm1', 'u1')}; ${member('active', 'm2', 'u1')}`,
      /UNIQUE constraint failed: member.user_id/,
    ],
    ['settings that are no JSON', "INSERT INTO setting VALUES ('a', '{')", /CHECK constraint failed/],
    [
      'a membership of no group',
      "INSERT INTO directory_membership VALUES (99, 'u', NULL, NULL)",
      /FOREIGN KEY constraint failed/,
    ],
  ])('refuses %s', (_, sql, error) => {
    expect(() => database.exec(sql)).toThrow(error);
  });

  test('never reuses a row number, since pages are ordered by it', () => {
    const insert = database.prepare(
      "INSERT INTO directory_user (id, user_name_key, attributes, version, created, last_modified) VALUES (?, ?, '{}', 1, '', '')",
    );
    insert.run('a', 'a');
    const { lastInsertRowid } = insert.run('b', 'b');
    database.exec("DELETE FROM directory_user WHERE id = 'b'");
    expect(insert.run('c', 'c').lastInsertRowid).toBe(Number(lastInsertRowid) + 1);
  });

  test('takes memberships and looked-up values along with their owner', () => {
    database.exec(`
      INSERT INTO directory_user VALUES (1, 'u', 'u', NULL, NULL, 1, '{}', 1, '', '');
      INSERT INTO directory_user_value VALUES ('emails.value', 'a', 1);
      INSERT INTO directory_group VALUES (1, 'g', 'g', NULL, '{}', 1, '', '');
      INSERT INTO directory_membership VALUES (1, 'u', NULL, NULL);
      DELETE FROM directory_user; DELETE FROM directory_group;`);
    const count = (table: string) => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    expect([count('directory_user_value'), count('directory_membership')]).toEqual([0, 0]);
  });
});

function member(state: string, id = 'm', userId = 'u'): string {
  return `INSERT INTO member VALUES (NULL, '${id}', '${userId}', NULL, 'scim', '${state}', '', '', NULL, '', NULL, '', NULL, NULL, '', '', '', '', '')`;
}
