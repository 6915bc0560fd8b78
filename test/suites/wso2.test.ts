/**
 * WSO2's scim2-compliance-test-suite, which is built on Charon and needs a web server of its own, re-expressed class by class.
 * Source: wso2-incubator/scim2-compliance-test-suite, tests/*.java.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import type { RawAnswer } from '../support/raw-http.ts';
import { discover, type Model, type Schema } from './discovered-model.ts';
import { documentedExceptions } from './documented-exceptions.ts';
import { shareServer } from './share-server.ts';
import { BULK_REQUEST, ENTERPRISE, patchOf, USER } from './suite-server.ts';

type Resource = Record<string, unknown> & { id: string };

describe('WSO2 scim2-compliance-test-suite', () => {
  const { client } = shareServer({ Accept: 'application/json', 'Content-Type': 'application/json' });
  let models: Model[];
  beforeAll(async () => {
    models = await discover(client);
  });

  /** Its "response validate tests": required attributes, the schema list, nothing that is never returned. */
  const expectValid = (resource: Resource, schema: Schema) => {
    expect(resource.schemas).toContain(schema.id);
    for (const attribute of schema.attributes) {
      if (attribute.required) expect(resource, attribute.name).toHaveProperty(attribute.name);
      if (attribute.returned === 'never' || attribute.returned === 'request') {
        expect(resource, attribute.name).not.toHaveProperty(attribute.name);
      }
    }
  };
  const schemaOf = (name: string): Schema => {
    const found = models.find((model) => model.name === name);
    if (found === undefined) throw new Error(`no resource type ${name}`);
    return found.schema;
  };

  test('SchemaTest and ConfigTest: both can be read, and the configuration is valid', async () => {
    expect((await client.get('/Schemas')).status).toBe(200);
    const { status, body } = await client.get('/ServiceProviderConfig');
    expect(status).toBe(200);
    const { body: schema } = await client.get(
      '/Schemas/urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig',
    );
    expectValid(body, schema);
  });

  describe.each([
    {
      type: 'User',
      endpoint: '/Users',
      body: {
        password: '7019asd84',
        userName: 'bjensenexamplecom',
        emails: [
          { value: 'bjensen@example.com', type: 'work', primary: true },
          { value: 'babs@jensen.org', type: 'home' },
        ],
      },
      updated: { password: '7019asd84', userName: 'bjensenexamplecom', emails: [{ value: 'b@wso2.com' }] },
      added: { nickName: 'shaggy' },
    },
    {
      type: 'Group',
      endpoint: '/Groups',
      body: { displayName: 'engineer' },
      updated: { displayName: 'Doctors' },
      added: { displayName: 'Actors' },
    },
  ])('$type test, without schemas in the bodies', ({ type, endpoint, body, updated, added }) => {
    let created: RawAnswer;

    test('create: 201 with a Location that can be read', async () => {
      created = await client.post(endpoint, body);
      expect(created.status).toBe(201);
      expectValid(created.body, schemaOf(type));
      expect((await client.get(created.headers.location ?? '')).status).toBe(200);
    });

    test('get', async () => {
      const { status, body: read } = await client.get(`${endpoint}/${created.body.id}`);
      expect(status).toBe(200);
      expectValid(read, schemaOf(type));
    });

    test('update with PUT', async () => {
      const { status, body: read } = await client.put(`${endpoint}/${created.body.id}`, updated);
      expect(status).toBe(200);
      expectValid(read, schemaOf(type));
    });

    test('a path-less add: 200 with the resource', async () => {
      const patch = patchOf({ op: 'add', value: added });
      const { status, body: read } = await client.patch(`${endpoint}/${created.body.id}`, patch);
      expect(status).toBe(200);
      expect(read).toMatchObject(added);
      expectValid(read, schemaOf(type));
    });

    test('delete: 204', async () => {
      expect((await client.delete(`${endpoint}/${created.body.id}`)).status).toBe(204);
    });
  });

  describe.each([
    ['/Users', 'userName', ['AbrTkAA31', 'UttEdHt32', 'KKTQwhr33']],
    ['/Groups', 'displayName', ['EYtXcD31', 'BktqER32', 'ZwLtOP33']],
  ])('%s: list, filter, paginate', (endpoint, name, values) => {
    const list = async (parameters: string) => {
      const { status, body } = await client.get(endpoint + parameters);
      expect(status).toBe(200);
      return body.Resources.map((resource: Resource) => resource[name]);
    };
    beforeAll(async () => {
      for (const value of values) await client.post(endpoint, { [name]: value, password: '7019asd81' });
    });

    test('ListTest: all that were created are there', async () => {
      expect(await list('')).toEqual(expect.arrayContaining(values));
    });

    test('FilterTest: a value without quotation marks', async () => {
      expect(await list(`?filter=${name}+eq+${values[0]}`)).toEqual([values[0]]);
    });

    test('PaginationTest: two of three', async () => {
      expect(await list('?startIndex=1&count=2')).toHaveLength(2);
    });

    test('SortTest, as it must be meant: ascending by id', async () => {
      const { body } = await client.get(`${endpoint}?sortBy=id&sortOrder=ascending`);
      const ids = body.Resources.map(({ id }: Resource) => id);
      expect(ids).toEqual([...ids].sort());
    });
  });

  test('BulkTest: two users, failOnErrors 1, locations that can be deleted', async () => {
    const user = (bulkId: string, userName: string, schemas: string[]) => ({
      method: 'POST',
      path: '/Users',
      bulkId,
      data: { schemas, userName, password: 'sachini' },
    });
    const { status, body } = await client.post('/Bulk', {
      failOnErrors: 1,
      schemas: [BULK_REQUEST],
      Operations: [user('qwerty', 'Alice', [USER]), user('ytrewq', 'Bob', [USER, ENTERPRISE])],
    });
    expect(status).toBe(200);
    expect(body.Operations).toMatchObject([
      { bulkId: 'qwerty', status: '201' },
      { bulkId: 'ytrewq', status: '201' },
    ]);
    for (const { location } of body.Operations) expect((await client.delete(location)).status).toBe(204);
  });

  const me = { userName: 'me', password: '7019asd84' };
  documentedExceptions([
    {
      check: 'ResourceTypeTest: GET /ResourceType',
      reason: 'the endpoint is called /ResourceTypes',
      source: 'RFC 7644 section 4',
      run: async () => expect((await client.get('/ResourceType')).status).toBe(200),
      fails: /expected 404 to be 200/,
    },
    ...(
      [
        ['GET', 200, () => client.get('/Me')],
        ['POST', 201, () => client.post('/Me', me)],
        ['PUT', 200, () => client.put('/Me', me)],
        ['PATCH', 200, () => client.patch('/Me', patchOf({ op: 'add', value: { nickName: 'shaggy' } }))],
        ['DELETE', 204, () => client.delete('/Me')],
      ] as const
    ).map(([method, expected, request]) => ({
      check: `MeTest: ${method} /Me`,
      reason: 'a provisioning token belongs to no user, and then 501 is the answer',
      source: 'RFC 7644 section 3.11',
      run: async () => expect((await request()).status).toBe(expected),
      fails: new RegExp(`expected 501 to be ${expected}`),
    })),
    {
      check: 'SortTest: sortBy=id gives a list that is not sorted',
      reason: 'its condition is the wrong way round: it fails a server that sorts',
      source: 'SortTest.java, CheckForListOfUsersReturned',
      run: async () => {
        const { body } = await client.get('/Users?sortBy=id&sortOrder=ascending');
        const ids = body.Resources.map(({ id }: Resource) => id);
        expect(ids).not.toEqual([...ids].sort());
      },
      fails: /to not deeply equal/,
    },
  ]);
});
