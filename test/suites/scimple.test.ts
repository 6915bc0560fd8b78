/**
 * The compliance tests of Apache SCIMple, class by class. They come as a Maven module that is not on Maven Central, so they
 * can't be run as they are. Source: apache/directory-scimple, scim-compliance-tests.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import type { RawAnswer } from '../support/raw-http.ts';
import { shareServer } from './share-server.ts';
import { ERROR, GROUP, LIST_RESPONSE, patchOf, query, USER } from './suite-server.ts';

const { client } = shareServer({
  'User-Agent': 'Apache SCIMple Compliance Tests',
  'Accept-Charset': 'utf-8',
  Accept: 'application/scim+json',
  'Content-Type': 'application/scim+json',
});

/** Every answer but that to DELETE is checked for its media type. */
function expectScim(answer: RawAnswer, status: number): void {
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toMatch(/^application\/scim\+json\b/);
}

function expectLocation(answer: RawAnswer, endpoint: string, id: string): void {
  expect(answer.headers.location ?? 'no Location header').toMatch(new RegExp(`${endpoint}/${id}$`));
}

function expectError(answer: RawAnswer, status: number): void {
  expectScim(answer, status);
  expect(answer.body.schemas).toContain(ERROR);
  expect(answer.body.detail).not.toBe('');
}

function expectList(answer: RawAnswer): void {
  expectScim(answer, 200);
  expect(answer.body.Resources).not.toEqual([]);
  expect(answer.body.schemas).toContain(LIST_RESPONSE);
  for (const total of ['itemsPerPage', 'startIndex', 'totalResults']) {
    expect(answer.body[total]).toBeTypeOf('number');
  }
}

const person = (name: string) => ({
  schemas: [USER],
  userName: `${name}@example.com`,
  name: { givenName: `Given-${name}`, familyName: `Family-${name}` },
  emails: [{ primary: true, value: `${name}@example.com`, type: 'work' }],
  displayName: `Given-${name} Family-${name}`,
  active: true,
});

const create = async (endpoint: string, body: object): Promise<RawAnswer> => {
  const answer = await client.post(endpoint, body);
  expectScim(answer, 201);
  expect(answer.body.id).not.toBe('');
  return answer;
};

beforeAll(async () => {
  await client.post('/Users', person('already.There'));
  await client.post('/Groups', { schemas: [GROUP], displayName: 'group-there', members: [] });
});

describe('UsersIT', () => {
  test('the Users endpoint', async () => {
    const answer = await client.get('/Users?count=1&startIndex=1');
    expectList(answer);
    const [user] = answer.body.Resources;
    expect(user.active).toBeTypeOf('boolean');
    for (const text of [user.id, user.name.familyName, user.userName, user.emails[0].value]) {
      expect(text).toMatch(/./);
    }
  });

  test('an invalid user by username', async () => {
    const answer = await client.get(`/Users${query({ filter: 'userName eq "x7Hd9qLm2P"' })}`);
    expectScim(answer, 200);
    expect(answer.body).toMatchObject({ schemas: [LIST_RESPONSE], totalResults: 0 });
  });

  test('an invalid user by id', async () => expectError(await client.get('/Users/x7Hd9qLm2P'), 404));

  test('create a user with realistic values: exactly the core schema, a Location, and 409 the second time', async () => {
    const body = person('realistic.Values');
    const created = await create('/Users', body);
    const { id } = created.body;
    expectLocation(created, '/Users', id);
    expect(created.body).toMatchObject({ ...body, schemas: [USER] });
    expect((await client.get(`/Users/${id}`)).body).toMatchObject({ ...body, schemas: [USER] });
    expectError(await client.post('/Users', body), 409);
  });

  test('reading a user names its Location', async () => {
    const { id } = (await create('/Users', person('located'))).body;
    const answer = await client.get(`/Users/${id}`);
    expectScim(answer, 200);
    expectLocation(answer, '/Users', id);
  });

  test('update a user', async () => {
    const body = person('updateUser');
    const { id } = (await create('/Users', body)).body;
    const updated = { ...body, phoneNumbers: [{ value: '555-555-5555', type: 'work' }] };
    const answer = await client.put(`/Users/${id}`, updated);
    expectScim(answer, 200);
    expect(answer.body).toMatchObject({ ...updated, id, schemas: [USER] });
    expectLocation(answer, '/Users', id);
  });

  test('the username’s case does not matter', async () => {
    const [{ userName }] = (await client.get('/Users?count=1&startIndex=1')).body.Resources;
    for (const name of [userName, userName.toUpperCase()]) {
      const answer = await client.get(`/Users${query({ filter: `userName eq "${name}"` })}`);
      expectScim(answer, 200);
      expect(answer.body).toMatchObject({ schemas: [LIST_RESPONSE], totalResults: 1 });
    }
  });

  test('deactivate a user with PATCH', async () => {
    const { id } = (await create('/Users', person('deactivateWithPatch'))).body;
    const answer = await client.patch(`/Users/${id}`, patchOf({ op: 'replace', value: { active: false } }));
    expectScim(answer, 200);
    expect(answer.body.active).toBe(false);
    expectLocation(answer, '/Users', id);
  });
});

