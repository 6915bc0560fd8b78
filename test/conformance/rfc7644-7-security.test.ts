import { describe, expect, test } from 'vitest';
import { send } from '../support/rollcall.ts';
import { expectError, listed, shareEndpoint } from './endpoint.ts';

/** RFC 7644 section 7 (and RFC 7643 section 9): what must not leak, and to whom nothing is told. */
const scim = shareEndpoint();

describe('7.1 and 7.4 tokens', () => {
  test('Bearer in any case; a token in the query or the body is none', async () => {
    const { base, token } = scim.running;
    expect(
      (await send('GET', `${base}/Users`, undefined, { Authorization: `bearer ${token.token}` })).status,
    ).toBe(200);
    expect(
      (await send('GET', `${base}/Users`, undefined, { Authorization: `BEARER  ${token.token}` })).status,
    ).toBe(200);
    expectError(await send('GET', `${base}/Users?access_token=${token.token}`), 401);
    expectError(await send('POST', `${base}/Users`, { access_token: token.token, userName: 'x' }), 401);
  });

  test('a revoked or an expired one is refused from the next request on', async () => {
    const { tokens } = scim.running.rollcall.services;
    const issued = await tokens.create({ name: 'short', expiresInDays: null });
    const ask = () =>
      send('GET', `${scim.running.base}/Users`, undefined, { Authorization: `Bearer ${issued.token}` });
    expect((await ask()).status).toBe(200);
    await tokens.revoke(issued.id);
    expectError(await ask(), 401);
  });

  test('a token is never shown in the activity log, wherever it was put', async () => {
    const { token } = scim.running;
    const answer = await scim.post(`/Users?x=${token.token}`, {
      userName: scim.unique('leak'),
      title: token.token,
      [token.token]: 1,
    });
    expect(JSON.stringify(await scim.activity(answer))).not.toContain(token.token);
  });
});

describe('7.5.2 what is in a URI gets logged everywhere', () => {
  test('"MUST" support POST of a search instead: the same answer as GET', async () => {
    const { userName } = await scim.user();
    const filter = `userName eq "${userName}"`;
    const [got, searched] = [
      await scim.list('/Users', { filter }),
      await scim.search('/Users/.search', { filter }),
    ];
    expect(listed(searched)).toEqual([userName]);
    expect(searched.body).toEqual(got.body);
  });

  test('locations name ids, never names', async () => {
    const user = await scim.user();
    expect(user.meta.location).not.toContain(user.userName);
  });
});

describe('RFC 7643 9.2 passwords', () => {
  test('are neither stored nor logged nor told by any error', async () => {
    const password = 'c0rrect-h0rse';
    const answer = await scim.post('/Users', { userName: scim.unique('p'), password, active: 'perhaps' });
    expectError(answer, 400, 'invalidValue');
    expect(JSON.stringify(answer.body)).not.toContain(password);
    const bad = await scim.post('/Users', { userName: scim.unique('p'), password: { secret: password } });
    expectError(bad, 400, 'invalidValue');
    expect(JSON.stringify(bad.body)).not.toContain(password);
    for (const each of [answer, bad])
      expect(JSON.stringify(await scim.activity(each))).not.toContain(password);
  });
});

describe('web pages', () => {
  test('cannot call: an Origin is refused, and no CORS header is ever sent', async () => {
    const { status, headers } = await scim.raw('GET', '/Users', { Origin: 'https://evil.example' });
    expect(status).toBe(403);
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    const preflight = await scim.raw('OPTIONS', '/Users', {
      Origin: 'https://evil.example',
      'Access-Control-Request-Method': 'POST',
    });
    expect(preflight.status).toBe(403);
  });

  test('a name that resolves to this machine does not reach it: 421', async () => {
    expectError(await scim.raw('GET', '/Users', { Host: 'evil.example' }), 421);
  });

  test('answers do not say what serves them', async () => {
    const { headers } = await scim.raw('GET', '/Users');
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('server');
  });
});
