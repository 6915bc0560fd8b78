import { describe, expect, test } from 'vitest';
import { ENTERPRISE, expectError, GROUP, listed, shareEndpoint, USER } from './endpoint.ts';

/** RFC 7643 section 3: the schemas attribute, the common attributes, and what the provider makes of them. */
const scim = shareEndpoint();

describe('3 schemas', () => {
  test('"MUST be present with the appropriate URIs": the core schema alone without extension data', async () => {
    expect((await scim.user()).schemas).toEqual([USER]);
    expect((await scim.group()).schemas).toEqual([GROUP]);
  });

  test('names the extension while the resource holds data of it, and only then', async () => {
    const user = await scim.user({ schemas: [USER, ENTERPRISE], [ENTERPRISE]: { costCenter: '42' } });
    expect(user.schemas).toEqual([USER, ENTERPRISE]);
    const cleared = await scim.patch(`/Users/${user.id}`, [
      { op: 'remove', path: `${ENTERPRISE}:costCenter` },
    ]);
    expect(cleared.body.schemas).toEqual([USER]);
    expect(cleared.body).not.toHaveProperty(ENTERPRISE);
    const again = await scim.patch(`/Users/${user.id}`, [
      { op: 'add', path: `${ENTERPRISE}:division`, value: 'North' },
    ]);
    expect(again.body.schemas).toEqual([USER, ENTERPRISE]);
  });

  test('an extension that is declared without data is not listed', async () => {
    expect((await scim.user({ schemas: [USER, ENTERPRISE] })).schemas).toEqual([USER]);
  });

  test('URIs are compared without case; undeclared extensions are accepted', async () => {
    const user = await scim.user({ schemas: [USER.toUpperCase()], [ENTERPRISE]: { division: 'North' } });
    expect(user.schemas).toEqual([USER, ENTERPRISE]);
  });

  test('an unknown URI is no error; the activity row names it', async () => {
    const answer = await scim.post('/Groups', {
      schemas: [GROUP, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
      displayName: scim.unique('group'),
    });
    expect(answer.status).toBe(201);
    expect(answer.body.schemas).toEqual([GROUP]);
    expect((await scim.activity(answer)).ignored).toEqual([
      'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
    ]);
  });

  test('"returned" always: attributes and excludedAttributes cannot take it away', async () => {
    const { id } = await scim.user();
    expect((await scim.get(`/Users/${id}?excludedAttributes=schemas,id`)).body).toMatchObject({
      schemas: [USER],
      id,
    });
    expect((await scim.get(`/Users/${id}?attributes=title`)).body).toEqual({ schemas: [USER], id });
  });

  test('can be filtered by', async () => {
    const { userName } = await scim.user({ [ENTERPRISE]: { division: 'Filtered' } });
    const answer = await scim.list('/Users', {
      filter: `schemas eq "${ENTERPRISE}" and userName eq "${userName}"`,
    });
    expect(listed(answer)).toEqual([userName]);
  });
});

describe('3.1 id', () => {
  test('"MUST be a stable, non-reassignable" text that the client cannot choose', async () => {
    const user = await scim.user({ id: 'my-choice' });
    expect(user.id).toMatch(/^[^\s/?#]+$/);
    expect(user.id).not.toBe('my-choice');
    const put = await scim.put(`/Users/${user.id}`, { id: 'another', userName: user.userName });
    expect(put.body.id).toBe(user.id);
    expectError(await scim.get('/Users/another'), 404);
  });

  test('is unique across the resource types and never reused', async () => {
    const ids = new Set<string>();
    for (let round = 0; round < 5; round++) {
      const user = await scim.user();
      const group = await scim.group();
      ids.add(user.id).add(group.id);
      await scim.delete(`/Users/${user.id}`);
      await scim.delete(`/Groups/${group.id}`);
    }
    expect(ids.size).toBe(10);
  });

  test('"MUST NOT be specified by the client": the string "bulkId" is no id', async () => {
    const user = await scim.user({ id: 'bulkId' });
    expect(user.id).not.toContain('bulkId');
  });

  test('is case-exact: in the path and in filters', async () => {
    const { id } = await scim.user();
    const other = id.toUpperCase();
    expect(other).not.toBe(id);
    expectError(await scim.get(`/Users/${other}`), 404);
    expect(listed(await scim.list('/Users', { filter: `id eq "${other}"` }))).toEqual([]);
    expect(listed(await scim.list('/Users', { filter: `id eq "${id}"` }), 'id')).toEqual([id]);
  });
});

describe('3.1 externalId', () => {
  test('is the client’s own, stored as sent and case-exact in filters', async () => {
    const externalId = scim.unique('Ext-ÄB');
    const user = await scim.user({ externalId });
    expect(user.externalId).toBe(externalId);
    expect(listed(await scim.list('/Users', { filter: `externalId eq "${externalId}"` }), 'id')).toEqual([
      user.id,
    ]);
    expect(
      listed(await scim.list('/Users', { filter: `externalId eq "${externalId.toLowerCase()}"` })),
    ).toEqual([]);
  });

  test('need not be unique at the service provider, and is there for groups too', async () => {
    const externalId = scim.unique('shared');
    const first = await scim.user({ externalId });
    const second = await scim.user({ externalId });
    const group = await scim.group({ externalId });
    expect(listed(await scim.list('/Users', { filter: `externalId eq "${externalId}"` }), 'id')).toEqual([
      first.id,
      second.id,
    ]);
    expect(listed(await scim.list('/Groups', { filter: `externalId eq "${externalId}"` }), 'id')).toEqual([
      group.id,
    ]);
  });

  test('PUT without it clears it; PATCH changes it', async () => {
    const { id, userName } = await scim.user({ externalId: 'e1' });
    const patched = await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'externalId', value: 'e2' }]);
    expect(patched.body.externalId).toBe('e2');
    expect((await scim.put(`/Users/${id}`, { userName })).body).not.toHaveProperty('externalId');
  });
});

