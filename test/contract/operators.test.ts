import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compose, type Rollcall } from '../../src/main/compose.ts';
import type { ChannelClient } from '../../src/main/rpc/channel.ts';
import { openDatabase } from '../../src/main/store/database.ts';
import { identityMigrations } from '../../src/main/store/migrations/identity/index.ts';
import type { Envelope } from '../../src/shared/contract/envelope.ts';
import { calls, serverCalls } from '../../src/shared/contract/index.ts';
import type { Permission } from '../../src/shared/contract/operators.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { TRANSPORTS } from './transports.ts';

/** What anybody may call who may look. Whoever adds a call that only looks, says so here as well. */
const LOOKING = [
  'activity.get',
  'activity.list',
  'conflicts.get',
  'conflicts.list',
  'console.copy',
  'console.openExternal',
  'console.prefer',
  'console.preferences',
  'employees.departments',
  'employees.get',
  'employees.list',
  'employees.tree',
  'grants.holders',
  'grants.ofMember',
  'grants.preview',
  'guard.get',
  'guard.list',
  'jobs.get',
  'jobs.list',
  'listener.get',
  'mail.get',
  'mail.list',
  'mail.ofMember',
  'mail.preview',
  'mapping.get',
  'mappings.groups',
  'mappings.list',
  'members.edits',
  'members.get',
  'members.list',
  'members.standing',
  'observe.counts',
  'observe.preview',
  'operators.list',
  'overview.get',
  'policy.get',
  'profiles.get',
  'review.counts',
  'review.decisions',
  'review.list',
  'roles.get',
  'roles.list',
  'schemas.list',
  'schemas.preview',
  'schemas.usage',
  'setup.get',
  'sso.get',
  'teams.get',
  'teams.list',
  'tokens.list',
];

const named = (needs: string, of: typeof calls | typeof serverCalls = serverCalls) =>
  Object.entries(of)
    .filter(([, definition]) => definition.needs === needs)
    .map(([name]) => name)
    .sort();

describe('what a call needs', () => {
  test('is more than looking, unless it is known to change nothing', () => {
    expect(named('view', calls)).toEqual(LOOKING);
  });

  test('is an owner for everything about operators', () => {
    expect(named('own', calls)).toEqual(['operators.add', 'operators.remove', 'operators.set']);
  });

  test('is said by every call', () => {
    expect([...named('view'), ...named('edit'), ...named('own')].sort()).toEqual(
      Object.keys(serverCalls).sort(),
    );
    expect(named('edit').length).toBeGreaterThan(15);
  });
});

