import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../../src/main/scim/json.ts';
import { readResource } from '../../../../src/main/scim/validate.ts';
import {
  BADGE,
  CORE_USER,
  create,
  ENTERPRISE,
  groupType,
  patchGroup,
  refusal,
  scimTypeOf,
  userType,
} from '../fixtures.ts';

const badgeOf = (values: { [name: string]: JsonValue }) =>
  create(userType, { userName: 'u', [BADGE]: values })[BADGE];
const ignoredIn = (body: object, type = userType) => readResource(type, body, { mode: 'create' }).ignored;

describe('numbers and dates', () => {
  test.each<[string, JsonValue, JsonValue]>([
    ['floor', 4, 4],
    ['floor', '4', 4],
    ['floor', ' -4 ', -4],
    ['floor', 0, 0],
    ['weight', 1.5, 1.5],
    ['weight', '1.50', 1.5],
    ['weight', '1e3', 1000],
    ['issued', '2020-05-05T10:00:00.1234567+02:00', '2020-05-05T10:00:00.1234567+02:00'],
    ['issued', '2020-05-05', '2020-05-05'],
  ])('%s %j is stored as %j', (name, value, stored) => {
    expect(badgeOf({ [name]: value })).toEqual({ [name]: stored });
  });

  test.each<[string, JsonValue, string]>([
    ['floor', 'ground', 'an integer'],
    ['floor', 1.5, 'an integer'],
    ['floor', '1.5', 'an integer'],
    ['floor', 2 ** 53, 'an integer'],
    ['floor', ' ', 'an integer'],
    ['floor', true, 'an integer'],
    ['floor', {}, 'an integer'],
    ['weight', 'heavy', 'a number'],
    ['weight', '\t', 'a number'],
    ['weight', 'Infinity', 'a number'],
    ['issued', 'yesterday', 'an RFC 3339 date-time'],
    ['issued', 1588665600, 'an RFC 3339 date-time'],
    ['issued', true, 'an RFC 3339 date-time'],
    ['serial', {}, 'a string'],
    ['holder', 'Ann', 'an object'],
    ['holder', 5, 'an object'],
  ])('%s %j is refused', (name, value, expected) => {
    const error = refusal(() => badgeOf({ [name]: value }));
    expect(error).toMatchObject({ status: 400, scimType: 'invalidValue' });
    expect(error.detail).toContain(`${name} must be ${expected}.`);
  });

  test('a boolean, a URI, a certificate', () => {
    const details = (body: object) => refusal(() => create(userType, { userName: 'u', ...body })).detail;
    expect(details({ active: 'maybe' })).toBe('active must be true or false.');
    expect(details({ profileUrl: {} })).toBe('profileUrl must be a URI.');
    expect(details({ x509Certificates: [{ value: {} }] })).toContain(
      'x509Certificates[0].value must be base64 text.',
    );
  });
});

describe('lists', () => {
  test('one value where one is due; none is none; two are too many', () => {
    expect(create(userType, { userName: ['u'], title: [] })).toEqual({ userName: 'u', active: true });
    expect(create(userType, { userName: 'u', title: [null] })).not.toHaveProperty('title');
    expect(refusal(() => create(userType, { userName: ['a', 'b'] })).detail).toBe(
      'userName takes one value, not a list.',
    );
  });

  test('a list in a list is refused by its place', () => {
    expect(refusal(() => create(userType, { userName: 'u', emails: ['a', ['b']] })).detail).toBe(
      'emails[1] is a list within a list.',
    );
  });

  test('simple values: nothing is left out silently but nothing', () => {
    expect(badgeOf({ tags: ['a', '', null, 'b'] })).toEqual({ tags: ['a', 'b'] });
    expect(badgeOf({ tags: [] })).toBeUndefined();
    expect(badgeOf({ tags: 'a' })).toEqual({ tags: ['a'] });
  });

  test('an element without any known name is none', () => {
    expect(create(userType, { userName: 'u', emails: [{ unknown: 1 }, {}] })).not.toHaveProperty('emails');
  });
});

