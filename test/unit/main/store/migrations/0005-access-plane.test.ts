import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../../../src/main/store/database.ts';
import { identityMigrations } from '../../../../../src/main/store/migrations/identity/index.ts';
import { newDataDirectory, removeDataDirectory } from '../../../../support/data-directory.ts';
import { schemaNames } from '../../../../support/databases.ts';

const THEN = '2026-01-01T00:00:00.000Z';
let folder: string;
let database: Database;
const open = (steps: number) =>
  openDatabase(join(folder, 'identity.db'), {
    migrations: identityMigrations.slice(0, steps),
    durability: 'normal',
  });

/** As an installation of the release before this step left it. */
function fill(before: Database): void {
  const member = before.prepare(
    `INSERT INTO member (id, user_id, external_id, origin, state, reason, since, suspended_from, user_name, email, display_name,
       first_name, last_name, role, sort_key, search_key, created_at, updated_at)
     VALUES (@id, @userId, @externalId, @origin, @state, 'Because.', @at, @from, @userName, @email, @name, 'F', 'L', @role, @name, @name, @at, @at)`,
  );
  const add = (id: string, more: object) =>
    member.run({
      id,
      userId: `user-${id}`,
      userName: id,
      externalId: null,
      origin: 'scim',
      state: 'active',
      from: null,
      email: `${id}@acme.com`,
      name: id,
      role: 'member',
      at: THEN,
      ...more,
    });
  add('ann', { email: 'ÄNN@ACME.com', name: 'Ann ÄRGER', externalId: 'e1' });
  add('bo', { email: null, state: 'pending', role: 'viewer' });
  add('cy', { state: 'suspended', from: 'pending', role: 'Contractor' });
  add('di', { state: 'deactivated', userId: null, externalId: 'e4' });
  add('ed', { origin: 'manual', userId: null, role: 'Contractor' });
  const employee = before.prepare(
    `INSERT INTO employee (id, member_id, status, display_name, employee_number, title, department, division, cost_center,
       organization, manager_id, started_at, ended_at)
     VALUES (?, ?, ?, ?, '7', NULL, 'R&D', NULL, 'C1', 'Acme', 'boss', ?, ?)`,
  );
  employee.run('p1', 'ann', 'active', 'Ann ÄRGER', THEN, null);
  employee.run('p4', 'di', 'ended', 'Di', THEN, '2026-02-01T00:00:00.000Z');
  before.exec(`
    INSERT INTO team (id, group_id, external_id, name, sort_key, created_at, updated_at) VALUES
      ('t1', 'g1', 'x1', 'Sales', 'sales', '${THEN}', '${THEN}'), ('t2', NULL, NULL, 'By hand', 'by hand', '${THEN}', '${THEN}');
    INSERT INTO setting VALUES ('policy.role.default', '"Starter"'), ('policy.paused', 'true');
  `);
}

beforeEach(async () => {
  folder = await newDataDirectory();
  const before = open(4);
  fill(before);
  before.close();
  database = open(5);
});
afterEach(async () => {
  database.close();
  await removeDataDirectory(folder);
});

const rows = (sql: string) => database.prepare(sql).all();

