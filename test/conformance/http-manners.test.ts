import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { ERROR, expectError, headerOf, listed, shareEndpoint } from './endpoint.ts';

/** HTTP as real clients speak it: RFC 7644 section 3.8, RFC 9110, and the protocol reference, section 5. */
const scim = shareEndpoint();

const post = (
  contentType: string | undefined,
  body: string | Uint8Array,
  more: Record<string, string> = {},
) =>
  scim.raw(
    'POST',
    '/Users',
    { ...(contentType !== undefined && { 'Content-Type': contentType }), ...more },
    body,
  );
const userBody = (more: object = {}) => JSON.stringify({ userName: scim.unique('http'), ...more });

describe('3.8 media types of requests', () => {
  test.each([
    'application/scim+json',
    'application/json',
    'application/scim+json; charset=utf-8',
    'application/scim+json;charset=UTF-8',
    'application/json; charset="utf-8"; profile=x',
    'APPLICATION/SCIM+JSON',
    'application/json ; odata.metadata=minimal',
    'application/scim+json;',
    'application/vnd.api+json',
    'text/json',
  ])('%s is read', async (contentType) => {
    const answer = await post(contentType, userBody());
    expect([answer.status, headerOf(answer, 'content-type')]).toEqual([201, 'application/scim+json']);
  });

  test('no type at all is taken for JSON', async () => {
    expect((await post(undefined, userBody())).status).toBe(201);
  });

  test.each([
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'json',
    '*/*',
  ])('%s is 415', async (contentType) => {
    expectError(await post(contentType, userBody()), 415);
  });

  test.each(['utf-16', 'iso-8859-1', 'windows-1252'])(
    'a charset of %s is 415: it would be misread',
    async (charset) => {
      expectError(await post(`application/scim+json; charset=${charset}`, userBody()), 415);
    },
  );

  test('a body that is not UTF-8 is refused rather than misread', async () => {
    const bytes = Buffer.from(userBody({ title: 'Löwe' }), 'latin1');
    expectError(await post('application/scim+json', bytes), 400, 'invalidSyntax');
  });

  test('a byte order mark is no part of the JSON', async () => {
    expect((await post('application/scim+json', `\ufeff${userBody()}`)).status).toBe(201);
  });
});

describe('3.8 media types of answers', () => {
  const typeFor = async (accept: string) =>
    headerOf(await scim.raw('GET', '/ServiceProviderConfig', { Accept: accept }), 'content-type');

  test.each([
    ['application/scim+json', 'application/scim+json'],
    ['application/json', 'application/json'],
    ['application/json; charset=utf-8', 'application/json'],
    ['APPLICATION/JSON', 'application/json'],
    ['*/*', 'application/scim+json'],
    ['application/*', 'application/scim+json'],
    ['application/json, application/scim+json', 'application/scim+json'],
    ['application/scim+json, application/json', 'application/scim+json'],
    ['application/json;q=0.9, application/scim+json;q=0.8', 'application/json'],
    ['application/json;q=0.5, application/scim+json', 'application/scim+json'],
    ['application/scim+json;q=0, application/json;q=0.1', 'application/json'],
    ['application/json;q=0', 'application/scim+json'],
    ['application/json, text/plain, */*', 'application/json'],
    ['text/html', 'application/scim+json'],
    ['', 'application/scim+json'],
    ['nonsense;;,,', 'application/scim+json'],
  ])('Accept: %s gets %s, without a charset', async (accept, expected) => {
    expect(await typeFor(accept)).toBe(expected);
  });

  test('errors too', async () => {
    const answer = await scim.raw('GET', '/Users/nobody', { Accept: 'application/json' });
    expect([answer.status, headerOf(answer, 'content-type')]).toEqual([404, 'application/json']);
    expect(answer.body.schemas).toEqual([ERROR]);
  });

  test('are compressed only by whoever is asked to: the length is that of the text', async () => {
    const answer = await scim.raw('GET', '/Schemas', {
      'Accept-Encoding': 'gzip,deflate',
      'Accept-Charset': 'utf-8',
    });
    expect(headerOf(answer, 'content-encoding')).toBeNull();
    expect(headerOf(answer, 'content-length')).toBe(String(Buffer.byteLength(answer.text)));
  });
});

