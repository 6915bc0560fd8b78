import { describe, expect, test } from 'vitest';
import { ENTERPRISE, expectError, type Json, shareEndpoint, USER } from './endpoint.ts';

/** RFC 7644 section 3.5.2.2: the remove operation. */
const scim = shareEndpoint();

const emails = [
  { value: 'a@x.example', type: 'work', primary: true },
  { value: 'b@x.example', type: 'home' },
  { value: 'c@x.example', type: 'home' },
];

async function remove(user: Json, operation: object): Promise<Json> {
  const answer = await scim.patch(`/Users/${user.id}`, [{ op: 'remove', ...operation }]);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

test('"If path is unspecified, the operation fails with … noTarget"', async () => {
  const { id } = await scim.user();
  for (const operation of [
    {},
    { path: '' },
    { path: null },
    { value: { title: 'x' } },
    { value: ['title'] },
  ]) {
    expectError(await scim.patch(`/Users/${id}`, [{ op: 'remove', ...operation }]), 400, 'noTarget');
  }
});

test('"single-value attribute: the attribute and its value are removed … unassigned"', async () => {
  expect(await remove(await scim.user({ title: 'T' }), { path: 'title' })).not.toHaveProperty('title');
  const user = await scim.user({ name: { givenName: 'G', familyName: 'F' } });
  expect((await remove(user, { path: 'name.givenName' })).name).toEqual({ familyName: 'F' });
  expect(await remove(user, { path: 'name.familyName' })).not.toHaveProperty('name');
});

test('"multi-valued attribute and no filter: the attribute and all values are removed"', async () => {
  expect(await remove(await scim.user({ emails }), { path: 'emails' })).not.toHaveProperty('emails');
});

test('"complex … the attribute … SHALL be considered unassigned"', async () => {
  const user = await scim.user({ name: { givenName: 'G', familyName: 'F' } });
  expect(await remove(user, { path: 'name' })).not.toHaveProperty('name');
});

describe('with a filter', () => {
  test('"the values matching the filter are removed", and only they', async () => {
    const body = await remove(await scim.user({ emails }), { path: 'emails[type eq "home"]' });
    expect(body.emails).toEqual([emails[0]]);
  });

  test('"If no other values remain …, the attribute SHALL be considered unassigned"', async () => {
    const body = await remove(await scim.user({ emails }), { path: 'emails[value co "@x.example"]' });
    expect(body).not.toHaveProperty('emails');
  });

  test('and a sub-attribute removes that sub-attribute of the values that match', async () => {
    const body = await remove(await scim.user({ emails }), { path: 'emails[type eq "work"].primary' });
    expect(body.emails[0]).toEqual({ value: 'a@x.example', type: 'work' });
    expect(body.emails).toHaveLength(3);
  });

  test('the value of a number is not kept for the sake of its label', async () => {
    const body = await remove(await scim.user({ emails }), { path: 'emails[type eq "work"].value' });
    expect(body.emails).toEqual(emails.slice(1));
  });

  test('that matches nothing changes nothing', async () => {
    const user = await scim.user({ emails });
    expect(await remove(user, { path: 'emails[type eq "other"]' })).toEqual(user);
    expect(await remove(user, { path: 'emails[type eq "other"].value' })).toEqual(user);
    expect(await remove(user, { path: 'phoneNumbers[type eq "work"]' })).toEqual(user);
  });
});

test('a sub-attribute of every value, without a filter', async () => {
  const body = await remove(await scim.user({ emails }), { path: 'emails.type' });
  expect(body.emails).toEqual([
    { value: 'a@x.example', primary: true },
    { value: 'b@x.example' },
    { value: 'c@x.example' },
  ]);
});

test('what is not there is a success', async () => {
  const user = await scim.user();
  for (const path of ['title', 'name', 'name.givenName', 'emails', `${ENTERPRISE}:division`, ENTERPRISE]) {
    expect(await remove(user, { path })).toEqual(user);
  }
});

test('required and readOnly: "the server SHALL return … mutability"', async () => {
  const { id } = await scim.user();
  for (const path of ['userName', 'id', 'meta', 'meta.version', 'groups', 'schemas', USER]) {
    expectError(await scim.patch(`/Users/${id}`, [{ op: 'remove', path }]), 400, 'mutability');
  }
  const group = await scim.group();
  expectError(
    await scim.patch(`/Groups/${group.id}`, [{ op: 'remove', path: 'displayName' }]),
    400,
    'mutability',
  );
});

describe('of members', () => {
  const remaining = async (operation: object, members = ['a', 'b', 'c']): Promise<string[]> => {
    const { id } = await scim.group({ members: members.map((value) => ({ value })) });
    const answer = await scim.patch(`/Groups/${id}`, [{ op: 'remove', ...operation }]);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const values = answer.body.members.map(({ value }: Json) => value).sort();
    expect((await scim.get(`/Groups/${id}`)).body.members.map(({ value }: Json) => value).sort()).toEqual(
      values,
    );
    return values;
  };

  test.each<[object, string[]]>([
    [{ path: 'members[value eq "b"]' }, ['a', 'c']],
    [{ path: 'members[value eq "a" or value eq "c"]' }, ['b']],
    [{ path: 'members[value eq "nobody"]' }, ['a', 'b', 'c']],
    [{ path: 'members[value ne "b"]' }, ['b']],
    [{ path: 'members[type eq "User"]' }, []],
    [{ path: 'members[value sw "a" and type eq "User"]' }, ['b', 'c']],
    [{ path: 'members[not (value eq "a")]' }, ['a']],
    [{ path: 'members' }, []],
    [{ path: 'members', value: null }, []],
    [{ path: 'members', value: [{ value: 'b' }] }, ['a', 'c']],
    [{ path: 'members', value: [{ $ref: null, value: 'b' }] }, ['a', 'c']],
    [{ path: 'members', value: { value: 'b' } }, ['a', 'c']],
    [{ path: 'members', value: 'b' }, ['a', 'c']],
    [{ path: 'members', value: ['a', 'b'] }, ['c']],
    [{ path: 'members', value: { members: [{ value: 'a' }] } }, ['b', 'c']],
    [{ path: 'members', value: [{ $ref: 'https://x.example/scim/v2/Users/b' }] }, ['a', 'c']],
    [{ path: 'members', value: [] }, ['a', 'b', 'c']],
    [{ path: 'members', value: [{}] }, ['a', 'b', 'c']],
    [{ path: 'members', value: [{ display: 'nobody said who' }] }, ['a', 'b', 'c']],
    [{ path: 'members', value: [{ value: 'B' }] }, ['a', 'b', 'c']],
  ])('%j leaves %j', async (operation, expected) => {
    expect(await remaining(operation)).toEqual(expected);
  });

  test('the user no longer lists the group', async () => {
    const user = await scim.user();
    const group = await scim.group({ members: [{ value: user.id }] });
    await scim.patch(`/Groups/${group.id}`, [{ op: 'remove', path: `members[value eq "${user.id}"]` }]);
    expect((await scim.get(`/Users/${user.id}`)).body.groups).toEqual([]);
  });
});

test('the last attribute of an extension takes the extension and its URN along', async () => {
  const body = await remove(await scim.user({ [ENTERPRISE]: { division: 'D' } }), {
    path: `${ENTERPRISE}:division`,
  });
  expect(body).not.toHaveProperty(ENTERPRISE);
  expect(body.schemas).toEqual([USER]);
});