describe('0005-access-plane', () => {
  test('is the fifth step, and leaves the file whole', () => {
    expect(identityMigrations[4]?.name).toBe('0005-access-plane');
    expect(database.pragma('user_version', { simple: true })).toBe(5);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(database.pragma('foreign_key_check')).toEqual([]);
    expect(schemaNames(database, 'table').filter((name) => name.startsWith('new_'))).toEqual([]);
  });

  test('keeps every member as it was, and says why those who are out are out', () => {
    expect(
      rows(
        `SELECT pk, id, user_id, external_id, origin, state, suspended_from, cause, role, email, since, updated_at FROM member
         ORDER BY pk`,
      ),
    ).toEqual(
      [
        ['ann', 'user-ann', 'e1', 'scim', 'active', null, null, 'member', 'ÄNN@ACME.com'],
        ['bo', 'user-bo', null, 'scim', 'pending', null, null, 'viewer', null],
        ['cy', 'user-cy', null, 'scim', 'suspended', 'pending', 'inactive', 'Contractor', 'cy@acme.com'],
        ['di', null, 'e4', 'scim', 'deactivated', null, 'deleted', 'member', 'di@acme.com'],
        ['ed', null, null, 'manual', 'active', null, null, 'Contractor', 'ed@acme.com'],
      ].map(([id, userId, externalId, origin, state, from, cause, role, email], index) => ({
        pk: index + 1,
        id,
        user_id: userId,
        external_id: externalId,
        origin,
        state,
        suspended_from: from,
        cause,
        role,
        email,
        since: THEN,
        updated_at: THEN,
      })),
    );
  });

  test('no date runs for those who were out before, nobody is held, and nothing was recalled', () => {
    expect(
      rows(
        `SELECT id FROM member WHERE deactivate_at IS NOT NULL OR delete_at IS NOT NULL OR held <> 0 OR recalled IS NOT NULL
           OR cut_at IS NOT NULL OR review IS NOT NULL OR retained_groups IS NOT NULL OR role_values IS NOT NULL`,
      ),
    ).toEqual([]);
  });

  test('folds e-mails as SCIM compares them', () => {
    expect(rows('SELECT id, email_key FROM member ORDER BY pk LIMIT 2')).toEqual([
      { id: 'ann', email_key: 'änn@acme.com' },
      { id: 'bo', email_key: null },
    ]);
  });

  test('folds in every later opening of the file, too, not only in the one that migrated it', () => {
    database.close();
    database = open(5);
    expect(database.prepare("SELECT fold_case('ÄNN'), fold_case(7)").raw().get()).toEqual(['änn', null]);
  });

  test('counts who is there, and goes on counting', () => {
    const counts = () => rows('SELECT origin, state, n FROM member_count WHERE n > 0 ORDER BY origin, state');
    expect(counts()).toEqual([
      { origin: 'manual', state: 'active', n: 1 },
      { origin: 'scim', state: 'active', n: 1 },
      { origin: 'scim', state: 'deactivated', n: 1 },
      { origin: 'scim', state: 'pending', n: 1 },
      { origin: 'scim', state: 'suspended', n: 1 },
    ]);
    database.exec(`
      UPDATE member SET state = 'active', display_name = 'Bo' WHERE id = 'bo';
      UPDATE member SET origin = 'manual' WHERE id = 'cy';
      UPDATE member SET state = state WHERE id = 'ann';
      DELETE FROM member WHERE id = 'di';
    `);
    expect(counts()).toEqual([
      { origin: 'manual', state: 'active', n: 1 },
      { origin: 'manual', state: 'suspended', n: 1 },
      { origin: 'scim', state: 'active', n: 2 },
    ]);
  });

  test('makes a role of every name that members hold or the policy gives, and keeps the built-in ones', () => {
    expect(rows('SELECT id, sensitive, protected FROM role ORDER BY id')).toEqual([
      { id: 'Contractor', sensitive: 0, protected: 0 },
      { id: 'Starter', sensitive: 0, protected: 0 },
      { id: 'admin', sensitive: 1, protected: 0 },
      { id: 'member', sensitive: 0, protected: 0 },
      { id: 'owner', sensitive: 1, protected: 1 },
      { id: 'viewer', sensitive: 0, protected: 0 },
    ]);
    expect(rows('SELECT id FROM member WHERE role NOT IN (SELECT id FROM role)')).toEqual([]);
  });

  test('maps the groups that are teams, and only those', () => {
    expect(
      rows(
        'SELECT id, group_id, team_id, role_id, precedence, needs_review, paused_at, created_at, created_by FROM mapping',
      ),
    ).toEqual([
      {
        id: 't1',
        group_id: 'g1',
        team_id: 't1',
        role_id: null,
        precedence: 100,
        needs_review: 0,
        paused_at: null,
        created_at: THEN,
        created_by: 'system',
      },
    ]);
  });

  test('keeps employee records, which are found and ordered from now on', () => {
    expect(
      rows(
        'SELECT pk, id, member_id, status, department, manager_id, started_at, ended_at, starts_on, sort_key, search_key FROM employee ORDER BY pk',
      ),
    ).toEqual([
      {
        pk: 1,
        id: 'p1',
        member_id: 'ann',
        status: 'active',
        department: 'R&D',
        manager_id: 'boss',
        started_at: THEN,
        ended_at: null,
        starts_on: null,
        sort_key: 'ann ärger',
        search_key: 'ann ärger\n7\nr&d\nc1',
      },
      {
        pk: 2,
        id: 'p4',
        member_id: 'di',
        status: 'ended',
        department: 'R&D',
        manager_id: 'boss',
        started_at: THEN,
        ended_at: '2026-02-01T00:00:00.000Z',
        starts_on: null,
        sort_key: 'di',
        search_key: 'di\n7\nr&d\nc1',
      },
    ]);
  });

  test('a row number is not given again', () => {
    database.exec(`DELETE FROM member WHERE id = 'ed'; DELETE FROM employee WHERE id = 'p4'`);
    database.exec(`
      INSERT INTO member (id, origin, state, reason, since, user_name, display_name, role, sort_key, search_key, created_at, updated_at)
        VALUES ('new', 'scim', 'active', '', '', '', '', 'member', '', '', '', '');
      INSERT INTO employee (id, status, display_name, started_at, sort_key, search_key) VALUES ('new', 'active', '', '', '', '')`);
    expect(rows("SELECT pk FROM member WHERE id = 'new'")).toEqual([{ pk: 6 }]);
    expect(rows("SELECT pk FROM employee WHERE id = 'new'")).toEqual([{ pk: 3 }]);
  });

  test('of one kind one job runs at a time, and one trip of the guard is open', () => {
    const trip = database.prepare(
      "INSERT INTO guard_trip (id, tripped_at, window_start, threshold, active_at_start) VALUES (?, '', '', 5, 9)",
    );
    trip.run('one');
    expect(() => trip.run('two')).toThrow(/UNIQUE/);
    database.exec("UPDATE guard_trip SET resolved_at = 'x', resolution = 'confirmed'");
    trip.run('two');
    const job = database.prepare(
      "INSERT INTO job (id, kind, input, state, created_at, created_by, runner) VALUES (?, 'k', '{}', ?, '', '', ?)",
    );
    job.run('one', 'running', 'a');
    expect(() => job.run('two', 'running', 'b')).toThrow(/UNIQUE/);
    job.run('three', 'queued', null);
  });
});