describe('bodies', () => {
  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('in Content-Encoding %s are unpacked', async (encoding, pack) => {
    const answer = await post('application/scim+json', pack(userBody({ title: encoding })), {
      'Content-Encoding': encoding,
    });
    expect([answer.status, answer.body.title]).toEqual([201, encoding]);
  });

  test('in an encoding nobody knows are 415, broken ones 400', async () => {
    expectError(await post('application/scim+json', userBody(), { 'Content-Encoding': 'rot13' }), 415);
    const whole = gzipSync(userBody());
    for (const broken of [
      'this is not gzip',
      whole.subarray(0, -9),
      Buffer.concat([whole.subarray(0, 20), whole]),
    ]) {
      for (const encoding of ['gzip', 'deflate', 'br']) {
        const answer = await post('application/scim+json', broken, { 'Content-Encoding': encoding });
        expectError(answer, 400, 'invalidSyntax');
      }
    }
  });

  test('that unpack to more than the limit are 413', async () => {
    const bomb = gzipSync(userBody({ title: 'x'.repeat(11 * 1024 * 1024) }));
    expect(bomb.byteLength).toBeLessThan(100_000);
    expectError(await post('application/scim+json', bomb, { 'Content-Encoding': 'gzip' }), 413);
  });

  test('larger than 10 MB are 413, naming the limit; just below they are read', async () => {
    const answer = await post('application/scim+json', userBody({ title: 'x'.repeat(10 * 1024 * 1024) }));
    expectError(answer, 413);
    expect(answer.body.detail).toContain('10485760');
    const ignored = await post('application/scim+json', userBody({ shoeSize: 'x'.repeat(9 * 1024 * 1024) }));
    expect(ignored.status).toBe(201);
  });

  test('on GET and DELETE, or a Content-Type without one, do no harm', async () => {
    const { id } = await scim.user();
    for (const [headers, body] of [
      [{ 'Content-Type': 'application/scim+json; charset=utf-8' }, undefined],
      [{ 'Content-Type': 'application/json' }, ''],
      [{ 'Content-Type': 'application/json' }, '{}'],
      [{ 'Content-Type': 'text/plain' }, undefined],
    ] as const) {
      expect((await scim.raw('GET', `/Users/${id}`, headers, body)).status).toBe(200);
    }
    const deleted = await scim.raw('DELETE', `/Users/${id}`, { 'Content-Type': 'application/scim+json' });
    expect(deleted.status).toBe(204);
    const other = await scim.user();
    const withText = await scim.raw('DELETE', `/Users/${other.id}`, { 'Content-Type': 'text/plain' }, 'bye');
    expect(withText.status).toBe(204);
  });

  test('that are empty are told to be empty', async () => {
    const { id } = await scim.user();
    for (const [method, path] of [
      ['POST', '/Users'],
      ['PUT', `/Users/${id}`],
      ['PATCH', `/Users/${id}`],
      ['POST', '/.search'],
      ['POST', '/Bulk'],
    ] as const) {
      const answer = await scim.raw(method, path, { 'Content-Type': 'application/scim+json' });
      expectError(answer, 400, 'invalidSyntax');
    }
  });

  test('the last of two equal keys counts, as JSON parsers have it', async () => {
    const answer = await scim.post('/Users', `{"userName":"first","userName":"${scim.unique('second')}"}`);
    expect(answer.body.userName).toMatch(/^second/);
  });
});

