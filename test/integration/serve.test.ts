import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rollcall, rollcallJson, type Served, serve } from '../support/command-line.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { runEntra, runOkta } from '../support/idp-traffic.ts';
import { send } from '../support/rollcall.ts';

describe('rollcall serve', () => {
  let data: string;
  let served: Served;
  let token: { id: string; token: string; endpoint: string };

  beforeEach(async () => {
    data = await newDataDirectory();
    await rollcallJson(['init', '--org', 'acme', '--name', 'Acme', '--try', '--data', data]);
    served = await serve(data);
    token = await rollcallJson(['token', 'create', '--data', data]);
  });
  afterEach(async () => {
    await served.stop('SIGKILL');
    await removeDataDirectory(data);
  });

  const get = (path: string, bearer = token.token) =>
    send('GET', served.endpoint + path, undefined, { Authorization: `Bearer ${bearer}` });

  test('a token made meanwhile names the port that is really served, and opens it', async () => {
    expect(token.endpoint).toBe(served.endpoint);
    expect((await get('/Users')).status).toBe(200);
  });

  test('Okta’s and Entra’s traffic becomes members, teams and a request log', async () => {
    const runs = [
      await runOkta({ base: served.endpoint, token: token.token }),
      await runEntra({ base: served.endpoint, token: token.token }),
    ];
    const members = await rollcallJson(['members', 'list', '--data', data]);
    const states = Object.fromEntries(
      members.map((one: { userName: string; state: string }) => [one.userName, one.state]),
    );
    expect(states).toEqual({
      'olive.okta@example.com': 'active',
      'oscar.okta@example.com': 'suspended',
      'emma.entra@example.com': 'active',
      'eric.entra@example.com': 'suspended',
    });
    const teams = await rollcallJson(['teams', 'list', '--data', data]);
    expect(teams).toMatchObject([
      { name: 'Entra Finance', activeMembers: 1, assertedMembers: 1 },
      { name: 'Okta Platform', activeMembers: 1, assertedMembers: 2 },
    ]);
    const employees = await rollcallJson(['employees', 'list', '--data', data]);
    expect(
      employees.find((one: { displayName: string }) => one.displayName === 'Emma E. Entra'),
    ).toMatchObject({
      department: 'Finance',
      title: 'Controller',
      status: 'active',
      managerId: runs[1]?.people[1]?.id,
    });

    const exchanges = runs.flatMap((run) => run.exchanges);
    await expect
      .poll(async () => (await rollcallJson(['activity', 'list', '--data', data])).length, {
        timeout: 10_000,
      })
      .toBe(exchanges.length);
    const rows = await rollcallJson(['activity', 'list', '--data', data]);
    expect(
      rows.map(({ method, status }: { method: string; status: number }) => `${method} ${status}`),
    ).toEqual(exchanges.map(({ method, status }) => `${method} ${status}`));
    const status = await rollcallJson(['status', '--data', data]);
    expect(status).toMatchObject({
      endpointState: 'live',
      listener: { state: 'listening', pid: served.pid, here: false },
      counts: { active: 2, suspended: 2 },
      sso: { tryOut: true },
    });
  });

  test('a token revoked by another process is refused at the next request', async () => {
    expect((await get('/Users')).status).toBe(200);
    await rollcallJson(['token', 'revoke', token.id, '--data', data]);
    const refused = await get('/Users');
    expect(refused.status).toBe(401);
    expect(refused.body).toMatchObject({ status: '401', detail: expect.stringContaining('revoked') });
  });

  test('a rotated token works beside its successor until it is revoked', async () => {
    const second = await rollcallJson(['token', 'rotate', token.id, '--data', data]);
    expect((await get('/Users')).status).toBe(200);
    expect((await get('/Users', second.token)).status).toBe(200);
    await rollcallJson(['token', 'revoke', token.id, '--data', data]);
    expect((await get('/Users')).status).toBe(401);
    expect((await get('/Users', second.token)).status).toBe(200);
  });

  test('a policy set by another process holds at the next request', async () => {
    await rollcallJson(['policy', 'set', 'paused=true', '--data', data]);
    const paused = await get('/Users');
    expect(paused.status).toBe(503);
    expect(paused.headers.get('retry-after')).toMatch(/^\d+$/);
    await rollcallJson([
      'policy',
      'set',
      'paused=false',
      'activation=review',
      'role.default=guest',
      '--data',
      data,
    ]);
    const created = await send(
      'POST',
      `${served.endpoint}/Users`,
      { userName: 'rita@example.com' },
      { Authorization: `Bearer ${token.token}` },
    );
    expect(created.status).toBe(201);
    const [member] = await rollcallJson(['members', 'list', '--data', data]);
    expect(member).toMatchObject({ userName: 'rita@example.com', state: 'pending', role: 'guest' });
  });

  test('a second listener on the data directory exits 3 and names the pid', async () => {
    const second = await rollcall(['serve', '--data', data, '--port', '0']);
    expect(second.code).toBe(3);
    expect(second.stderr).toContain(`pid ${served.pid}`);
  });

  test('a port in use is said, not hopped over', async () => {
    const other = await newDataDirectory();
    await rollcallJson(['init', '--org', 'acme', '--name', 'Acme', '--try', '--data', other]);
    const { port } = new URL(served.endpoint);
    const second = await rollcall(['serve', '--data', other, '--port', port]);
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(`port ${port}`);
    await removeDataDirectory(other);
  });

  test('SIGTERM drains and exits 0, and the data directory is free again', async () => {
    expect(await served.stop('SIGTERM')).toBe(0);
    const again = await serve(data);
    expect(await again.stop('SIGTERM')).toBe(0);
  });

  test('every acknowledged write survives kill -9 in the middle of a burst', async () => {
    const acknowledged = new Set<string>();
    let killed = false;
    const writer = async (lane: number) => {
      for (let index = 0; !killed; index++) {
        const userName = `burst-${lane}-${index}@example.com`;
        try {
          const answer = await send(
            'POST',
            `${served.endpoint}/Users`,
            { userName },
            { Authorization: `Bearer ${token.token}` },
          );
          if (answer.status === 201) acknowledged.add(userName);
        } catch {
          // The connection broke: nobody was told that this one exists.
          return;
        }
        if (acknowledged.size >= 150 && !killed) {
          killed = true;
          served.child.kill('SIGKILL');
        }
      }
    };
    await Promise.all(Array.from({ length: 10 }, (_, lane) => writer(lane)));
    await served.stop('SIGKILL');
    expect(acknowledged.size).toBeGreaterThanOrEqual(150);

    served = await serve(data);
    const members = await rollcallJson(['members', 'list', '--data', data]);
    const kept = new Set(members.map(({ userName }: { userName: string }) => userName));
    expect([...acknowledged].filter((userName) => !kept.has(userName))).toEqual([]);
    await served.stop('SIGTERM');
    const { openDatabase } = await import('../../src/main/store/database.ts');
    const { identityMigrations } = await import('../../src/main/store/migrations/identity/index.ts');
    const database = openDatabase(`${data}/identity.db`, {
      migrations: identityMigrations,
      durability: 'full',
    });
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(database.pragma('foreign_key_check')).toEqual([]);
    database.close();
  });
});
