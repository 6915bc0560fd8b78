import { describe, expect, test } from 'vitest';
import {
  canonicalText,
  isUnassigned,
  type JsonValue,
  jsonEqual,
  ownValue,
  ownValueInAnyCase,
  readJsonObject,
} from '../../../src/main/scim/json.ts';
import { scimTypeOf } from './fixtures.ts';

const nested = (depth: number): JsonValue => (depth === 0 ? 'x' : { a: nested(depth - 1) });

describe('readJsonObject', () => {
  test.each([[undefined], [null], ['text'], [3], [[]]])('refuses %j', (body) => {
    expect(scimTypeOf(() => readJsonObject(body, 'It'))).toBe('invalidSyntax');
  });

  test.each([[{ userName: 'ann\ud800' }], [{ emails: [{ value: '\udc00@acme.com' }] }], [{ '\ud83d': 'x' }]])(
    'refuses half a surrogate pair, wherever it is',
    (body) => {
      expect(scimTypeOf(() => readJsonObject(body, 'It'))).toBe('invalidValue');
    },
  );

  test('takes whole surrogate pairs', () => {
    expect(readJsonObject({ displayName: 'Ann 😀' }, 'It')).toEqual({ displayName: 'Ann 😀' });
  });

  test('takes 32 levels and refuses more', () => {
    expect(readJsonObject(nested(32), 'It')).toEqual(nested(32));
    expect(scimTypeOf(() => readJsonObject(nested(34), 'It'))).toBe('invalidSyntax');
  });

  test('refuses 5,000 levels without exhausting the stack', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`);
    expect(scimTypeOf(() => readJsonObject(deep, 'It'))).toBe('invalidSyntax');
  });
});

test('null, [] and absent are unassigned; false, 0 and "" are not (RFC 7643 §2.5)', () => {
  expect([undefined, null, []].every(isUnassigned)).toBe(true);
  expect([false, 0, '', {}].some(isUnassigned)).toBe(false);
});

test('jsonEqual ignores the order of keys, not that of elements', () => {
  expect(jsonEqual({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
  expect(jsonEqual([1, 2], [2, 1])).toBe(false);
  expect(jsonEqual({ a: 1 }, { a: 1, b: 2 })).toBe(false);
  expect(jsonEqual({ a: 1, b: 2 }, { a: 1, c: 2 })).toBe(false);
  expect(jsonEqual(null, {})).toBe(false);
});

test('canonicalText agrees with jsonEqual', () => {
  expect(canonicalText({ a: 1, b: { d: 1, c: 2 } })).toBe(canonicalText({ b: { c: 2, d: 1 }, a: 1 }));
  expect(canonicalText([1, 2])).not.toBe(canonicalText([2, 1]));
});

test('inherited properties are not values', () => {
  expect(ownValue({}, 'constructor')).toBeUndefined();
  expect(ownValueInAnyCase({}, '__proto__')).toBeUndefined();
  expect(ownValueInAnyCase({ operations: [] }, 'Operations')).toEqual([]);
});

test('the deepest body that is read, and one level more', () => {
  expect(readJsonObject(nested(33), 'It')).toBeDefined();
  expect(scimTypeOf(() => readJsonObject(nested(34), 'It'))).toBe('invalidSyntax');
  const lists = (depth: number): JsonValue => (depth === 0 ? 1 : [lists(depth - 1)]);
  expect(readJsonObject({ a: lists(32), b: null, c: [null, 1, true] }, 'It')).toBeDefined();
  expect(scimTypeOf(() => readJsonObject({ a: lists(33) }, 'It'))).toBe('invalidSyntax');
});

test('half a surrogate pair is found beside whole texts', () => {
  const body = { a: [{ b: 'whole' }, { c: 'half \ud800' }, {}], d: null };
  expect(scimTypeOf(() => readJsonObject(body, 'It'))).toBe('invalidValue');
  expect(scimTypeOf(() => readJsonObject({ a: ['\udc00', 'whole'] }, 'It'))).toBe('invalidValue');
});

test('the canonical text has names in order, whatever the order they come in', () => {
  expect(canonicalText({ b: 1, a: { d: [2, { z: 1, y: null }], c: 'x' } })).toBe(
    '{"a":{"c":"x","d":[2,{"y":null,"z":1}]},"b":1}',
  );
  expect(canonicalText({ a: 1, B: 2, b: 3 })).toBe(canonicalText({ b: 3, B: 2, a: 1 }));
  expect(canonicalText([2, 1])).toBe('[2,1]');
});

test('a name in its own case goes before the same in another', () => {
  expect(ownValueInAnyCase({ OPERATIONS: 1, Operations: 2 }, 'Operations')).toBe(2);
  expect(ownValueInAnyCase({ OPERATIONS: 1 }, 'Operations')).toBe(1);
  expect(ownValueInAnyCase({ undefined: 1 }, 'Operations')).toBeUndefined();
});
