import { afterEach, describe, expect, test } from 'vitest';
import type { ProfileName, RuleName } from '../../src/shared/contract/profiles.ts';
import { poll } from '../support/poll.ts';
import { type Answer, send } from '../support/rollcall.ts';
import { ENTERPRISE, expectError, listed, PATCH_OP, shareEndpoint, USER } from './endpoint.ts';

// IdP profiles (D10): every rule visible in the row it fired on, switchable, counted.

const endpoint = shareEndpoint();
const services = () => endpoint.running.rollcall.services;
const use = (profile: ProfileName) => services().policy.set({ profile });
const switchOff = (...rules: RuleName[]) => services().policy.set({ 'rules.off': rules });
const switchOn = (...rules: RuleName[]) => services().policy.set({ 'rules.on': rules });
const rulesOf = async (answer: Answer) => (await endpoint.activity(answer)).rules;

afterEach(() => services().policy.set({ profile: 'lenient', 'rules.on': [], 'rules.off': [] }));

/** What Entra sends to disable somebody without its compliance flag. */
const disable = (id: string, headers?: Record<string, string>) =>
  endpoint.patch(`/Users/${id}`, [{ op: 'Replace', path: 'active', value: 'False' }], headers);

describe('a rule that fires', () => {
  test('shows in the row of the request: by name, and as a sentence', async () => {
    const { id } = await endpoint.user();
    const answer = await disable(id);
    expect(answer).toMatchObject({ status: 200, body: { active: false } });
    const row = await endpoint.activity(answer);
    expect(row.rules).toEqual(['capitalized-op', 'string-boolean']);
    expect(row.steps).toContain('Rule string-boolean: Reads the texts "True" and "False" as booleans.');
  });

  test('shows once, however often it fired', async () => {
    const { id } = await endpoint.user();
    const op = { op: 'Replace', path: 'active', value: 'False' };
    expect(await rulesOf(await endpoint.patch(`/Users/${id}`, [op, op, op]))).toEqual([
      'capitalized-op',
      'string-boolean',
    ]);
  });

  test('shows on reads and searches, whose filters need one', async () => {
    const { userName } = await endpoint.user();
    const loose = await endpoint.list('/Users', { filter: `userName eq ${userName}` });
    expect(listed(loose)).toEqual([userName]);
    expect(await rulesOf(loose)).toEqual(['loose-quotes']);
    const search = await endpoint.search('/.search', { filter: `emails[type eq "work"].value eq "x"` });
    expect(await rulesOf(search)).toEqual(['value-path-suffix']);
  });

  test('shows on a bulk request that needed it in one operation', async () => {
    const answer = await endpoint.bulk([
      {
        method: 'POST',
        path: '/Users',
        bulkId: 'a',
        data: { schemas: [USER], userName: endpoint.unique('bulk'), active: 'True' },
      },
    ]);
    expect(answer.body.Operations[0].status).toBe('201');
    expect(await rulesOf(answer)).toEqual(['string-boolean']);
  });

  test('is counted, per IdP', async () => {
    const before = services()
      .profiles.get()
      .rules.find(({ name }) => name === 'string-boolean');
    const { id } = await endpoint.user();
    await disable(id, { 'User-Agent': 'Okta SCIM Client 1.0.0' });
    await disable(id, { 'User-Agent': 'Okta SCIM Client 1.0.0' });
    const after = await poll(() => {
      const rule = services()
        .profiles.get()
        .rules.find(({ name }) => name === 'string-boolean');
      return rule && rule.fired === (before?.fired ?? 0) + 2 ? rule : undefined;
    }, 'both requests counted');
    expect(after.firedBy).toContainEqual(expect.objectContaining({ idp: 'Okta', fired: 2 }));
  });

  test('is nowhere on a request that keeps to the RFC', async () => {
    const created = await endpoint.post('/Users', {
      schemas: [USER, ENTERPRISE],
      userName: endpoint.unique('strict'),
      emails: [{ value: 'a@x.io', primary: true }],
      [ENTERPRISE]: { manager: { value: '42' } },
    });
    expect(created.status).toBe(201);
    expect(await rulesOf(created)).toEqual([]);
  });
});

