import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryStore, RenderedText, StoredResource } from '../../../../src/main/directory/store.ts';
import { createDirectoryStore } from '../../../../src/main/store/directory-plane.ts';
import { type OpenDatabases, openDatabases } from '../../../support/databases.ts';

let databases: OpenDatabases;
let store: DirectoryStore;
beforeEach(async () => {
  databases = await openDatabases();
  store = createDirectoryStore(databases.identity);
});
afterEach(() => databases.close());

const resource = (id: string, attributes: StoredResource['attributes']): StoredResource => ({
  id,
  attributes,
  version: 1,
  created: '2026-01-01T00:00:00.000Z',
  lastModified: '2026-01-01T00:00:00.000Z',
});
/** Rendering is not the store's business. */
const noText: RenderedText = { text: '', form: '' };
const group = (id: string) => store.groups.insert(resource(id, { displayName: id }), noText);
const rowsOf = (groupId: string) =>
  databases.identity
    .prepare<[string], number>(
      'SELECT count(*) FROM directory_membership m JOIN directory_group g ON g.pk = m.group_pk WHERE g.id = ?',
    )
    .pluck()
    .get(groupId);

describe('the members of a group', () => {
  beforeEach(() => group('g'));

  test('are kept with what the IdP said of them, ordered by id', () => {
    expect(
      store.membership.add('g', [
        { value: 'b', display: 'Bo' },
        { value: 'a', type: 'User' },
        { value: 'c' },
      ]),
    ).toBe(true);
    expect(store.membership.members('g')).toEqual([
      { value: 'a', type: 'User' },
      { value: 'b', display: 'Bo' },
      { value: 'c' },
    ]);
  });

  test('are added once; adding them again changes nothing', () => {
    store.membership.add('g', [{ value: 'a' }]);
    expect(store.membership.add('g', [{ value: 'a' }])).toBe(false);
    expect(store.membership.add('g', [{ value: 'a' }, { value: 'b' }])).toBe(true);
    expect(rowsOf('g')).toBe(2);
  });

  test('are removed; removing strangers changes nothing', () => {
    store.membership.add('g', [{ value: 'a' }, { value: 'b' }]);
    expect(store.membership.remove('g', ['x'])).toBe(false);
    expect(store.membership.remove('g', ['x', 'a'])).toBe(true);
    expect(store.membership.members('g')).toEqual([{ value: 'b' }]);
  });

  test('are replaced by their difference', () => {
    store.membership.add('g', [{ value: 'a' }, { value: 'b' }, { value: 'c' }]);
    const before = databases.identity.prepare('SELECT total_changes()').pluck();
    const changes = Number(before.get());
    expect(store.membership.replace('g', [{ value: 'd' }, { value: 'b' }, { value: 'c' }])).toBe(true);
    expect(store.membership.members('g').map(({ value }) => value)).toEqual(['b', 'c', 'd']);
    // One row out, one row in.
    expect(Number(before.get()) - changes).toBe(2);
  });

  test('replaced by the same touch no row', () => {
    const members = [{ value: 'a', display: 'Ann', type: 'User' }, { value: 'b' }];
    store.membership.add('g', members);
    const changes = databases.identity.prepare('SELECT total_changes()').pluck();
    const before = changes.get();
    expect(store.membership.replace('g', members.toReversed())).toBe(false);
    expect(changes.get()).toBe(before);
  });

  test.each([
    ['a display that changed', { value: 'a', display: 'Anna', type: 'User' }],
    ['a display that is gone', { value: 'a', type: 'User' }],
    ['a type that changed', { value: 'a', display: 'Ann', type: 'Group' }],
  ])('replaced with %s take it over', (_, member) => {
    store.membership.add('g', [{ value: 'a', display: 'Ann', type: 'User' }]);
    expect(store.membership.replace('g', [member])).toBe(true);
    expect(store.membership.members('g')).toEqual([member]);
  });

  test('are told apart by the case of their ids', () => {
    store.membership.add('g', [{ value: 'a' }, { value: 'A' }]);
    store.membership.remove('g', ['A']);
    expect(store.membership.members('g')).toEqual([{ value: 'a' }]);
  });

  test('may be named before anybody knows them', () => {
    store.membership.add('g', [{ value: 'later' }]);
    expect(store.membership.typeOf('later')).toBeUndefined();
    store.users.insert(resource('later', { userName: 'later' }), noText);
    expect(store.membership.typeOf('later')).toBe('User');
    expect(store.membership.typeOf('g')).toBe('Group');
    expect(store.membership.groupsOf('later')).toEqual([{ id: 'g', displayName: 'g' }]);
  });

  test('of a group that does not exist are a mistake of the program', () => {
    expect(() => store.membership.add('x', [{ value: 'a' }])).toThrow('no directory group x');
  });
});

