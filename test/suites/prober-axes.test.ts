/**
 * The axes of the compatibility prober in a fork of wadahiro/scim-server (`CompatibilityConfig`): where the RFC says MUST, that;
 * where it leaves a choice, the one that Rollcall has made (protocol reference, section 2.9).
 */
import { describe, expect, test } from 'vitest';
import { shareServer } from './share-server.ts';
import { GROUP, patchOf, query, USER } from './suite-server.ts';

const { client } = shareServer({ Accept: 'application/scim+json', 'Content-Type': 'application/scim+json' });

let names = 0;
const createUser = async (more: object = {}) => {
  const answer = await client.post('/Users', { schemas: [USER], userName: `axis-${++names}`, ...more });
  expect(answer.status).toBe(201);
  return answer.body;
};
const createGroup = async (more: object = {}) => {
  const answer = await client.post('/Groups', { schemas: [GROUP], displayName: `Axis ${++names}`, ...more });
  expect(answer.status).toBe(201);
  return answer.body;
};
const withEmails = () =>
  createUser({
    emails: [
      { value: 'work@axis.example', type: 'work', primary: true },
      { value: 'home@axis.example', type: 'home' },
    ],
  });

describe('representation', () => {
  test('meta.created and meta.lastModified are RFC 3339, not epoch numbers (MUST)', async () => {
    const { meta } = await createUser();
    for (const instant of [meta.created, meta.lastModified]) {
      expect(instant).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
    }
  });

  test('a group without members has an empty list (either is permitted)', async () => {
    const group = await createGroup();
    expect(group.members).toEqual([]);
    expect((await client.get(`/Groups/${group.id}`)).body.members).toEqual([]);
  });

  test('User.groups is there as its declared `returned` says', async () => {
    const { attributes } = (await client.get(`/Schemas/${USER}`)).body;
    const declared = attributes.find(({ name }: { name: string }) => name === 'groups');
    expect(declared).toMatchObject({ returned: 'default', mutability: 'readOnly' });
    const user = await createUser();
    const group = await createGroup({ members: [{ value: user.id }] });
    const read = (await client.get(`/Users/${user.id}`)).body;
    expect(read.groups).toMatchObject([{ value: group.id, display: group.displayName }]);
  });
});

describe('filters on groups', () => {
  test('members[value eq "…"] finds the groups of a person', async () => {
    const user = await createUser();
    const group = await createGroup({ members: [{ value: user.id }] });
    const { status, body } = await client.get(
      `/Groups${query({ filter: `members[value eq "${user.id}"]` })}`,
    );
    expect(status).toBe(200);
    expect(body.Resources).toMatchObject([{ id: group.id }]);
  });

  test('displayName eq "…" finds one', async () => {
    const group = await createGroup();
    const { body } = await client.get(`/Groups${query({ filter: `displayName eq "${group.displayName}"` })}`);
    expect(body.Resources).toMatchObject([{ id: group.id }]);
  });
});

describe('PATCH', () => {
  test.each([
    ['Users', 'emails', withEmails],
    ['Groups', 'members', async () => createGroup({ members: [{ value: (await createUser()).id }] })],
  ])('replace with [] clears: %s.%s (MUST)', async (endpoint, path, create) => {
    const { id } = await create();
    const { status, body } = await client.patch(
      `/${endpoint}/${id}`,
      patchOf({ op: 'replace', path, value: [] }),
    );
    expect(status).toBe(200);
    expect(body[path] ?? []).toEqual([]);
    expect((await client.get(`/${endpoint}/${id}`)).body[path] ?? []).toEqual([]);
  });

  test('replace with [{"value":""}] clears as well: an empty string says nothing (the RFC is silent)', async () => {
    const { id } = await withEmails();
    const patch = patchOf({ op: 'replace', path: 'emails', value: [{ value: '' }] });
    expect((await client.patch(`/Users/${id}`, patch)).status).toBe(200);
    expect((await client.get(`/Users/${id}`)).body.emails ?? []).toEqual([]);
  });

  test('operations are applied in order, the last one wins (MUST)', async () => {
    const { id } = await createUser();
    const values = ['first', 'second', 'last'];
    const operations = values.map((value) => ({ op: 'replace', path: 'displayName', value }));
    const { body } = await client.patch(`/Users/${id}`, patchOf(...operations));
    expect(body.displayName).toBe('last');
  });

  test('one bad operation undoes all: nothing has changed, not even the version (MUST)', async () => {
    const user = await createUser({ displayName: 'before' });
    const patch = patchOf(
      { op: 'replace', path: 'displayName', value: 'after' },
      { op: 'replace', path: 'id', value: 'mine' },
    );
    const { status, body } = await client.patch(`/Users/${user.id}`, patch);
    expect(status).toBe(400);
    expect(body.scimType).toBe('mutability');
    expect((await client.get(`/Users/${user.id}`)).body).toEqual(user);
  });

  test('a new primary value demotes the old one (MUST)', async () => {
    const { id } = await withEmails();
    const patch = patchOf({
      op: 'add',
      path: 'emails',
      value: [{ value: 'new@axis.example', type: 'other', primary: true }],
    });
    const { body } = await client.patch(`/Users/${id}`, patch);
    const primary = body.emails.filter((email: { primary?: boolean }) => email.primary);
    expect(primary).toMatchObject([{ value: 'new@axis.example' }]);
    expect(body.emails).toHaveLength(3);
  });
});

describe('a duplicate is 409 with the scimType uniqueness', () => {
  const taken = {
    '/Users': async () => ({ name: 'userName', value: (await createUser()).userName, create: createUser }),
    '/Groups': async () => ({
      name: 'displayName',
      value: (await createGroup()).displayName,
      create: createGroup,
    }),
  };
  const endpoints = ['/Users', '/Groups'] as const;

  test.each(endpoints)('POST %s', async (endpoint) => {
    const { name, value } = await taken[endpoint]();
    const { status, body } = await client.post(endpoint, { [name]: value.toUpperCase() });
    expect(status).toBe(409);
    expect(body.scimType).toBe('uniqueness');
  });

  test.each(endpoints)('PUT %s', async (endpoint) => {
    const { name, value, create } = await taken[endpoint]();
    const { id } = await create();
    const { status, body } = await client.put(`${endpoint}/${id}`, { [name]: value });
    expect(status).toBe(409);
    expect(body.scimType).toBe('uniqueness');
  });

  test.each(endpoints)('PATCH %s', async (endpoint) => {
    const { name, value, create } = await taken[endpoint]();
    const { id } = await create();
    const { status, body } = await client.patch(
      `${endpoint}/${id}`,
      patchOf({ op: 'replace', path: name, value }),
    );
    expect(status).toBe(409);
    expect(body.scimType).toBe('uniqueness');
  });
});
