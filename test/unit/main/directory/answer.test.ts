import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunningRollcall, startRollcall } from '../../../support/rollcall.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

let running: RunningRollcall;
let database: SQLite.Database;
beforeEach(async () => {
  running = await startRollcall();
  await running.rollcall.services.policy.set({ 'userName.email': false });
  database = new SQLite(join(running.dataDirectory, 'identity.db'));
});
afterEach(async () => {
  database.close();
  await running.close();
});

describe('a resource kept as text', () => {
  test('is answered the same as one that is rendered when it is read', async () => {
    // What stands for the base URL in the text, and what JSON escapes.
    const hostile = 'a\u0001b"\\\u2028 😀 urn:uuid:x';
    const user = {
      userName: hostile,
      title: hostile,
      name: { formatted: hostile },
      [ENTERPRISE]: { manager: { value: 'boss' } },
    };
    const { body: created } = await running.request('POST', '/Users', user);
    await running.request('POST', '/Groups', {
      displayName: `team ${hostile}`,
      members: [{ value: created.id }],
    });
    const path = `/Users/${created.id}`;
    const kept = [
      await running.request('GET', path),
      await running.request('GET', '/Users'),
      await running.request('GET', `${path}?attributes=groups,name`),
      await running.request('GET', '/Groups'),
    ].map(({ body }) => body);
    expect(kept[0]).toMatchObject({ title: hostile, groups: [{ display: `team ${hostile}` }] });
    expect(kept[0][ENTERPRISE].manager.$ref).toBe(`${running.base}/Users/boss`);

    database.exec(
      "UPDATE directory_user SET answer_form = 'older'; UPDATE directory_group SET answer_form = 'older'",
    );
    const rendered = [
      await running.request('GET', path),
      await running.request('GET', '/Users'),
      await running.request('GET', `${path}?attributes=groups,name`),
      await running.request('GET', '/Groups'),
    ].map(({ body }) => body);
    expect(rendered).toEqual(kept);
  });

  test('names the base URL of now, not that of when it was written', async () => {
    const { body } = await running.request('POST', '/Users', { userName: 'ann' });
    await running.rollcall.services.organization.locate('reachable-url', 'https://scim.acme.example');
    const read = await running.request('GET', `/Users/${body.id}`);
    expect(read.body.meta.location).toBe(`https://scim.acme.example/scim/v2/acme/Users/${body.id}`);
  });
});

describe('the two ways to a resource, past Express and through it', () => {
  test('answer alike, errors included', async () => {
    const { body } = await running.request('POST', '/Users', { userName: 'ann' });
    const origin = new URL(running.base).origin;
    const ask = async (path: string, method = 'GET', more?: unknown) => {
      const { status, headers, body: answer } = await running.request(method, origin + path, more);
      const named = ['content-type', 'etag', 'location', 'content-location', 'allow', 'www-authenticate'];
      return { status, answer, headers: named.map((name) => headers.get(name)) };
    };
    for (const [plain, other] of [
      [`/scim/v2/acme/Users/${body.id}`, `/scim/v2//acme/users/${body.id}/`],
      [
        '/scim/v2/acme/Users?filter=userName+eq+%22ann%22',
        '/scim/v2/acme//Users?filter=userName+eq+%22ann%22',
      ],
      ['/scim/v2/acme/Users?filter=nonsense', '/scim/v2/acme/users?filter=nonsense'],
      ['/scim/v2/Users/nobody', '/scim/v2/Users/%6eobody'],
    ] as const) {
      expect(await ask(plain), plain).toEqual(await ask(other));
    }
    expect(await ask('/scim/v2/acme/Users', 'POST', { userName: 'ann' })).toEqual(
      await ask('/scim/v2/acme/users', 'POST', { userName: 'ann' }),
    );
    expect((await ask('/scim/v2/acme/Users', 'PUT', {})).status).toBe(405);
    expect((await ask(`/scim/v2/other/Users/${body.id}`)).status).toBe(404);
  });
});
