import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compose, type Rollcall } from '../../src/main/compose.ts';
import type { ChannelClient } from '../../src/main/rpc/channel.ts';
import { tryOutMetadata } from '../../src/main/sso/try-out.ts';
import type { Envelope } from '../../src/shared/contract/envelope.ts';
import { events, serverCalls } from '../../src/shared/contract/index.ts';
import type { IssuedToken } from '../../src/shared/contract/tokens.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { poll } from '../support/poll.ts';
import { send } from '../support/rollcall.ts';
import { TRANSPORTS } from './transports.ts';

type Name = keyof typeof serverCalls;

describe.each(TRANSPORTS)('the contract over $name', ({ open }) => {
  let dataDirectory: string;
  let rollcall: Rollcall;
  let client: ChannelClient;
  let close: () => Promise<void>;
  const received: { name: string; payload: unknown }[] = [];
  const called = new Set<string>();
  let metadata: string;
  let issued: IssuedToken;

  beforeAll(async () => {
    dataDirectory = await newDataDirectory();
    rollcall = compose({ dataDirectory, operator: 'local:test', port: 0, log: () => {} });
    metadata = await tryOutMetadata(new Date());
    ({ client, close } = await open(rollcall));
    client.onEvent((name, payload) => received.push({ name, payload }));
  });
  afterAll(async () => {
    await close();
    await rollcall.close();
    await removeDataDirectory(dataDirectory);
  });

  /** One call that must succeed, and whose answer must be what the contract says and no more. */
  // biome-ignore lint/suspicious/noExplicitAny: each call answers something else
  async function succeed(name: Name, input: unknown): Promise<any> {
    called.add(name);
    const envelope = await client.call(name, input);
    if (!envelope.ok) throw new Error(`${name}: ${envelope.error.code} ${envelope.error.message}`);
    expect(serverCalls[name].output.parse(envelope.value)).toEqual(envelope.value);
    return envelope.value;
  }

  const failure = async (name: Name, input: unknown) => {
    const envelope = await client.call(name, input);
    return envelope.ok ? 'succeeded' : envelope.error;
  };

  test('before there is an organization', async () => {
    expect(await succeed('overview.get', {})).toMatchObject({
      organization: null,
      endpoint: null,
      endpointState: 'not-configured',
      listener: { state: 'stopped' },
    });
    expect(await succeed('setup.get', {})).toMatchObject({ current: 'organization' });
    expect(await failure('tokens.create', { name: 'x', expiresInDays: null })).toMatchObject({
      code: 'no-organization',
    });
    expect(await failure('sso.save', { kind: 'saml-xml', provider: 'okta', xml: metadata })).toMatchObject({
      code: 'no-organization',
    });
  });

  test('an organization is created, once', async () => {
    expect(await succeed('organization.create', { id: 'acme', name: '  Acme ' })).toMatchObject({
      id: 'acme',
      name: 'Acme',
    });
    expect(await failure('organization.create', { id: 'other', name: 'Other' })).toMatchObject({
      code: 'organization-exists',
    });
    expect(await succeed('organization.locate', { location: 'this-machine', publicUrl: null })).toMatchObject(
      {
        endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/scim\/v2\/acme$/),
      },
    );
  });

  test('a token needs SSO first', async () => {
    expect(await failure('tokens.create', { name: 'x', expiresInDays: null })).toMatchObject({
      code: 'sso-required',
    });
    expect((await succeed('sso.get', {})).connection).toBeNull();
    const input = { kind: 'saml-xml', provider: 'okta', xml: metadata };
    expect((await succeed('sso.inspect', input)).details.protocol).toBe('saml');
    expect(await succeed('sso.save', input)).toMatchObject({ provider: 'okta', tryOut: false });
    expect((await succeed('sso.get', {})).connection).not.toBeNull();
  });

  test('the policy is read, changed and confirmed', async () => {
    expect(await succeed('policy.get', {})).toMatchObject({ activation: 'auto' });
    expect(await succeed('policy.set', { activation: 'review' })).toMatchObject({ activation: 'review' });
    expect(await succeed('setup.confirmPolicy', {})).toMatchObject({ steps: { policy: { done: true } } });
  });

  test('profiles and their rules are read and switched', async () => {
    const inUse = await succeed('profiles.get', {});
    expect(inUse).toMatchObject({ name: 'lenient', inUse: true });
    expect((await succeed('profiles.get', { name: 'rfc' })).inUse).toBe(false);
    const stateOf = (profile: { rules: { name: string }[] }) =>
      profile.rules.find(({ name }) => name === 'alias');
    expect(stateOf(await succeed('profiles.switchRule', { rule: 'alias', on: false }))).toMatchObject({
      on: false,
      onByProfile: true,
    });
    expect(await succeed('policy.get', {})).toMatchObject({ 'rules.off': ['alias'] });
    expect(stateOf(await succeed('profiles.switchRule', { rule: 'alias', on: null }))).toMatchObject({
      on: true,
    });
    expect(await failure('profiles.switchRule', { rule: 'secret-dropped', on: false })).toMatchObject({
      code: 'invalid-input',
    });
  });

  test('schemas are previewed, registered, replaced, counted and removed', async () => {
    const id = 'urn:acme:scim:schemas:2.0:User';
    const schema = {
      id,
      attributes: [
        { name: 'badge', canonicalValues: ['a'] },
        { name: 'desk', type: 'complex', subAttributes: [{ name: 'room' }] },
      ],
    };
    expect(await succeed('schemas.list', {})).toHaveLength(3);
    expect(await succeed('schemas.preview', { resourceType: 'User', schema })).toMatchObject({
      schema: { id },
      problems: [],
      replaces: false,
    });
    expect(await succeed('schemas.register', { resourceType: 'User', schema })).toMatchObject({
      kind: 'custom',
    });
    expect(await failure('schemas.register', { resourceType: 'User', schema })).toMatchObject({
      code: 'invalid-input',
      field: 'schema',
    });
    expect(
      (await succeed('schemas.replace', { schema: { ...schema, name: 'Acme' }, force: false })).name,
    ).toBe('Acme');
    expect(await succeed('schemas.usage', { id })).toEqual({ resources: 0, attributes: [] });
    expect(await succeed('schemas.list', {})).toHaveLength(4);
    expect(await succeed('schemas.remove', { id, force: false })).toEqual({ id, resources: 0 });
    expect(await failure('schemas.remove', { id, force: false })).toMatchObject({ code: 'not-found' });
  });

  test('the listener starts', async () => {
    expect(await succeed('listener.retry', {})).toMatchObject({ state: 'listening', here: true });
    expect(await succeed('listener.get', {})).toMatchObject({ state: 'listening', pid: process.pid });
  });

  test('tokens live and die', async () => {
    const first = await succeed('tokens.create', { name: ' Okta ', expiresInDays: 30 });
    expect(await succeed('tokens.acknowledge', { id: first.id })).toMatchObject({
      acknowledged: true,
      name: 'Okta',
    });
    expect(await succeed('tokens.setProfile', { id: first.id, profile: 'okta' })).toMatchObject({
      profile: 'okta',
    });
    const second = await succeed('tokens.rotate', { id: first.id });
    expect(await succeed('tokens.revoke', { id: first.id })).toMatchObject({ state: 'revoked' });
    issued = await succeed('tokens.regenerate', { id: second.id });
    const list = await succeed('tokens.list', {});
    expect(list).toHaveLength(3);
    // The token itself comes back from no other call than the one that made it.
    const everything = [list, await succeed('overview.get', {}), await succeed('setup.get', {})];
    for (const { token } of [first, second, issued]) {
      expect(JSON.stringify(everything)).not.toContain(token);
    }
  });

  test('people and activity are read', async () => {
    const headers = { Authorization: `Bearer ${issued.token}` };
    const user = await send('POST', `${issued.endpoint}/Users`, { userName: 'ann@acme.com' }, headers);
    await send(
      'POST',
      `${issued.endpoint}/Groups`,
      { displayName: 'Sales', members: [{ value: user.body.id }] },
      headers,
    );
    const members = await succeed('members.list', { search: 'ANN' });
    expect(members).toMatchObject({
      total: 1,
      counts: { pending: 1 },
      items: [{ userName: 'ann@acme.com' }],
    });
    expect(await succeed('members.get', { id: members.items[0].id })).toMatchObject({
      member: { teams: [{ name: 'Sales' }] },
      employee: { status: 'active' },
    });
    expect(await failure('members.get', { id: 'nobody' })).toMatchObject({ code: 'not-found' });
    expect(await succeed('teams.list', {})).toMatchObject({ total: 1, items: [{ assertedMembers: 1 }] });
    const rows = await poll(async () => {
      const page = await succeed('activity.list', { limit: 1 });
      return page.items.length === 1 && page.items[0].seq === 2 ? page : undefined;
    }, 'both requests in the log');
    expect(rows.nextBefore).toBe(2);
    expect(await succeed('activity.list', { before: 2 })).toMatchObject({
      items: [{ seq: 1, method: 'POST', status: 201 }],
      nextBefore: null,
    });
    // Neither body names its schemas.
    expect((await succeed('activity.list', { rule: 'missing-schemas' })).items).toMatchObject([
      { seq: 2, rules: ['missing-schemas'] },
      { seq: 1 },
    ]);
    expect(await succeed('activity.get', { seq: 1 })).toMatchObject({
      requestBody: expect.stringContaining('ann'),
    });
    expect(await failure('activity.get', { seq: 99 })).toMatchObject({ code: 'not-found' });
  });

  test('events come without being asked for, as the contract says', async () => {
    for (const name of ['activity.appended', 'changed'] as const) {
      const event = await poll(() => received.find((one) => one.name === name), name);
      expect(events[name].payload.parse(event.payload)).toEqual(event.payload);
    }
  });

  test('another port, and the end of the configuration', async () => {
    expect(await succeed('listener.choosePort', { port: 7643 })).toMatchObject({ state: 'listening' });
    expect(await succeed('scim.deleteConfiguration', { people: 'suspend' })).toEqual({
      tokensRevoked: 1,
      membersChanged: 1,
    });
    expect(await succeed('overview.get', {})).toMatchObject({
      endpointState: 'decommissioned',
      liveTokens: [],
    });
  });

  test('every call of the contract was made above', () => {
    expect([...called].sort()).toEqual(Object.keys(serverCalls).sort());
  });

  describe('refuses', () => {
    const error = (envelope: Envelope) => (envelope.ok ? undefined : envelope.error);

    test.each(['nothing', '', 'constructor', '__proto__', 'console.copy', 'overview.get ', 'x'.repeat(1000)])(
      'the unknown call %.20s',
      async (name) => {
        const refused = error(await client.call(name, {}));
        expect(refused?.code).toBe('unknown-call');
        expect(refused?.message.length).toBeLessThan(120);
      },
    );

    test.each([
      ['a missing field', 'tokens.acknowledge', {}, 'id'],
      ['an extra field', 'tokens.list', { all: true }, ''],
      ['an extra field beside a good one', 'members.get', { id: 'x', secret: 1 }, ''],
      ['a wrong type', 'activity.get', { seq: '1' }, 'seq'],
      ['a number out of range', 'listener.choosePort', { port: 70_000 }, 'port'],
      ['a schema that is no object', 'schemas.preview', { resourceType: 'User', schema: [] }, 'schema'],
      ['an unknown choice', 'policy.set', { activation: 'maybe' }, 'activation'],
      ['an unknown rule', 'policy.set', { 'rules.off': ['spelling'] }, 'rules.off.0'],
      ['a rule that must stay on', 'policy.set', { 'rules.off': ['secret-dropped'] }, 'rules.off.0'],
      ['an unknown profile', 'tokens.setProfile', { id: 'x', profile: 'workday' }, 'profile'],
      ['an endpoint’s name', 'organization.create', { id: 'users', name: 'x' }, 'id'],
      [
        'a URL of another scheme',
        'sso.inspect',
        { kind: 'saml-url', provider: 'okta', url: 'file:///etc/passwd' },
        'url',
      ],
      ['no input', 'overview.get', null, ''],
      ['a list', 'overview.get', [], ''],
    ] as const)('%s, naming the field', async (_, name, input, field) => {
      expect(error(await client.call(name, input))).toEqual({
        code: 'invalid-input',
        message: expect.any(String),
        field,
      });
    });

    test('what is larger than a call may be, before it is looked at', async () => {
      const input = { kind: 'saml-xml', provider: 'okta', xml: 'x'.repeat(2_000_000) };
      expect(error(await client.call('sso.inspect', input))?.code).toBe('too-large');
      expect(error(await client.call('nothing', input))?.code).toBe('unknown-call');
    });
  });
});
