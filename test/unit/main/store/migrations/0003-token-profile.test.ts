import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../../../src/main/store/database.ts';
import { identityMigrations } from '../../../../../src/main/store/migrations/identity/index.ts';
import { newDataDirectory, removeDataDirectory } from '../../../../support/data-directory.ts';
import { describeTable } from '../../../../support/databases.ts';

let folder: string;
let database: Database;
const open = (steps: number) =>
  openDatabase(join(folder, 'identity.db'), {
    migrations: identityMigrations.slice(0, steps),
    durability: 'normal',
  });
beforeEach(async () => {
  folder = await newDataDirectory();
  const before = open(2);
  before.exec(`INSERT INTO token (id, name, prefix, digest, created_at, created_by, keychain_copy)
    VALUES ('t1', 'Okta', 'rollcall_abcd', x'00', '2026-01-01T00:00:00.000Z', 'local:ann', 0)`);
  before.close();
  database = open(3);
});
afterEach(async () => {
  database.close();
  await removeDataDirectory(folder);
});

test('0003-token-profile: tokens that are there follow the organization’s profile', () => {
  expect(identityMigrations[2]?.name).toBe('0003-token-profile');
  expect(database.pragma('user_version', { simple: true })).toBe(3);
  expect(describeTable(database, 'token').columns).toContain('profile TEXT');
  expect(database.prepare('SELECT id, profile FROM token').all()).toEqual([{ id: 't1', profile: null }]);
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
});
