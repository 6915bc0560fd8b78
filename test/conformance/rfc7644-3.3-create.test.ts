import { describe, expect, test } from 'vitest';
import { ENTERPRISE, expectError, GROUP, headerOf, listed, shareEndpoint, USER } from './endpoint.ts';

/** RFC 7644 section 3.3: creating resources. */
const scim = shareEndpoint();

describe.each([
  ['/Users', USER, 'userName'],
  ['/Groups', GROUP, 'displayName'],
])('POST %s', (endpoint, schema, name) => {
  const body = (more: object = {}) => ({ schemas: [schema], [name]: scim.unique('Created'), ...more });

  test('"SHALL" answer 201 with the representation', async () => {
    const sent = body({ externalId: 'e-1' });
    const answer = await scim.post(endpoint, sent);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ ...sent, id: expect.any(String) });
  });

  test('"the URI … SHALL be returned in the Location header and meta.location": the same one, and it works', async () => {
    const answer = await scim.post(endpoint, body());
    const location = headerOf(answer, 'location') ?? '';
    expect(location).toBe(answer.body.meta.location);
    expect(location).toBe(`${scim.running.base}${endpoint}/${answer.body.id}`);
    expect((await scim.get(location)).body).toEqual(answer.body);
  });

  test('the ETag header is meta.version', async () => {
    const answer = await scim.post(endpoint, body());
    expect(headerOf(answer, 'etag')).toBe(answer.body.meta.version);
  });

  test('"attributes whose mutability is readOnly SHALL be ignored": id, meta', async () => {
    const { id, meta } = (
      await scim.post(endpoint, body({ id: 'mine', meta: { location: 'x', version: 'y' } }))
    ).body;
    expect(id).not.toBe('mine');
    expect(meta.location).not.toBe('x');
    expect(meta.version).not.toBe('y');
  });

  test('a duplicate is "409 (Conflict) with scimType uniqueness", and creates nothing', async () => {
    const sent = body();
    expect((await scim.post(endpoint, sent)).status).toBe(201);
    const answer = await scim.post(endpoint, sent);
    expectError(answer, 409, 'uniqueness');
    expect(headerOf(answer, 'location')).toBeNull();
    expect(
      listed(await scim.list(endpoint, { filter: `${name} eq "${sent[name as 'schemas']}"` }), 'id'),
    ).toHaveLength(1);
  });

  test('of several equal requests at once exactly one creates', async () => {
    const sent = body();
    const answers = await Promise.all(Array.from({ length: 8 }, () => scim.post(endpoint, sent)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
  });

  test('attributes and excludedAttributes shape the answer, not what is stored', async () => {
    const only = await scim.post(`${endpoint}?attributes=externalId`, body({ externalId: 'e-2' }));
    expect(only.status).toBe(201);
    expect(only.body).toEqual({ schemas: [schema], id: expect.any(String), externalId: 'e-2' });
    expect(headerOf(only, 'location')).toBe(`${scim.running.base}${endpoint}/${only.body.id}`);
    expect((await scim.get(`${endpoint}/${only.body.id}`)).body[name]).toMatch(/^Created/);
    const without = await scim.post(
      `${endpoint}?excludedAttributes=externalId,meta`,
      body({ externalId: 'e-3' }),
    );
    expect(without.body).not.toHaveProperty('externalId');
    expect(without.body).not.toHaveProperty('meta');
    expect(without.body[name]).toMatch(/^Created/);
  });

  test('without schemas, or with an empty list of them, is accepted: IdPs forget them', async () => {
    for (const schemas of [undefined, [], null]) {
      const { status, body: resource } = await scim.post(endpoint, body({ schemas }));
      expect([status, resource.schemas]).toEqual([201, [schema]]);
    }
  });

  test.each([
    ['no body', ''],
    ['no JSON', '{"userName": '],
    ['a list', '[]'],
    ['a text', '"userName"'],
    ['null', 'null'],
    ['a number', '42'],
    ['trailing garbage', '{} {}'],
    ['a comment', '{/* x */}'],
    ['single quotes', "{'userName': 'x'}"],
  ])('%s instead of a resource is 400 invalidSyntax', async (_what, text) => {
    expectError(await scim.post(endpoint, text), 400, 'invalidSyntax');
  });

  test('If-None-Match and If-Match on a creation do no harm', async () => {
    expect((await scim.post(endpoint, body(), { 'If-None-Match': '*' })).status).toBe(201);
  });
});

describe('3.3.1 the resource type', () => {
  test('is that of the endpoint, whatever meta.resourceType says', async () => {
    const { meta } = await scim.user({ meta: { resourceType: 'Group' } });
    expect(meta.resourceType).toBe('User');
    expect(meta.location).toContain('/Users/');
  });
});

describe('what was created', () => {
  test('is the whole of what was sent: extensions and lists too', async () => {
    const sent = {
      schemas: [USER, ENTERPRISE],
      userName: scim.unique('whole'),
      name: { givenName: 'G', familyName: 'F' },
      emails: [{ value: 'a@x.example', type: 'work', primary: true }],
      [ENTERPRISE]: { employeeNumber: '1', manager: { value: 'm' } },
    };
    const { body } = await scim.post('/Users', sent);
    const { [ENTERPRISE]: enterprise, ...rest } = sent;
    expect(body).toMatchObject(rest);
    expect(body[ENTERPRISE]).toMatchObject(enterprise);
    expect((await scim.get(`/Users/${body.id}`)).body).toEqual(body);
  });

  test('is there for the next request at once: by id, by filter and in the list', async () => {
    const { id, userName } = await scim.user();
    expect((await scim.get(`/Users/${id}`)).status).toBe(200);
    expect(listed(await scim.list('/Users', { filter: `userName eq "${userName}"` }))).toEqual([userName]);
  });

  test('the activity row names who and what', async () => {
    const userName = scim.unique('row');
    const answer = await scim.post('/Users', { userName, title: 'x' });
    expect(await scim.activity(answer)).toMatchObject({
      method: 'POST',
      status: 201,
      resourceType: 'User',
      resourceId: answer.body.id,
      subject: userName,
      changed: expect.arrayContaining(['userName', 'title']),
    });
  });
});
