import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withSteadyPlan } from '../../../../src/main/store/database.ts';
import { type OpenDatabases, openDatabases } from '../../../support/databases.ts';

describe('a statement whose plan is made once', () => {
  test.each([
    ['SELECT 1 FROM a JOIN b USING (id) WHERE a.x = ? LIMIT ?', 2],
    ['INSERT INTO a (x, y) VALUES (@x, @y_z) ON CONFLICT DO UPDATE SET x = excluded.x', 2],
    ['SELECT 1 FROM a WHERE x IN (?, ?) AND y MATCH ?', 3],
    ['SELECT 1 FROM json_each(?)', 1],
  ])('%s has a plus before each parameter', (sql, parameters) => {
    const steady = withSteadyPlan(sql);
    expect(steady.replaceAll(/\+(?=[?@])/g, '')).toBe(sql);
    expect(steady).toHaveLength(sql.length + parameters);
    expect(steady).not.toMatch(/(?<!\+)[?@]/);
  });

  test.each([
    `SELECT 'what? @you' || 'it''s ?'`,
    'SELECT "a?" FROM b -- why?\n',
    'SELECT /* which?\n@one */ 1',
    `SELECT attributes ->> '$.userName' FROM a`,
  ])('%s stays as it is', (sql) => {
    expect(withSteadyPlan(sql)).toBe(sql);
  });
});

describe('an open database', () => {
  let databases: OpenDatabases;
  beforeEach(async () => {
    databases = await openDatabases();
  });
  afterEach(() => databases.close());

  test.each([1, 1.5, 'text', null, Buffer.from([1, 0, 255])])('takes %s as it is', (value) => {
    const { identity } = databases;
    expect(identity.prepare('SELECT ?').pluck().get(value)).toEqual(value);
    expect(identity.prepare('SELECT @value').pluck().get({ value })).toEqual(value);
    identity.exec('CREATE TEMP TABLE kept (value)');
    identity.prepare('INSERT INTO kept VALUES (?)').run(value);
    expect(identity.prepare('SELECT value FROM kept WHERE value IS ?').pluck().all(value)).toEqual([value]);
  });

  test('compares with a column as any other does', () => {
    const bare = new SQLite(':memory:');
    const counts = (database: SQLite.Database) => {
      database.exec("CREATE TEMP TABLE kept (text TEXT, number INTEGER); INSERT INTO kept VALUES ('7', 7)");
      return ['text = ?', 'number = ?', 'text < ?', 'number < ?'].flatMap((where) =>
        [7, '7', 8, '8', null].map((value) =>
          database.prepare(`SELECT count(*) FROM kept WHERE ${where}`).pluck().get(value),
        ),
      );
    };
    expect(counts(databases.identity)).toEqual(counts(bare));
    bare.close();
  });
});
