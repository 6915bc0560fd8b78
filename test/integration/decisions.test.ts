import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rollcall, rollcallJson, type Served, serve } from '../support/command-line.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { send } from '../support/rollcall.ts';

// Each command is a process of its own, and there are many.
describe('rollcall review and conflicts, beside a server of another process', { timeout: 180_000 }, () => {
  let data: string;
  let served: Served;
  let bearer: string;

  beforeAll(async () => {
    data = await newDataDirectory();
    await rollcallJson(['init', '--org', 'acme', '--name', 'Acme', '--try', '--data', data]);
    await rollcallJson(['policy', 'set', 'userName.email=false', '--data', data]);
    served = await serve(data);
    bearer = (await rollcallJson(['token', 'create', '--data', data])).token;
  }, 60_000);
  afterAll(async () => {
    await served.stop('SIGKILL');
    await removeDataDirectory(data);
  });

  const scim = (method: string, path: string, body?: unknown) =>
    send(method, served.endpoint + path, body, { Authorization: `Bearer ${bearer}` });
  async function push(userName: string, email: string, more: object = {}): Promise<string> {
    const { status, body } = await scim('POST', '/Users', {
      userName,
      displayName: userName,
      active: true,
      emails: [{ value: email, primary: true }],
      ...more,
    });
    expect(status).toBe(201);
    return body.id;
  }
  const command = (...args: string[]) => rollcall([...args, '--data', data]);
  const json = (...args: string[]) => rollcallJson([...args, '--data', data]);
  interface Row {
    id: string;
    userName: string;
    state: string;
    memberId: string;
  }
  async function member(userName: string): Promise<Row> {
    const found = ((await json('members', 'list')) as Row[]).find((one) => one.userName === userName);
    if (!found) throw new Error(`there is no member ${userName}`);
    return found;
  }

  test('two users with one e-mail: the second waits, and is let in when they are kept apart', async () => {
    await push('ann', 'ann@acme.com');
    await push('ann2', 'ANN@acme.com');
    expect([(await member('ann')).state, (await member('ann2')).state]).toEqual(['active', 'pending']);
    const [conflict, ...others] = await json('conflicts', 'list');
    expect(others).toEqual([]);
    expect(conflict).toMatchObject({ kind: 'email', newcomer: { name: 'ann2' }, other: { name: 'ann' } });

    const refused = await command('review', 'approve', (await member('ann2')).id);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('ann2 has 1 open conflict');
    const impossible = await command('conflicts', 'link', conflict.id);
    expect(impossible.code).toBe(1);
    expect(impossible.stderr).toContain('Delete one of the users at the IdP first');
    expect((await command('conflicts', 'show', conflict.id)).stdout).toContain('They are two people.');

    const kept = await command('conflicts', 'keep', conflict.id, '--note', 'Cousins');
    expect(kept).toMatchObject({ code: 0, stdout: 'Kept apart: ann2 is active.\n' });
    expect((await member('ann2')).state).toBe('active');
    expect(await json('conflicts', 'list', '--state', 'decided')).toMatchObject([
      { state: 'kept', note: 'Cousins' },
    ]);
    await json('conflicts', 'undo', conflict.id);
    expect((await member('ann2')).state).toBe('pending');
    await json('conflicts', 'refuse', conflict.id);
    expect((await member('ann2')).state).toBe('deactivated');
  });

  test('a reused externalId is accepted truthfully, and decided by a person', async () => {
    await push('bo', 'bo@acme.com', { externalId: 'e-1' });
    const id = await push('bob', 'bob@acme.com', { externalId: 'e-1' });
    expect((await scim('GET', `/Users/${id}`)).body).toMatchObject({ externalId: 'e-1', active: true });
    expect((await member('bob')).state).toBe('pending');
    expect(await json('conflicts', 'list')).toMatchObject([{ kind: 'external-id', value: 'e-1' }]);
    // Its cause gone, the conflict is, too.
    const operations = [{ op: 'replace', path: 'externalId', value: 'e-2' }];
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
    const patched = await scim('PATCH', `/Users/${id}`, { schemas, Operations: operations });
    expect(patched.status).toBe(200);
    expect(await json('conflicts', 'list')).toEqual([]);
    expect((await member('bob')).state).toBe('active');
  });

  test('somebody deleted and created again without an externalId is linked, and keeps what people gave', async () => {
    const id = await push('cy', 'cy@acme.com');
    const before = await member('cy');
    const given = await command('grants', 'give', before.id, '--role', 'viewer');
    expect(given.stderr).toBe('');
    expect((await scim('DELETE', `/Users/${id}`)).status).toBe(204);
    expect((await member('cy')).state).toBe('deactivated');
    const again = await push('cy.lee', 'cy@acme.com');
    expect((await member('cy.lee')).state).toBe('pending');
    const [conflict] = await json('conflicts', 'list');

    const { sentence } = await json('conflicts', 'link', conflict.id);
    expect(sentence).toBe('Linked: cy.lee is active and follows the IdP from now on.');
    expect(await member('cy.lee')).toMatchObject({ id: before.id, userId: again, state: 'active' });
    const why = JSON.stringify(await json('grants', 'show', before.id));
    expect(why).toContain('"manual"');
    const undo = await command('conflicts', 'undo', conflict.id);
    expect(undo.code).toBe(1);
    expect(undo.stderr).toContain('undone');
  });

  test('the queue is approved, rejected and taken back, one by one and together', async () => {
    await json('policy', 'set', 'activation=review');
    for (const name of ['dee', 'eve', 'flo']) await push(name, `${name}@new.com`);
    const queue = (await json('review', 'list', '--domain', 'new.com')) as Row[];
    expect(queue.map(({ userName }) => userName)).toEqual(['dee', 'eve', 'flo']);
    const ids = queue.map(({ id }) => id);

    expect(await json('review', 'approve', ids[0] ?? '')).toMatchObject({ done: 1, refused: [] });
    expect((await member('dee')).state).toBe('active');
    const both = await command('review', 'reject', ids[0] ?? '', ids[1] ?? '', '--note', 'Left');
    expect(both.code).toBe(1);
    expect(both.stderr).toContain('dee has access already');
    expect((await member('eve')).state).toBe('deactivated');
    expect((await command('review', 'undo', ids[1] ?? '')).stdout).toBe('1 taken back.\n');

    const { batchId, done } = await json('review', 'approve', '--all', '--domain', 'new.com');
    expect(done).toBe(2);
    expect(await json('review', 'list')).toEqual([]);
    expect(await json('review', 'undo', batchId)).toMatchObject({ done: 2 });
    expect((await member('flo')).state).toBe('pending');
    expect((await command('review', 'approve')).code).toBe(2);
    expect((await json('review', 'decisions'))[0]).toMatchObject({ id: batchId, count: 2, undone: 2 });
  });
});
