import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rollcall, rollcallJson, type Served, serve } from '../support/command-line.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { send } from '../support/rollcall.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('manual edits and the attribute mapping, over real HTTP', () => {
  let data: string;
  let served: Served;
  let token: string;
  let userId: string;
  let memberId: string;
  const run = (...args: string[]) => rollcall([...args, '--data', data]);
  const json = (...args: string[]) => rollcallJson([...args, '--data', data]);
  const idp = (method: string, path: string, body?: object) =>
    send(method, `${served.endpoint}${path}`, body, { Authorization: `Bearer ${token}` });
  const record = async () => (await json('employees', 'list'))[0];
  const member = async () => (await json('members', 'list'))[0];
  const ann = (more: object = {}) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE],
    userName: 'ann@acme.com',
    displayName: 'Ann',
    active: true,
    [ENTERPRISE]: { department: 'Sales' },
    ...more,
  });

  beforeAll(async () => {
    data = await newDataDirectory();
    await json('init', '--org', 'acme', '--name', 'Acme', '--try');
    token = (await json('token', 'create')).token;
    served = await serve(data);
    userId = (await idp('POST', '/Users', ann())).body.id;
    memberId = (await member()).id;
  });
  afterAll(async () => {
    await served.stop('SIGKILL');
    await removeDataDirectory(data);
  });

  test('an edit is warned of beforehand, made, and shown as a difference', async () => {
    const preview = await json('members', 'edit', memberId, '--display-name', 'Dr Ann', '--preview');
    expect(preview.warning).toContain('Your IdP owns displayName');
    expect((await member()).displayName).toBe('Ann');
    const edit = ['members', 'edit', memberId, '--display-name', 'Dr Ann', '--department', 'R&D'];
    expect((await run(...edit)).stderr).toContain('Its next change of that overwrites yours.');
    expect(await member()).toMatchObject({ displayName: 'Dr Ann' });
    expect(await record()).toMatchObject({ displayName: 'Dr Ann', department: 'R&D' });
    expect((await json('plan')).differences).toEqual([
      {
        memberId,
        name: 'Dr Ann',
        fields: [
          { field: 'displayName', here: 'Dr Ann', idp: 'Ann' },
          { field: 'department', here: 'R&D', idp: 'Sales' },
        ],
      },
    ]);
    expect((await idp('GET', `/Users/${userId}`)).body.displayName).toBe('Ann');
  });

  test('the same push again leaves it, and one that changes something else does too', async () => {
    await idp('PUT', `/Users/${userId}`, ann());
    await idp('PUT', `/Users/${userId}`, ann({ title: 'Lead' }));
    expect(await record()).toMatchObject({ displayName: 'Dr Ann', department: 'R&D', title: 'Lead' });
  });

  test('a push that changes the attribute overwrites it, for good', async () => {
    await idp('PUT', `/Users/${userId}`, ann({ displayName: 'Ann Lee' }));
    expect(await record()).toMatchObject({ displayName: 'Ann Lee', department: 'R&D' });
    await idp('PUT', `/Users/${userId}`, ann());
    expect(await member()).toMatchObject({ displayName: 'Ann' });
    expect((await json('plan')).differences[0].fields).toEqual([
      { field: 'department', here: 'R&D', idp: 'Sales' },
    ]);
    const bad = await run('members', 'edit', memberId, '--display-name', ' ');
    expect(bad.stderr).toContain('Nobody is without a name.');
  });

  test('members follow a changed mapping, and a broken source is refused', async () => {
    await json('mapping', 'set', 'title=displayName');
    expect(await record()).toMatchObject({ title: 'Ann' });
    const refused = await run('mapping', 'set', 'title=nonsense');
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('title');
  });

  test('a schema that the mapping reads from is not removed', async () => {
    const urn = 'urn:acme:scim:schemas:2.0:User';
    const file = `${data}/schema.json`;
    const { writeFile } = await import('node:fs/promises');
    await writeFile(file, JSON.stringify({ id: urn, attributes: [{ name: 'badge' }] }));
    await json('schemas', 'register', file);
    await json('mapping', 'set', `employeeNumber=${urn}:badge`);
    const refused = await run('schemas', 'remove', urn, '--force');
    expect(refused.stderr).toContain('The attribute mapping reads employeeNumber from');
    await json('mapping', 'reset', 'employeeNumber');
    expect((await run('schemas', 'remove', urn)).code).toBe(0);
  });
});
