/**
 * limosa.io's scimverify (verify.scim.dev): base URL, resource types, schemas, users, groups, in its order. Its client,
 * axios, asks for JSON, plain text or anything else and sends `application/json`. Source: limosa-io/scimverify, src/*.js.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import type { RawAnswer } from '../support/raw-http.ts';
import { documentedExceptions } from './documented-exceptions.ts';
import { shareServer } from './share-server.ts';
import { ERROR, GROUP, LIST_RESPONSE, patchOf, USER } from './suite-server.ts';

const { client, server } = shareServer({
  Accept: 'application/json, text/plain, */*',
  'Content-Type': 'application/json',
});
const NOBODY = '9876543210123456';
const invalidGroup = { schemas: [GROUP] };

type Resource = Record<string, unknown> & { id: string; userName: string };

function expectList(answer: RawAnswer): Resource[] {
  expect(answer.status).toBe(200);
  expect(answer.body.schemas[0]).toBe(LIST_RESPONSE);
  return answer.body.Resources;
}

/** Its rule for media types: one of the two, and no parameter. */
function expectBareMediaType(answer: RawAnswer): void {
  expect(['application/scim+json', 'application/json']).toContain(answer.headers['content-type']);
}

beforeAll(async () => {
  // It wants some to be there; more than one page of the five it asks for.
  for (let index = 0; index < 26; index++) {
    const userName = `present${String(index).padStart(2, '0')}`;
    await client.post('/Users', {
      schemas: [USER],
      userName,
      externalId: userName,
      name: { givenName: 'P' },
    });
  }
  await client.post('/Groups', { schemas: [GROUP], displayName: 'Present', externalId: 'present' });
});

describe('SCIM base URL', () => {
  test('has no query parameters and can be reached', async () => {
    expect(new URL(server().base).search).toBe('');
    expect((await client.get('')).status).toBeTypeOf('number');
  });

  test('authentication is required for /Users', async () => {
    expect([401, 403]).toContain((await client.get('/Users', { Authorization: '' })).status);
  });
});

describe('/ResourceTypes', () => {
  test('is a list of resource types', async () => {
    const answer = await client.get('/ResourceTypes');
    expectList(answer);
    expect(Object.keys(answer.body)).toEqual(
      expect.arrayContaining(['schemas', 'totalResults', 'Resources']),
    );
  });

  test('every one is valid', async () => {
    for (const type of expectList(await client.get('/ResourceTypes'))) {
      expect(type.schemas).toEqual(['urn:ietf:params:scim:schemas:core:2.0:ResourceType']);
      for (const name of ['id', 'name', 'description', 'endpoint', 'schema'])
        expect(type).toHaveProperty(name);
    }
  });

  test('a single one can be read', async () => {
    const { status, body } = await client.get('/ResourceTypes/User');
    expect(status).toBe(200);
    expect(body.schemas[0]).toBe('urn:ietf:params:scim:schemas:core:2.0:ResourceType');
  });
});

describe('/Schemas', () => {
  test('is a list of schemas', async () => {
    const answer = await client.get('/Schemas');
    expectList(answer);
    expect(Object.keys(answer.body)).toEqual(
      expect.arrayContaining(['schemas', 'totalResults', 'Resources']),
    );
  });

  test('every one is valid', async () => {
    for (const schema of expectList(await client.get('/Schemas'))) {
      expect(schema.schemas).toEqual(['urn:ietf:params:scim:schemas:core:2.0:Schema']);
      for (const name of ['id', 'name']) expect(schema).toHaveProperty(name);
    }
  });

  test('a single one can be read', async () => {
    const { status, body } = await client.get(`/Schemas/${USER}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'], name: 'User' });
  });
});

describe('/Users', () => {
  let created: Resource;

  /** Nothing that the user's schema does not name, but for extensions and the common attributes. */
  const expectOnlyKnownAttributes = async (user: Resource) => {
    const { body: type } = await client.get('/ResourceTypes/User');
    const { body: schema } = await client.get(`/Schemas/${type.schema}`);
    const known = new Set<string>([
      'schemas',
      'id',
      'meta',
      type.schema,
      ...type.schemaExtensions.map((extension: { schema: string }) => extension.schema),
      ...schema.attributes.map((attribute: { name: string }) => attribute.name),
    ]);
    const nested = user[type.schema];
    const names = [...Object.keys(user), ...Object.keys(nested ?? {})];
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  };

  test('retrieves a list, with no attribute that /Schemas does not name', async () => {
    const users = expectList(await client.get('/Users'));
    expect(users.length).toBeGreaterThan(1);
    for (const user of users.slice(0, 3)) await expectOnlyKnownAttributes(user);
  });

  test('retrieves a single user; the media type has no charset', async () => {
    const [first] = expectList(await client.get('/Users'));
    const answer = await client.get(`/Users/${first?.id}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id: first?.id, schemas: [USER] });
    await expectOnlyKnownAttributes(answer.body);
    expectBareMediaType(answer);
  });

  test('handles the retrieval of a non-existing user', async () => {
    const { status, body } = await client.get(`/Users/${NOBODY}`);
    expect(status).toBe(404);
    expect(body.schemas[0]).toBe(ERROR);
  });

  test.each([20, 2000])('paginates: startIndex %i is echoed, past the end as well', async (startIndex) => {
    const answer = await client.get(`/Users?startIndex=${startIndex}&count=5`);
    expect(expectList(answer).length).toBeLessThanOrEqual(5);
    expect(answer.body.startIndex).toBe(startIndex);
  });

  test('sorts by userName', async () => {
    const names = expectList(await client.get('/Users?sortBy=userName')).map(({ userName }) => userName);
    for (let index = 1; index < names.length; index++) {
      expect(String(names[index - 1]) <= String(names[index])).toBe(true);
    }
  });

  test('retrieves only userName', async () => {
    for (const user of expectList(await client.get('/Users?attributes=userName'))) {
      expect(user).toHaveProperty('userName');
    }
  });

  test('creates a user, alternative 1: attributes at the top', async () => {
    const userName = 'testuser4711';
    const emails = [{ value: 'barbara.jensen@example.com' }];
    const { status, body } = await client.post('/Users', { schemas: [USER], userName, emails });
    expect(status).toBe(201);
    expect(body).toMatchObject({ schemas: [USER], userName });
  });

  test('creates a user, alternative 2: attributes under the schema’s URN', async () => {
    const userName = 'testuser4712';
    const emails = [{ value: 'barbara.jensen@example.com' }];
    const { status, body } = await client.post('/Users', { schemas: [USER], [USER]: { userName, emails } });
    expect(status).toBe(201);
    expect(body.schemas[0]).toBe(USER);
    expect(body.userName ?? body[USER].userName).toBe(userName);
    created = body;
  });

  test('updates it using PUT', async () => {
    const userName = `updated${created.userName}`;
    const { status, body } = await client.put(`/Users/${created.id}`, { ...created, userName });
    expect(status).toBe(200);
    expect(body).toMatchObject({ schemas: [USER], userName });
  });

  test('updates it using PATCH: 200 with the user', async () => {
    const patch = patchOf({ op: 'replace', path: 'userName', value: 'patchedtestuser4712' });
    const { status, body } = await client.patch(`/Users/${created.id}`, patch);
    expect(status).toBe(200);
    expect(body).toMatchObject({ schemas: [USER], userName: 'patchedtestuser4712' });
  });

  test('deletes it', async () => {
    expect((await client.delete(`/Users/${created.id}`)).status).toBe(204);
  });
});

