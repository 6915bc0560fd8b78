import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../../../src/main/store/database.ts';
import { identityMigrations } from '../../../../../src/main/store/migrations/identity/index.ts';
import { newDataDirectory, removeDataDirectory } from '../../../../support/data-directory.ts';

let folder: string;
let database: Database;
const open = (steps: number) =>
  openDatabase(join(folder, 'identity.db'), {
    migrations: identityMigrations.slice(0, steps),
    durability: 'normal',
  });

beforeEach(async () => {
  folder = await newDataDirectory();
  database = open(3);
  const insert = database.prepare(
    `INSERT INTO directory_user (id, user_name_key, display_name_key, attributes, version, created, last_modified)
     VALUES (?, ?, ?, ?, 1, '', '')`,
  );
  for (let index = 0; index < 300; index++) {
    insert.run(
      `u${index}`,
      `n${index}`,
      index === 7 ? 'ann ash' : null,
      JSON.stringify({ userName: `N${index}` }),
    );
  }
  database.exec(`
    DELETE FROM directory_user WHERE pk BETWEEN 100 AND 260;
    INSERT INTO directory_user_value SELECT 'emails.value', 'b@acme.com', pk FROM directory_user WHERE id = 'u8';
    INSERT INTO directory_user_value SELECT 'emails.value', 'c@acme.com', pk FROM directory_user WHERE id = 'u8';
    INSERT INTO directory_group (id, display_name_key, attributes, version, created, last_modified)
      VALUES ('g', 'staff', '{"displayName":"Staff"}', 1, '', '');
  `);
  database.close();
  database = open(4);
});
afterEach(async () => {
  database.close();
  await removeDataDirectory(folder);
});

describe('0004-answers, on rows that were there before', () => {
  test('takes over names, and keeps no text that nobody made', () => {
    const rows = (table: string) =>
      database.prepare(`SELECT name, answer, answer_form FROM ${table} ORDER BY pk LIMIT 1`).all();
    expect(rows('directory_user')).toEqual([{ name: 'N0', answer: '', answer_form: '' }]);
    expect(rows('directory_group')).toEqual([{ name: 'Staff', answer: '', answer_form: '' }]);
  });

  test('counts them by blocks, and goes on counting', () => {
    const counts = (level: number) =>
      database
        .prepare('SELECT block, n FROM directory_user_count WHERE level = ? ORDER BY block')
        .raw()
        .all(level);
    // Row numbers 1 to 99 and 261 to 300, in blocks of 128 and of 16,384.
    expect(counts(0)).toEqual([
      [0, 99],
      [2, 40],
    ]);
    expect(counts(1)).toEqual([[0, 139]]);
    database.exec("DELETE FROM directory_user WHERE id = 'u0'");
    database.exec(
      `INSERT INTO directory_user (id, user_name_key, attributes, version, created, last_modified)
       VALUES ('new', 'new', '{}', 1, '', '')`,
    );
    expect(counts(1)).toEqual([[0, 139]]);
    expect(counts(0)).toEqual([
      [0, 98],
      [2, 41],
    ]);
  });

  test('finds them by parts of their names and e-mails', () => {
    const found = (query: string) =>
      database
        .prepare(
          'SELECT id FROM directory_user WHERE pk IN (SELECT rowid FROM directory_user_text WHERE directory_user_text MATCH ?)',
        )
        .pluck()
        .all(query);
    expect(found('display_name : "nn as"')).toEqual(['u7']);
    expect(found('emails : "c@acme"')).toEqual(['u8']);
    expect(found('user_name : "n29"')).toEqual([
      'u29',
      ...Array.from({ length: 10 }, (_, index) => `u29${index}`),
    ]);
  });
});
