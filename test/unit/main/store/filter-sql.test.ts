import { describe, expect, test } from 'vitest';
import { parseFilter } from '../../../../src/main/scim/filter/parser.ts';
import { resolveFilter } from '../../../../src/main/scim/filter/resolve.ts';
import { createRegistry } from '../../../../src/main/scim/schema/registry.ts';
import { compileFilter, type Lookups } from '../../../../src/main/store/filter-sql.ts';

// That SQL and evaluator agree is shown by test/property/filter-sql.test.ts.
const LOOKUPS: Lookups = {
  userName: {
    kind: 'text',
    column: 'user_name_key',
    folded: true,
    trigram: { table: 'text_index', column: 'user_name' },
  },
  externalId: { kind: 'text', column: 'external_id', folded: false },
  active: { kind: 'boolean', column: 'active' },
  'meta.lastModified': { kind: 'instant', column: 'last_modified' },
  'emails.value': {
    kind: 'rows',
    query: 'pk IN (SELECT user_pk FROM value WHERE',
    column: 'value_key',
    folded: true,
    trigram: { table: 'text_index', column: 'emails' },
  },
};
const IN_INDEX = 'pk IN (SELECT rowid FROM text_index WHERE text_index MATCH ?)';
const IN_EMAILS = 'pk IN (SELECT user_pk FROM value WHERE';
const { userType } = createRegistry();
const compile = (filter: string) => compileFilter(resolveFilter(parseFilter(filter), userType), LOOKUPS);

const EVERYTHING = { where: '1', parameters: [], exact: false };

describe('what SQL decides', () => {
  test.each([
    ['userName eq "ÄNN"', 'user_name_key = ?', ['änn']],
    ['externalId eq "ÄNN"', 'external_id = ?', ['ÄNN']],
    ['active eq true', 'active = ?', [1]],
    ['active eq false', 'active = ?', [0]],
    ['emails.value eq "Ann"', `${IN_EMAILS} value_key = ?)`, ['ann']],
    ['emails eq "Ann"', `${IN_EMAILS} value_key = ?)`, ['ann']],
    ['emails sw "Ann"', `${IN_EMAILS} (value_key >= ? AND value_key < ?))`, ['ann', 'ano']],
    ['userName pr', "(user_name_key IS NOT NULL AND user_name_key <> '')", []],
    ['active pr', 'active IS NOT NULL', []],
    ['userName gt "X"', 'user_name_key > ?', ['x']],
    ['externalId le "X"', 'external_id <= ?', ['X']],
    // Three characters make a trigram; for fewer the column is searched.
    ['userName co "Nn"', 'instr(user_name_key, ?) > 0', ['nn']],
    ['userName co "Nn😀"', IN_INDEX, ['user_name : "nn😀"']],
    ['emails co "say \\"Hi\\""', IN_INDEX, ['emails : "say ""hi"""']],
    // FTS5 ends a text at a NUL, and a line break parts two e-mails.
    ['userName co "abc\\u0000d"', 'instr(user_name_key, ?) > 0', ['abc\0d']],
    ['emails co "abc\\nd"', `${IN_EMAILS} instr(value_key, ?) > 0)`, ['abc\nd']],
    ['meta.lastModified gt "2026-01-02T03:04:05Z"', 'last_modified > ?', ['2026-01-02T03:04:05.000Z']],
    ['meta.lastModified ge "2026-01-02T03:04:05.1239Z"', 'last_modified > ?', ['2026-01-02T03:04:05.123Z']],
    ['meta.lastModified lt "2026-01-02T03:04:05.1239Z"', 'last_modified <= ?', ['2026-01-02T03:04:05.123Z']],
    ['meta.lastModified le "2026-01-02T05:04:05+02:00"', 'last_modified <= ?', ['2026-01-02T03:04:05.000Z']],
    ['meta.lastModified eq "2026-01-02T03:04:05.1234567Z"', '0', []],
    // A range, so that the index serves.
    ['userName sw "Ann"', '(user_name_key >= ? AND user_name_key < ?)', ['ann', 'ano']],
    ['userName sw ""', 'instr(user_name_key, ?) = 1', ['']],
    // Nothing can be put behind these with one more code unit.
    ['externalId sw "a\ud7ff"', 'instr(external_id, ?) = 1', ['a\ud7ff']],
    ['externalId sw "a\uffff"', 'instr(external_id, ?) = 1', ['a\uffff']],
    ['externalId sw "a😀"', 'instr(external_id, ?) = 1', ['a😀']],
    ['userName ne "Ann"', 'NOT coalesce(user_name_key = ?, 0)', ['ann']],
    [
      'userName eq "a" and (active eq true or externalId eq "b")',
      '(user_name_key = ? AND (active = ? OR external_id = ?))',
      ['a', 1, 'b'],
    ],
  ])('%s', (filter, where, parameters) => {
    expect(compile(filter)).toMatchObject({ where, parameters, exact: true });
  });
});

