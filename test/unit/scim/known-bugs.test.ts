/** Bugs that broke real integrations elsewhere (protocol reference, section 4), as far as the core decides them. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/main/scim/json.ts';
import { readListQuery } from '../../../src/main/scim/list-query.ts';
import { listResponse } from '../../../src/main/scim/list-response.ts';
import { locationOf, represent } from '../../../src/main/scim/resource.ts';
import {
  BASE,
  create,
  ENTERPRISE,
  filterMatches,
  groupType,
  members,
  patch,
  patchGroup,
  patchUser,
  refusal,
  replace,
  scimTypeOf,
  userType,
} from './fixtures.ts';

const group = create(groupType, { displayName: 'G', members: members('a', 'b', 'c') });
const user = create(userType, {
  userName: 'u',
  externalId: '6c75de36',
  emails: [
    { value: 'a.b@c.d', type: 'work' },
    { value: 'h@c.d', type: 'home' },
  ],
});

test('1 goauthentik #24173: a filtered removal removes', () => {
  expect(patchGroup(group, { op: 'remove', path: 'members[value eq "b"]' }).members).toEqual(
    members('a', 'c'),
  );
});

test('4, 5 goauthentik #25837, OctopusDeploy #9841: externalId can be searched', () => {
  expect(filterMatches('externalId eq "6c75de36"', user)).toBe(true);
  expect(filterMatches('externalId eq "6C75DE36"', user)).toBe(false);
});

test('6 FusionAuth #2456: emails[type eq "work"].value eq …', () => {
  expect(filterMatches('emails[type eq "work"].value eq "a.b@c.d"', user)).toBe(true);
  expect(filterMatches('emails[type eq "work"].value eq "h@c.d"', user)).toBe(false);
});

test('7 FusionAuth #2784: no member is lost beyond the first hundred', () => {
  const ids = Array.from({ length: 250 }, (_, i) => `m${i}`);
  const large = create(groupType, { displayName: 'G', members: members(...ids) });
  expect(patchGroup(large, { op: 'add', path: 'members', value: 'new' }).members).toEqual(
    members(...ids, 'new'),
  );
});

test('8 FusionAuth #2667: an enterprise URN path', () => {
  expect(
    patchUser(user, { op: 'replace', path: `${ENTERPRISE}:department`, value: 'D' })[ENTERPRISE],
  ).toEqual({ department: 'D' });
});

test('9 scim-patch #42, #161: dots in a path’s filter value', () => {
  expect(
    patchUser(user, { op: 'replace', path: 'emails[value eq "a.b@c.d"].display', value: 'x' }).emails,
  ).toEqual([
    { value: 'a.b@c.d', type: 'work', display: 'x' },
    { value: 'h@c.d', type: 'home' },
  ]);
});

test('10 scim-patch #207: the element is made from the eq terms of the filter', () => {
  expect(
    patchUser(user, {
      op: 'add',
      path: 'phoneNumbers[type eq "work" and primary eq "true"].value',
      value: '1',
    }).phoneNumbers,
  ).toEqual([{ type: 'work', primary: true, value: '1' }]);
});

test('11 scim-patch #489: remove with a value list removes those, neither none nor all', () => {
  expect(
    patchGroup(group, { op: 'Remove', path: 'members', value: [{ value: 'a' }, { value: 'c' }] }).members,
  ).toEqual(members('b'));
});

test('12 ssoready #155: "False" deactivates', () => {
  expect(patchUser(user, { op: 'Replace', path: 'active', value: 'False' }).active).toBe(false);
});

test('13 SCIM-SDK #757: Push now of an empty group', () => {
  expect(patchGroup(group, { op: 'replace', path: 'members', value: [] })).toEqual({ displayName: 'G' });
});

test('14, 15, 16 SCIM-SDK #416, scim-for-keycloak #73, sourcegraph #49200: add and replace without a match', () => {
  for (const op of ['Add', 'Replace']) {
    expect(
      patchUser({ userName: 'u' }, { op, path: 'emails[type eq "work"].value', value: 'w@x' }).emails,
    ).toEqual([{ type: 'work', value: 'w@x' }]);
  }
});

test('18 SimpleIdServer #164: a second push adds no second element', () => {
  const push = { op: 'Add', path: 'emails[type eq "work"].value', value: 'w@x' };
  expect(patchUser(patchUser({ userName: 'u' }, push), push).emails).toHaveLength(1);
});

test('19, 28 ory/polis #4054, django-scim2: itemsPerPage', () => {
  expect(listResponse({ totalResults: 300, startIndex: 300, resources: [{}] }).itemsPerPage).toBe(1);
});

test('20 ory/polis #3136: members of POST and PUT are stored', () => {
  expect(replace(groupType, { displayName: 'G', members: members('z') }, group).members).toEqual(
    members('z'),
  );
});

test('22 wso2 #13772: spaces, URNs and plus signs in filters', () => {
  const { filter } = readListQuery(
    new URLSearchParams('filter=urn:ietf:params:scim:schemas:core:2.0:User:userName+eq+%22a%2Bb+c%22'),
  );
  expect(filterMatches(filter ?? '', { userName: 'A+B c' })).toBe(true);
});

test('24 open-webui #30074: an operation that cannot be done is refused, not passed over', () => {
  for (const operation of [
    { op: 'append', path: 'title', value: 'x' },
    { op: 'add', path: 'shoeSize', value: 1 },
  ]) {
    expect(refusal(() => patchUser(user, operation)).status).toBe(400);
  }
});

test('27 scimgateway #110: % in a filter value', () => {
  const { filter } = readListQuery(new URLSearchParams('filter=title eq "100%25 %"'));
  expect(filterMatches(filter ?? '', { title: '100% %' })).toBe(true);
});

test('29 Cogtrix #122: locations come from the configuration', () => {
  expect(locationOf(BASE, userType, '../x')).toBe(`${BASE}/Users/..%2Fx`);
});

test('30 agent-bom #3533: a client’s id is ignored', () => {
  expect(create(userType, { userName: 'm', id: 'admin' })).not.toHaveProperty('id');
  expect(patchUser(user, { op: 'replace', value: { id: 'admin', title: 'T' } })).not.toHaveProperty('id');
});

describe('32 scimmy', () => {
  test('#16 leading digits, #34 nested groups, #37 not', () => {
    expect(filterMatches('userName eq "1a"', { userName: '1a' })).toBe(true);
    expect(filterMatches('(title eq "a" and (title pr or nickName pr)) or active pr', { title: 'a' })).toBe(
      true,
    );
    expect(filterMatches('not (title eq "a") and active eq true', { active: true })).toBe(true);
  });

  test('#61 add on a complex multi-valued attribute', () => {
    expect(
      patchUser(user, { op: 'add', path: 'addresses', value: [{ type: 'work', country: 'DE' }] }).addresses,
    ).toEqual([{ type: 'work', country: 'DE' }]);
  });
});

test('34 keycloak-scim-server #35: roles and externalId are kept', () => {
  expect(create(userType, { userName: 'u', externalId: 'e', roles: [{ value: 'r' }] })).toMatchObject({
    externalId: 'e',
    roles: [{ value: 'r' }],
  });
});

test('35 PRA: roles[].primary as a string', () => {
  const created = create(userType, { userName: 'u', roles: [{ primary: 'True', value: 'r' }] });
  expect(
    patchUser(created, { op: 'Add', path: 'roles[primary eq "True"].value', value: 'Admin' }).roles,
  ).toEqual([{ primary: true, value: 'Admin' }]);
});

describe('libraries that were measured (5.2)', () => {
  test('scim2-parse-filter: no match across elements, case folded, offsets counted, [] not present', () => {
    const person = { userName: 'ALICE', emails: [], meta: { created: '2020-01-01T00:00:00Z' } };
    expect(filterMatches('userName eq "alice"', person)).toBe(true);
    expect(filterMatches('emails pr', person)).toBe(false);
    expect(filterMatches('meta.created eq "2019-12-31T17:00:00-07:00"', person)).toBe(true);
  });

  test('scimmy: a complex attribute compared as a whole is no TypeError', () => {
    expect(filterMatches('emails co "x"', {})).toBe(false);
    expect(scimTypeOf(() => filterMatches('name co "x"', {}))).toBe('invalidFilter');
  });
});

test('3.2 adding what is there changes nothing', () => {
  expect(patch(groupType, group, [{ op: 'add', path: 'members', value: [{ value: 'a' }] }]).changed).toEqual(
    [],
  );
});

test('2.7 SCIMple: an empty list after the last member is gone', () => {
  const emptied = patchGroup(create(groupType, { displayName: 'G', members: members('a') }), {
    op: 'remove',
    path: 'members[value eq "a"]',
  });
  const envelope = { id: '1', created: 'c', lastModified: 'l', version: 1, base: BASE };
  expect((represent(groupType, emptied, envelope) as JsonObject).members).toEqual([]);
});
