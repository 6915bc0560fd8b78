import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../../../src/main/store/database.ts';
import { activityMigrations } from '../../../../../src/main/store/migrations/activity/index.ts';
import { newDataDirectory, removeDataDirectory } from '../../../../support/data-directory.ts';
import { describeTable, schemaNames } from '../../../../support/databases.ts';

let folder: string;
let activity: Database;
beforeEach(async () => {
  folder = await newDataDirectory();
  activity = openDatabase(join(folder, 'activity.db'), {
    migrations: activityMigrations.slice(0, 1),
    durability: 'normal',
  });
});
afterEach(async () => {
  activity.close();
  await removeDataDirectory(folder);
});

describe('0001-requests', () => {
  test('is the first step, and steps are numbered without gaps', () => {
    expect(activityMigrations.map(({ id }) => id)).toEqual(activityMigrations.map((_, index) => index + 1));
    expect(activityMigrations[0]?.name).toBe('0001-requests');
  });

  test('makes the request log and the last use of each token', () => {
    expect(schemaNames(activity, 'table')).toEqual(['request', 'token_use']);
    expect(schemaNames(activity, 'index')).toEqual([
      'request_authenticated',
      'request_failed',
      'request_time',
      'request_wrote',
    ]);
    expect(describeTable(activity, 'request')).toEqual({
      strict: true,
      columns: [
        'seq INTEGER',
        'request_id TEXT NOT NULL',
        'time TEXT NOT NULL',
        'idp TEXT',
        'token_id TEXT',
        'token_name TEXT NOT NULL',
        'address TEXT NOT NULL',
        'method TEXT NOT NULL',
        'path TEXT NOT NULL',
        'query TEXT',
        'user_agent TEXT',
        'status INTEGER NOT NULL',
        'failed INTEGER NOT NULL',
        'wrote INTEGER NOT NULL',
        'reason TEXT',
        'scim_type TEXT',
        'duration_ms REAL NOT NULL',
        'resource_type TEXT',
        'resource_id TEXT',
        'subject TEXT',
        'steps TEXT NOT NULL',
        'changed TEXT NOT NULL',
        'ignored TEXT NOT NULL',
        'request_body TEXT',
        'response_body TEXT',
      ],
    });
    expect(describeTable(activity, 'token_use')).toEqual({
      strict: true,
      columns: [
        'token_id TEXT NOT NULL',
        'last_used_at TEXT NOT NULL',
        'last_used_from TEXT NOT NULL',
        'uses INTEGER NOT NULL',
      ],
    });
    expect(activity.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  test('the overview’s questions are answered by an index', () => {
    const plan = (sql: string) =>
      (activity.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[])
        .map(({ detail }) => detail)
        .join('; ');
    expect(plan('SELECT time FROM request WHERE failed = 1 ORDER BY seq DESC LIMIT 1')).toContain(
      'request_failed',
    );
    expect(plan('SELECT time FROM request WHERE wrote = 1 ORDER BY seq LIMIT 1')).toContain('request_wrote');
    expect(plan("SELECT count(*), sum(failed) FROM request WHERE time >= 'x'")).toContain('request_time');
  });
});