describe('what SQL narrows for the evaluator', () => {
  test.each([
    ['title eq "x" and userName eq "a"', '(1 AND user_name_key = ?)', ['a']],
    ['emails[value eq "A"]', `${IN_EMAILS} value_key = ?)`, ['a']],
    ['emails[type eq "work" and value eq "a"]', `(1 AND ${IN_EMAILS} value_key = ?))`, ['a']],
    ['userName ew "@acme.com"', IN_INDEX, ['user_name : "@acme.com"']],
  ])('%s', (filter, where, parameters) => {
    expect(compile(filter)).toMatchObject({ where, parameters, exact: false });
  });
});

test.each([
  ['userName eq "a"', true],
  ['title eq "x" and userName eq "a"', true],
  ['userName eq "a" or userName eq "b"', undefined],
  ['userName sw "a"', undefined],
  // Many may share it.
  ['emails eq "a"', undefined],
  ['active eq true', undefined],
])('%s leads to a handful of rows: %s', (filter, narrow) => {
  expect(compile(filter).narrow).toBe(narrow);
});

test.each([
  ['userName co "abc"', true],
  ['userName co "abc" or userName eq "b"', true],
  ['userName co "ab"', undefined],
])('%s is decided once for total and page: %s', (filter, costly) => {
  expect(compile(filter).costly).toBe(costly);
});

describe('what is left to the evaluator wholly', () => {
  test.each([
    'title eq "x"',
    'title pr',
    'emails.value pr',
    'userName ew "x"',
    'title gt "x"',
    'meta.lastModified co "2026"',
    // Before the year 0 and behind 9999 the text is longer and sorts elsewhere.
    'meta.lastModified lt "0000-01-01T00:00:00+01:00"',
    'meta.lastModified gt "9999-12-31T23:59:59-01:00"',
    'not (title eq "x")',
    'not (userName eq "a" and title eq "x")',
    'emails[not (value eq "a")]',
    // Half a surrogate pair, which SQLite can't keep, and what it keeps instead.
    'userName eq "\\ud83d"',
    'userName sw "a\\ude00"',
    'userName co "\ufffd"',
  ])('%s', (filter) => {
    const { where, exact, parameters } = compile(filter);
    // `1`, or `1` for each part of it.
    expect(where.replace(/^\((.*)\)$/, '$1').split(/ AND | OR /)).toContain(EVERYTHING.where);
    expect({ exact, parameters }).toEqual({ exact: false, parameters: [] });
  });
});

test('a value never gets into the SQL text', () => {
  const hostile = `'; DROP TABLE directory_user; --`;
  const { where, parameters } = compile(
    `userName eq ${JSON.stringify(hostile)} or userName sw ${JSON.stringify(hostile)}`,
  );
  expect(where).toBe('(user_name_key = ? OR (user_name_key >= ? AND user_name_key < ?))');
  expect(parameters[0]).toBe(hostile.toLowerCase());
});

test('an attribute named like a property of every object is none of the lookups', () => {
  const filter = resolveFilter(parseFilter('title eq "x"'), userType);
  if (filter.kind !== 'compare') throw new Error('not a comparison');
  const hostile = { ...filter, path: { ...filter.path, key: 'constructor' } };
  expect(compileFilter(hostile, LOOKUPS)).toEqual(EVERYTHING);
});
