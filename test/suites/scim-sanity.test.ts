/**
 * What scim-sanity's probe checks, phase by phase, with the rules that it applies to every answer. The real probe runs in the
 * step `suites`, where PyPI can be reached; this one always does. Source: thomaselliottbetz/scim-sanity 0.7.4, probe/tests.py.
 */
import { describe, expect, test } from 'vitest';
import type { RawAnswer } from '../support/raw-http.ts';
import { shareServer } from './share-server.ts';
import { ERROR, GROUP, LIST_RESPONSE, patchOf, query, USER } from './suite-server.ts';

const { client } = shareServer({ Accept: 'application/scim+json', 'Content-Type': 'application/scim+json' });

/** The rules for each answer with a resource. */
function expectResource(answer: RawAnswer, status: number, type: 'User' | 'Group'): void {
  const { body, headers } = answer;
  expect(answer.status).toBe(status);
  expect(headers['content-type']).toMatch(/scim\+json/);
  expect(body.schemas.length).toBeGreaterThan(0);
  expect(body.id).toBeTypeOf('string');
  expect(body.meta.resourceType).toBe(type);
  for (const instant of [body.meta.created, body.meta.lastModified]) {
    expect(instant).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
  }
  expect(body).not.toHaveProperty('password');
  if (status === 201) expect(headers.location).toBe(body.meta.location);
  expect(headers.etag).toBe(body.meta.version);
}

function expectError(answer: RawAnswer, status: number): void {
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject({ schemas: [ERROR], status: String(status) });
}

describe('phase 1, discovery', () => {
  test.each(['/ServiceProviderConfig', '/Schemas', '/ResourceTypes'])('GET %s', async (path) => {
    const { status, headers } = await client.get(path);
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/scim\+json/);
  });
});

describe.each([
  [
    'phase 2',
    'User',
    '/Users',
    {
      schemas: [USER],
      userName: 'scim-sanity-test',
      displayName: 'Sanity',
      active: true,
      password: 's3cret',
    },
    { op: 'replace', path: 'active', value: false },
  ],
  [
    'phase 3',
    'Group',
    '/Groups',
    { schemas: [GROUP], displayName: 'scim-sanity-group' },
    { op: 'replace', path: 'displayName', value: 'scim-sanity-test-patched' },
  ],
] as const)('%s, %s CRUD lifecycle', (_phase, type, endpoint, payload, operation) => {
  let path: string;
  let created: Record<string, unknown>;

  test('POST: Location and ETag are those of meta', async () => {
    const answer = await client.post(endpoint, payload);
    expectResource(answer, 201, type);
    created = answer.body;
    path = `${endpoint}/${answer.body.id}`;
  });

  test('GET', async () => expectResource(await client.get(path), 200, type));

  test('PUT persists displayName', async () => {
    const { meta: _meta, ...sent } = created;
    expectResource(await client.put(path, { ...sent, displayName: 'Updated-name' }), 200, type);
    expect((await client.get(path)).body.displayName).toBe('Updated-name');
  });

  test('PATCH persists', async () => {
    expectResource(await client.patch(path, patchOf(operation)), 200, type);
    const { status, body } = await client.get(path);
    expect(status).toBe(200);
    expect(body[operation.path]).toBe(operation.value);
  });

  if (type === 'Group') {
    test('PATCH adds a member who is nobody and removes all: 200 each', async () => {
      const add = patchOf({ op: 'add', path: 'members', value: [{ value: 'fake-member-id' }] });
      const added = await client.patch(path, add);
      expect(added.status).toBe(200);
      expect(added.body.members).toMatchObject([{ value: 'fake-member-id' }]);
      expect((await client.patch(path, patchOf({ op: 'remove', path: 'members' }))).status).toBe(200);
      expect((await client.get(path)).body.members ?? []).toEqual([]);
    });
  }

  test('DELETE: 204 without a body, then 404', async () => {
    const { status, text } = await client.delete(path);
    expect(status).toBe(204);
    expect(text).toBe('');
    expectError(await client.get(path), 404);
  });
});

test('phases 4 and 5: no Agent or AgenticApplication is advertised, so none is probed', async () => {
  const { Resources } = (await client.get('/ResourceTypes')).body;
  expect(Resources.map(({ name }: { name: string }) => name)).toEqual(['User', 'Group']);
});

describe('phase 6, search', () => {
  const expectList = (answer: RawAnswer) => {
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/scim\+json/);
    expect(answer.body.schemas).toContain(LIST_RESPONSE);
    expect(answer.body.totalResults).toBeTypeOf('number');
    expect(answer.body.Resources).toBeInstanceOf(Array);
    return answer.body;
  };

  test('GET /Users is a ListResponse', async () => {
    await client.post('/Users', { schemas: [USER], userName: 'searched' });
    await client.post('/Users', { schemas: [USER], userName: 'searched-too' });
    expect(expectList(await client.get('/Users')).totalResults).toBe(2);
  });

  test('a filter without a match finds nothing', async () => {
    const path = `/Users${query({ filter: 'userName eq "nonexistent@test.invalid"' })}`;
    expect(expectList(await client.get(path)).totalResults).toBe(0);
  });

  test('count=1 gives one', async () => {
    expect(expectList(await client.get('/Users?startIndex=1&count=1')).itemsPerPage).toBe(1);
  });

  test('count=0 gives none', async () => {
    expect(expectList(await client.get('/Users?count=0')).Resources).toEqual([]);
  });
});

describe('phase 7, errors', () => {
  test('GET of a nonexistent user: 404', async () => {
    expectError(await client.get('/Users/nonexistent-id-000000'), 404);
  });

  test.each([
    ['no SCIM resource', { not: 'a scim resource' }],
    ['no userName', { schemas: [USER] }],
    ['no JSON', '{"userName": '],
  ])('POST with %s: 400', async (_what, body) => expectError(await client.post('/Users', body), 400));
});
