import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../../../src/main/store/database.ts';
import { activityMigrations } from '../../../../../src/main/store/migrations/activity/index.ts';
import { newDataDirectory, removeDataDirectory } from '../../../../support/data-directory.ts';
import { describeTable } from '../../../../support/databases.ts';

let folder: string;
let database: Database;
const open = (steps: number) =>
  openDatabase(join(folder, 'activity.db'), {
    migrations: activityMigrations.slice(0, steps),
    durability: 'normal',
  });
beforeEach(async () => {
  folder = await newDataDirectory();
  const before = open(1);
  before.exec(`INSERT INTO request (request_id, time, token_name, address, method, path, status, failed, wrote,
      duration_ms, steps, changed, ignored)
    VALUES ('r1', '2026-01-01T00:00:00.000Z', 'Okta', '::1', 'GET', '/', 200, 0, 0, 1.5, '[]', '[]', '[]')`);
  before.close();
  database = open(2);
});
afterEach(async () => {
  database.close();
  await removeDataDirectory(folder);
});

describe('0002-rules', () => {
  test('is the second step; on rows that are there no rule fired', () => {
    expect(activityMigrations[1]?.name).toBe('0002-rules');
    expect(database.pragma('user_version', { simple: true })).toBe(2);
    expect(describeTable(database, 'request').columns).toContain('rules TEXT NOT NULL');
    expect(database.prepare('SELECT request_id, rules FROM request').all()).toEqual([
      { request_id: 'r1', rules: '[]' },
    ]);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  test('makes the counts', () => {
    expect(describeTable(database, 'rule_use')).toEqual({
      strict: true,
      columns: [
        'rule TEXT NOT NULL',
        'idp TEXT NOT NULL',
        'fired INTEGER NOT NULL',
        'last_fired_at TEXT NOT NULL',
      ],
    });
  });

  test('the rows of a rule are found without reading the others', () => {
    const plan = database
      .prepare(
        "EXPLAIN QUERY PLAN SELECT seq FROM request WHERE rules <> '[]' AND instr(rules, ?) > 0 ORDER BY seq DESC LIMIT 1",
      )
      .all('"alias"') as { detail: string }[];
    expect(plan.map(({ detail }) => detail).join()).toContain('request_rules');
  });
});