describe.each(TRANSPORTS)('operators over $name', ({ open }) => {
  let dataDirectory: string;
  let rollcall: Rollcall;
  const ends: { client: ChannelClient; close(): Promise<void> }[] = [];

  beforeAll(async () => {
    dataDirectory = await newDataDirectory();
    rollcall = compose({ dataDirectory, operator: 'local:ann', port: 0, log: () => {} });
    await rollcall.services.organization.create({ id: 'acme', name: 'Acme' }, 'ann@acme.com');
    for (const permission of ['owner', 'admin', 'viewer'] as const)
      await rollcall.services.operators.add({
        name: permission,
        email: `${permission}@acme.com`,
        permission,
      });
  });
  afterAll(async () => {
    for (const { close } of ends) await close();
    await rollcall.close();
    await removeDataDirectory(dataDirectory);
  });

  /** The calling end of somebody who signed in; without a name, of the OS user. */
  async function asOperator(actor?: string): Promise<ChannelClient> {
    const end = await open(rollcall, actor === undefined ? {} : { actor });
    ends.push(end);
    return end.client;
  }
  const signedIn = (permission: Permission) => asOperator(`sso:${permission}@acme.com`);
  const codeOf = (envelope: Envelope) => (envelope.ok ? 'succeeded' : envelope.error.code);
  /** What the audit trail says, by a connection of its own. */
  function trail() {
    const database = openDatabase(join(dataDirectory, 'identity.db'), {
      migrations: identityMigrations,
      durability: 'full',
    });
    const rows = database
      .prepare<[], { actor: string; event: string; subject: string | null }>(
        'SELECT actor, event, subject FROM audit_event ORDER BY seq',
      )
      .all();
    database.close();
    return rows;
  }

  test('the first owner came with the organization', async () => {
    const client = await asOperator();
    expect(await client.call('operators.list', {})).toMatchObject({
      ok: true,
      value: {
        items: [
          { subject: 'local:ann', name: 'ann', email: 'ann@acme.com', permission: 'owner', recovery: true },
          { permission: 'owner' },
          { permission: 'admin' },
          { permission: 'viewer' },
        ],
        me: { subject: 'local:ann', permission: 'owner' },
      },
    });
  });

  describe('a viewer', () => {
    test.each([...named('edit'), ...named('own')])('may not %s', async (name) => {
      const client = await signedIn('viewer');
      const before = trail();
      const envelope = await client.call(name, {});
      expect(envelope).toEqual({
        ok: false,
        error: {
          code: 'not-permitted',
          message: expect.stringMatching(
            /^viewer is a viewer\. (Changing anything takes an admin or an owner|This takes an owner)\. An owner \(ann, owner\) can give that under Settings → Operators\.$/,
          ),
        },
      });
      expect(trail()).toEqual(before);
    });

    test.each(named('view'))('may %s', async (name) => {
      const client = await signedIn('viewer');
      expect(codeOf(await client.call(name, {}))).toMatch(/^(succeeded|invalid-input)$/);
    });

    test('sees who it is', async () => {
      const client = await signedIn('viewer');
      expect(await client.call('operators.list', {})).toMatchObject({
        value: { me: { subject: 'sso:viewer@acme.com', name: 'viewer', permission: 'viewer' } },
      });
      expect(await client.call('overview.get', {})).toMatchObject({
        value: { operator: 'sso:viewer@acme.com' },
      });
    });
  });

  describe('an admin', () => {
    test.each(named('edit'))('is let into %s', async (name) => {
      const client = await signedIn('admin');
      const length = trail().length;
      expect(codeOf(await client.call(name, {}))).not.toMatch(/not-permitted|internal/);
      // Whatever that did is under this name; what runs by the clock is the system's.
      const others = trail()
        .slice(length)
        .filter(({ actor }) => actor !== 'sso:admin@acme.com' && actor !== 'system');
      expect(others).toEqual([]);
    });

    test.each(named('own'))('may not %s', async (name) => {
      const client = await signedIn('admin');
      expect(await client.call(name, {})).toMatchObject({
        error: { code: 'not-permitted', message: expect.stringMatching(/^admin is an admin\. This takes/) },
      });
    });

    test('is named by what it changes', async () => {
      const client = await signedIn('admin');
      expect(codeOf(await client.call('policy.set', { 'pagination.cursor': false }))).toBe('succeeded');
      expect(trail().at(-1)).toMatchObject({ actor: 'sso:admin@acme.com', event: 'policy.changed' });
    });

    test('and an owner whose changes go to the disk together are each named by their own', async () => {
      const [admin, owner] = [await signedIn('admin'), await signedIn('owner')];
      const length = trail().length;
      await Promise.all([
        admin.call('policy.set', { activation: 'review' }),
        owner.call('policy.set', { 'bulk.maxOperations': 7 }),
        (await asOperator()).call('policy.set', { 'guard.count': 99 }),
      ]);
      expect(
        trail()
          .slice(length)
          .map(({ actor }) => actor)
          .sort(),
      ).toEqual(['local:ann', 'sso:admin@acme.com', 'sso:owner@acme.com']);
    });
  });

  test('an owner adds, changes and removes', async () => {
    const client = await signedIn('owner');
    const added = await client.call('operators.add', {
      name: ' Bea ',
      email: 'bea@acme.com',
      permission: 'viewer',
    });
    const { id } = (added as { value: { id: string } }).value;
    expect(added).toMatchObject({ value: { name: 'Bea', createdBy: 'sso:owner@acme.com' } });
    expect(await client.call('operators.set', { id, permission: 'admin' })).toMatchObject({
      value: { permission: 'admin' },
    });
    expect(await client.call('operators.remove', { id })).toMatchObject({ value: { name: 'Bea' } });
    expect(codeOf(await client.call('operators.remove', { id }))).toBe('not-found');
    expect(trail().slice(-3)).toEqual(
      ['added', 'changed', 'removed'].map((what) => ({
        actor: 'sso:owner@acme.com',
        event: `operator.${what}`,
        subject: 'sso:bea@acme.com',
      })),
    );
  });

  test.each([
    ['no e-mail address', { name: 'X', email: 'nobody', permission: 'viewer' }, 'email'],
    ['an unknown permission', { name: 'X', email: 'x@acme.com', permission: 'root' }, 'permission'],
    ['no name', { name: ' ', email: 'x@acme.com', permission: 'viewer' }, 'name'],
    [
      'an actor of its own choice',
      { name: 'X', email: 'x@acme.com', permission: 'viewer', actor: 'local:ann' },
      '',
    ],
  ])('%s is refused, naming the field', async (_, input, field) => {
    const client = await signedIn('owner');
    expect(await client.call('operators.add', input)).toMatchObject({
      error: { code: 'invalid-input', field },
    });
  });

  test('nobody can take the last owner away who needs no SSO', async () => {
    const client = await signedIn('owner');
    const id = rollcall.services.operators.list().find(({ subject }) => subject === 'local:ann')?.id;
    expect(codeOf(await client.call('operators.remove', { id }))).toBe('last-owner');
    expect(codeOf(await client.call('operators.set', { id, permission: 'admin' }))).toBe('last-owner');
    expect(codeOf(await client.call('operators.set', { id, recovery: false }))).toBe('conflict');
  });

  test('a stranger may not even look', async () => {
    const client = await asOperator('sso:stranger@acme.com');
    expect(await client.call('overview.get', {})).toMatchObject({
      error: {
        code: 'not-permitted',
        message: expect.stringMatching(/^sso:stranger@acme\.com is no operator here\. Looking takes/),
      },
    });
  });

  test('what another process changed holds at the next call', async () => {
    const other = compose({ dataDirectory, operator: 'local:ann', log: () => {} });
    const client = await signedIn('admin');
    const { id } = other.services.operators.list().find(({ name }) => name === 'admin') ?? { id: '' };
    const change = { activation: 'auto' };
    expect(codeOf(await client.call('policy.set', change))).toBe('succeeded');
    await other.services.operators.set({ id, permission: 'viewer' });
    expect(codeOf(await client.call('policy.set', change))).toBe('not-permitted');
    await other.services.operators.set({ id, permission: 'admin' });
    expect(codeOf(await client.call('policy.set', change))).toBe('succeeded');
    await other.services.operators.remove(id);
    expect(codeOf(await client.call('policy.get', {}))).toBe('not-permitted');
    await other.close();
  });
});