describe('paths', () => {
  test.each(['/Users/', '//Users', '/Users//', '///Users///'])('%s is /Users', async (path) => {
    const answer = await scim.raw('GET', `${path}?count=0`);
    expect([answer.status, answer.body.schemas?.length]).toEqual([200, 1]);
  });

  test('a trailing slash behind an id, a .search and a discovery resource means nothing', async () => {
    const { id } = await scim.user();
    for (const path of [
      `/Users/${id}/`,
      `//Users//${id}`,
      '/ServiceProviderConfig/',
      '/Schemas/',
      '/ResourceTypes/User/',
    ]) {
      expect((await scim.raw('GET', path)).status, path).toBe(200);
    }
    expect((await scim.raw('POST', '/.search/', { 'Content-Type': 'application/json' }, '{}')).status).toBe(
      200,
    );
    expect(
      (await scim.raw('POST', '/Users/', { 'Content-Type': 'application/json' }, userBody())).status,
    ).toBe(201);
  });

  test('a trailing ? or & means nothing (OneLogin)', async () => {
    const { id, userName } = await scim.user();
    expect((await scim.raw('GET', `/Users/${id}?`)).status).toBe(200);
    const put = await scim.raw(
      'PUT',
      `/Users/${id}?`,
      { 'Content-Type': 'application/json' },
      JSON.stringify({ userName }),
    );
    expect(put.status).toBe(200);
    const found = await scim.raw('GET', `/Users?filter=userName+eq+%22${userName}%22&`);
    expect(found.body.totalResults).toBe(1);
  });

  test('ids are decoded once; a bad percent escape is 400, an encoded slash no separator', async () => {
    const { id } = await scim.user();
    const encoded = [...id].map((char) => `%${char.charCodeAt(0).toString(16)}`).join('');
    expect((await scim.raw('GET', `/Users/${encoded}`)).status).toBe(200);
    expect((await scim.raw('GET', `/Users/${encoded.replaceAll('%', '%25')}`)).status).toBe(404);
    for (const path of ['/Users/%', '/Users/%zz', '/Users/%c3%28', '/Users/%ff']) {
      expectError(await scim.raw('GET', path), 400, 'invalidSyntax');
    }
    expectError(await scim.raw('GET', '/Users/..%2fGroups'), 404);
    expectError(await scim.raw('GET', '/Users/../Users'), 404);
  });

  test('with or without the organization', async () => {
    const root = scim.running.base.replace(/\/acme$/, '');
    for (const base of [root, `${root}/acme`, `${root}/ACME`, `${root}//acme`]) {
      const answer = await scim.running.request('GET', `${base}/Users?count=0`);
      expect(answer.status, base).toBe(200);
    }
    expectError(await scim.running.request('GET', `${root}/other/Users`), 404);
  });
});

describe('query parameters', () => {
  test('+ and %20 are spaces, %2B a plus', async () => {
    const { userName } = await scim.user({ userName: scim.unique('a+b c') });
    for (const query of [
      `filter=userName+eq+%22${encodeURIComponent(userName)}%22`,
      `filter=userName%20eq%20%22${encodeURIComponent(userName).replaceAll('%20', '+')}%22`,
    ]) {
      expect(listed(await scim.get(`/Users?${query}`))).toEqual([userName]);
    }
    expect(listed(await scim.get(`/Users?filter=userName+eq+%22${userName.replace(' ', '%20')}%22`))).toEqual(
      [],
    );
  });

  test('of several with one name the last counts; names in any case', async () => {
    await scim.user();
    await scim.user();
    expect((await scim.get('/Users?count=5&count=1')).body.itemsPerPage).toBe(1);
    expect((await scim.get('/Users?COUNT=1')).body.itemsPerPage).toBe(1);
    expect((await scim.get('/Users?startindex=0&count=1')).body.startIndex).toBe(1);
  });

  test('a bad percent escape is taken as it is, not answered with 500', async () => {
    for (const query of [
      'filter=userName%20eq%20%22%zz%22',
      'filter=userName+eq+"100%"',
      'x=%&count=1',
      '%=%',
    ]) {
      expect((await scim.raw('GET', `/Users?${query}`)).status, query).toBe(200);
    }
    const { userName } = await scim.user({ userName: scim.unique('50%25off') });
    const found = await scim.list('/Users', { filter: `userName eq "${userName}"` });
    expect(listed(found)).toEqual([userName]);
  });

  test('a question mark within the query is part of it', async () => {
    const { userName } = await scim.user({ userName: scim.unique('who?') });
    expect(listed(await scim.get(`/Users?filter=userName+eq+"${userName}"`))).toEqual([userName]);
  });

  test('a literal that is not ASCII arrives as UTF-8', async () => {
    const { userName } = await scim.user({ userName: scim.unique('Łukasz-雪-🙂') });
    expect(listed(await scim.list('/Users', { filter: `userName eq "${userName.toLowerCase()}"` }))).toEqual([
      userName,
    ]);
  });

  test('an empty one is as good as none', async () => {
    await scim.user();
    const plain = await scim.get('/Users?count=1');
    const empty = await scim.get(
      '/Users?filter=&sortBy=&attributes=&excludedAttributes=&startIndex=&sortOrder=&count=1',
    );
    expect(empty.body).toEqual(plain.body);
  });
});

