import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rollcall, rollcallJson, type Served, serve } from '../support/command-line.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { send } from '../support/rollcall.ts';

const patch = (...Operations: object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
});

describe('observe mode, from the first push to going live', () => {
  let data: string;
  let served: Served;
  let token: string;
  const ids: string[] = [];
  let groupId = '';
  const run = (...args: string[]) => rollcall([...args, '--data', data]);
  const json = (...args: string[]) => rollcallJson([...args, '--data', data]);
  const idp = (method: string, path: string, body?: object) =>
    send(method, `${served.endpoint}${path}`, body, { Authorization: `Bearer ${token}` });
  const people = async () =>
    ((await json('members', 'list')) as { displayName: string; state: string }[])
      .map(({ displayName, state }) => `${displayName}: ${state}`)
      .sort();

  beforeAll(async () => {
    data = await newDataDirectory();
    await json('init', '--org', 'acme', '--name', 'Acme', '--try');
    await json('policy', 'set', 'apply=observe');
    token = (await json('token', 'create')).token;
    served = await serve(data);
  });
  afterAll(async () => {
    await served.stop('SIGKILL');
    await removeDataDirectory(data);
  });

  test('a push is stored and answered, and nobody becomes a member', async () => {
    for (const name of ['Ann', 'Bob', 'Cid']) {
      const user = { userName: `${name}@acme.com`, displayName: name, active: true };
      const { status, body } = await idp('POST', '/Users', user);
      expect(status).toBe(201);
      ids.push(body.id);
    }
    const group = { displayName: 'Engineering', members: ids.slice(0, 2).map((value) => ({ value })) };
    groupId = (await idp('POST', '/Groups', group)).body.id;
    expect((await idp('GET', '/Users?count=0')).body.totalResults).toBe(3);
    expect(await people()).toEqual([]);
    expect((await run('status')).stdout).toMatch(/Observe +3 people and 1 groups wait to be applied/);
  });

  test('plan tells each change, to whom and why, and changes nothing', async () => {
    const plan = await json('plan');
    expect(plan.counts).toEqual({ 'member.create': 3, 'team.create': 1, 'group.membership': 1 });
    expect(plan.changes).toHaveLength(5);
    expect(plan.changes).toContainEqual({
      kind: 'member.create',
      what: expect.stringMatching(/^Becomes a member: active/),
      to: 'Ann',
      because: expect.stringContaining('The IdP asserts it of the User'),
      resource: { type: 'user', id: ids[0] },
    });
    expect(plan.changes).toContainEqual(
      expect.objectContaining({
        kind: 'group.membership',
        to: 'Engineering',
        joined: { count: 2, names: ['Ann', 'Bob'] },
        left: { count: 0, names: [] },
      }),
    );
    expect((await run('plan')).stdout).toContain('Nothing was changed.');
    expect(await people()).toEqual([]);
  });

  test('apply does exactly that, once', async () => {
    const applied = await json('plan', '--apply');
    expect(applied.applied).toBe(5);
    expect(await people()).toEqual(['Ann: active', 'Bob: active', 'Cid: active']);
    expect(await json('plan')).toEqual({ changes: [], counts: {} });
    expect((await run('plan', '--apply')).stdout).toBe('Nothing waits to be applied.\n');
  });

  test('access is cut at once all the same; the state and memberships wait', async () => {
    await idp('PATCH', `/Users/${ids[1]}`, patch({ op: 'replace', path: 'active', value: false }));
    await idp(
      'PATCH',
      `/Groups/${groupId}`,
      patch({ op: 'add', path: 'members', value: [{ value: ids[2] }] }),
    );
    expect(await people()).toContain('Bob: active');
    expect((await run('status')).stdout).toMatch(
      /Observe +1 people and 1 groups .* 1 of them cut off already/,
    );
    const plan = await json('plan');
    expect(plan.changes).toContainEqual(
      expect.objectContaining({
        kind: 'member.state',
        to: 'Bob',
        what: expect.stringMatching(/^From active to suspended/),
      }),
    );
    expect(plan.changes).toContainEqual(
      expect.objectContaining({ to: 'Engineering', joined: { count: 1, names: ['Cid'] } }),
    );
  });

  test('going live applies what was noted first, and says so', async () => {
    const said = await run('policy', 'set', 'apply=live');
    expect(said).toMatchObject({ code: 0, stdout: 'apply=live\n' });
    expect(said.stderr).toContain('Applying first what was observed: 1 people and 1 groups.');
    expect(await people()).toEqual(['Ann: active', 'Bob: suspended', 'Cid: active']);
    expect(await json('policy', 'get', 'apply')).toEqual({ apply: 'live' });
    expect(await json('plan')).toEqual({ changes: [], counts: {} });
    await idp('DELETE', `/Users/${ids[2]}`);
    expect(await people()).toContain('Cid: deactivated');
  });
});
