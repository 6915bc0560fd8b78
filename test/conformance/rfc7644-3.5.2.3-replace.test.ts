import { describe, expect, test } from 'vitest';
import { ENTERPRISE, expectError, type Json, shareEndpoint } from './endpoint.ts';

/** RFC 7644 section 3.5.2.3: the replace operation. */
const scim = shareEndpoint();

async function replace(user: Json, operation: object): Promise<Json> {
  const answer = await scim.patch(`/Users/${user.id}`, [{ op: 'replace', ...operation }]);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

const addresses = [
  { type: 'work', locality: 'L', country: 'C' },
  { type: 'home', locality: 'H' },
];

test('"If path is omitted, the target is the resource itself": the attributes named are replaced, no other', async () => {
  const user = await scim.user({ title: 'T', nickName: 'N', emails: [{ value: 'a@x.example' }] });
  const body = await replace(user, { value: { title: 'T2', emails: [{ value: 'b@x.example' }] } });
  expect(body).toMatchObject({ title: 'T2', nickName: 'N', emails: [{ value: 'b@x.example' }] });
});

test('"single-valued: the value is replaced"; "if the target … does not exist … treated as an add"', async () => {
  expect((await replace(await scim.user({ title: 'T' }), { path: 'title', value: 'T2' })).title).toBe('T2');
  expect((await replace(await scim.user(), { path: 'title', value: 'T2' })).title).toBe('T2');
  expect((await replace(await scim.user(), { path: 'emails', value: [{ value: 'a' }] })).emails).toEqual([
    { value: 'a' },
  ]);
  expect((await replace(await scim.user(), { path: 'name.givenName', value: 'G' })).name).toEqual({
    givenName: 'G',
  });
});

test('"multi-valued attribute and no filter: the attribute and all values are replaced"', async () => {
  const user = await scim.user({ addresses });
  expect((await replace(user, { path: 'addresses', value: [{ locality: 'X' }] })).addresses).toEqual([
    { locality: 'X' },
  ]);
});

test('an empty list clears', async () => {
  for (const operation of [
    { path: 'addresses', value: [] },
    { value: { addresses: [] } },
    { path: 'addresses', value: null },
  ]) {
    expect(await replace(await scim.user({ addresses }), operation)).not.toHaveProperty('addresses');
  }
});

test('"complex … sub-attributes that are not specified … are left unchanged"', async () => {
  const user = await scim.user({ name: { givenName: 'G', familyName: 'F', middleName: 'M' } });
  expect((await replace(user, { path: 'name', value: { familyName: 'F2' } })).name).toEqual({
    givenName: 'G',
    familyName: 'F2',
    middleName: 'M',
  });
  expect((await replace(user, { value: { name: { middleName: null } } })).name).toEqual({
    givenName: 'G',
    familyName: 'F2',
  });
});

describe('with a filter', () => {
  test('"and a specific sub-attribute: all matching records are updated"', async () => {
    const user = await scim.user({ addresses: [...addresses, { type: 'work', locality: 'L3' }] });
    const body = await replace(user, { path: 'addresses[type eq "work"].locality', value: 'NEW' });
    expect(body.addresses.map(({ locality }: Json) => locality)).toEqual(['NEW', 'H', 'NEW']);
  });

  test('"all values matching the filter are replaced" by a whole object', async () => {
    const body = await replace(await scim.user({ addresses }), {
      path: 'addresses[type eq "work"]',
      value: { type: 'work', streetAddress: 'S' },
    });
    expect(body.addresses).toEqual([
      { type: 'work', streetAddress: 'S' },
      { type: 'home', locality: 'H' },
    ]);
  });

  test('without a match: noTarget under the profile rfc, created under the lenient one', async () => {
    const operation = { op: 'replace', path: 'addresses[type eq "work"].locality', value: 'X' };
    expect((await replace(await scim.user(), operation)).addresses).toEqual([
      { type: 'work', locality: 'X' },
    ]);
    const { policy } = scim.running.rollcall.services;
    await policy.set({ profile: 'rfc' });
    try {
      const { id } = await scim.user({ addresses: [{ type: 'home', locality: 'H' }] });
      expectError(await scim.patch(`/Users/${id}`, [operation]), 400, 'noTarget');
    } finally {
      await policy.set({ profile: 'lenient' });
    }
  });

  test('without a match and without eq terms: noTarget under every profile', async () => {
    const { id } = await scim.user();
    expectError(
      await scim.patch(`/Users/${id}`, [
        { op: 'replace', path: 'addresses[locality sw "x"].region', value: 'X' },
      ]),
      400,
      'noTarget',
    );
  });

  test('booleans as text: primary eq "True" finds and creates one element', async () => {
    const user = await scim.user();
    const answer = await scim.patch(
      `/Users/${user.id}`,
      ['display', 'value', 'type'].map((sub) => ({
        op: 'replace',
        path: `roles[primary eq "True"].${sub}`,
        value: sub,
      })),
    );
    expect(answer.body.roles).toEqual([{ primary: true, display: 'display', value: 'value', type: 'type' }]);
  });
});

test('readOnly is 400 mutability, immutable too; inside a path-less value readOnly is ignored', async () => {
  const user = await scim.user();
  expectError(
    await scim.patch(`/Users/${user.id}`, [{ op: 'replace', path: 'groups', value: [] }]),
    400,
    'mutability',
  );
  const body = await replace(user, {
    value: { id: 'x', meta: {}, groups: [{ value: 'g' }], schemas: ['x'], title: 'T' },
  });
  expect(body).toMatchObject({ id: user.id, groups: [], title: 'T', schemas: user.schemas });
});

test('required: an empty value is invalidValue', async () => {
  const { id } = await scim.user();
  for (const value of [null, '', []]) {
    expectError(
      await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'userName', value }]),
      400,
      'invalidValue',
    );
    expectError(
      await scim.patch(`/Users/${id}`, [{ op: 'replace', value: { userName: value } }]),
      400,
      'invalidValue',
    );
  }
});