describe('a rule that is switched off', () => {
  test('refuses what needs it, naming itself, and leaves nothing behind', async () => {
    const { id } = await endpoint.user({ active: true });
    await switchOff('string-boolean');
    const refused = await disable(id);
    expectError(refused, 400, 'invalidValue');
    expect(refused.body.detail).toContain('(The rule string-boolean is off.)');
    expect((await endpoint.get(`/Users/${id}`)).body.active).toBe(true);
    const row = await endpoint.activity(refused);
    // Only what let something pass has fired.
    expect(row.rules).toEqual(['capitalized-op']);
    expect(row.steps.join(' ')).toContain('rollcall profile on string-boolean');
  });

  test('never empties a group that it would have spared', async () => {
    const members = [{ value: 'a' }, { value: 'b' }];
    const { id } = await endpoint.group({ members });
    await switchOff('listed-removal');
    const refused = await endpoint.patch(`/Groups/${id}`, [
      { op: 'remove', path: 'members', value: [{ value: 'a' }] },
    ]);
    expectError(refused, 400, 'invalidValue');
    expect((await endpoint.get(`/Groups/${id}`)).body.members).toHaveLength(2);
  });

  test('holds for filters', async () => {
    await switchOff('value-path-suffix', 'loose-quotes');
    for (const filter of ['emails[type eq "work"].value eq "x"', 'userName eq x', "userName eq 'x'"]) {
      expectError(await endpoint.list('/Users', { filter }), 400, 'invalidFilter');
      expectError(await endpoint.search('/Users/.search', { filter }), 400, 'invalidFilter');
    }
  });

  test('refuses one operation of a bulk request, not the others', async () => {
    await switchOff('string-boolean');
    const user = (active: unknown) => ({
      method: 'POST',
      path: '/Users',
      bulkId: endpoint.unique('id'),
      data: { schemas: [USER], userName: endpoint.unique('bulk'), active },
    });
    const { body } = await endpoint.bulk([user('True'), user(true)]);
    expect(body.Operations.map(({ status }: { status: string }) => status)).toEqual(['400', '201']);
    expect(body.Operations[0].response.detail).toContain('string-boolean');
  });
});

