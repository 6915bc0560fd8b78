import { beforeAll, describe, expect, test } from 'vitest';
import { ENTERPRISE, expectError, type Json, PATCH_OP, shareEndpoint, USER } from './endpoint.ts';

/** RFC 7644 sections 3.4.2.5, 3.9 and 3.10: which attributes an answer holds, and how they are named. */
const scim = shareEndpoint();
let user: Json;
let group: Json;

beforeAll(async () => {
  user = await scim.user({
    externalId: 'e-1',
    name: { givenName: 'Ann', familyName: 'Lee', formatted: 'Ann Lee' },
    displayName: 'Ann Lee',
    emails: [
      { value: 'ann@x.example', type: 'work', primary: true },
      { value: 'lee@x.example', type: 'home' },
    ],
    [ENTERPRISE]: { division: 'North', costCenter: '42', manager: { value: 'm1' } },
  });
  group = await scim.group({ members: [{ value: user.id, display: 'Ann' }] });
});

const get = async (query: string) => (await scim.get(`/Users/${user.id}?${query}`)).body;
const minimum = () => ({ schemas: user.schemas, id: user.id });

describe('attributes', () => {
  test.each<[string, object]>([
    ['displayName', { displayName: 'Ann Lee' }],
    ['DISPLAYNAME', { displayName: 'Ann Lee' }],
    [`${USER}:displayName`, { displayName: 'Ann Lee' }],
    [`${USER.toUpperCase()}:DisplayName`, { displayName: 'Ann Lee' }],
    ['name.givenName', { name: { givenName: 'Ann' } }],
    ['name.givenName,name.familyName', { name: { givenName: 'Ann', familyName: 'Lee' } }],
    ['name,name.givenName', { name: { givenName: 'Ann', familyName: 'Lee', formatted: 'Ann Lee' } }],
    [' externalId , displayName ', { externalId: 'e-1', displayName: 'Ann Lee' }],
    ['emails.value', { emails: [{ value: 'ann@x.example' }, { value: 'lee@x.example' }] }],
    ['emails.primary', { emails: [{ primary: true }] }],
    [`${ENTERPRISE}:division`, { [ENTERPRISE]: { division: 'North' } }],
    ['division', { [ENTERPRISE]: { division: 'North' } }],
    [`${ENTERPRISE}:manager.value`, { [ENTERPRISE]: { manager: { value: 'm1' } } }],
    ['nothing', {}],
    ['id', {}],
    ['schemas', {}],
    ['title', {}],
    [',,', undefined as never],
  ])('%s', async (attributes, expected) => {
    const body = await get(`attributes=${encodeURIComponent(attributes)}`);
    // Nothing named is nothing asked for.
    if (expected === undefined) expect(body).toEqual((await scim.get(`/Users/${user.id}`)).body);
    else expect(body).toEqual({ ...minimum(), ...expected });
  });

  test('a filter in brackets, as Microsoft sends it, still includes the attribute', async () => {
    const body = await get(`attributes=${encodeURIComponent('emails[type eq "work"]')}`);
    expect(body.emails).toContainEqual({ value: 'ann@x.example', type: 'work', primary: true });
  });

  test('the whole extension, by its URN', async () => {
    const { [ENTERPRISE]: enterprise, ...rest } = await get(`attributes=${ENTERPRISE}`);
    expect(rest).toEqual(minimum());
    expect(enterprise).toMatchObject({ division: 'North', costCenter: '42', manager: { value: 'm1' } });
  });

  test('derived attributes, when asked for: groups and members', async () => {
    expect((await get('attributes=groups.display')).groups).toEqual([{ display: group.displayName }]);
    const read = await scim.get(`/Groups/${group.id}?attributes=members.value,displayName`);
    expect(read.body).toEqual({
      schemas: group.schemas,
      id: group.id,
      displayName: group.displayName,
      members: [{ value: user.id }],
    });
  });
});

describe('excludedAttributes', () => {
  test.each([
    ['displayName', 'displayName'],
    [`${USER}:emails`, 'emails'],
    ['META', 'meta'],
    [ENTERPRISE, ENTERPRISE],
    ['groups', 'groups'],
  ])('%s', async (excluded, name) => {
    const { [name]: _, ...rest } = (await scim.get(`/Users/${user.id}`)).body;
    expect(await get(`excludedAttributes=${excluded}`)).toEqual(rest);
  });

  test('sub-attributes alone: the rest of the value stays', async () => {
    const body = await get(`excludedAttributes=name.formatted,emails.type,${ENTERPRISE}:manager`);
    expect(body.name).toEqual({ givenName: 'Ann', familyName: 'Lee' });
    expect(body.emails).toEqual([{ value: 'ann@x.example', primary: true }, { value: 'lee@x.example' }]);
    expect(body[ENTERPRISE]).toEqual({ division: 'North', costCenter: '42' });
  });

  test('"SHALL have no effect on attributes whose returned is always": id, schemas', async () => {
    expect(await get('excludedAttributes=id,schemas,displayName')).toMatchObject(minimum());
  });

  test('members really are left out of a group: GET, list and search', async () => {
    const one = await scim.get(`/Groups/${group.id}?excludedAttributes=members`);
    const list = await scim.list('/Groups', { excludedAttributes: 'members', filter: `id eq "${group.id}"` });
    const found = await scim.search('/Groups/.search', {
      excludedAttributes: ['members'],
      filter: `id eq "${group.id}"`,
    });
    for (const resource of [one.body, list.body.Resources[0], found.body.Resources[0]]) {
      expect(resource).not.toHaveProperty('members');
      expect(resource.displayName).toBe(group.displayName);
    }
  });

  test('a filter can ask about what is left out', async () => {
    const answer = await scim.list('/Groups', {
      excludedAttributes: 'members',
      filter: `members.value eq "${user.id}"`,
    });
    expect(answer.body.totalResults).toBe(1);
  });
});

