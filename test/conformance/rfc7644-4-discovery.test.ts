import { describe, expect, test } from 'vitest';
import { expectError, LIST_RESPONSE, shareEndpoint } from './endpoint.ts';

/** RFC 7644 section 4: the discovery endpoints. What they say is tested with RFC 7643. */
const scim = shareEndpoint();

const LISTS = ['/Schemas', '/ResourceTypes'];
const SINGLE = [
  '/ServiceProviderConfig',
  '/Schemas/urn:ietf:params:scim:schemas:core:2.0:User',
  '/ResourceTypes/User',
];

describe('"the client … SHALL" find them by GET', () => {
  test.each([...LISTS, ...SINGLE, '/serviceConfiguration'])('%s', async (path) => {
    expect((await scim.get(path)).status).toBe(200);
  });

  test('/serviceConfiguration is the same as /ServiceProviderConfig, with the location of that', async () => {
    expect((await scim.get('/serviceConfiguration')).body).toEqual(
      (await scim.get('/ServiceProviderConfig')).body,
    );
  });
});

describe('"service providers … SHALL ignore" sorting and paging there', () => {
  test.each(LISTS)('%s', async (path) => {
    const plain = (await scim.get(path)).body;
    expect(plain.schemas).toEqual([LIST_RESPONSE]);
    for (const query of [
      'startIndex=2&count=1',
      'count=0',
      'sortBy=id&sortOrder=descending',
      'startIndex=x',
    ]) {
      expect((await scim.get(`${path}?${query}`)).body, query).toEqual(plain);
    }
  });
});

describe('"If a filter is provided, the service provider SHOULD respond with 403"', () => {
  test.each([...LISTS, ...SINGLE])('%s', async (path) => {
    expectError(await scim.list(path, { filter: 'id pr' }), 403);
    expectError(await scim.list(path, { FILTER: 'id pr' }), 403);
  });
});

describe('nothing can be written there: 405', () => {
  test.each([...LISTS, ...SINGLE])('%s', async (path) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await scim.raw(method, path, { 'Content-Type': 'application/scim+json' }, '{}');
      expectError(answer, 405);
      expect(answer.headers.allow).toBe('GET');
    }
  });
});

test('what is unknown is 404 as a SCIM error', async () => {
  for (const path of [
    '/Schemas/urn:nothing',
    '/ResourceTypes/2819c223-7f76-453a-919d-413861904646',
    '/ServiceProviderConfig/x',
  ]) {
    expectError(await scim.get(path), 404);
  }
});