test('a value of the wrong type is invalidValue', async () => {
  const { id } = await scim.user({ emails: [{ value: 'a', type: 'work' }] });
  for (const [path, value] of [
    ['active', 'perhaps'],
    ['title', { a: 1 }],
    ['name', 'text'],
    ['emails[type eq "work"].primary', 'perhaps'],
    ['emails[type eq "work"].value', { a: 1 }],
    ['title', ['a', 'b']],
  ]) {
    expectError(await scim.patch(`/Users/${id}`, [{ op: 'replace', path, value }]), 400, 'invalidValue');
  }
});

describe('path-less with keys that are paths', () => {
  test('dotted, URN-qualified with a colon and with a dot, and whole paths with a filter', async () => {
    const body = await replace(await scim.user({ emails: [{ value: 'a', type: 'work' }] }), {
      value: {
        displayName: 'D',
        'name.givenName': 'G',
        'name.familyName': 'F',
        [`${ENTERPRISE}:employeeNumber`]: 'E',
        [`${ENTERPRISE}.costCenter`]: 'C',
        [`${ENTERPRISE}:manager`]: { value: 'm' },
        'emails[type eq "work"].value': 'b',
      },
    });
    expect(body).toMatchObject({
      displayName: 'D',
      name: { givenName: 'G', familyName: 'F' },
      [ENTERPRISE]: { employeeNumber: 'E', costCenter: 'C', manager: { value: 'm' } },
      emails: [{ value: 'b', type: 'work' }],
    });
  });
});

describe('of members', () => {
  const members = async (value: Json) => {
    const { id } = await scim.group({ members: [{ value: 'a', display: 'A' }, { value: 'b' }] });
    const answer = await scim.patch(`/Groups/${id}`, [{ op: 'replace', path: 'members', value }]);
    expect(answer.status).toBe(200);
    return answer.body.members.map((member: Json) => member.value).sort();
  };

  test.each<[Json, string[]]>([
    [
      [{ value: 'b' }, { value: 'c' }],
      ['b', 'c'],
    ],
    [[], []],
    [null, []],
    ['c', ['c']],
    [{ value: 'c' }, ['c']],
  ])('by %j leaves %j', async (value, expected) => {
    expect(await members(value)).toEqual(expected);
  });

  test('one that is no member is not made one: noTarget', async () => {
    const { id } = await scim.group();
    for (const path of ['members[value eq "x"]', 'members[value eq "x"].display']) {
      expectError(await scim.patch(`/Groups/${id}`, [{ op: 'replace', path, value: 'x' }]), 400, 'noTarget');
    }
  });
});
