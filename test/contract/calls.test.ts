import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compose, type Rollcall } from '../../src/main/compose.ts';
import type { ChannelClient } from '../../src/main/rpc/channel.ts';
import { tryOutMetadata } from '../../src/main/sso/try-out.ts';
import type { Envelope } from '../../src/shared/contract/envelope.ts';
import { events, serverCalls } from '../../src/shared/contract/index.ts';
import type { IssuedToken } from '../../src/shared/contract/tokens.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { smtpAnswer, startMailServer } from '../support/mail-server.ts';
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

  test('operators are listed, added, changed and removed', async () => {
    expect(await succeed('operators.list', {})).toMatchObject({
      items: [{ subject: 'local:test', permission: 'owner' }],
      me: { subject: 'local:test', permission: 'owner' },
    });
    const bob = { name: 'Bob', email: 'bob@acme.com', permission: 'viewer' };
    const { id } = await succeed('operators.add', bob);
    expect(await failure('operators.add', bob)).toMatchObject({ code: 'conflict', field: 'email' });
    expect(await succeed('operators.set', { id, permission: 'admin' })).toMatchObject({
      permission: 'admin',
    });
    expect(await succeed('operators.remove', { id })).toMatchObject({ subject: 'sso:bob@acme.com' });
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

  test('who holds what is told with its reasons, changed by hand and by mappings, and previewed', async () => {
    const member = (await succeed('members.list', { search: 'ann' })).items[0];
    const sales = (await succeed('teams.list', {})).items[0];
    const explained = await succeed('grants.ofMember', { memberId: member.id });
    expect(explained.grants).toMatchObject([
      { target: { kind: 'team', name: 'Sales' }, origins: [{ origin: 'mapping', group: { name: 'Sales' } }] },
      { target: { kind: 'role', id: 'member' }, origins: [{ origin: 'template' }] },
    ]);
    const target = { kind: 'team', id: sales.id };
    expect(await failure('grants.revoke', { memberId: member.id, target })).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('at the IdP'),
    });
    const give = { memberIds: [member.id], target: { kind: 'role', id: 'viewer' }, note: 'Audit' };
    expect(await succeed('grants.preview', { change: { kind: 'grant.give', ...give } })).toMatchObject({
      gains: 0,
      inert: 1,
      items: [{ change: 'gains' }],
    });
    expect(await succeed('grants.give', give)).toEqual({ given: 1, had: 0 });
    expect((await succeed('grants.holders', { target: give.target })).items).toMatchObject([
      { id: member.id, origins: ['manual'], effective: false },
    ]);
    await succeed('grants.revoke', { memberId: member.id, target: give.target });
    expect(await succeed('grants.setTemplate', { memberIds: [member.id], roleId: 'viewer' })).toEqual({
      changed: 1,
    });

    const { items } = await succeed('mappings.list', { target });
    expect(items).toMatchObject([{ group: { name: 'Sales', members: 1 }, version: 1, pausedAt: null }]);
    const [{ id }] = items;
    expect(await succeed('mappings.change', { id, version: 1, paused: true })).toMatchObject({ version: 2 });
    expect(await failure('mappings.change', { id, version: 1, paused: false })).toMatchObject({
      code: 'conflict',
    });
    expect(await succeed('teams.get', { id: sales.id })).toMatchObject({ pausedMappings: 1, heldMembers: 0 });
    const groups = await succeed('mappings.groups', { search: 'sal' });
    const source = { groupId: groups.items[0].id };
    expect(await failure('mappings.add', { source, target: { kind: 'role', id: 'owner' } })).toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('protected'),
    });
    const added = await succeed('mappings.add', {
      source,
      target: { kind: 'new-team', name: 'Night shift' },
    });
    expect(await succeed('mappings.remove', { id: added.id, version: 1 })).toEqual({
      sentence: 'Removed the mapping of the group “Sales” to the team “Night shift”.',
    });

    const made = await succeed('teams.create', { name: 'Climbing' });
    const { updatedAt } = await succeed('teams.get', { id: made.id });
    await succeed('teams.rename', { id: made.id, name: 'Hiking', updatedAt });
    const renamed = await succeed('teams.get', { id: made.id });
    await succeed('teams.remove', { id: made.id, updatedAt: renamed.updatedAt });

    const role = await succeed('roles.create', { name: 'Support desk', permissions: ['sign-in'] });
    expect(role).toMatchObject({ id: 'support-desk', version: 1, isDefault: false });
    await succeed('roles.change', { id: role.id, version: 1, permissions: [] });
    expect(await succeed('roles.get', { id: role.id })).toMatchObject({ version: 2, permissions: [] });
    await succeed('roles.remove', { id: role.id, version: 2 });
    const roles = await succeed('roles.list', {});
    expect(roles.items.map((one: { id: string }) => one.id)).toEqual(['admin', 'member', 'owner', 'viewer']);
  });

  test('employee records are listed, placed, ended, reopened and dated', async () => {
    const [{ id: memberId, userId }] = (await succeed('members.list', { search: 'ann' })).items;
    const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
    const { status } = await send(
      'PUT',
      `${issued.endpoint}/Users/${userId}`,
      {
        userName: 'ann@acme.com',
        title: 'Chief',
        [enterprise]: { department: 'Sales', manager: { value: 'nobody-here' } },
      },
      { Authorization: `Bearer ${issued.token}` },
    );
    expect(status).toBe(200);
    const { items, total, counts } = await succeed('employees.list', { search: 'sales', status: 'active' });
    expect({ total, counts }).toEqual({ total: 1, counts: { active: 1, 'on-leave': 0, ended: 0 } });
    expect(items).toMatchObject([{ memberId, title: 'Chief', managerState: 'unknown', reports: 0 }]);
    const [{ id }] = items;
    expect(await succeed('employees.departments', {})).toEqual({ items: [{ name: 'Sales', records: 1 }] });
    expect(await succeed('employees.tree', {})).toMatchObject({ total: 1, items: [{ id }] });
    expect(await succeed('employees.tree', { under: id })).toEqual({ total: 0, items: [] });

    const leave = { id, status: 'on-leave' };
    expect(await succeed('employees.setStatus', leave)).toMatchObject({ status: 'on-leave' });
    expect(await failure('employees.setStatus', leave)).toMatchObject({ code: 'conflict' });
    expect(await failure('employees.end', { id, reason: ' ' })).toMatchObject({
      code: 'invalid-input',
      field: 'reason',
    });
    expect(await succeed('employees.end', { id, reason: ' Moved on ' })).toMatchObject({
      status: 'ended',
      endedBy: 'local:test',
      endReason: 'Moved on',
    });
    expect(await succeed('employees.reopen', { id })).toMatchObject({ status: 'active', endedAt: null });
    const dates = { startsOn: '2026-02-01', endsOn: '2026-12-31' };
    expect(await succeed('employees.setDates', { id, ...dates })).toMatchObject(dates);
    expect(await failure('employees.setDates', { id, endsOn: '2026-01-31' })).toMatchObject({
      code: 'invalid-input',
      field: 'endsOn',
    });
    const detail = await succeed('employees.get', { id });
    expect(detail).toMatchObject({ employee: { id, ...dates }, chain: [], above: 'unknown' });
    expect(detail.history[0]).toMatchObject({ actor: 'local:test' });
    expect(await failure('employees.get', { id: 'nobody' })).toMatchObject({ code: 'not-found' });
  });

  test('what the IdP owns is edited here, and read from elsewhere', async () => {
    const [{ id }] = (await succeed('members.list', { search: 'ann' })).items;
    // biome-ignore lint/suspicious/noExplicitAny: what the contract says of it was parsed before
    const title = ({ fields }: any) => fields.find(({ field }: { field: string }) => field === 'title');
    expect(title(await succeed('members.edits', { id }))).toEqual({
      field: 'title',
      here: 'Chief',
      owned: true,
      idp: 'Chief',
      sources: ['title'],
      edited: false,
    });
    const changes = { title: ' Head ' };
    expect(title(await succeed('members.edit', { id, changes }))).toMatchObject({
      here: 'Head',
      idp: 'Chief',
      edited: true,
    });
    expect(await failure('members.edit', { id, changes: { displayName: ' ' } })).toMatchObject({
      code: 'invalid-input',
      field: 'displayName',
    });
    expect(await failure('members.edit', { id, changes: { userName: 'x' } })).toMatchObject({
      code: 'invalid-input',
    });
    expect(await failure('members.edits', { id: 'nobody' })).toMatchObject({ code: 'not-found' });

    expect(await succeed('mapping.get', {})).toMatchObject({
      edited: {},
      effective: { division: [expect.stringContaining(':division')] },
      lookedAt: 1,
    });
    const mapping = { division: ['title'] };
    expect(await succeed('mapping.preview', { mapping })).toMatchObject({
      people: 1,
      changed: 1,
      losing: 0,
      examples: [{ memberId: id, changes: [{ target: 'division', before: null, after: 'Chief' }] }],
    });
    expect(await failure('mapping.preview', { mapping: { division: ['nonsense'] } })).toMatchObject({
      code: 'invalid-input',
      field: 'division',
    });
    const follow = async (next: object) => {
      const { view, jobId } = await succeed('mapping.set', { mapping: next });
      expect(view.edited).toEqual(next);
      await poll(
        async () => (await succeed('jobs.get', { id: jobId })).finishedAt ?? undefined,
        'everybody followed the mapping',
      );
      return (await succeed('members.get', { id })).employee;
    };
    expect(await follow(mapping)).toMatchObject({ division: 'Chief', title: 'Head' });
    expect(await succeed('mapping.set', { mapping })).toMatchObject({ jobId: null });
    expect(await follow({})).toMatchObject({ division: null });
  });

  test('events come without being asked for, as the contract says', async () => {
    for (const name of ['activity.appended', 'changed'] as const) {
      const event = await poll(() => received.find((one) => one.name === name), name);
      expect(events[name].payload.parse(event.payload)).toEqual(event.payload);
    }
  });

  test('people wait and are decided about; so are two who hold the same', async () => {
    const headers = { Authorization: `Bearer ${issued.token}` };
    const push = (userName: string, externalId: string) =>
      send('POST', `${issued.endpoint}/Users`, { userName, externalId, active: true }, headers);
    await succeed('policy.set', { activation: 'review' });
    await push('queue1@wait.com', 'q1');
    await push('queue2@wait.com', 'q1');
    const filter = { domain: 'WAIT.com' };
    const { items, total } = await succeed('review.list', filter);
    expect({ total, rules: items.map(({ rule }: { rule: string }) => rule) }).toEqual({
      total: 2,
      rules: ['policy', 'conflict'],
    });
    expect(await succeed('review.counts', {})).toMatchObject({ conflicts: 1, rules: { conflict: 1 } });
    const decide = { decision: 'approve', filter: { ...filter, expected: 3 } };
    expect(await failure('review.decide', decide)).toMatchObject({ code: 'conflict' });
    expect(await failure('review.decide', { decision: 'approve' })).toMatchObject({ code: 'invalid-input' });
    const decided = await succeed('review.decide', {
      decision: 'approve',
      filter: { ...filter, expected: 2 },
    });
    expect(decided).toMatchObject({ done: 1, refused: [{ name: 'queue2@wait.com' }] });
    expect((await succeed('review.decisions', {})).items[0]).toMatchObject({
      id: decided.batchId,
      names: ['queue1@wait.com'],
      decidedBy: 'local:test',
    });
    expect(await succeed('review.undo', { id: decided.batchId })).toEqual({ done: 1, refused: [] });

    const [conflict] = (await succeed('conflicts.list', {})).items;
    expect(await succeed('conflicts.get', { id: conflict.id })).toMatchObject({
      newcomer: { userName: 'queue2@wait.com', directory: 'active' },
      choices: [{ refusal: expect.stringContaining('Both') }, { refusal: null }, { refusal: null }],
    });
    const keep = { id: conflict.id, decision: 'keep', note: ' two ' };
    expect(await succeed('conflicts.decide', keep)).toMatchObject({
      conflict: { state: 'kept', note: 'two' },
    });
    expect(await failure('conflicts.decide', keep)).toMatchObject({ code: 'conflict' });
    expect(await succeed('conflicts.undo', { id: conflict.id })).toMatchObject({
      conflict: { state: 'open' },
    });
    const ids = items.map(({ id }: { id: string }) => id);
    expect(await succeed('review.decide', { decision: 'reject', ids })).toMatchObject({
      done: 2,
      refused: [],
    });
  });

  test('people are suspended, cut, held, recalled, and observed', async () => {
    const headers = { Authorization: `Bearer ${issued.token}` };
    const idp = (method: string, path: string, body?: object) =>
      send(method, `${issued.endpoint}/Users${path}`, body, headers);
    const [ann] = (await succeed('members.list', { search: 'ANN' })).items;
    expect(await succeed('members.suspend', { ids: [ann.id], reason: 'lost laptop' })).toMatchObject({
      items: [{ state: 'suspended', sentence: 'Suspended by an operator: lost laptop' }],
    });
    expect(await failure('members.recall', { ids: [ann.id] })).toMatchObject({ code: 'conflict' });
    expect(await succeed('members.standing', { id: ann.id })).toMatchObject({
      cause: 'operator',
      can: { resume: true },
      receipts: [{ before: 'pending' }],
    });
    await succeed('members.resume', { ids: [ann.id] });

    await succeed('policy.set', { activation: 'auto' });
    for (const number of [1, 2, 3, 4, 5]) {
      const { body } = await idp('POST', '', { userName: `p${number}@acme.com`, active: true });
      await idp('DELETE', `/${body.id}`);
    }
    expect(await succeed('guard.get', {})).toMatchObject({ tripped: true, held: 5 });
    const { items, total } = await succeed('guard.list', { search: 'p', limit: 2 });
    expect({ total, shown: items.length }).toEqual({ total: 5, shown: 2 });
    const input = { decision: 'confirm', expected: 4 };
    expect(await failure('guard.decide', input)).toMatchObject({ code: 'conflict' });
    expect(await succeed('guard.decide', { ...input, expected: 5 })).toMatchObject({
      kind: 'guard-decision',
    });
    await poll(() => rollcall.services.guard.state().held === 0, 'the decision is carried out');
    expect(await succeed('members.recall', { ids: [items[0].memberId] })).toEqual({ recalled: 1 });

    await succeed('policy.set', { apply: 'observe' });
    const bob = await idp('POST', '', { userName: 'bob@acme.com', active: true });
    expect(await failure('policy.set', { apply: 'live' })).toMatchObject({ code: 'conflict' });
    expect(await succeed('observe.preview', { search: 'BOB' })).toMatchObject({
      total: 1,
      items: [{ name: 'bob@acme.com', changes: [{ kind: 'member.create' }] }],
      status: { mode: 'observe', users: 1 },
    });
    expect(await succeed('observe.counts', {})).toEqual({ 'member.create': 1 });
    await succeed('observe.apply', { goLive: true });
    await poll(() => rollcall.services.policy.get().apply === 'live', 'pushes take effect at once');
    await idp('DELETE', `/${bob.body.id}`);
  });

  test('a mail server, a welcome that it refuses, and the job that sends it', async () => {
    const idp = (method: string, path: string, body?: object) =>
      send(method, `${issued.endpoint}/Users${path}`, body, { Authorization: `Bearer ${issued.token}` });
    let refusing = true;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const smtp = await startMailServer(
      {
        onRcptTo: ({ address }, _session, done) =>
          refusing && address.startsWith('carol') ? done(smtpAnswer(550, 'No such person')) : done(),
      },
      ({ to }) => (to[0]?.startsWith('dora') ? held : undefined),
    );
    expect(await succeed('mail.get', {})).toMatchObject({ server: null, welcome: false });
    expect(await failure('mail.test', { to: 'it@acme.com' })).toMatchObject({ code: 'conflict' });
    const server = {
      host: 'localhost',
      port: smtp.port,
      security: 'none',
      user: null,
      senderName: 'Acme IT',
      senderAddress: 'it@acme.com',
      certificates: null,
    };
    const signInUrl = 'https://acme.example/sign-in';
    expect(await succeed('mail.saveServer', { server, signInUrl })).toMatchObject({
      server,
      hasPassword: false,
    });
    expect(await failure('mail.saveServer', { server: { ...server, user: 'it' }, signInUrl })).toMatchObject({
      code: 'invalid-input',
      field: 'password',
    });
    const template = { subject: 'Hello {{firstName}}', text: 'Sign in at {{signInUrl}}' };
    expect(await succeed('mail.preview', template)).toMatchObject({ subject: 'Hello Ada' });
    expect(await succeed('mail.saveTemplate', template)).toMatchObject({ template });
    expect(await succeed('mail.test', { to: 'it@acme.com' })).toMatchObject({ kind: 'test', state: 'sent' });

    await succeed('policy.set', { 'mail.welcome': true });
    const carol = await idp('POST', '', { userName: 'carol@acme.com', active: true });
    const refused = await poll(async () => {
      const { items } = await succeed('mail.list', { state: 'failed' });
      return items[0];
    }, 'the refusal');
    expect(refused.lastError).toBe('localhost refused the recipient carol@acme.com: 550 No such person.');
    expect(await succeed('mail.ofMember', { memberId: refused.memberId })).toEqual(refused);
    expect(await succeed('mail.ofMember', { memberId: 'nobody' })).toBeNull();
    refusing = false;
    expect(await succeed('mail.retry', { id: refused.id })).toMatchObject({ state: 'queued', attempts: 0 });
    await poll(() => smtp.received.find(({ to }) => to[0] === 'carol@acme.com'), 'the second attempt');
    expect(await succeed('mail.retryFailed', {})).toEqual({ queued: 0 });

    const dora = await idp('POST', '', { userName: 'dora@acme.com', active: true });
    await poll(() => smtp.received.find(({ to }) => to[0] === 'dora@acme.com'), 'a mail on its way');
    const { items, runner } = await succeed('jobs.list', {});
    expect(runner).toEqual({ pid: process.pid, here: true });
    const running = items.find(
      ({ kind, state }: { kind: string; state: string }) => kind === 'mail' && state === 'running',
    );
    expect(await succeed('jobs.cancel', { id: running.id })).toMatchObject({ cancelRequested: true });
    release();
    await poll(
      async () => (await succeed('jobs.get', { id: running.id })).finishedAt ?? undefined,
      'the end of the job',
    );
    expect(await failure('jobs.cancel', { id: running.id })).toMatchObject({ code: 'conflict' });
    expect(await failure('jobs.get', { id: 'nobody' })).toMatchObject({ code: 'not-found' });

    await succeed('policy.set', { 'mail.welcome': false });
    for (const { body } of [carol, dora]) await idp('DELETE', `/${body.id}`);
    await smtp.close();
  });

  test('another port, and the end of the configuration', async () => {
    expect(await succeed('listener.choosePort', { port: 7643 })).toMatchObject({ state: 'listening' });
    expect(await succeed('scim.deleteConfiguration', { people: 'suspend' })).toEqual({
      tokensRevoked: 1,
      jobId: expect.any(String),
    });
    await poll(
      () => rollcall.services.people.counts().suspended === 2,
      'everybody whom the IdP brought is suspended',
    );
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
