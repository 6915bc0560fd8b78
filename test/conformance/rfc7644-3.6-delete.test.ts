import { describe, expect, test } from 'vitest';
import { expectError, headerOf, listed, shareEndpoint } from './endpoint.ts';

/** RFC 7644 section 3.6: deleting. */
const scim = shareEndpoint();

describe.each([
  ['/Users', 'userName'],
  ['/Groups', 'displayName'],
])('DELETE %s/{id}', (endpoint, name) => {
  const create = () => (endpoint === '/Users' ? scim.user() : scim.group());

  test('"SHALL return 204", without a body or a type of one', async () => {
    const { id } = await create();
    const answer = await scim.raw('DELETE', `${endpoint}/${id}`);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(headerOf(answer, 'content-type')).toBeNull();
    expect(headerOf(answer, 'content-length')).toBeNull();
  });

  test('"MUST return a 404 for all operations associated with the previously deleted resource"', async () => {
    const resource = await create();
    const path = `${endpoint}/${resource.id}`;
    await scim.delete(path);
    expectError(await scim.get(path), 404);
    expectError(await scim.put(path, { [name]: resource[name] }), 404);
    expectError(await scim.patch(path, [{ op: 'replace', path: 'externalId', value: 'x' }]), 404);
    expectError(await scim.delete(path), 404);
    expectError(await scim.get(path, { 'If-None-Match': '*' }), 404);
  });

  test('"MUST be omitted from future query results"', async () => {
    const resource = await create();
    await scim.delete(`${endpoint}/${resource.id}`);
    const filter = `id eq "${resource.id}"`;
    expect(listed(await scim.list(endpoint, { filter }))).toEqual([]);
    expect(listed(await scim.search(`${endpoint}/.search`, { filter }))).toEqual([]);
    expect(listed(await scim.search('/.search', { filter }))).toEqual([]);
    expect(listed(await scim.list(endpoint, { count: 500 }), 'id')).not.toContain(resource.id);
  });

  test('"SHOULD NOT be considered in conflict calculation": the name is free, the id is new', async () => {
    const resource = await create();
    for (let round = 0; round < 3; round++) {
      await scim.delete(`${endpoint}/${resource.id}`);
      const again = await scim.post(endpoint, { [name]: resource[name] });
      expect(again.status).toBe(201);
      expect(again.body.id).not.toBe(resource.id);
      resource.id = again.body.id;
    }
  });

  test('of an unknown id is 404', async () => {
    expectError(await scim.delete(`${endpoint}/nobody`), 404);
  });

  test('does not take from the other type', async () => {
    const resource = await create();
    const other = endpoint === '/Users' ? '/Groups' : '/Users';
    expectError(await scim.delete(`${other}/${resource.id}`), 404);
    expect((await scim.get(`${endpoint}/${resource.id}`)).status).toBe(200);
  });
});

describe('references to what was deleted', () => {
  test('a group loses a deleted member, a user a deleted group', async () => {
    const user = await scim.user();
    const inner = await scim.group();
    const group = await scim.group({ members: [{ value: user.id }, { value: inner.id }] });
    await scim.delete(`/Groups/${inner.id}`);
    await scim.delete(`/Users/${user.id}`);
    expect((await scim.get(`/Groups/${group.id}`)).body.members).toEqual([]);
    const other = await scim.user();
    await scim.patch(`/Groups/${group.id}`, [{ op: 'add', path: 'members', value: [{ value: other.id }] }]);
    await scim.delete(`/Groups/${group.id}`);
    expect((await scim.get(`/Users/${other.id}`)).body.groups).toEqual([]);
  });

  test('a member that was re-created is not silently back in the group', async () => {
    const user = await scim.user();
    const group = await scim.group({ members: [{ value: user.id }] });
    await scim.delete(`/Users/${user.id}`);
    const again = await scim.post('/Users', { userName: user.userName });
    expect(again.body.groups).toEqual([]);
    expect((await scim.get(`/Groups/${group.id}`)).body.members).toEqual([]);
  });
});