describe('profiles', () => {
  test('entra answers PATCH with 204 unless attributes are asked for', async () => {
    await use('entra');
    const { id } = await endpoint.user();
    const op = { op: 'replace', path: 'title', value: 'Dr.' };
    const quiet = await endpoint.patch(`/Users/${id}`, [op]);
    expect(quiet).toMatchObject({ status: 204, body: undefined });
    expect(quiet.headers.get('etag')).toMatch(/^W\//);
    expect(await rulesOf(quiet)).toEqual(['patch-no-content']);
    const asked = await endpoint.patch(`/Users/${id}?attributes=title`, [{ ...op, value: 'Prof.' }]);
    expect(asked).toMatchObject({ status: 200, body: { title: 'Prof.' } });
    expect(await rulesOf(asked)).toEqual([]);
    await switchOff('patch-no-content');
    expect((await endpoint.patch(`/Users/${id}`, [op])).status).toBe(200);
  });

  test('okta takes the token alone; others refuse it and say how to switch that', async () => {
    const bare = () =>
      send('GET', `${endpoint.running.base}/Users?count=0`, undefined, {
        Authorization: endpoint.running.token.token,
      });
    const refused = await bare();
    expectError(refused, 401);
    const row = await endpoint.activity(refused);
    expect(row).toMatchObject({ tokenName: 'test', rules: [] });
    expect(row.steps.join(' ')).toContain('bare-token');
    await use('okta');
    const taken = await bare();
    expect(taken.status).toBe(200);
    expect(await rulesOf(taken)).toEqual(['bare-token']);
    await use('lenient');
    await switchOn('bare-token');
    expect((await bare()).status).toBe(200);
  });

  test('a stranger’s word in place of a token fires nothing', async () => {
    await use('okta');
    const answer = await send('GET', `${endpoint.running.base}/Users`, undefined, {
      Authorization: 'sesame',
    });
    expectError(answer, 401);
    expect(await rulesOf(answer)).toEqual([]);
  });

  test.each<[string, RuleName, () => Promise<Answer>, string]>([
    ['Replace', 'capitalized-op', async () => disable((await endpoint.user()).id), 'invalidSyntax'],
    ['no schemas', 'missing-schemas', () => endpoint.post('/Users', { userName: 'x' }), 'invalidSyntax'],
    [
      'a bare manager',
      'string-reference',
      () => endpoint.post('/Users', { schemas: [USER], userName: 'x', [ENTERPRISE]: { manager: '42' } }),
      'invalidValue',
    ],
    [
      'department without its schema',
      'unqualified-extension',
      () => endpoint.post('/Users', { schemas: [USER], userName: 'x', department: 'Sales' }),
      'invalidSyntax',
    ],
    [
      'an add that finds nothing',
      'create-on-unmatched-add',
      async () => {
        const { id } = await endpoint.user();
        return endpoint.patch(`/Users/${id}`, [
          { op: 'add', path: 'emails[type eq "work"].value', value: 'x@y.z' },
        ]);
      },
      'noTarget',
    ],
    [
      'the id sent along',
      'read-only-key',
      async () => {
        const { id } = await endpoint.group();
        return endpoint.patch(`/Groups/${id}`, [{ op: 'replace', value: { id, displayName: 'x' } }]);
      },
      'mutability',
    ],
  ])('rfc refuses %s', async (_what, rule, act, scimType) => {
    await use('rfc');
    const refused = await act();
    expectError(refused, 400, scimType);
    expect(refused.body.detail).toContain(`(The rule ${rule} is off.)`);
  });

  test('rfc with one rule switched on lets just that pass', async () => {
    await use('rfc');
    await switchOn('missing-schemas');
    const answer = await endpoint.post('/Users', { userName: endpoint.unique('rfc') });
    expect(answer.status).toBe(201);
    expect(await rulesOf(answer)).toEqual(['missing-schemas']);
    expectError(await endpoint.post('/Users', { userName: 'x', active: 'True' }), 400, 'invalidValue');
  });

  test('rfc still takes a password, and forgets it', async () => {
    await use('rfc');
    const answer = await endpoint.post('/Users', {
      schemas: [USER],
      userName: endpoint.unique('rfc'),
      password: 's3cret',
    });
    expect(answer.status).toBe(201);
    expect(answer.body).not.toHaveProperty('password');
    const row = await endpoint.activity(answer);
    expect(row.rules).toEqual(['secret-dropped']);
    expect(JSON.stringify(row)).not.toContain('s3cret');
  });
});

describe('a token with a profile of its own', () => {
  test('has it in place of the organization’s, from the next request on', async () => {
    const { tokens } = services();
    const own = await tokens.create({ name: 'Entra', expiresInDays: null, profile: 'entra' });
    const patchAs = async (token: string) => {
      const { id } = await endpoint.user();
      return send(
        'PATCH',
        `${endpoint.running.base}/Users/${id}`,
        { schemas: [PATCH_OP], Operations: [{ op: 'Replace', path: 'title', value: 'Dr.' }] },
        { Authorization: `Bearer ${token}` },
      );
    };
    await use('rfc');
    expectError(await endpoint.patch(`/Users/x`, []), 404);
    expect((await patchAs(endpoint.running.token.token)).status).toBe(400);
    expect((await patchAs(own.token)).status).toBe(204);
    await tokens.setProfile(own.id, 'lenient');
    expect((await patchAs(own.token)).status).toBe(200);
    await tokens.setProfile(own.id, null);
    expect((await patchAs(own.token)).status).toBe(400);
  });

  test('okta’s lets that token come alone, and no other', async () => {
    const own = await services().tokens.create({ name: 'Okta', expiresInDays: null, profile: 'okta' });
    const bare = (token: string) =>
      send('GET', `${endpoint.running.base}/Users?count=0`, undefined, { Authorization: token });
    expect((await bare(own.token)).status).toBe(200);
    expect((await bare(endpoint.running.token.token)).status).toBe(401);
  });

  test('what operators switched holds for it too', async () => {
    const own = await services().tokens.create({ name: 'Entra', expiresInDays: null, profile: 'entra' });
    await switchOff('string-boolean');
    const { id } = await endpoint.user();
    expectError(await disable(id, { Authorization: `Bearer ${own.token}` }), 400, 'invalidValue');
  });
});