describe('3.1 meta', () => {
  test('has resourceType, created, lastModified, location and version, each of its own', async () => {
    for (const [resource, type, endpoint] of [
      [await scim.user(), 'User', 'Users'],
      [await scim.group(), 'Group', 'Groups'],
    ]) {
      expect(resource.meta).toEqual({
        resourceType: type,
        created: expect.any(String),
        lastModified: resource.meta.created,
        location: `${scim.running.base}/${endpoint}/${resource.id}`,
        version: expect.stringMatching(/^W\/"[^"]+"$/),
      });
    }
  });

  test('"SHALL be ignored when provided by clients" in POST and PUT', async () => {
    const meta = {
      resourceType: 'Group',
      created: '1999-01-01T00:00:00Z',
      lastModified: '1999-01-01T00:00:00Z',
      location: 'https://evil.example/',
      version: 'W/"evil"',
    };
    const user = await scim.user({ meta });
    expect(JSON.stringify(user.meta)).not.toMatch(/1999|evil|Group/);
    const put = await scim.put(`/Users/${user.id}`, { userName: user.userName, title: 'x', meta });
    expect(JSON.stringify(put.body.meta)).not.toMatch(/1999|evil|Group/);
    expect(put.body.meta.created).toBe(user.meta.created);
  });

  test('a path into it is refused by PATCH: mutability', async () => {
    const { id } = await scim.user();
    for (const path of ['meta', 'meta.lastModified', 'id']) {
      const answer = await scim.patch(`/Users/${id}`, [{ op: 'replace', path, value: 'x' }]);
      expectError(answer, 400, 'mutability');
    }
  });

  test('lastModified and version move with a change and stay without one; created never moves', async () => {
    const created = await scim.user({ title: 'one' });
    const same = await scim.patch(`/Users/${created.id}`, [{ op: 'replace', path: 'title', value: 'one' }]);
    expect(same.body.meta).toEqual(created.meta);
    const changed = await scim.patch(`/Users/${created.id}`, [
      { op: 'replace', path: 'title', value: 'two' },
    ]);
    expect(changed.body.meta.version).not.toBe(created.meta.version);
    expect(changed.body.meta.created).toBe(created.meta.created);
    expect(Date.parse(changed.body.meta.lastModified)).toBeGreaterThanOrEqual(
      Date.parse(created.meta.lastModified),
    );
    const put = await scim.put(`/Users/${created.id}`, { userName: created.userName, title: 'two' });
    expect(put.body.meta).toEqual(changed.body.meta);
  });

  test('can be filtered and sorted by', async () => {
    const { userName, meta } = await scim.user();
    const filter = `userName eq "${userName}" and meta.resourceType eq "User" and meta.location eq "${meta.location}" and meta.version eq "${meta.version.replaceAll('"', '\\"')}" and meta.created eq "${meta.created}"`;
    expect(listed(await scim.list('/Users', { filter }))).toEqual([userName]);
    const sorted = await scim.list('/Users', { sortBy: 'meta.created', sortOrder: 'descending', count: 500 });
    const times = sorted.body.Resources.map((user: { meta: { created: string } }) => user.meta.created);
    expect(times).toEqual(times.toSorted().reverse());
  });
});

describe('3.3 resources with extensions', () => {
  test('extension attributes are in an object under the extension’s URI, core attributes at the top', async () => {
    const user = await scim.user({ title: 'Head', [ENTERPRISE]: { employeeNumber: '701984' } });
    expect(user.title).toBe('Head');
    expect(user[ENTERPRISE]).toEqual({ employeeNumber: '701984' });
    expect(user).not.toHaveProperty('employeeNumber');
  });

  test('core attributes under the core URI are understood (scimverify sends them so)', async () => {
    const userName = scim.unique('nested');
    const answer = await scim.post('/Users', {
      schemas: [USER],
      [USER]: { userName, name: { givenName: 'Ann' }, active: false },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ userName, name: { givenName: 'Ann' }, active: false });
    expect(answer.body).not.toHaveProperty(USER);
  });
});
