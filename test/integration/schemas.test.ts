import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rollcall, rollcallJson, type Served, serve } from '../support/command-line.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { send } from '../support/rollcall.ts';

const URN = 'urn:acme:scim:schemas:2.0:User';

describe('rollcall schemas, beside a server of another process', () => {
  let data: string;
  let served: Served;
  let bearer: string;

  beforeAll(async () => {
    data = await newDataDirectory();
    await rollcallJson(['init', '--org', 'acme', '--name', 'Acme', '--try', '--data', data]);
    served = await serve(data);
    bearer = (await rollcallJson(['token', 'create', '--data', data])).token;
  });
  afterAll(async () => {
    await served.stop('SIGKILL');
    await removeDataDirectory(data);
  });

  const scim = (method: string, path: string, body?: unknown) =>
    send(method, served.endpoint + path, body, { Authorization: `Bearer ${bearer}` });
  const file = async (name: string, content: unknown) => {
    const path = join(data, name);
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const schemas = (...args: string[]) => rollcall(['schemas', ...args, '--data', data]);
  const schemasJson = (...args: string[]) => rollcallJson(['schemas', ...args, '--data', data]);

  test('register, use, replace, remove: each holds at the next request', async () => {
    const definition = { id: URN, name: 'Acme', attributes: [{ name: 'badge' }, { name: 'title' }] };
    // As an editor on Windows saves it.
    const path = await file('acme.json', `\uFEFF${JSON.stringify(definition)}`);

    const registered = await schemas('register', path);
    expect(registered.code).toBe(0);
    expect(registered.stdout).toContain(`Registered. It holds from the next request on.\n${URN}`);
    // What is worth knowing is said, though it succeeded.
    expect(registered.stderr).toContain('A User has title already');

    const user = (
      await scim('POST', '/Users', { userName: 'ann@acme.com', [URN]: { badge: 'B1', title: 'x' } })
    ).body;
    expect(user[URN]).toEqual({ badge: 'B1', title: 'x' });

    expect((await schemasJson('list')).map(({ id }: { id: string }) => id)).toContain(URN);
    expect(await schemasJson('show', URN.toUpperCase())).toMatchObject({
      id: URN,
      kind: 'custom',
      resourceType: 'User',
    });
    expect((await schemas('show', URN)).stdout).toMatch(/badge +string +readWrite +default/);

    const smaller = await file('smaller.json', { ...definition, attributes: [{ name: 'badge' }] });
    const refused = await schemas('replace', smaller);
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain('title (1 person holds a value)');
    expect((await scim('GET', `/Users/${user.id}`)).body[URN]).toEqual({ badge: 'B1', title: 'x' });
    expect(await schemasJson('replace', smaller, '--force')).toMatchObject({
      attributes: [{ name: 'badge' }],
    });
    expect((await scim('GET', `/Users/${user.id}`)).body[URN]).toEqual({ badge: 'B1' });

    const held = await schemas('remove', URN);
    expect(held.code).toBe(1);
    expect(held.stderr).toContain('1 person holds a value');
    expect(await schemasJson('remove', URN, '--force')).toEqual({ id: URN, resources: 1 });
    expect((await scim('GET', `/Users/${user.id}`)).body).not.toHaveProperty([URN]);
    expect((await scim('GET', `/Schemas/${URN}`)).status).toBe(404);
  });

  test('groups, by --resource', async () => {
    const path = await file('group.json', { id: 'urn:acme:g:2.0:Group', attributes: [{ name: 'cost' }] });
    expect(await schemasJson('register', path, '--resource', 'Group')).toMatchObject({
      resourceType: 'Group',
    });
    const made = await scim('POST', '/Groups', { displayName: 'A', 'urn:acme:g:2.0:Group': { cost: 'K1' } });
    expect(made.body['urn:acme:g:2.0:Group']).toEqual({ cost: 'K1' });
  });

  test.each([
    ['a file that is not there', () => 'nowhere.json', 2, /can't be read/],
    ['no JSON', () => file('no.json', '{'), 2, /is no JSON/],
    ['a wrong schema', () => file('wrong.json', { id: 'x' }), 2, /must be a URN.*\n.*attributes must be/],
    [
      'a standard schema',
      () =>
        file('core.json', { id: 'urn:ietf:params:scim:schemas:core:2.0:User', attributes: [{ name: 'a' }] }),
      2,
      /is a standard schema/,
    ],
  ])('register refuses %s', async (_, make, code, sentence) => {
    const refused = await schemas('register', await make());
    expect([refused.code, refused.stdout]).toEqual([code, '']);
    expect(refused.stderr).toMatch(sentence);
  });

  test.each([
    [['register', 'x.json', '--resource', 'Device'], 2, /takes User or Group/],
    [['remove', 'urn:nobody:x'], 1, /No schema urn:nobody:x is registered/],
    [['remove', 'urn:ietf:params:scim:schemas:core:2.0:Group', '--force'], 2, /standard schema/],
    [['show', 'urn:nobody:x'], 1, /There is no schema/],
  ])('%j fails with a reason', async (args, code, sentence) => {
    const refused = await schemas(...args);
    expect([refused.code, refused.stdout]).toEqual([code, '']);
    expect(refused.stderr).toMatch(sentence);
  });
});