describe('references', () => {
  const membersOf = (...elements: JsonValue[]) =>
    create(groupType, { displayName: 'G', members: elements }).members;

  test('$ref tells what value and type do not', () => {
    expect(membersOf({ $ref: 'https://x/Groups/g' })).toEqual([{ value: 'g', type: 'Group' }]);
    expect(membersOf({ $ref: 'https://x/Groups/g', value: 'v', type: 'User' })).toEqual([
      { value: 'v', type: 'User' },
    ]);
    expect(membersOf({ $ref: 'https://x/nowhere', value: 'v' })).toEqual([{ value: 'v' }]);
    expect(
      create(userType, { userName: 'u', [ENTERPRISE]: { manager: { $ref: 'Users/m' } } })[ENTERPRISE],
    ).toEqual({
      manager: { value: 'm' },
    });
  });

  test('a $ref that tells nothing is reported, unless it is not needed', () => {
    const manager = (value: JsonValue) => ({ userName: 'u', [ENTERPRISE]: { manager: value } });
    expect(ignoredIn(manager({ $ref: 'nowhere' }))).toEqual(['manager.$ref']);
    expect(ignoredIn(manager({ $ref: 'nowhere', value: 'm' }))).toEqual([]);
    expect(ignoredIn(manager({ $ref: null, value: 'm' }))).toEqual([]);
    expect(ignoredIn(manager({ $ref: null }))).toEqual([]);
  });

  test('a member without a value is refused by its place', () => {
    expect(refusal(() => membersOf({ value: 'a' }, { display: 'b' })).detail).toBe(
      'members[1].value is missing.',
    );
    expect(
      patchGroup({ displayName: 'G' }, { op: 'add', path: 'members', value: [{ value: null }] }),
    ).toEqual({
      displayName: 'G',
    });
  });

  test('an alias counts only where the name itself is not given', () => {
    expect(membersOf({ value: 'a', displayName: 'A' })).toEqual([{ value: 'a', display: 'A' }]);
    expect(membersOf({ value: 'a', displayName: 'A', DISPLAY: 'B' })).toEqual([{ value: 'a', display: 'B' }]);
    expect(membersOf({ value: 'a', Display: 'B', displayname: 'A' })).toEqual([{ value: 'a', display: 'B' }]);
    expect(
      ignoredIn({ displayName: 'G', members: [{ value: 'a', displayName: 'A', display: 'B' }] }, groupType),
    ).toEqual(['members.displayName']);
    expect(ignoredIn({ displayName: 'G', members: [{ value: 'a', nope: 'A' }] }, groupType)).toEqual([
      'members.nope',
    ]);
  });
});

describe('what a body assigns', () => {
  test('a schema whose value is no object says nothing, and is reported if it holds something', () => {
    expect(ignoredIn({ userName: 'u', [ENTERPRISE]: 'x' })).toEqual([ENTERPRISE]);
    expect(ignoredIn({ userName: 'u', [ENTERPRISE]: ['x'] })).toEqual([ENTERPRISE]);
    expect(ignoredIn({ userName: 'u', [ENTERPRISE]: null })).toEqual([]);
    expect(ignoredIn({ userName: 'u', [ENTERPRISE]: [] })).toEqual([]);
    expect(create(userType, { userName: 'u', [ENTERPRISE]: 'x' })).toEqual({ userName: 'u', active: true });
  });

  test('schemas may be one text; what is no text in them is passed over', () => {
    expect(ignoredIn({ userName: 'u', schemas: 'urn:x' })).toEqual(['urn:x']);
    expect(ignoredIn({ userName: 'u', schemas: [CORE_USER, 5, null, 'urn:x'] })).toEqual(['urn:x']);
  });

  test('a dotted name into a list names no element', () => {
    const body = { userName: 'u', 'emails.value': 'a@x' };
    expect(create(userType, body)).toEqual({ userName: 'u', active: true });
    expect(ignoredIn(body)).toEqual(['emails.value']);
  });

  test('dotted names make one complex value together; nothing in them makes none', () => {
    expect(create(userType, { userName: 'u', 'name.givenName': 'A', 'name.familyName': 'B' }).name).toEqual({
      givenName: 'A',
      familyName: 'B',
    });
    expect(create(userType, { userName: 'u', 'name.givenName': null })).not.toHaveProperty('name');
  });

  test('a required sub-attribute is missed in each element that is there', () => {
    expect(badgeOf({ holder: { code: 'c' } })).toEqual({ holder: { code: 'c' } });
    expect(refusal(() => badgeOf({ holder: { note: 'n' } })).detail).toBe(
      'The required sub-attribute holder.code is missing.',
    );
    expect(badgeOf({ floor: 1 })).toEqual({ floor: 1 });
  });

  test('required attributes are missed in the core always', () => {
    expect(scimTypeOf(() => create(userType, { title: 'x' }))).toBe('invalidValue');
    expect(scimTypeOf(() => create(userType, { userName: null }))).toBe('invalidValue');
  });
});
