import { describe, expect, test } from 'vitest';
import { expectError, LIST_RESPONSE, shareEndpoint } from './endpoint.ts';

/** RFC 7643 sections 5 and 6: what the service provider says about itself, and whether it is true. */
const scim = shareEndpoint();

const CONFIG = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig';
const configuration = async () => (await scim.get('/ServiceProviderConfig')).body;

describe('5 ServiceProviderConfig', () => {
  test('has every REQUIRED attribute, each of its type, and nothing that its schema lacks', async () => {
    const body = await configuration();
    expect(body).toMatchObject({
      schemas: [CONFIG],
      patch: { supported: true },
      bulk: { supported: true, maxOperations: expect.any(Number), maxPayloadSize: expect.any(Number) },
      filter: { supported: true, maxResults: expect.any(Number) },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      authenticationSchemes: expect.any(Array),
      meta: {
        resourceType: 'ServiceProviderConfig',
        location: `${scim.running.base}/ServiceProviderConfig`,
      },
    });
    const schema = (await scim.get(`/Schemas/${CONFIG}`)).body;
    const names = schema.attributes.map(({ name }: { name: string }) => name);
    for (const name of Object.keys(body)) {
      if (name !== 'schemas' && name !== 'meta') expect(names).toContain(name);
    }
    expect(JSON.stringify(body)).not.toContain('null');
  });

  test('authenticationSchemes have type, name and description; bearer tokens are the only scheme', async () => {
    const { authenticationSchemes } = await configuration();
    expect(authenticationSchemes).toHaveLength(1);
    expect(authenticationSchemes[0]).toMatchObject({
      type: 'oauthbearertoken',
      name: expect.stringMatching(/\S/),
      description: expect.stringMatching(/\S/),
      specUri: expect.stringMatching(/^https:/),
    });
  });

  test('"unlike other core resources, the id attribute is not required": there is none', async () => {
    expect(await configuration()).not.toHaveProperty('id');
  });

  test('filter.maxResults is the truth: more are never returned', async () => {
    const { filter } = await configuration();
    const operations = Array.from({ length: filter.maxResults + 5 }, (_, index) => ({
      method: 'POST',
      path: '/Users',
      bulkId: `b${index}`,
      data: { userName: scim.unique('counted') },
    }));
    expect((await scim.bulk(operations)).status).toBe(200);
    const answer = await scim.list('/Users', {
      filter: 'userName sw "counted"',
      count: filter.maxResults + 5,
    });
    expect(answer.body).toMatchObject({
      totalResults: filter.maxResults + 5,
      itemsPerPage: filter.maxResults,
    });
    expect(answer.body.Resources).toHaveLength(filter.maxResults);
  });

  test('pagination.defaultPageSize is what a list without count returns (RFC 9865 section 4)', async () => {
    const { pagination } = await configuration();
    expect(pagination).toMatchObject({ index: true, defaultPaginationMethod: 'index' });
    await scim.bulk(
      Array.from({ length: pagination.defaultPageSize + 1 }, (_, index) => ({
        method: 'POST',
        path: '/Groups',
        bulkId: `g${index}`,
        data: { displayName: scim.unique('page') },
      })),
    );
    expect((await scim.get('/Groups')).body.itemsPerPage).toBe(pagination.defaultPageSize);
  });
});

describe('6 ResourceTypes', () => {
  const types = async () => (await scim.get('/ResourceTypes')).body;

  test('are a ListResponse of User and Group, users first', async () => {
    const body = await types();
    expect(body).toMatchObject({
      schemas: [LIST_RESPONSE],
      totalResults: 2,
      startIndex: 1,
      itemsPerPage: 2,
    });
    expect(body.Resources.map(({ name }: { name: string }) => name)).toEqual(['User', 'Group']);
  });

  test('each has name, endpoint, schema and schemaExtensions, and each URI is published in /Schemas', async () => {
    for (const type of (await types()).Resources) {
      expect(type).toMatchObject({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
        id: type.name,
        description: expect.stringMatching(/\S/),
        endpoint: expect.stringMatching(/^\/\w+$/),
        meta: { resourceType: 'ResourceType', location: `${scim.running.base}/ResourceTypes/${type.id}` },
      });
      for (const { schema } of [{ schema: type.schema }, ...type.schemaExtensions]) {
        expect((await scim.get(`/Schemas/${schema}`)).body.id).toBe(schema);
      }
      for (const { required } of type.schemaExtensions) expect(required).toBe(false);
    }
  });

  test('each answers by itself, at its location, as in the list', async () => {
    for (const type of (await types()).Resources) {
      expect((await scim.get(type.meta.location)).body).toEqual(type);
      expect((await scim.get(`/ResourceTypes/${type.name.toLowerCase()}`)).body).toEqual(type);
    }
  });

  test('the endpoint of each lists resources whose meta.resourceType is its name', async () => {
    const { id } = await scim.user();
    await scim.group({ members: [{ value: id }] });
    for (const type of (await types()).Resources) {
      const list = (await scim.get(type.endpoint)).body;
      expect(list.totalResults).toBeGreaterThan(0);
      for (const { meta, schemas } of list.Resources) {
        expect(meta.resourceType).toBe(type.name);
        expect(schemas[0]).toBe(type.schema);
      }
    }
  });

  test('an unknown one is 404', async () => {
    expectError(await scim.get('/ResourceTypes/Device'), 404);
  });
});