describe('GroupsIT', () => {
  const groupOfOne = async (name: string) => {
    const email = `${name}.member@example.com`;
    const { id: userId } = (await create('/Users', person(`${name}.member`))).body;
    const body = {
      schemas: [GROUP],
      displayName: `group-${name}`,
      members: [{ value: userId, display: email }],
    };
    const created = await create('/Groups', body);
    expect(created.body).toMatchObject({ ...body, schemas: [GROUP] });
    return { id: created.body.id as string, userId, body, created };
  };

  test('the Groups endpoint', async () => expectList(await client.get('/Groups')));

  test('create a group with a member: it keeps the display it was sent, and 409 the second time', async () => {
    const { id, body, created } = await groupOfOne('create');
    expectLocation(created, '/Groups', id);
    expect((await client.get(`/Groups/${id}`)).body).toMatchObject({ ...body, schemas: [GROUP] });
    expectError(await client.post('/Groups', body), 409);
  });

  test('reading a group names its Location', async () => {
    const { id } = await groupOfOne('located');
    const answer = await client.get(`/Groups/${id}`);
    expectScim(answer, 200);
    expectLocation(answer, '/Groups', id);
  });

  test('an invalid group by id', async () => expectError(await client.get('/Groups/x7Hd9qLm2P'), 404));

  test('delete a group', async () => {
    const { id } = (await create('/Groups', { schemas: [GROUP], displayName: 'group-delete', members: [] }))
      .body;
    expect((await client.delete(`/Groups/${id}`)).status).toBe(204);
  });

  test('update a group: no members are an empty list', async () => {
    const { id, body } = await groupOfOne('update');
    const answer = await client.put(`/Groups/${id}`, { ...body, members: [] });
    expectScim(answer, 200);
    expect(answer.body).toMatchObject({ schemas: [GROUP], members: [] });
    expectLocation(answer, '/Groups', id);
  });

  test('update a group with PATCH: after the last member an empty list', async () => {
    const { id, userId } = await groupOfOne('patch');
    const removal = patchOf({ op: 'remove', path: `members[value eq "${userId}"]` });
    const answer = await client.patch(`/Groups/${id}`, removal);
    expectScim(answer, 200);
    expect(answer.body).toMatchObject({ schemas: [GROUP], members: [] });
    expectLocation(answer, '/Groups', id);
  });
});

describe('ResourceTypesIT, SchemasIT, ServiceProviderConfigIT', () => {
  test('the ResourceTypes endpoint', async () => {
    const answer = await client.get('/ResourceTypes');
    expectList(answer);
    const [{ name, endpoint, schema }] = answer.body.Resources;
    for (const text of [name, endpoint, schema]) expect(text).toMatch(/./);
  });

  test('the Schemas endpoint', async () => {
    const answer = await client.get('/Schemas');
    expectList(answer);
    expect(answer.body.Resources[0].id).toMatch(/./);
    expect(answer.body.Resources[0].attributes).not.toEqual([]);
  });

  test('the ServiceProviderConfig endpoint: booleans and numbers', async () => {
    const answer = await client.get('/ServiceProviderConfig');
    expectScim(answer, 200);
    const { body } = answer;
    expect(body.schemas).toContain('urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig');
    for (const feature of ['patch', 'bulk', 'filter', 'changePassword', 'sort', 'etag']) {
      expect(body[feature].supported, feature).toBeTypeOf('boolean');
    }
    for (const limit of [body.bulk.maxOperations, body.bulk.maxPayloadSize, body.filter.maxResults]) {
      expect(limit).toBeTypeOf('number');
    }
    const [scheme] = body.authenticationSchemes;
    expect(scheme.type).toMatch(/./);
    expect(scheme.description).toMatch(/./);
  });

  test.each(['/ResourceTypes', '/Schemas', '/ServiceProviderConfig'])(
    '%s is read-only: 405 in SCIM’s media type for an empty POST',
    async (path) => expectScim(await client.post(path, ''), 405),
  );
});