describe('/Groups', () => {
  test('retrieves a list with exactly the keys of a ListResponse', async () => {
    const answer = await client.get('/Groups');
    expectList(answer);
    expect(Object.keys(answer.body).sort()).toEqual(
      ['totalResults', 'itemsPerPage', 'startIndex', 'schemas', 'Resources'].sort(),
    );
  });

  test('retrieves a single group; the media type has no charset', async () => {
    const [first] = expectList(await client.get('/Groups'));
    const answer = await client.get(`/Groups/${first?.id}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id: first?.id, schemas: [GROUP] });
    expectBareMediaType(answer);
  });

  test('handles the retrieval of a non-existing group', async () => {
    const { status, body } = await client.get(`/Groups/${NOBODY}`);
    expect(status).toBe(404);
    expect(body.schemas[0]).toBe(ERROR);
  });

  test('creates a group, alternative 1 and 2', async () => {
    const one = await client.post('/Groups', { schemas: [GROUP], displayName: 'Test Group 1' });
    expect(one.status).toBe(201);
    expect(one.body).toMatchObject({ schemas: [GROUP], displayName: 'Test Group 1' });
    const two = await client.post('/Groups', { schemas: [GROUP], [GROUP]: { displayName: 'Test Group 2' } });
    expect(two.status).toBe(201);
    expect(two.body).toMatchObject({ schemas: [GROUP], displayName: 'Test Group 2' });
  });

  test('an invalid group is refused: 400 in SCIM’s form', async () => {
    const { status, body } = await client.post('/Groups', invalidGroup);
    expect(status).toBe(400);
    expect(body.schemas[0]).toBe(ERROR);
  });

  test('assigns a user to a group: 200 with the member', async () => {
    const [user] = expectList(await client.get('/Users'));
    const [group] = expectList(await client.get('/Groups'));
    const value = [{ value: user?.id, display: user?.userName }];
    const { status, body } = await client.patch(
      `/Groups/${group?.id}`,
      patchOf({ op: 'add', path: 'members', value }),
    );
    expect(status).toBe(200);
    expect(body.schemas[0]).toBe(GROUP);
    expect(body.members).toContainEqual(expect.objectContaining({ value: user?.id }));
  });
});

documentedExceptions([
  {
    check: 'ResourceTypes/User has the name Users',
    reason: 'the RFC’s own example calls it User, and every other client looks for that',
    source: 'RFC 7643 section 8.6',
    run: async () => expect((await client.get('/ResourceTypes/User')).body.name).toBe('Users'),
    fails: /expected 'User' to be 'Users'/,
  },
  {
    check: 'the status in an error body is the number 400',
    reason: 'the status is a JSON string, which Okta’s test asks for',
    source: 'RFC 7644 section 3.12',
    run: async () => expect((await client.post('/Groups', invalidGroup)).body.status).toBe(400),
    fails: /expected '400' to be 400/,
  },
  {
    check: 'a group without displayName has the scimType invalidSyntax',
    reason: '“A required value was missing” is the definition of invalidValue',
    source: 'RFC 7644 table 9',
    run: async () => expect((await client.post('/Groups', invalidGroup)).body.scimType).toBe('invalidSyntax'),
    fails: /expected 'invalidValue' to be 'invalidSyntax'/,
  },
]);
