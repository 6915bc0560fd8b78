import { describe, expect, test } from 'vitest';
import { expectError, headerOf, shareEndpoint } from './endpoint.ts';

/** RFC 7644 section 3.4.1: retrieving a known resource. */
const scim = shareEndpoint();

describe.each(['/Users', '/Groups'])('GET %s/{id}', (endpoint) => {
  const create = () => (endpoint === '/Users' ? scim.user() : scim.group());

  test('"If the resource exists, the server responds with HTTP status code 200" and the resource', async () => {
    const created = await create();
    const answer = await scim.get(`${endpoint}/${created.id}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(created);
    expect(headerOf(answer, 'etag')).toBe(created.meta.version);
    expect(headerOf(answer, 'content-location')).toBe(created.meta.location);
  });

  test('an unknown id is 404 as a SCIM error', async () => {
    for (const id of [
      '00919288221112222',
      'nobody',
      '2819c223-7f76-453a-919d-413861904646',
      '%00',
      'a%2Fb',
    ]) {
      expectError(await scim.get(`${endpoint}/${id}`), 404);
    }
  });

  test('the id of a resource of the other type is 404', async () => {
    const other = endpoint === '/Users' ? await scim.group() : await scim.user();
    expectError(await scim.get(`${endpoint}/${other.id}`), 404);
  });

  test('attributes and excludedAttributes are honoured', async () => {
    const { id } = await create();
    expect(Object.keys((await scim.get(`${endpoint}/${id}?attributes=meta`)).body).sort()).toEqual([
      'id',
      'meta',
      'schemas',
    ]);
    expect((await scim.get(`${endpoint}/${id}?excludedAttributes=meta`)).body).not.toHaveProperty('meta');
  });

  test('unknown query parameters are ignored', async () => {
    const { id } = await create();
    expect((await scim.get(`${endpoint}/${id}?foo=bar&filter=nonsense&startIndex=x`)).status).toBe(200);
  });
});
