import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActivityRow } from '../../../../src/shared/contract/activity.ts';
import { poll } from '../../../support/poll.ts';
import { type RawAnswer, rawRequest, speak } from '../../../support/raw-http.ts';
import { type RunningRollcall, startRollcall } from '../../../support/rollcall.ts';

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

let running: RunningRollcall;
let port: number;
let origin: string;
beforeAll(async () => {
  running = await startRollcall();
  port = Number(new URL(running.base).port);
  origin = new URL(running.base).origin;
});
afterAll(() => running.close());

/** One request with the live token, at a path below the base URL or at a whole path. */
const ask = (
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string | Uint8Array,
): Promise<RawAnswer> =>
  rawRequest(
    method,
    path.startsWith('/scim') || path === '/' ? origin + path : running.base + path,
    { Authorization: `Bearer ${running.token.token}`, ...headers },
    body,
  );

const rowOf = (answer: Pick<RawAnswer, 'headers'>): Promise<ActivityRow> =>
  poll(
    () =>
      running.rollcall.services.activity
        .list({ limit: 50, failed: false })
        .find(({ requestId }) => requestId === answer.headers['x-request-id']),
    'the row of the request',
  );

/** Refusals whose rows are looked for at the end: a row is written a moment after its answer. */
const refusals: { requestId: unknown; row: Partial<ActivityRow> }[] = [];

/** A refusal in SCIM form; the last test of this file looks for its row. */
function expectRefusal(
  answer: RawAnswer,
  status: number,
  detail: RegExp | string,
  { scimType, ...row }: Partial<ActivityRow> = {},
): void {
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toBe('application/scim+json');
  expect(answer.body).toEqual({
    schemas: [ERROR],
    status: String(status),
    detail: expect.stringMatching(detail),
    ...(scimType && { scimType }),
  });
  refusals.push({
    requestId: answer.headers['x-request-id'],
    row: { status, reason: answer.body.detail, scimType: scimType ?? null, ...row },
  });
}

/** Every row so far, by request id. */
const rowsOf = ({ rollcall }: RunningRollcall) =>
  new Map(rollcall.services.activity.since(0, 100_000, false).map((row) => [row.requestId, row]));

const userName = () => `${crypto.randomUUID()}@acme.com`;
const SCIM_JSON = { 'Content-Type': 'application/scim+json' };
const userBody = (more: object = {}) => JSON.stringify({ userName: userName(), ...more });

describe('authentication', () => {
  const refused = (authorization?: string) =>
    rawRequest(
      'GET',
      `${running.base}/Users`,
      authorization === undefined ? {} : { Authorization: authorization },
    );

  test.each([
    ['no header', undefined, /carries no bearer token/],
    ['an empty header', '', /carries no bearer token/],
    ['the scheme alone', 'Bearer', /carries no bearer token/],
    ['another scheme', 'Basic YTpi', /carries no bearer token/],
    ['two words', 'Bearer a b', /carries no bearer token/],
    ['something else', 'Bearer abc', /not valid/],
    ['the token cut off', () => `Bearer ${running.token.token.slice(0, -1)}`, /not valid/],
    ['another install’s token', `Bearer rollcall_${'0'.repeat(43)}000000`, /not valid/],
  ])('with %s is refused', async (_, authorization, detail) => {
    const answer = await refused(typeof authorization === 'function' ? authorization() : authorization);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="SCIM"');
    expectRefusal(answer, 401, detail, { tokenId: null, tokenName: 'unknown' });
  });

  test('with the token without its scheme is refused, as a failure of whoever holds it', async () => {
    expectRefusal(await refused(running.token.token), 401, /carries no bearer token/, {
      tokenId: running.token.id,
      tokenName: 'test',
    });
  });

  test.each(['Bearer', 'bearer', 'BEARER'])('the scheme may be spelled %s', async (scheme) => {
    expect((await refused(`${scheme}  ${running.token.token} `)).status).toBe(200);
  });

  test('a revoked token is refused at once, by name', async () => {
    const { tokens } = running.rollcall.services;
    const second = await tokens.create({ name: 'second', expiresInDays: null });
    expect((await refused(`Bearer ${second.token}`)).status).toBe(200);
    await tokens.revoke(second.id);
    expectRefusal(await refused(`Bearer ${second.token}`), 401, /was revoked/, {
      tokenId: second.id,
      tokenName: 'second',
    });
  });

  test('comes before everything that would tell a stranger what exists', async () => {
    for (const path of ['/Users/x', '/Nothing', '/ServiceProviderConfig']) {
      expect((await rawRequest('PUT', running.base + path)).status).toBe(401);
    }
    expect((await rawRequest('GET', `${origin}/scim/v2/other/Users`)).status).toBe(401);
  });

  test('a token bare of its scheme is let in by the okta profile', async () => {
    const { policy } = running.rollcall.services;
    await policy.set({ profile: 'okta' });
    const answer = await refused(running.token.token);
    await policy.set({ profile: 'lenient' });
    expect(answer.status).toBe(200);
  });
});

