import { describe, expect, test } from 'vitest';
import { planOperations } from '../../../../src/main/scim/bulk/order.ts';
import { referencesOf, substitute, withoutReferences } from '../../../../src/main/scim/bulk/references.ts';
import { type BulkAction, readBulkRequest } from '../../../../src/main/scim/bulk/request.ts';
import type { JsonObject, JsonValue } from '../../../../src/main/scim/json.ts';
import { registry } from '../fixtures.ts';

const action = (data: JsonValue | undefined, id?: string): BulkAction => ({
  method: 'PUT',
  type: registry.userType,
  id,
  data,
  version: undefined,
});

describe('a reference', () => {
  test.each<[JsonValue, string[]]>([
    ['bulkId:a', ['a']],
    ['bulkId:with space:and colon', ['with space:and colon']],
    ['https://host/scim/v2/acme/Users/bulkId:a', ['a']],
    ['../Users/bulkId:a', ['a']],
    ['members[value eq "bulkId:a" or value eq "bulkId:b"]', ['a', 'b']],
    [{ x: [{ y: 'bulkId:a' }, 'bulkId:b'], z: null, n: 1, t: true }, ['a', 'b']],
    ['about bulkId:a', []],
    ['/bulkId:a/more', []],
    ['/bulkId:a?b', []],
    ['"bulkId:a', []],
    ['bulkId:', []],
    ['bulkid:a', []],
    ['', []],
  ])('%j names %j', (data, bulkIds) => {
    expect([...referencesOf(action(data))]).toEqual(bulkIds);
  });

  test('may be the id in the path; no id and no data name nothing', () => {
    expect([...referencesOf(action({ x: 'bulkId:b' }, 'bulkId:a'))]).toEqual(['a', 'b']);
    expect([...referencesOf(action(undefined, '42'))]).toEqual([]);
    expect([...referencesOf(action(undefined))]).toEqual([]);
  });

  test('is replaced where it stands, the rest of the text stays', () => {
    const ids = new Map([
      ['a', '1'],
      ['b', '$&'],
    ]);
    const given = {
      whole: 'bulkId:a',
      uri: '../Users/bulkId:b',
      path: 'members[value eq "bulkId:a" or value eq "bulkId:b" or value eq "bulkId:c"]',
      unknown: ['bulkId:c', 'about bulkId:a', 5, null, true],
    };
    expect(substitute(action(given, 'bulkId:a'), ids)).toEqual(
      action(
        {
          whole: '1',
          uri: '../Users/$&',
          path: 'members[value eq "1" or value eq "$&" or value eq "bulkId:c"]',
          unknown: ['bulkId:c', 'about bulkId:a', 5, null, true],
        },
        '1',
      ),
    );
    expect(substitute(action(undefined, 'bulkId:c'), ids)).toEqual(action(undefined, 'bulkId:c'));
    expect(substitute(action(undefined), ids)).toEqual(action(undefined));
  });

  test('to what does not exist yet is left out with the value that holds it', () => {
    const bulkIds = new Set(['a']);
    expect(withoutReferences('bulkId:a', bulkIds)).toBeUndefined();
    expect(withoutReferences('bulkId:b', bulkIds)).toBe('bulkId:b');
    expect(withoutReferences('text', bulkIds)).toBe('text');
    expect(withoutReferences(null, bulkIds)).toBeNull();
    expect(withoutReferences(5, bulkIds)).toBe(5);
    expect(
      withoutReferences(
        {
          displayName: 'G',
          active: true,
          members: [
            { value: 'bulkId:a' },
            { value: 'bulkId:b' },
            'bulkId:a',
            { $ref: '../Users/bulkId:a' },
            'x',
            1,
          ],
          manager: { value: 'bulkId:a', note: 'stays' },
          path: 'members[value eq "bulkId:a"]',
          other: 'bulkId:b',
        },
        bulkIds,
      ),
    ).toEqual({
      displayName: 'G',
      active: true,
      members: [{ value: 'bulkId:b' }, 'x', 1],
      manager: { note: 'stays' },
      other: 'bulkId:b',
    });
  });
});

describe('the order', () => {
  const plan = (...operations: JsonObject[]) =>
    planOperations(
      readBulkRequest(registry, { Operations: operations }, { maxOperations: 10 }).operations,
    ).map(({ index, references, deferred }) => [index, [...references], [...deferred]]);
  const post = (bulkId: string, ...names: string[]): JsonObject => ({
    method: 'POST',
    path: '/Users',
    bulkId,
    data: { userName: bulkId, refs: names.map((name) => `bulkId:${name}`) },
  });

  test('is that of the request where nothing refers forwards', () => {
    expect(plan(post('a'), post('b', 'a'), { method: 'DELETE', path: '/Users/1' })).toEqual([
      [0, [], []],
      [1, ['a'], []],
      [2, [], []],
    ]);
  });

  test('puts what is referred to first, each once', () => {
    expect(plan(post('a', 'c', 'b'), post('b', 'c'), post('c'))).toEqual([
      [2, [], []],
      [1, ['c'], []],
      [0, ['c', 'b'], []],
    ]);
  });

  test('defers what stands in a circle, and only that', () => {
    expect(plan(post('a', 'b', 'c'), post('b', 'a'), post('c'))).toEqual([
      [2, [], []],
      [1, ['a'], ['a']],
      [0, ['b', 'c'], []],
    ]);
    expect(plan(post('a', 'a'))).toEqual([[0, ['a'], ['a']]]);
  });

  test('does not wait for what is not created here', () => {
    const patch = { method: 'PATCH', path: '/Users/7', bulkId: 'p', data: { x: 'bulkId:a' } };
    expect(plan(post('x', 'p', 'nobody'), patch, post('a'))).toEqual([
      [0, ['p', 'nobody'], []],
      [2, [], []],
      [1, ['a'], []],
    ]);
  });

  test('what cannot be carried out refers to nothing', () => {
    expect(plan({ method: 'GET', path: '/Users/bulkId:a' }, post('a'))).toEqual([
      [0, [], []],
      [1, [], []],
    ]);
  });
});