describe('locations', () => {
  afterEach(() => scim.running.rollcall.services.organization.locate('this-machine', null));

  test('are never taken from Host, Forwarded or X-Forwarded-*', async () => {
    const port = new URL(scim.running.base).port;
    const headers = {
      Host: `localhost:${port}`,
      Forwarded: 'host=evil.example;proto=https',
      'X-Forwarded-Host': 'evil.example',
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Prefix': '/evil',
      'X-Original-Host': 'evil.example',
      'X-Forwarded-Port': '1',
    };
    const created = await scim.raw(
      'POST',
      '/Users',
      { ...headers, 'Content-Type': 'application/json' },
      userBody(),
    );
    expect(headerOf(created, 'location')).toBe(`${scim.running.base}/Users/${created.body.id}`);
    for (const path of [`/Users/${created.body.id}`, '/Users', '/Schemas', '/ServiceProviderConfig']) {
      const answer = await scim.raw('GET', path, headers);
      expect(answer.status).toBe(200);
      expect(answer.text).not.toMatch(/evil|localhost/);
    }
  });

  test('are those of the public URL: in headers, meta, lists, references, bulk and discovery', async () => {
    await scim.running.rollcall.services.organization.locate(
      'reachable-url',
      'https://scim.example.com:8443',
    );
    const base = 'https://scim.example.com:8443/scim/v2/acme';
    const user = await scim.user();
    const group = await scim.group({ members: [{ value: user.id }] });
    expect(user.meta.location).toBe(`${base}/Users/${user.id}`);
    expect(group.members[0].$ref).toBe(user.meta.location);
    expect((await scim.get(`/Users/${user.id}`)).body.groups[0].$ref).toBe(`${base}/Groups/${group.id}`);
    const list = await scim.list('/Users', { filter: `id eq "${user.id}"` });
    expect(list.body.Resources[0].meta.location).toBe(user.meta.location);
    const bulk = await scim.bulk([{ method: 'DELETE', path: `/Users/${user.id}` }]);
    expect(bulk.body.Operations[0].location).toBe(user.meta.location);
    expect((await scim.get('/ServiceProviderConfig')).body.meta.location).toBe(
      `${base}/ServiceProviderConfig`,
    );
  });
});

describe('connections', () => {
  test('are kept for the next request, after errors too', async () => {
    for (const path of ['/Users?count=0', '/Users/nobody', '/nothing']) {
      const answer = await scim.raw('GET', path, { Connection: 'keep-alive' });
      expect(headerOf(answer, 'connection')).toBe('keep-alive');
    }
  });

  test('a body in chunks, whose length nobody said, is read', async () => {
    const body = userBody();
    const request = httpRequest(`${scim.running.base}/Users`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${scim.running.token.token}`,
        'Content-Type': 'application/scim+json',
      },
      agent: false,
    });
    for (const part of [body.slice(0, 10), body.slice(10)]) request.write(part);
    request.end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(201);
  });

  test('no header turns one method into another', async () => {
    const { id } = await scim.user();
    const headers = {
      'X-HTTP-Method-Override': 'DELETE',
      'X-HTTP-Method': 'DELETE',
      'X-Method-Override': 'DELETE',
    };
    expectError(await scim.raw('POST', `/Users/${id}`, headers), 405);
    expect((await scim.raw('GET', `/Users/${id}`, headers)).status).toBe(200);
    expect((await scim.get(`/Users/${id}`)).status).toBe(200);
  });

  test('Expect: 100-continue is answered', async () => {
    const answer = await post('application/scim+json', userBody(), { Expect: '100-continue' });
    expect(answer.status).toBe(201);
  });

  test('every answer has an id that finds it in the activity log', async () => {
    const answer = await scim.get('/Users/nobody');
    expect((await scim.activity(answer)).status).toBe(404);
  });
});
