import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActivityRow } from '../../src/shared/contract/activity.ts';
import type { Profile } from '../../src/shared/contract/profiles.ts';
import type { Token } from '../../src/shared/contract/tokens.ts';
import { rollcall, rollcallJson, type Served, serve } from '../support/command-line.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { poll } from '../support/poll.ts';
import { send } from '../support/rollcall.ts';

describe('profiles on the command line, beside a server of another process', () => {
  let data: string;
  let served: Served;
  let token: { id: string; token: string };

  beforeAll(async () => {
    data = await newDataDirectory();
    await rollcallJson(['init', '--org', 'acme', '--name', 'Acme', '--try', '--data', data]);
    served = await serve(data);
    token = await rollcallJson(['token', 'create', '--name', 'Entra', '--profile', 'entra', '--data', data]);
  });
  afterAll(async () => {
    await served.stop('SIGKILL');
    await removeDataDirectory(data);
  });

  const run = (...args: string[]) => rollcall([...args, '--data', data]);
  const runJson = (...args: string[]) => rollcallJson([...args, '--data', data]);
  const post = (body: object) =>
    send('POST', `${served.endpoint}/Users`, body, { Authorization: `Bearer ${token.token}` });
  const ruleOf = (profile: Profile, name: string) => profile.rules.find((rule) => rule.name === name);

  test('list and show: every profile, every rule, its state, source and counts', async () => {
    const profiles: Profile[] = await runJson('profile', 'list');
    expect(profiles).toHaveLength(9);
    expect(profiles.find(({ name }) => name === 'entra')).toMatchObject({ inUse: false, tokens: ['Entra'] });
    expect(await runJson('profile', 'show')).toMatchObject({ name: 'lenient', inUse: true });
    const rfc: Profile = await runJson('profile', 'show', 'rfc');
    expect(rfc.rules.filter(({ on }) => on).map(({ name }) => name)).toEqual(['secret-dropped']);

    const words = await run('profile', 'show', 'okta');
    expect(words.stdout).toMatch(/bare-token +on +0 +never +Accepts a token .* RFC 6750/);
    expect(words.stdout).toMatch(/secret-dropped +always on/);
    expect((await run('profile', 'list')).stdout).toMatch(/entra +1 token +22 +1 +0/);
  });

  test('policy set switches rules for the running server, at the next request', async () => {
    expect(await runJson('policy', 'set', 'rules.off=string-boolean, list-for-singular')).toEqual({
      'rules.off': ['string-boolean', 'list-for-singular'],
    });
    const refused = await post({ userName: 'ann@acme.com', active: 'True' });
    expect(refused).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
    expect((await run('policy', 'get', 'rules.off')).stdout).toBe(
      'rules.off=string-boolean,list-for-singular\n',
    );
    expect(await runJson('policy', 'set', 'rules.off=')).toEqual({ 'rules.off': [] });
    expect((await post({ userName: 'ann@acme.com', active: 'True' })).status).toBe(201);
  });

  test('profile on, off and reset switch one rule', async () => {
    expect(await runJson('profile', 'off', 'alias')).toMatchObject({
      name: 'alias',
      on: false,
      onByProfile: true,
    });
    expect(await runJson('policy', 'get', 'rules.off')).toEqual({ 'rules.off': ['alias'] });
    expect(await runJson('profile', 'reset', 'alias')).toMatchObject({ on: true });
    const said = await run('profile', 'on', 'bare-token');
    expect(said.stdout).toBe(
      'bare-token is on. Accepts a token that is the whole Authorization header, without the word Bearer.\n',
    );
    await run('profile', 'reset', 'bare-token');
  });

  test('activity list says which rules fired, and finds the requests that needed one', async () => {
    await post({ userName: 'bob@acme.com', title: ['Dr.'] });
    const rows = await poll(async () => {
      const found: ActivityRow[] = await runJson('activity', 'list', '--rule', 'list-for-singular');
      return found.length > 0 ? found : undefined;
    }, 'the row');
    expect(rows).toMatchObject([{ rules: ['missing-schemas', 'list-for-singular'] }]);
    expect(await runJson('activity', 'list', '--rule', 'alias')).toEqual([]);
    const counted: Profile = await runJson('profile', 'show');
    expect(ruleOf(counted, 'list-for-singular')).toMatchObject({
      fired: 1,
      lastFiredAt: rows[0]?.time,
      firedBy: [{ idp: null, fired: 1 }],
    });
  });

  test('token profile gives and takes a profile', async () => {
    const profileOf = async () =>
      ((await runJson('token', 'list')) as Token[]).find(({ id }) => id === token.id)?.profile;
    expect(await profileOf()).toBe('entra');
    expect((await run('token', 'profile', token.id, 'organization')).stdout).toBe(
      '"Entra" has the organization\'s profile from its next request on.\n',
    );
    expect(await profileOf()).toBeNull();
    expect(await runJson('token', 'profile', token.id, 'okta')).toMatchObject({ profile: 'okta' });
    expect((await run('token', 'list')).stdout).toMatch(/Entra .* active +okta /);
  });

  test.each([
    [['policy', 'set', 'rules.off=spelling'], 'There is no rule spelling.'],
    [['policy', 'set', 'rules.off=secret-dropped'], "The rule secret-dropped can't be switched off."],
    [['policy', 'set', 'rules.on=alias', 'rules.off=alias'], "can't be in rules.on and in rules.off"],
    [['profile', 'off', 'secret-dropped'], "The rule secret-dropped can't be switched off."],
    [['profile', 'off', 'spelling'], 'There is no rule spelling. Rules: string-boolean, '],
    [['profile', 'show', 'workday'], 'There is no profile workday. Profiles: lenient, '],
    [['token', 'create', '--profile', 'workday'], 'There is no profile workday.'],
    [['activity', 'list', '--rule', 'spelling'], 'There is no rule spelling.'],
  ])('%j is wrong usage, and says why', async (args, why) => {
    const { code, stdout, stderr } = await run(...args);
    expect(stderr).toContain(why);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});