describe('both at once', () => {
  test('are mutually exclusive: 400 invalidValue, and nothing is written', async () => {
    const query = 'attributes=title&excludedAttributes=name';
    expectError(await scim.get(`/Users/${user.id}?${query}`), 400, 'invalidValue');
    expectError(await scim.get(`/Users?${query}`), 400, 'invalidValue');
    const userName = scim.unique('unwritten');
    expectError(await scim.post(`/Users?${query}`, { userName }), 400, 'invalidValue');
    expect((await scim.list('/Users', { filter: `userName eq "${userName}"` })).body.totalResults).toBe(0);
    expectError(
      await scim.search('/.search', { attributes: ['title'], excludedAttributes: ['name'] }),
      400,
      'invalidValue',
    );
  });
});

describe('on every operation that returns a resource', () => {
  const projected = { schemas: [USER], id: expect.any(String), title: 'T' };

  test('POST, PUT, PATCH, GET, list and search give the same selection', async () => {
    const userName = scim.unique('everywhere');
    const posted = await scim.post('/Users?attributes=title', { userName, title: 'T' });
    expect(posted.body).toEqual(projected);
    const { id } = posted.body;
    const answers = [
      await scim.put(`/Users/${id}?attributes=title`, { userName, title: 'T' }),
      await scim.patch(`/Users/${id}?attributes=title`, [{ op: 'add', path: 'nickName', value: 'N' }]),
      await scim.get(`/Users/${id}?attributes=title`),
    ];
    for (const answer of answers) expect(answer.body).toEqual({ ...projected, id });
    const filter = `id eq "${id}"`;
    expect((await scim.list('/Users', { filter, attributes: 'title' })).body.Resources).toEqual([projected]);
    for (const path of ['/Users/.search', '/.search']) {
      expect((await scim.search(path, { filter, attributes: ['title'] })).body.Resources).toEqual([
        projected,
      ]);
    }
  });

  test('excludedAttributes on PUT and PATCH', async () => {
    const { id, userName } = await scim.user({ title: 'T' });
    const put = await scim.put(`/Users/${id}?excludedAttributes=title`, { userName, title: 'T2' });
    const patched = await scim.patch(`/Users/${id}?excludedAttributes=title`, [
      { op: 'replace', path: 'title', value: 'T3' },
    ]);
    for (const { status, body } of [put, patched]) {
      expect(status).toBe(200);
      expect(body).not.toHaveProperty('title');
      expect(body.userName).toBe(userName);
    }
    expect((await scim.get(`/Users/${id}`)).body.title).toBe('T3');
  });

  test('"PATCH … with attributes" is 200 with a body, even where the profile says 204', async () => {
    const { policy } = scim.running.rollcall.services;
    await policy.set({ profile: 'entra' });
    try {
      const { id } = await scim.user();
      const operation = { op: 'replace', path: 'title', value: 'T' };
      const plain = await scim.patch(`/Users/${id}`, [operation]);
      expect([plain.status, plain.body]).toEqual([204, undefined]);
      expect(plain.headers.get('etag')).toMatch(/^W\//);
      const asked = await scim.patch(`/Users/${id}?attributes=title`, [operation]);
      expect([asked.status, asked.body]).toEqual([200, { ...projected, id }]);
      const excluded = await scim.patch(`/Users/${id}?excludedAttributes=meta`, [operation]);
      expect([excluded.status, excluded.body.title]).toEqual([200, 'T']);
    } finally {
      await policy.set({ profile: 'lenient' });
    }
  });
});

describe('lists in a SearchRequest', () => {
  test('attributes is an array there; a single text is tolerated', async () => {
    const filter = `id eq "${user.id}"`;
    const asList = await scim.search('/Users/.search', { filter, attributes: ['displayName', 'externalId'] });
    const asText = await scim.search('/Users/.search', { filter, attributes: 'displayName,externalId' });
    expect(asList.body.Resources).toEqual([{ ...minimum(), displayName: 'Ann Lee', externalId: 'e-1' }]);
    expect(asText.body.Resources).toEqual(asList.body.Resources);
    expectError(await scim.search('/Users/.search', { attributes: [1] }), 400, 'invalidValue');
    expectError(await scim.search('/Users/.search', { attributes: { a: 1 } }), 400, 'invalidValue');
  });
});

describe('3.10 attribute notation', () => {
  test('"urn:…:User:userName" and "userName" name the same, in paths, filters and projections', async () => {
    const { id } = await scim.user();
    for (const path of [`${USER}:name.givenName`, 'name.givenName', `${USER.toLowerCase()}:NAME.givenname`]) {
      const value = scim.unique('G');
      const answer = await scim.running.request('PATCH', `/Users/${id}`, {
        schemas: [PATCH_OP],
        Operations: [{ op: 'replace', path, value }],
      });
      expect(answer.body.name.givenName).toBe(value);
      const found = await scim.list('/Users', { filter: `${path} eq "${value}"`, attributes: path });
      expect(found.body.Resources).toEqual([{ schemas: [USER], id, name: { givenName: value } }]);
    }
  });
});
