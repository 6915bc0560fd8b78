import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localOperator } from '../../src/main/data-directory.ts';
import { openDatabase } from '../../src/main/store/database.ts';
import { identityMigrations } from '../../src/main/store/migrations/identity/index.ts';
import { rollcall, rollcallJson } from '../support/command-line.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';

const ME = localOperator();
const MY_NAME = ME.slice('local:'.length);

describe('rollcall operators', () => {
  let data: string;
  beforeAll(async () => {
    data = await newDataDirectory();
    await rollcallJson([
      'init',
      '--org',
      'acme',
      '--name',
      'Acme',
      '--owner',
      'ann@acme.com',
      '--data',
      data,
    ]);
  });
  afterAll(() => removeDataDirectory(data));

  const operators = (...args: string[]) => rollcall(['operators', ...args, '--data', data]);
  const operatorsJson = (...args: string[]) => rollcallJson(['operators', ...args, '--data', data]);
  /** Another process's hand in the same data directory. */
  function edit(sql: string, ...values: string[]) {
    const database = openDatabase(join(data, 'identity.db'), {
      migrations: identityMigrations,
      durability: 'full',
    });
    database.prepare(sql).run(...values);
    database.close();
  }

  test('init records the OS user as the first owner', async () => {
    const list = await operatorsJson('list');
    expect(list).toMatchObject([
      { subject: ME, name: MY_NAME, email: 'ann@acme.com', permission: 'owner', recovery: true },
    ]);
    const text = (await operators('list')).stdout;
    expect(text).toMatch(/id +name +signs in as +e-mail +permission +recovery +added/);
    expect(text).toContain(`You are ${ME}, owner.`);
  });

  test('add, set and remove, by e-mail address, id or subject', async () => {
    const added = await operatorsJson(...['add', 'Bob@acme.com', '--name', 'Bob', '--permission', 'admin']);
    expect(added).toMatchObject({ subject: 'sso:bob@acme.com', permission: 'admin', createdBy: ME });
    expect(await operatorsJson('set', 'bob@acme.com', '--permission', 'owner', '--recovery')).toMatchObject({
      id: added.id,
      permission: 'owner',
      recovery: true,
    });
    expect(await operatorsJson('set', added.id, '--no-recovery', '--name', 'Robert')).toMatchObject({
      name: 'Robert',
      recovery: false,
    });
    const removed = await operators('remove', 'sso:bob@acme.com');
    expect([removed.code, removed.stdout]).toEqual([0, 'Removed Robert (sso:bob@acme.com), owner.\n']);
    expect(await operatorsJson('list')).toHaveLength(1);
  });

  test.each([
    [['add', 'nobody', '--name', 'X', '--permission', 'viewer'], 2, /e-mail address looks like/],
    [['add', 'x@acme.com', '--name', 'X', '--permission', 'root'], 2, /owner, admin or viewer/],
    [['add', 'x@acme.com', '--name', 'X'], 2, /--permission/],
    [['add', 'x@acme.com', '--name', 'X', '--permission', 'viewer', '--recovery'], 2, /Only an owner/],
    [['set', ME], 2, /Say what to change/],
    [['set', 'nobody@acme.com', '--name', 'X'], 1, /There is no operator nobody@acme\.com/],
    [['set', ME, '--permission', 'viewer'], 1, /last owner who can sign in without SSO/],
    [['set', ME, '--no-recovery'], 1, /by having the data directory/],
    [['remove', ME], 1, /last owner who can sign in without SSO/],
  ])('%j fails with a reason', async (args, code, sentence) => {
    const refused = await operators(...args);
    expect([refused.code, refused.stdout]).toEqual([code, '']);
    expect(refused.stderr).toMatch(sentence);
  });

  test('a viewer looks and changes nothing, until the data directory’s owner reclaims it', async () => {
    edit("UPDATE operator SET permission = 'viewer' WHERE subject = ?", ME);
    expect(await rollcallJson(['policy', 'get', 'paused', '--data', data])).toEqual({ paused: false });
    const edits = [
      ['policy', 'set', 'paused=true'],
      ['token', 'create'],
      ['operators', 'add', 'eve@acme.com', '--name', 'Eve', '--permission', 'owner'],
      ['decommission', '--people', 'keep'],
    ];
    for (const args of edits) {
      const refused = await rollcall([...args, '--data', data]);
      expect([refused.code, refused.stdout], args.join(' ')).toEqual([1, '']);
      expect(refused.stderr).toContain(`${MY_NAME} is a viewer.`);
    }
    expect(await rollcallJson(['policy', 'get', 'paused', '--data', data])).toEqual({ paused: false });
    expect(await operatorsJson('reclaim')).toMatchObject({ subject: ME, permission: 'owner' });
    await rollcallJson(['policy', 'set', 'paused=true', '--data', data]);
  });

  test('a data directory of before operators takes its OS user for an owner, and records it with the first change', async () => {
    edit('DELETE FROM operator');
    expect(await operatorsJson('list')).toEqual([]);
    expect((await operators('list')).stdout).toBe(`Nobody is recorded yet.\nYou are ${ME}, owner.\n`);
    await rollcallJson(['policy', 'set', 'paused=false', '--data', data]);
    expect(await operatorsJson('list')).toMatchObject([
      { subject: ME, email: 'ann@acme.com', permission: 'owner' },
    ]);
  });
});
