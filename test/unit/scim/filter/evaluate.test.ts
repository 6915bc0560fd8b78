import { describe, expect, test } from 'vitest';
import { predicate } from '../../../../src/main/scim/filter/evaluate.ts';
import { parseFilter } from '../../../../src/main/scim/filter/parser.ts';
import { resolveFilter } from '../../../../src/main/scim/filter/resolve.ts';
import type { JsonObject } from '../../../../src/main/scim/json.ts';
import { BADGE, ENTERPRISE, filterMatches, groupType } from '../fixtures.ts';

const babs: JsonObject = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  id: 'A1',
  externalId: 'Ext-1',
  userName: 'Babs@Example.com',
  name: { familyName: 'Jénsen', givenName: 'Barbara' },
  title: 'Tour Guide',
  active: false,
  emails: [
    { value: 'babs@work.example', type: 'work', primary: true },
    { value: 'babs@home.example', type: 'home' },
  ],
  groups: [{ value: 'g1', display: 'Guides' }],
  [ENTERPRISE]: { manager: { value: 'M1' }, department: 'Tours' },
  [BADGE]: { floor: 4, tags: ['blue', 'Round'], issued: '2020-05-05T10:00:00+02:00' },
  meta: {
    resourceType: 'User',
    created: '2020-01-01T00:00:00.500Z',
    lastModified: '2020-01-01T00:00:00.500Z',
  },
};

describe('matches', () => {
  test.each([
    'userName eq "babs@example.COM"',
    'externalId eq "Ext-1"',
    'userName sw "BABS" and userName ew ".com" and userName co "@ex"',
    'name.familyName eq "JE\u0301NSEN"',
    'title pr',
    'active pr',
    'active eq "False"',
    'groups pr',
    'nickName eq null',
    'nickName ne "x"',
    'not (nickName pr)',
    'emails.type eq "home"',
    'emails co "@home"',
    'emails[type eq "work" and value ew "work.example"]',
    'emails[type eq "work"].value eq "babs@work.example"',
    'emails[not (type eq "work")]',
    'emails.value ne "other@example.com"',
    'name pr',
    'name[familyName sw "j"]',
    `${ENTERPRISE}:department eq "tours"`,
    'manager eq "M1"',
    'id eq "A1" and manager eq "M1"',
    `${BADGE}:floor gt 3 and ${BADGE}:floor le 4`,
    `${BADGE}:tags eq "round"`,
    `${BADGE}:tags[value sw "bl"]`,
    `${BADGE}:issued eq "2020-05-05T08:00:00Z"`,
    'meta.created ge "0001-01-03T00:00:00.0000000Z" and meta.created lt "2020-01-01T00:00:00.5000001Z"',
    'meta.resourceType eq User',
    'schemas eq "URN:ietf:params:scim:schemas:core:2.0:User"',
    'title gt "a" and title lt "z"',
  ])('%s', (filter) => {
    expect(filterMatches(filter, babs)).toBe(true);
  });

  test.each([
    'externalId eq "ext-1"',
    'id eq "a1"',
    'emails[type eq "work" and value co "home"]',
    'emails[type eq "home"].value eq "babs@work.example"',
    'emails.value ne "babs@home.example"',
    'phoneNumbers pr',
    'nickName pr',
    'nickName eq ""',
    'nickName gt "a"',
    'title eq null',
    'meta.created gt "2020-01-01T00:00:00.5000001Z"',
    'manager eq "m1"',
    `${BADGE}:secretNote co ""`,
  ])('not %s', (filter) => {
    expect(filterMatches(filter, babs)).toBe(false);
  });
});

test('an attribute that the resource type does not have compares as absent where several types are asked', () => {
  const among = (text: string) =>
    predicate(resolveFilter(parseFilter(text), groupType, { unknown: 'no-value' }))({ displayName: 'G' });
  expect(among('userName eq "a"')).toBe(false);
  expect(among('userName ne "a"')).toBe(true);
  expect(among('userName pr or displayName eq "g"')).toBe(true);
  expect(among('not (userName pr)')).toBe(true);
});

test('nothing but null inside is not present, something beside it is', () => {
  expect(filterMatches('name pr', { name: { givenName: null } })).toBe(false);
  expect(filterMatches('name pr', { name: { givenName: null, familyName: 'x' } })).toBe(true);
  expect(filterMatches('name pr', { name: { givenName: [''] } })).toBe(false);
  expect(filterMatches('name pr', { name: { givenName: ['', 'x'] } })).toBe(true);
});

test('sw and ew look at one end each', () => {
  expect(filterMatches('title sw "b"', { title: 'abc' })).toBe(false);
  expect(filterMatches('title ew "b"', { title: 'abc' })).toBe(false);
  expect(filterMatches('title sw "c"', { title: 'abc' })).toBe(false);
  expect(filterMatches('title ew "a"', { title: 'abc' })).toBe(false);
});

test.each([
  ['gt', false, false, true],
  ['ge', false, true, true],
  ['lt', true, false, false],
  ['le', true, true, false],
])('%s of what is less, equal and greater', (operator, less, equal, greater) => {
  for (const [literal, values] of [
    ['"b"', [{ title: 'a' }, { title: 'b' }, { title: 'c' }]],
    ['"B"', [{ title: 'a' }, { title: 'b' }, { title: 'c' }]],
  ] as const) {
    expect(values.map((value) => filterMatches(`title ${operator} ${literal}`, value))).toEqual([
      less,
      equal,
      greater,
    ]);
  }
  const floors = [3, 4, 5].map((floor) => ({ [BADGE]: { floor } }));
  expect(floors.map((value) => filterMatches(`${BADGE}:floor ${operator} 4`, value))).toEqual([
    less,
    equal,
    greater,
  ]);
});

test('an empty list, an empty text and an empty object are not present', () => {
  const empty = { emails: [], title: '', name: {}, active: false };
  expect(filterMatches('emails pr', empty)).toBe(false);
  expect(filterMatches('title pr', empty)).toBe(false);
  expect(filterMatches('name pr', empty)).toBe(false);
  expect(filterMatches('active pr', empty)).toBe(true);
});

test('values of the wrong JSON type never match and never throw', () => {
  expect(filterMatches('userName eq "1"', { userName: 1 })).toBe(false);
  expect(filterMatches('emails.value eq "1"', { emails: 'text' })).toBe(false);
  expect(filterMatches('userName co "1"', { userName: 1 })).toBe(false);
  expect(filterMatches('userName le "1"', { userName: null })).toBe(false);
  expect(filterMatches('active eq true', { active: 'true' })).toBe(false);
  expect(filterMatches('active eq true', { active: 1 })).toBe(false);
  expect(filterMatches(`${BADGE}:floor le 4`, { [BADGE]: { floor: '4' } })).toBe(false);
  expect(filterMatches(`${BADGE}:floor ge 0`, { [BADGE]: 'text' })).toBe(false);
  expect(filterMatches('meta.created gt "2020-01-01"', { meta: { created: 2027 } })).toBe(false);
  expect(filterMatches('meta.created gt "2020-01-01"', { meta: { created: 'never' } })).toBe(false);
});
