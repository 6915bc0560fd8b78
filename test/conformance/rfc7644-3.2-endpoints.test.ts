import { describe, expect, test } from 'vitest';
import { expectError, headerOf, shareEndpoint } from './endpoint.ts';

/** RFC 7644 sections 3.1 and 3.2: the endpoints and the methods that each of them knows. */
const scim = shareEndpoint();

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** Table 2 of section 3.2, less what nobody may do. */
const ENDPOINTS: Record<string, string[]> = {
  '/': ['GET'],
  '/Users': ['GET', 'POST'],
  '/Users/some-id': ['GET', 'PUT', 'PATCH', 'DELETE'],
  '/Users/.search': ['POST'],
  '/Groups': ['GET', 'POST'],
  '/Groups/some-id': ['GET', 'PUT', 'PATCH', 'DELETE'],
  '/Groups/.search': ['POST'],
  '/.search': ['POST'],
  '/Bulk': ['POST'],
  '/ServiceProviderConfig': ['GET'],
  '/serviceConfiguration': ['GET'],
  '/Schemas': ['GET'],
  '/Schemas/urn:ietf:params:scim:schemas:core:2.0:User': ['GET'],
  '/ResourceTypes': ['GET'],
  '/ResourceTypes/User': ['GET'],
};

const unsupported = Object.entries(ENDPOINTS).flatMap(([path, allowed]) =>
  [...METHODS, 'OPTIONS', 'PURGE', 'LOCK']
    .filter((method) => !allowed.includes(method))
    .map((method) => [method, path, allowed.join(', ')] as const),
);

describe('a method that an endpoint does not know is 405 with Allow, never 404', () => {
  test.each(unsupported)('%s %s', async (method, path, allow) => {
    const answer = await scim.raw(method, path);
    expectError(answer, 405);
    expect(headerOf(answer, 'allow')).toBe(allow);
  });

  test('also with a body, which is not read first', async () => {
    for (const body of ['{}', 'no JSON at all']) {
      const answer = await scim.raw('PUT', '/Users', { 'Content-Type': 'application/scim+json' }, body);
      expectError(answer, 405);
    }
  });
});

describe('an unknown place is 404 for every method', () => {
  test.each(METHODS)('%s', async (method) => {
    for (const path of [
      '/Devices',
      '/Users/a/b',
      '/Users/a/.search',
      '/Bulk/1',
      '/Schemas/a/b',
      '/v1/Users',
    ]) {
      expectError(await scim.raw(method, path), 404);
    }
  });
});

describe('HEAD', () => {
  test.each(['/Users', '/ServiceProviderConfig', '/Schemas', '/ResourceTypes/User'])(
    'of %s has the status and headers of GET, and no body',
    async (path) => {
      const [get, head] = [await scim.raw('GET', path), await scim.raw('HEAD', path)];
      expect([head.status, head.text]).toEqual([200, '']);
      for (const name of ['content-type', 'content-length'])
        expect(headerOf(head, name)).toBe(headerOf(get, name));
    },
  );

  test('of a resource has its ETag', async () => {
    const { id, meta } = await scim.user();
    const head = await scim.raw('HEAD', `/Users/${id}`);
    expect([head.status, headerOf(head, 'etag'), head.text]).toEqual([200, meta.version, '']);
    expect((await scim.raw('HEAD', '/Users/nobody')).status).toBe(404);
  });
});

describe('3.1 requests and answers are JSON over HTTP', () => {
  test('every answer with a body says application/scim+json and its length', async () => {
    const { id } = await scim.user();
    for (const path of [
      '/Users',
      `/Users/${id}`,
      '/Groups',
      '/Schemas',
      '/ServiceProviderConfig',
      '/nothing',
    ]) {
      const answer = await scim.raw('GET', path);
      expect(headerOf(answer, 'content-type')).toBe('application/scim+json');
      expect(headerOf(answer, 'content-length')).toBe(String(Buffer.byteLength(answer.text)));
    }
  });

  test('GET is safe: the same twice', async () => {
    const { id } = await scim.user();
    expect(await scim.get(`/Users/${id}`).then(({ body }) => body)).toEqual(
      await scim.get(`/Users/${id}`).then(({ body }) => body),
    );
  });

  test('PUT and DELETE are idempotent: again changes nothing more', async () => {
    const { id, userName } = await scim.user();
    const put = async () => (await scim.put(`/Users/${id}`, { userName, title: 'Same' })).body;
    expect(await put()).toEqual(await put());
    expect((await scim.delete(`/Users/${id}`)).status).toBe(204);
    expectError(await scim.delete(`/Users/${id}`), 404);
  });
});

describe('endpoints in any case, as hand-written base URLs have them', () => {
  test.each(['/users', '/USERS', '/groups', '/schemas', '/resourcetypes', '/serviceproviderconfig'])(
    '%s',
    async (path) => {
      expect((await scim.get(path)).status).toBe(200);
    },
  );
});