describe('a resource', () => {
  const ann = resource('u1', {
    userName: 'Ann@ACME.com',
    externalId: 'e1',
    emails: [{ value: 'ANN@acme.com' }, { type: 'work' }],
  });

  test('comes back as it was written', () => {
    store.users.insert(ann, noText);
    expect(store.users.find('u1')).toEqual(ann);
    const changed = { ...ann, attributes: { userName: 'bo' }, version: 2, lastModified: 'later' };
    store.users.update(ann, changed, noText);
    expect(store.users.find('u1')).toEqual(changed);
    store.users.remove('u1');
    expect(store.users.find('u1')).toBeUndefined();
  });

  test.each([
    ['ann@acme.com', undefined, true],
    ['ANN@ACME.COM', undefined, true],
    ['ann@acme.com', 'u1', false],
    ['ann@acme.com', 'u2', true],
    ['bo@acme.com', undefined, false],
  ])('holds its name against everybody else, whatever the case: %s except %s', (userName, except, taken) => {
    store.users.insert(ann, noText);
    expect(store.users.isTaken({ userName }, except)).toBe(taken);
  });

  test('holds its name where SQLite alone would not see it', () => {
    store.users.insert(resource('u1', { userName: 'JÜRGEN\u0301@acme.com' }), noText);
    expect(store.users.isTaken({ userName: 'ju\u0308rgeń@ACME.com' }, undefined)).toBe(true);
  });

  test('is found by its values of today, not by those of yesterday', () => {
    const values = () =>
      databases.identity.prepare('SELECT value_key FROM directory_user_value ORDER BY 1').pluck().all();
    store.users.insert(ann, noText);
    expect(values()).toEqual(['ann@acme.com']);
    const changed = {
      ...ann,
      attributes: { ...ann.attributes, emails: [{ value: 'B@x.com' }, { value: 'b@X.com' }] },
    };
    store.users.update(ann, changed, noText);
    expect(values()).toEqual(['b@x.com']);
    store.users.remove('u1');
    expect(values()).toEqual([]);
  });
});

describe('a selection', () => {
  const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
  const everybody = () => store.users.select(undefined, 'form');

  describe('of three', () => {
    beforeEach(() => {
      for (const index of [3, 1, 2])
        store.users.insert(resource(`u${index}`, { userName: `n${index}`, title: 'x' }), noText);
    });

    test.each([
      [0, 500, ['u3', 'u1', 'u2']],
      [0, 2, ['u3', 'u1']],
      [1, 1, ['u1']],
      [2, 5, ['u2']],
      [3, 5, []],
      [0, 0, []],
    ])('behind %s rows, %s long, in the order of creation', (from, limit, wanted) => {
      expect(everybody().count()).toBe(3);
      expect(ids(everybody().rows({ from, limit }))).toEqual(wanted);
    });

    test('goes on behind a row, also when that is gone', () => {
      const [first] = everybody().rows({ from: 0, limit: 1 });
      store.users.remove('u3');
      expect(ids(everybody().rows({ from: { pk: first?.pk ?? -1 }, limit: 5 }))).toEqual(['u1', 'u2']);
    });

    test('hands out a kept text only to those who ask for its form', () => {
      store.users.insert(resource('u4', { userName: 'n4' }), { text: '{"id":"u4"}', form: 'form' });
      const [row] = store.users.answers([4], 'form');
      expect(row).toEqual({ pk: 4, id: 'u4', text: '{"id":"u4"}' });
      const [other] = store.users.answers([4], 'another form');
      expect(other).toEqual({ pk: 4, id: 'u4', resource: resource('u4', { userName: 'n4' }) });
    });
  });

  test('knows its size and every offset whatever came and went, over many blocks', {
    timeout: 60_000,
  }, () => {
    const { identity } = databases;
    const total = 40_000;
    identity.transaction(() => {
      for (let index = 0; index < total; index++)
        store.users.insert(resource(`u${index}`, { userName: `n${index}` }), noText);
      // Holes of every kind: single rows, a whole small block, a whole large one.
      for (const gone of [0, 1, 127, 128, 5000, 39_999]) store.users.remove(`u${gone}`);
      for (let index = 256; index < 384; index++) store.users.remove(`u${index}`);
      for (let index = 16_383; index < 32_768; index++) store.users.remove(`u${index}`);
    })();
    const left = identity.prepare<[], string>('SELECT id FROM directory_user ORDER BY pk').pluck().all();
    expect(everybody().count()).toBe(left.length);
    for (const from of [0, 1, 125, 126, 127, 253, 254, 4000, 16_247, 16_248, 20_000, left.length - 1]) {
      expect(ids(everybody().rows({ from, limit: 3 })), `behind ${from}`).toEqual(left.slice(from, from + 3));
    }
    expect(everybody().rows({ from: left.length, limit: 3 })).toEqual([]);
  });
});

test.each([
  ['user_name_key = ?', /directory_user USING INDEX sqlite_autoindex_directory_user/],
  [
    '(user_name_key >= ? AND user_name_key < ?)',
    /directory_user USING INDEX sqlite_autoindex_directory_user/,
  ],
  ['external_id = ?', /USING INDEX directory_user_external_id/],
  ['display_name_key = ?', /USING INDEX directory_user_display_name/],
])('looking up %s uses an index', (where, index) => {
  const plan = databases.identity
    .prepare(`EXPLAIN QUERY PLAN SELECT id FROM directory_user WHERE ${where}`)
    .all(...Array.from(where.matchAll(/\?/g), () => 'x')) as { detail: string }[];
  expect(plan.map(({ detail }) => detail).join()).toMatch(index);
});
