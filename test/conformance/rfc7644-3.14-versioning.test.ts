import { describe, expect, test } from 'vitest';
import { BULK_REQUEST, expectError, headerOf, shareEndpoint } from './endpoint.ts';

/** RFC 7644 section 3.14: entity tags and conditional requests. */
const scim = shareEndpoint();

const change = (path: string, value: string, headers?: Record<string, string>) =>
  scim.patch(path, [{ op: 'replace', path: 'externalId', value }], headers);

describe('the ETag', () => {
  test('equals meta.version on every operation, in lists, in searches and in bulk', async () => {
    for (const [endpoint, resource] of [
      ['/Users', await scim.user()],
      ['/Groups', await scim.group()],
    ] as const) {
      const path = `${endpoint}/${resource.id}`;
      const answers = [
        await scim.get(path),
        await change(path, 'a'),
        await scim.put(path, { ...resource, externalId: 'b' }),
        await scim.get(path),
      ];
      for (const answer of answers) expect(headerOf(answer, 'etag')).toBe(answer.body.meta.version);
      const { version } = answers.at(-1)?.body.meta ?? {};
      const filter = `id eq "${resource.id}"`;
      for (const list of [
        await scim.list(endpoint, { filter }),
        await scim.search(`${endpoint}/.search`, { filter }),
        await scim.search('/.search', { filter }),
      ]) {
        expect(list.body.Resources[0].meta.version).toBe(version);
      }
      const bulk = await scim.post('/Bulk', {
        schemas: [BULK_REQUEST],
        Operations: [{ method: 'PUT', path, data: { ...resource, externalId: 'c' } }],
      });
      expect(bulk.body.Operations[0].version).toBe((await scim.get(path)).body.meta.version);
    }
  });

  test('is weak, and there although the answer leaves meta out', async () => {
    const { id, meta } = await scim.user();
    const answer = await scim.get(`/Users/${id}?attributes=userName`);
    expect(answer.body).not.toHaveProperty('meta');
    expect(headerOf(answer, 'etag')).toBe(meta.version);
    expect(meta.version).toMatch(/^W\/"[\x21\x23-\x7e]*"$/);
  });

  test('differs after each change and never comes back', async () => {
    const { id } = await scim.user();
    const seen = new Set<string>();
    for (const value of ['a', 'b', 'a', 'b'])
      seen.add((await change(`/Users/${id}`, value)).body.meta.version);
    expect(seen.size).toBe(4);
  });

  test('lists and discovery have none: nothing would say when they change', async () => {
    for (const path of ['/Users', '/Schemas', '/ServiceProviderConfig', '/ResourceTypes']) {
      expect(headerOf(await scim.get(path), 'etag')).toBeNull();
    }
  });
});

describe('If-None-Match on GET', () => {
  test('of the current version: 304, empty, with the ETag', async () => {
    const { id, meta } = await scim.user();
    for (const header of [
      meta.version,
      meta.version.slice(2),
      '*',
      `"x", ${meta.version}`,
      `W/"x",${meta.version} , "y"`,
    ]) {
      const answer = await scim.raw('GET', `/Users/${id}`, { 'If-None-Match': header });
      expect([answer.status, answer.text, headerOf(answer, 'etag')], header).toEqual([304, '', meta.version]);
      expect(headerOf(answer, 'content-type')).toBeNull();
    }
  });

  test('of another version: 200 with the resource', async () => {
    const { id, meta } = await scim.user();
    await change(`/Users/${id}`, 'new');
    for (const header of [meta.version, 'W/"nonsense"', '', '"']) {
      expect((await scim.get(`/Users/${id}`, { 'If-None-Match': header })).status, header).toBe(200);
    }
  });

  test('works with a projection, and with HEAD', async () => {
    const { id, meta } = await scim.user();
    const headers = { 'If-None-Match': meta.version };
    expect((await scim.get(`/Users/${id}?attributes=userName`, headers)).status).toBe(304);
    expect((await scim.get(`/Users/${id}?excludedAttributes=meta`, headers)).status).toBe(304);
    expect((await scim.raw('HEAD', `/Users/${id}`, headers)).status).toBe(304);
  });

  test('of something unknown is 404, not 304', async () => {
    expectError(await scim.get('/Users/nobody', { 'If-None-Match': '*' }), 404);
  });
});

describe.each(['PUT', 'PATCH', 'DELETE'] as const)('If-Match on %s', (method) => {
  const act = (resource: { id: string; userName: string }, ifMatch: string) => {
    const path = `/Users/${resource.id}`;
    const headers = { 'If-Match': ifMatch };
    if (method === 'PUT') return scim.put(path, { userName: resource.userName, externalId: 'x' }, headers);
    return method === 'PATCH' ? change(path, 'x', headers) : scim.delete(path, headers);
  };

  test('of the current version, strong or weak, in a list, or "*": done', async () => {
    for (const header of [
      (version: string) => version,
      (version: string) => version.slice(2),
      (version: string) => `W/"other", ${version}`,
      () => '*',
    ]) {
      const user = await scim.user();
      const answer = await act(user, header(user.meta.version));
      expect([200, 204]).toContain(answer.status);
    }
  });

  test('of another: "412 (Precondition Failed)", and nothing is changed', async () => {
    const user = await scim.user();
    for (const header of ['W/"other"', '"other"', 'W/"0", W/"99"', 'W/"', 'nonsense']) {
      expectError(await act(user, header), 412);
    }
    expect((await scim.get(`/Users/${user.id}`)).body).toEqual(user);
  });

  test('on what is not there: 404', async () => {
    expectError(await act({ id: 'nobody', userName: 'x' }, '*'), 404);
  });
});

describe('If-Match', () => {
  test('of several who changed the same version at once, one wins', async () => {
    const { id, meta } = await scim.user();
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        change(`/Users/${id}`, `v${index}`, { 'If-Match': meta.version }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
  });

  test('is checked for a group after its members have changed', async () => {
    const { id, meta } = await scim.group();
    await scim.patch(`/Groups/${id}`, [{ op: 'add', path: 'members', value: [{ value: 'm' }] }]);
    expectError(await change(`/Groups/${id}`, 'x', { 'If-Match': meta.version }), 412);
  });

  test('of a user still holds after groups have changed around them', async () => {
    const { id, meta } = await scim.user();
    await scim.group({ members: [{ value: id }] });
    expect((await change(`/Users/${id}`, 'x', { 'If-Match': meta.version })).status).toBe(200);
  });

  test('a stale one is told before anything that is wrong with the body', async () => {
    const { id } = await scim.user();
    const answer = await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'nothing', value: 'x' }], {
      'If-Match': 'W/"stale"',
    });
    expectError(answer, 412);
  });
});