describe('addresses', () => {
  test.each([
    ['/Users'],
    ['/Users/'],
    ['//Users'],
    ['/users'],
    ['/Users?'],
    ['/Users/?'],
    ['/Users?count=1&count=0&count=2'],
    ['/scim/v2/Users'],
    ['/scim/v2//acme//Users//'],
    ['//scim//v2/acme/Users'],
    ['/scim/v2/ACME/Users'],
    ['/scim/v2/Users/?startindex=1'],
    ['/Users?filter='],
  ])('%s is the list of users', async (path) => {
    const url = path.startsWith('//scim') ? origin + path : undefined;
    const answer = url
      ? await rawRequest('GET', url, { Authorization: `Bearer ${running.token.token}` })
      : await ask('GET', path);
    expect(answer.status).toBe(200);
    expect(answer.body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:ListResponse']);
  });

  test('the last of several parameters wins', async () => {
    await ask('POST', '/Users', SCIM_JSON, userBody());
    expect((await ask('GET', '/Users?count=0&count=1')).body.Resources).toHaveLength(1);
    expect((await ask('GET', '/Users?COUNT=1&count=0')).body.Resources).toHaveLength(0);
  });

  test.each([
    ['/scim/v2/other/Users', 404],
    ['/scim/v2/acme/acme/Users', 404],
    ['/Nothing', 404],
    ['/Users/x/y', 404],
    ['/', 404],
    ['/scim/v1/acme/Users', 404],
  ])('%s is nowhere', async (path, status) => {
    expectRefusal(await ask('GET', path), status, /There is n/);
  });

  test('nothing but the endpoint answers, token or not', async () => {
    expectRefusal(await rawRequest('GET', `${origin}/favicon.ico`), 404, /There is nothing/);
  });

  test.each(['%E0%A4%A', '%', '%zz', '%ff'])('an id of %s is refused', async (id) => {
    expectRefusal(await ask('GET', `/Users/${id}`), 400, /percent-encoded/, { scimType: 'invalidSyntax' });
  });

  test('malformed percent-encoding in a parameter is taken as it is', async () => {
    expect((await ask('GET', '/Users?count=1&x=%zz')).status).toBe(200);
  });

  test('an id is decoded once', async () => {
    expectRefusal(await ask('GET', '/Users/a%2520b'), 404, /"a%20b"/);
    expectRefusal(await ask('GET', '/Users/..%2f..%2fetc'), 404, /"..\/..\/etc"/);
  });
});

describe('methods', () => {
  test.each([
    ['DELETE', '/Users', 'GET, POST'],
    ['PATCH', '/Groups', 'GET, POST'],
    ['POST', '/Users/x', 'GET, PUT, PATCH, DELETE'],
    ['OPTIONS', '/Users', 'GET, POST'],
    ['PUT', '/Schemas', 'GET'],
    ['POST', '/ResourceTypes/User', 'GET'],
    ['DELETE', '/ServiceProviderConfig', 'GET'],
  ])('%s %s is refused with what is offered', async (method, path, allow) => {
    const answer = await ask(method, path);
    expect(answer.headers.allow).toBe(allow);
    expectRefusal(answer, 405, `${method} is not offered here. Offered: ${allow}.`);
  });

  test('HEAD answers as GET would, without the body', async () => {
    const get = await ask('GET', '/Users');
    const head = await ask('HEAD', '/Users');
    expect(head.status).toBe(200);
    expect(head.text).toBe('');
    expect(head.headers['content-length']).toBe(get.headers['content-length']);
    expect(head.headers['content-type']).toBe('application/scim+json');
    expect((await ask('HEAD', '/Users/nobody')).status).toBe(404);
  });

  test('/Me is not implemented, and says so', async () => {
    expectRefusal(await ask('GET', '/Me'), 501, /belongs to no user/);
  });
});

describe('hosts', () => {
  test.each([['127.0.0.1'], ['localhost'], ['LOCALHOST:80'], ['[::1]:99'], ['localhost.']])(
    '%s is this machine',
    async (host) => {
      expect((await ask('GET', '/Users', { Host: host })).status).toBe(200);
    },
  );

  test.each([
    ['evil.example'],
    ['127.0.0.1.evil.example'],
    ['localhost.evil.example:7643'],
    ['127.0.0.2'],
    ['[::2]'],
    ['scim.example.com@evil.example'],
  ])('%s is not', async (host) => {
    expectRefusal(await ask('GET', '/Users', { Host: host }), 421, /This server is not/);
  });

  test('the host of the public URL is, from the next request on', async () => {
    const { organization } = running.rollcall.services;
    expect((await ask('GET', '/Users', { Host: 'scim.example.com' })).status).toBe(421);
    await organization.locate('reachable-url', 'https://scim.example.com:8443');
    const answer = await ask('GET', '/Users', { Host: 'SCIM.example.com' });
    await organization.locate('this-machine', null);
    expect(answer.status).toBe(200);
    expect((await ask('GET', '/Users', { Host: 'scim.example.com' })).status).toBe(421);
  });

  test.each(['https://evil.example', 'null', 'http://127.0.0.1'])('a page at %s is refused', async (page) => {
    expectRefusal(await ask('GET', '/Users', { Origin: page }), 403, 'Web pages may not call this endpoint.');
  });

  test('a resource says where it is by the configuration, never by the Host header', async () => {
    const created = await ask('POST', '/Users', { ...SCIM_JSON, Host: 'localhost:1' }, userBody());
    const location = `${running.base}/Users/${created.body.id}`;
    expect(created.body.meta.location).toBe(location);
    expect(created.headers.location).toBe(location);
    const read = await ask('GET', `/Users/${created.body.id}`, { 'X-Forwarded-Host': 'evil.example' });
    expect(read.body.meta.location).toBe(location);
    expect(read.headers['content-location']).toBe(location);
  });
});

describe('while paused', () => {
  test('everything is put off, and nothing is lost', async () => {
    const { policy } = running.rollcall.services;
    await policy.set({ paused: true });
    const answers = [await ask('GET', '/Users'), await ask('POST', '/Users', SCIM_JSON, userBody())];
    const stranger = await rawRequest('GET', `${running.base}/Users`);
    await policy.set({ paused: false });
    for (const answer of answers) {
      expect(answer.headers['retry-after']).toBe('300');
      expectRefusal(answer, 503, /paused/);
    }
    expect(stranger.status).toBe(401);
    expect((await ask('GET', '/Users')).status).toBe(200);
  });
});

describe('media types', () => {
  test.each([
    [undefined, 'application/scim+json'],
    ['*/*', 'application/scim+json'],
    ['application/scim+json', 'application/scim+json'],
    ['application/json', 'application/json'],
    ['application/json, application/scim+json', 'application/scim+json'],
    ['application/json;q=0.9, application/scim+json;q=0.1', 'application/json'],
    ['application/json;q=0', 'application/scim+json'],
    ['Application/JSON', 'application/json'],
    ['text/html', 'application/scim+json'],
    ['garbage', 'application/scim+json'],
  ])('Accept %s is answered with %s, without a charset', async (accept, type) => {
    const answer = await ask('GET', '/Users', accept === undefined ? {} : { Accept: accept });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe(type);
  });

  test.each([
    ['application/scim+json'],
    ['application/scim+json; charset=utf-8'],
    ['application/json;charset="UTF-8"'],
    ['application/json; charset=us-ascii'],
    ['text/json'],
    ['APPLICATION/JSON'],
    ['application/vnd.api+json'],
    [undefined],
  ])('a body of type %s is read', async (type) => {
    const answer = await ask(
      'POST',
      '/Users',
      type === undefined ? {} : { 'Content-Type': type },
      userBody(),
    );
    expect(answer.status).toBe(201);
    expect(answer.headers['content-type']).toBe('application/scim+json');
  });

  test.each([
    ['text/plain', /text\/plain/],
    ['application/x-www-form-urlencoded', /x-www-form-urlencoded/],
    ['application/xml', /application\/xml/],
    ['multipart/form-data; boundary=x', /multipart/],
    ['', /can't be read/],
    ['application/json; charset=iso-8859-1', /charset iso-8859-1/],
    ['application/scim+json; charset=utf-16', /charset utf-16/],
  ])('a body of type "%s" is refused', async (type, detail) => {
    expectRefusal(await ask('POST', '/Users', { 'Content-Type': type }, userBody()), 415, detail);
  });

  test('a body that is not UTF-8 is refused rather than misread', async () => {
    const body = Buffer.concat([
      Buffer.from(`{"userName":"${userName()}","displayName":"J`),
      Buffer.from([0xfc]),
      Buffer.from('rgen"}'),
    ]);
    expectRefusal(await ask('POST', '/Users', SCIM_JSON, body), 400, /not valid UTF-8/, {
      scimType: 'invalidSyntax',
    });
  });

  test('an unknown content encoding is refused', async () => {
    const headers = { ...SCIM_JSON, 'Content-Encoding': 'zstd-of-the-future' };
    expectRefusal(await ask('POST', '/Users', headers, userBody()), 415, /Content-Encoding/);
  });
});

describe('bodies', () => {
  test.each([
    ['', 'The request has no body.'],
    ['{', 'The body is not valid JSON.'],
    ['not json', 'The body is not valid JSON.'],
    ["{'userName': 'x'}", 'The body is not valid JSON.'],
    ['[]', /must be a JSON object/],
    ['null', /must be a JSON object/],
    ['"text"', /must be a JSON object/],
    ['7', /must be a JSON object/],
  ])('%j is refused', async (body, detail) => {
    for (const [method, path] of [
      ['POST', '/Users'],
      ['POST', '/Groups'],
    ] as const) {
      expectRefusal(await ask(method, path, SCIM_JSON, body), 400, detail, { scimType: 'invalidSyntax' });
    }
  });

  test('a byte order mark is no part of the JSON', async () => {
    expect((await ask('POST', '/Users', SCIM_JSON, `\uFEFF${userBody()}`)).status).toBe(201);
  });

  test('a DELETE may carry one', async () => {
    const { body } = await ask('POST', '/Users', SCIM_JSON, userBody());
    const answer = await ask('DELETE', `/Users/${body.id}`, SCIM_JSON, '{}');
    expect(answer.status).toBe(204);
    expect(answer.text).toBe('');
    expect(answer.headers['content-type']).toBeUndefined();
  });
});

describe('versions', () => {
  const create = async () => {
    const { body, headers } = await ask('POST', '/Users', SCIM_JSON, userBody());
    return { path: `/Users/${body.id}`, tag: String(headers.etag), version: body.meta.version, body };
  };
  const put = (path: string, headers: Record<string, string>, body: object) =>
    ask('PUT', path, { ...SCIM_JSON, ...headers }, JSON.stringify(body));

  test('the ETag is meta.version, and grows with each change only', async () => {
    const { path, tag, version, body } = await create();
    expect(tag).toBe('W/"1"');
    expect(version).toBe(tag);
    expect((await put(path, {}, { ...body })).headers.etag).toBe('W/"1"');
    const changed = await put(path, {}, { ...body, title: 'Lead' });
    expect(changed.headers.etag).toBe('W/"2"');
    expect(changed.body.meta.version).toBe('W/"2"');
    expect((await ask('GET', path)).headers.etag).toBe('W/"2"');
  });

  test.each([
    ['W/"1"', 200],
    ['"1"', 200],
    ['*', 200],
    ['"0", W/"1"', 200],
    ['W/"2"', 412],
    ['"nonsense"', 412],
    ['', 412],
  ])('If-Match %s: %s', async (header, status) => {
    const { path, body } = await create();
    const answers = [await put(path, { 'If-Match': header }, { ...body })];
    answers.push(await ask('DELETE', path, { 'If-Match': header === 'W/"1"' ? header : 'W/"9"' }));
    expect(answers[0]?.status).toBe(status);
    expect(answers[1]?.status).toBe(header === 'W/"1"' ? 204 : 412);
    if (status === 412) expectRefusal(answers[0] as RawAnswer, 412, /changed on the server/);
  });

  test.each([
    ['W/"1"', 304],
    ['*', 304],
    ['W/"9"', 200],
  ])('If-None-Match %s: %s', async (header, status) => {
    const { path, tag } = await create();
    const answer = await ask('GET', path, { 'If-None-Match': header });
    expect(answer.status).toBe(status);
    expect(answer.headers.etag).toBe(tag);
    expect(answer.text === '').toBe(status === 304);
  });

  test('of several that change the same version, one wins', async () => {
    const { path, body } = await create();
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((title) => put(path, { 'If-Match': 'W/"1"' }, { ...body, title })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });
});

describe('hostile requests', () => {
  const survives = async () => expect((await ask('GET', '/Users?count=1')).status).toBe(200);

  test('__proto__ in a body pollutes nothing', async () => {
    const body = `{"userName":"${userName()}","__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"name":{"__proto__":{"admin":true},"givenName":"Ann"}}`;
    const answer = await ask('POST', '/Users', SCIM_JSON, body);
    expect(answer.status).toBe(201);
    expect(answer.text).not.toContain('admin');
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
    const patch = JSON.stringify({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'add', path: '__proto__.admin', value: true }],
    });
    expect([200, 204, 400]).toContain(
      (await ask('PATCH', `/Users/${answer.body.id}`, SCIM_JSON, patch)).status,
    );
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
    await survives();
  });

  test('more than 10 MB are refused', async () => {
    const body = `{"userName":"${userName()}","displayName":"${'x'.repeat(10 * 1024 * 1024)}"}`;
    expectRefusal(
      await ask('POST', '/Users', SCIM_JSON, body),
      413,
      /exceeds the maxPayloadSize \(10485760\)/,
    );
    await survives();
  });

  test.each([
    ['objects', `${'{"name":'.repeat(5000)}1${'}'.repeat(5000)}`],
    ['lists', `{"userName":"deep@acme.com","emails":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ])('deeply nested %s are refused', async (_, body) => {
    expectRefusal(await ask('POST', '/Users', SCIM_JSON, body), 400, /nested deeper/, {
      scimType: 'invalidSyntax',
    });
    await survives();
  });

  test.each([
    ['too long', `userName eq "${'x'.repeat(10_000)}"`],
    ['of too many parts', Array.from({ length: 400 }, () => 'title pr').join(' or ')],
    ['nested too deeply', `${'('.repeat(500)}title pr${')'.repeat(500)}`],
    ['no filter', '(((('],
    ['with an unknown attribute', 'shoeSize eq 7'],
  ])('a filter that is %s is refused', async (_, filter) => {
    const answer = await ask('GET', `/Users?filter=${encodeURIComponent(filter)}`);
    expectRefusal(answer, 400, /./, { scimType: 'invalidFilter' });
    await survives();
  });

  test.each([
    [
      'a request line with 100,000 characters',
      () => `GET /scim/v2/acme/Users?filter=${'x'.repeat(100_000)} HTTP/1.1\r\n\r\n`,
      '431',
    ],
    [
      'a header with 100,000 characters',
      () => `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
      '431',
    ],
    ['what is no HTTP', () => '\x16\x03\x01 a TLS client', '400'],
    ['no Host header', () => 'GET /scim/v2/acme/Users HTTP/1.1\r\nConnection: close\r\n\r\n', '421'],
    [
      'an empty Host header',
      () => 'GET /scim/v2/acme/Users HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n',
      '421',
    ],
    ['no Host header in HTTP/1.0', () => 'GET /scim/v2/acme/Users HTTP/1.0\r\n\r\n', '421'],
  ])('%s is refused', async (_, bytes, status) => {
    const answer = await speak(port, bytes());
    // A sender who is still writing when it is refused may see the connection end before the answer.
    if (answer !== '') expect(answer.split(' ')[1]).toBe(status);
    await survives();
  });

  test('a member list with ten thousand strangers is taken as it is said', async () => {
    const members = Array.from({ length: 10_000 }, (_, index) => ({ value: `nobody-${index}` }));
    const answer = await ask(
      'POST',
      '/Groups',
      SCIM_JSON,
      JSON.stringify({ displayName: userName(), members }),
    );
    expect(answer.status).toBe(201);
    expect(answer.body.members).toHaveLength(10_000);
    await survives();
  });
});

describe('the request log', () => {
  test('every refused request of this file left a row with its reason', async () => {
    expect(refusals.length).toBeGreaterThan(70);
    await poll(
      () => (rowsOf(running).has(String(refusals.at(-1)?.requestId)) ? true : undefined),
      'the row of the last refusal',
    );
    const rows = rowsOf(running);
    for (const { requestId, row } of refusals) expect(rows.get(String(requestId))).toMatchObject(row);
  });

  test('a caller who leaves before the answer is a row with status 0', async () => {
    const marker = `/scim/v2/acme/Users/${crypto.randomUUID()}`;
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    socket.on('connect', () => {
      socket.write(
        `PUT ${marker} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${running.token.token}\r\nContent-Length: 100\r\n\r\n{`,
        () => socket.destroy(),
      );
    });
    const row = await poll(
      () =>
        running.rollcall.services.activity
          .list({ limit: 50, failed: true })
          .find(({ path }) => path === marker),
      'the row of the aborted request',
    );
    expect(row).toMatchObject({
      status: 0,
      method: 'PUT',
      reason: 'The caller closed the connection before the answer.',
    });
  });

  test('a write tells what it changed and what came of it', async () => {
    const name = userName();
    const answer = await ask(
      'POST',
      '/Users?attributes=id',
      { ...SCIM_JSON, 'User-Agent': 'Okta SCIM Client 1.0.0' },
      JSON.stringify({ userName: name, password: 'hunter2', shoeSize: 42 }),
    );
    expect(answer.status).toBe(201);
    const row = await rowOf(answer);
    expect(row).toMatchObject({
      idp: 'Okta',
      method: 'POST',
      path: '/scim/v2/acme/Users',
      status: 201,
      tokenId: running.token.id,
      tokenName: 'test',
      address: '127.0.0.1',
      resourceType: 'User',
      resourceId: answer.body.id,
      subject: name,
    });
    const detail = running.rollcall.services.activity.get(row.seq);
    expect(detail).toMatchObject({ query: 'attributes=id', changed: expect.arrayContaining(['userName']) });
    expect(detail?.ignored).toContain('shoeSize');
    expect(detail?.steps.join(' ')).toContain('Member created: active.');
    expect(JSON.stringify(detail)).not.toContain('hunter2');
  });

  test('a token in the path, the query, a header or the body is masked', async () => {
    const { token, prefix } = running.token;
    const answers = [
      await ask('GET', `/Users/${token}?x=${token}`, { 'User-Agent': token }),
      await ask('POST', '/Users', SCIM_JSON, userBody({ displayName: token, [token]: token })),
    ];
    for (const answer of answers) {
      const { seq } = await rowOf(answer);
      const detail = JSON.stringify(running.rollcall.services.activity.get(seq));
      expect(detail).not.toContain(token);
      expect(detail).toContain(`${prefix}…`);
    }
  });
});
