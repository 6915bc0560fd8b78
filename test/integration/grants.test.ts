import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rollcall, rollcallJson, type Served, serve } from '../support/command-line.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { send } from '../support/rollcall.ts';

interface Row {
  id: string;
  name: string;
  target: { kind: string; id: string; name: string };
  origins: string[];
}

describe('teams, roles, grants and mappings on the command line, beside a running server', {
  timeout: 90_000,
}, () => {
  let data: string;
  let served: Served;
  let teamId: string;
  let mappingId: string;
  const run = (...args: string[]) => rollcall([...args, '--data', data]);
  const json = (...args: string[]) => rollcallJson([...args, '--data', data]);
  const teamsOf = async () =>
    ((await json('grants', 'list', '--member', 'ann@acme.com')) as Row[])
      .filter(({ target }) => target.kind === 'team')
      .map(({ target }) => target.name);

  beforeAll(async () => {
    data = await newDataDirectory();
    await json('init', '--org', 'acme', '--name', 'Acme', '--try');
    const { token } = await json('token', 'create');
    served = await serve(data);
    const idp = (path: string, body: object) =>
      send('POST', `${served.endpoint}${path}`, body, { Authorization: `Bearer ${token}` });
    const ann = await idp('/Users', {
      userName: 'ann@acme.com',
      displayName: 'Ann',
      active: true,
      roles: [{ value: 'Support' }],
    });
    await idp('/Groups', { displayName: 'Engineering', members: [{ value: ann.body.id }] });
    const [team] = (await json('teams', 'list')) as Row[];
    teamId = team?.id ?? '';
    const [mapping] = (await json('mappings', 'list')) as Row[];
    mappingId = mapping?.id ?? '';
  }, 90_000);
  afterAll(async () => {
    await served.stop('SIGKILL');
    await removeDataDirectory(data);
  });

  test('grants show tells why, for a member by user name and for one grant', async () => {
    const shown = await json('grants', 'show', 'ANN@acme.com');
    expect(shown.grants.map((grant: Row) => grant.target.name)).toEqual(['Engineering', 'Member']);
    const one = await json('grants', 'show', shown.grants[0].id);
    expect(one.why).toBe('Ann has the team “Engineering” by the group “Engineering” at the IdP.');
    expect((await run('grants', 'show', 'ann@acme.com')).stdout).toContain(
      'Take the person out of the group “Engineering” at the IdP.',
    );
    expect((await run('grants', 'show', 'nobody')).code).toBe(1);
  });

  test('a pause takes the team away at once, a grant by hand gives it back, and survives', async () => {
    await json('mappings', 'pause', mappingId);
    expect(await teamsOf()).toEqual([]);
    await json('grants', 'give', 'ann@acme.com', '--team', teamId, '--note', 'Founder');
    expect(await teamsOf()).toEqual(['Engineering']);
    await json('mappings', 'resume', mappingId);
    const { sentence } = await json('grants', 'revoke', 'ann@acme.com', '--team', teamId);
    expect(sentence).toContain('by the group “Engineering” at the IdP');
    const refused = await run('grants', 'revoke', 'ann@acme.com', '--team', teamId);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/out of the group “Engineering” at the IdP.*change the mapping here/);
  });

  test('a value of roles gives a role after saying to how many, and never a protected one', async () => {
    const role = await json('roles', 'create', 'Support', '--permission', 'members.view', 'tickets.answer');
    const add = ['mappings', 'add', '--role-value', 'support', '--role', role.id, '--precedence', '10'];
    expect((await json(...add, '--preview')).gains).toBe(1);
    const { id } = await json(...add);
    const [member] = await json('members', 'list');
    expect(member).toMatchObject({ role: 'support', roles: [{ id: 'support' }, { id: 'member' }] });
    const shown = await json('roles', 'show', role.id);
    expect(shown).toMatchObject({ holders: { held: 1, active: 1 }, people: [{ userName: 'ann@acme.com' }] });
    const inUse = await run('roles', 'remove', role.id);
    expect([inUse.code, inUse.stderr]).toEqual([1, expect.stringContaining('1 person holds it')]);
    expect((await json('mappings', 'remove', id)).losses).toBe(1);
    await json('roles', 'remove', role.id);
    const owner = await run('mappings', 'add', '--group', 'engineering', '--role', 'owner');
    expect([owner.code, owner.stderr]).toEqual([2, expect.stringContaining('a push can never give it')]);
  });

  test('a default role without a template gets an empty one, and the command says so', async () => {
    const { stderr, code } = await run('policy', 'set', 'role.default=contractor');
    expect([code, stderr]).toEqual([0, expect.stringContaining('There was no role contractor')]);
    const roles = (await json('roles', 'list')) as {
      id: string;
      isDefault: boolean;
      permissions: string[];
    }[];
    expect(roles.find(({ isDefault }) => isDefault)).toMatchObject({ id: 'contractor', permissions: [] });
    expect((await run('policy', 'set', 'role.default=member')).stderr).toBe('');
  });

  test('a team of one’s own comes and goes', async () => {
    const { id } = await json('teams', 'create', 'Climbing');
    await json('grants', 'give', 'ann@acme.com', '--team', id);
    expect((await json('teams', 'show', id)).members).toMatchObject([
      { userName: 'ann@acme.com', origins: ['manual'] },
    ]);
    const everything = (await json('grants', 'list')) as Row[];
    expect(everything.map(({ target, origins }) => [target.name, origins])).toEqual([
      ['Climbing', ['manual']],
      ['Engineering', ['mapping']],
      ['Member', ['template']],
    ]);
    await json('teams', 'remove', id);
    expect((await run('teams', 'remove', teamId)).stderr).toContain('follows the group “Engineering”');
  });
});
