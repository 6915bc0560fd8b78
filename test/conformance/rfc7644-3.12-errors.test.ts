import { describe, expect, test } from 'vitest';
import { send } from '../support/rollcall.ts';
import { ERROR, expectError, headerOf, shareEndpoint } from './endpoint.ts';

/** RFC 7644 sections 3.11 (/Me), 3.12 (errors) and 3.13 (the version of the protocol). */
const scim = shareEndpoint();

describe('3.11 /Me', () => {
  test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])(
    '%s: "does not support this feature … 501 (Not Implemented)"',
    async (method) => {
      expectError(await scim.raw(method, '/Me'), 501);
      expectError(await scim.raw(method, '/me'), 501);
    },
  );
});

describe('3.12 the error response', () => {
  test('"MUST be returned in the body … in JSON": schemas, status as a text, detail; nothing else', async () => {
    const { body } = await scim.get('/Users/nobody');
    expect(body).toEqual({ schemas: [ERROR], detail: expect.any(String), status: '404' });
    expect(typeof body.status).toBe('string');
  });

  test('scimType is there for 400 as Table 9 has it, and for 409', async () => {
    const user = await scim.user();
    const path = `/Users/${user.id}`;
    for (const [answer, status, scimType] of [
      [await scim.list('/Users', { filter: 'userName xx "y"' }), 400, 'invalidFilter'],
      [await scim.post('/Users', { userName: user.userName }), 409, 'uniqueness'],
      [await scim.patch(path, [{ op: 'replace', path: 'id', value: 'x' }]), 400, 'mutability'],
      [await scim.post('/Users', '{'), 400, 'invalidSyntax'],
      [await scim.patch(path, [{ op: 'replace', path: 'nothing', value: 'x' }]), 400, 'invalidPath'],
      [await scim.patch(path, [{ op: 'remove' }]), 400, 'noTarget'],
      [await scim.post('/Users', {}), 400, 'invalidValue'],
    ] as const) {
      expectError(answer, status, scimType);
    }
  });

  test('without authentication: 401 in SCIM form, with WWW-Authenticate', async () => {
    for (const authorization of [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      'Bearer nonsense',
      'Basic YTpi',
      'nonsense',
    ]) {
      const answer = await send('GET', `${scim.running.base}/Users`, undefined, {
        ...(authorization !== undefined && { Authorization: authorization }),
      });
      expectError(answer, 401);
      expect(headerOf(answer, 'www-authenticate')).toMatch(/^Bearer/i);
    }
  });

  test('401 comes before everything that would tell what exists: method, place, body, discovery', async () => {
    for (const [method, path] of [
      ['GET', '/ServiceProviderConfig'],
      ['GET', '/nothing'],
      ['DELETE', '/Users'],
      ['POST', '/Bulk'],
      ['GET', '/Me'],
      ['GET', '/Users/nobody'],
    ] as const) {
      expectError(await send(method, scim.running.base + path, method === 'POST' ? '{' : undefined), 401);
    }
  });

  test('the details name what is wrong, in words', async () => {
    const detailOf = async (filter: string) => (await scim.list('/Users', { filter })).body.detail;
    expect(await detailOf('shoeSize eq 3')).toContain('shoeSize');
    expect(await detailOf('userName eq "x" and')).toMatch(/end/);
    expect((await scim.post('/Users', { userName: 'x', active: 'perhaps' })).body.detail).toContain('active');
    expect((await scim.get('/Users/nobody')).body.detail).toContain('nobody');
  });

  test('never show what is inside: no stack, no SQL, no path of a file', async () => {
    for (const answer of [
      await scim.get('/Users/%00'),
      await scim.get("/Users/'%20OR%201=1--"),
      await scim.list('/Users', { filter: `userName eq "' OR 1=1 --"` }),
      await scim.post('/Users', '{"userName":{"$gt":""}}'),
      await scim.post('/Users', `{"userName":${'['.repeat(5000)}${']'.repeat(5000)}}`),
    ]) {
      expect(answer.status).toBeLessThan(500);
      expect(JSON.stringify(answer.body)).not.toMatch(/sqlite|SELECT|\.ts|node_modules|at \w+ \(/i);
    }
  });

  test('a refusal leaves a row with its reason in the log', async () => {
    const answer = await scim.post('/Users', {});
    expect(await scim.activity(answer)).toMatchObject({
      status: 400,
      scimType: 'invalidValue',
      reason: answer.body.detail,
    });
  });
});

describe('3.13 the version of the protocol', () => {
  test('the base URL names it: v2', () => {
    expect(scim.running.base).toMatch(/\/scim\/v2\/acme$/);
  });

  test('another version is not there: 404', async () => {
    const root = new URL(scim.running.base).origin;
    const headers = { Authorization: `Bearer ${scim.running.token.token}` };
    for (const path of [
      '/scim/v1/acme/Users',
      '/scim/v3/acme/Users',
      '/scim/Users',
      '/Users',
      '/v2/Users',
      '/',
    ]) {
      expectError(await send('GET', root + path, undefined, headers), 404);
    }
  });
});

describe('bodies that are meant to break something', () => {
  test.each<[string, string]>([
    ['deep objects', `{"userName":"x","name":${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}}`],
    ['deep lists', `{"userName":${'['.repeat(100_000)}`],
    ['half a surrogate pair', '{"userName":"\\ud800"}'],
    ['half a surrogate pair in a name', '{"userName":"x","\\udc00":1}'],
  ])('%s: 400', async (_what, body) => {
    const answer = await scim.post('/Users', body);
    expect(answer.status).toBe(400);
    expect(answer.body.schemas).toEqual([ERROR]);
  });

  test('numbers too large, keys too many and NUL characters do no harm', async () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`key${index}`, 1e308]));
    expect((await scim.post('/Users', { userName: scim.unique('many'), ...many })).status).toBe(201);
    const odd = await scim.post('/Users', `{"userName":"${scim.unique('big')}","title":1e999,"nickName":-0}`);
    expect([201, 400]).toContain(odd.status);
    const nul = await scim.post('/Users', { userName: scim.unique('nul'), title: 'a\u0000b' });
    expect(nul.status).toBe(201);
    expect((await scim.get(`/Users/${nul.body.id}`)).body.title).toBe('a\u0000b');
    const found = await scim.list('/Users', { filter: `id eq "${nul.body.id}" and title eq "a\\u0000b"` });
    expect(found.body.totalResults).toBe(1);
  });
});
