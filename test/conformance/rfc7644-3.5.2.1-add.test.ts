import { describe, expect, test } from 'vitest';
import { ENTERPRISE, expectError, type Json, shareEndpoint, USER } from './endpoint.ts';

/** RFC 7644 section 3.5.2.1: the add operation. */
const scim = shareEndpoint();

async function add(user: Json, operation: object): Promise<Json> {
  const answer = await scim.patch(`/Users/${user.id}`, [{ op: 'add', ...operation }]);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

test('"MUST contain a value member": without it is 400', async () => {
  const { id } = await scim.user();
  expectError(await scim.patch(`/Users/${id}`, [{ op: 'add', path: 'title' }]), 400, 'invalidValue');
  expectError(await scim.patch(`/Users/${id}`, [{ op: 'add' }]), 400, 'invalidValue');
  expectError(await scim.patch(`/Users/${id}`, [{ op: 'add', value: 'title' }]), 400, 'invalidValue');
});

test('"If omitted, the target location is assumed to be the resource itself"', async () => {
  const body = await add(await scim.user(), {
    value: {
      emails: [{ value: 'babs@jensen.org', type: 'home' }],
      nickName: 'Babs',
      name: { givenName: 'Barbara' },
      [ENTERPRISE]: { division: 'D' },
    },
  });
  expect(body).toMatchObject({
    emails: [{ value: 'babs@jensen.org', type: 'home' }],
    nickName: 'Babs',
    name: { givenName: 'Barbara' },
    [ENTERPRISE]: { division: 'D' },
  });
});

test('"If the target location does not exist, the attribute and value are added"', async () => {
  expect((await add(await scim.user(), { path: 'title', value: 'T' })).title).toBe('T');
  expect((await add(await scim.user(), { path: 'name.givenName', value: 'G' })).name).toEqual({
    givenName: 'G',
  });
});

test('"If the target location specifies a complex attribute, a set of sub-attributes SHALL be specified": they merge', async () => {
  const user = await scim.user({ name: { givenName: 'G', familyName: 'F' } });
  expect((await add(user, { path: 'name', value: { familyName: 'F2', middleName: 'M' } })).name).toEqual({
    givenName: 'G',
    familyName: 'F2',
    middleName: 'M',
  });
});

test('"multi-valued attribute, a new value is added": one, several, a list or a single object', async () => {
  const user = await scim.user({ emails: [{ value: 'a@x.example' }] });
  await add(user, { path: 'emails', value: [{ value: 'b@x.example' }, { value: 'c@x.example' }] });
  const body = await add(user, { path: 'emails', value: { value: 'd@x.example' } });
  expect(body.emails.map(({ value }: Json) => value)).toEqual(
    ['a', 'b', 'c', 'd'].map((name) => `${name}@x.example`),
  );
});

test('"single-valued attribute, the existing value is replaced"', async () => {
  expect((await add(await scim.user({ title: 'old' }), { path: 'title', value: 'new' })).title).toBe('new');
});

test('"already contains the value specified, no changes SHOULD be made": not added twice', async () => {
  const user = await scim.user({ emails: [{ value: 'a@x.example', type: 'work' }] });
  const body = await add(user, { path: 'emails', value: [{ value: 'a@x.example', type: 'work' }] });
  expect(body).toEqual(user);
});

test('the same value with other sub-attributes is another value', async () => {
  const user = await scim.user({ emails: [{ value: 'a@x.example', type: 'work' }] });
  const body = await add(user, { path: 'emails', value: [{ value: 'a@x.example', type: 'home' }] });
  expect(body.emails).toHaveLength(2);
});

describe('to a filtered path', () => {
  test('sets the sub-attribute of every value that matches', async () => {
    const user = await scim.user({
      emails: [
        { value: 'a@x.example', type: 'work' },
        { value: 'b@x.example', type: 'work' },
        { value: 'c@x.example', type: 'home' },
      ],
    });
    const body = await add(user, { path: 'emails[type eq "work"].display', value: 'W' });
    expect(body.emails).toEqual([
      { value: 'a@x.example', type: 'work', display: 'W' },
      { value: 'b@x.example', type: 'work', display: 'W' },
      { value: 'c@x.example', type: 'home' },
    ]);
  });

  test('merges an object into the value that matches', async () => {
    const user = await scim.user({ addresses: [{ type: 'work', locality: 'L', country: 'C' }] });
    const body = await add(user, {
      path: 'addresses[type eq "work"]',
      value: { locality: 'L2', region: 'R' },
    });
    expect(body.addresses).toEqual([{ type: 'work', locality: 'L2', country: 'C', region: 'R' }]);
  });

  test('without a match creates the value from the filter (profile lenient), or is noTarget (profile rfc)', async () => {
    const operation = { path: 'emails[type eq "work" and primary eq true].value', value: 'a@x.example' };
    expect((await add(await scim.user(), operation)).emails).toEqual([
      { type: 'work', primary: true, value: 'a@x.example' },
    ]);
    const { policy } = scim.running.rollcall.services;
    await policy.set({ profile: 'rfc' });
    try {
      const { id } = await scim.user();
      expectError(await scim.patch(`/Users/${id}`, [{ op: 'add', ...operation }]), 400, 'noTarget');
    } finally {
      await policy.set({ profile: 'lenient' });
    }
  });

  test.each([
    'emails[type ne "work"].value',
    'emails[type eq "a" or type eq "b"].value',
    'emails[value co "x"].display',
    'emails[not (type eq "work")].value',
  ])('%s without a match says too little to create anything: noTarget', async (path) => {
    const { id } = await scim.user({ emails: [{ type: 'work', value: 'keep' }] });
    const answer = await scim.patch(`/Users/${id}`, [{ op: 'add', path, value: 'v' }]);
    if (path.includes('ne "work"') || path.includes('not')) expectError(answer, 400, 'noTarget');
    else expectError(answer, 400, 'noTarget');
  });
});

test('with the URN of an extension adds the URN to schemas', async () => {
  const body = await add(await scim.user(), { path: `${ENTERPRISE}:costCenter`, value: '1' });
  expect(body.schemas).toEqual([USER, ENTERPRISE]);
});

test('null adds nothing to a list; to a singular attribute it is the same as removing', async () => {
  const user = await scim.user({ title: 'T', emails: [{ value: 'a@x.example' }] });
  expect((await add(user, { path: 'emails', value: null })).emails).toEqual(user.emails);
  expect(await add(user, { path: 'title', value: null })).not.toHaveProperty('title');
});

describe('of members', () => {
  test.each<[string, Json]>([
    ['a list', [{ value: 'new' }]],
    ['an object', { value: 'new' }],
    ['a text', 'new'],
    ['a list of texts', ['new']],
    ['with a $ref of null', [{ $ref: null, value: 'new' }]],
    [
      'with display, type and $ref',
      [{ value: 'new', display: 'N', type: 'User', $ref: 'https://x.example/Users/new' }],
    ],
  ])('as %s', async (_what, value) => {
    const { id } = await scim.group({ members: [{ value: 'old' }] });
    const answer = await scim.patch(`/Groups/${id}`, [{ op: 'add', path: 'members', value }]);
    expect(answer.body.members.map((member: Json) => member.value).sort()).toEqual(['new', 'old']);
  });

  test('"add" to a filter that names somebody who is no member does not make them one: noTarget', async () => {
    const { id } = await scim.group();
    expectError(
      await scim.patch(`/Groups/${id}`, [{ op: 'add', path: 'members[value eq "x"].display', value: 'X' }]),
      400,
      'noTarget',
    );
  });
});

test('to a readOnly attribute is 400 mutability', async () => {
  const { id } = await scim.user();
  for (const path of ['id', 'meta', 'meta.created', 'groups', 'groups[value eq "x"]', 'groups.display']) {
    const answer = await scim.patch(`/Users/${id}`, [{ op: 'add', path, value: 'x' }]);
    expectError(answer, 400, 'mutability');
  }
});