describe('what observe mode holds back', () => {
  beforeEach(() => {
    database.exec(`
      INSERT INTO directory_group (id, display_name_key, attributes, version, created, last_modified) VALUES
        ('g1', 'sales', '{}', 1, '', ''), ('g2', 'ops', '{}', 1, '', '');
      INSERT INTO directory_membership (group_pk, member_id) VALUES (1, 'u1'), (1, 'u2'), (2, 'u1');
    `);
  });
  const mode = (apply: string) =>
    database.prepare("INSERT OR REPLACE INTO setting VALUES ('policy.apply', json_quote(?))").run(apply);
  const heldBack = () =>
    database
      .prepare('SELECT group_id, user_id, was FROM unapplied_membership ORDER BY group_id, user_id')
      .raw()
      .all();

  test('is nothing in live mode, or while nobody chose a mode', () => {
    database.exec("DELETE FROM directory_membership WHERE member_id = 'u2'");
    mode('live');
    database.exec("INSERT INTO directory_membership (group_pk, member_id) VALUES (2, 'u2')");
    database.exec('DELETE FROM directory_group WHERE pk = 2');
    expect(heldBack()).toEqual([]);
  });

  test('is who joined and who left, until that is taken back', () => {
    mode('observe');
    database.exec("INSERT INTO directory_membership (group_pk, member_id) VALUES (2, 'u2')");
    database.exec("DELETE FROM directory_membership WHERE group_pk = 1 AND member_id = 'u1'");
    expect(heldBack()).toEqual([
      ['g1', 'u1', 1],
      ['g2', 'u2', 0],
    ]);
    database.exec("DELETE FROM directory_membership WHERE group_pk = 2 AND member_id = 'u2'");
    database.exec("INSERT OR IGNORE INTO directory_membership (group_pk, member_id) VALUES (1, 'u1')");
    expect(heldBack()).toEqual([]);
    // Back and forth once more: what was applied last is what counts.
    database.exec("DELETE FROM directory_membership WHERE group_pk = 1 AND member_id = 'u1'");
    database.exec(
      "INSERT OR IGNORE INTO directory_membership (group_pk, member_id) VALUES (1, 'u1'), (1, 'u2')",
    );
    expect(heldBack()).toEqual([]);
  });

  test('is who was in a group that is gone', () => {
    mode('observe');
    database.exec("INSERT INTO directory_membership (group_pk, member_id) VALUES (1, 'u3')");
    database.exec("DELETE FROM directory_membership WHERE group_pk = 1 AND member_id = 'u2'");
    database.exec('DELETE FROM directory_group WHERE pk = 1');
    expect(heldBack()).toEqual([
      ['g1', 'u1', 1],
      ['g1', 'u2', 1],
    ]);
  });
});
