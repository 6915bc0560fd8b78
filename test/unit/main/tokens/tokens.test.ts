import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAudit } from '../../../../src/main/audit/audit.ts';
import { createAuditInsert } from '../../../../src/main/store/audit-trail.ts';
import { createWriter } from '../../../../src/main/store/group-commit.ts';
import { createRemember } from '../../../../src/main/store/remember.ts';
import { createSnapshot } from '../../../../src/main/store/snapshot.ts';
import { createTokenStore } from '../../../../src/main/store/tokens.ts';
import { generateToken, tokenDigest, tokenPrefix } from '../../../../src/main/tokens/format.ts';
import { createTokens, type Tokens } from '../../../../src/main/tokens/tokens.ts';
import { AppError } from '../../../../src/shared/app-error.ts';
import { type OpenDatabases, openDatabases } from '../../../support/databases.ts';
import { FakeKeychain } from '../../../support/fake-keychain.ts';

const ENDPOINT = 'https://scim.example.com/scim/v2/acme';
const DAY_MS = 86_400_000;

let databases: OpenDatabases;
let keychain: FakeKeychain;
let tokens: Tokens;
let now: Date;
let log: string[];
let refusal: AppError | undefined;
beforeEach(async () => {
  databases = await openDatabases();
  keychain = new FakeKeychain();
  now = new Date('2026-01-01T00:00:00.000Z');
  log = [];
  refusal = undefined;
  const { write } = createWriter(databases.identity);
  tokens = createTokens({
    store: createTokenStore(
      databases.identity,
      createRemember(databases.identity, createSnapshot(databases.identity)),
    ),
    keychain,
    audit: createAudit(createAuditInsert(databases.identity), 'local:ann', () => now),
    write,
    now: () => now,
    operator: () => 'local:ann',
    log: (message) => log.push(message),
    endpoint: () => {
      if (refusal) throw refusal;
      return ENDPOINT;
    },
    lastUse: (id) =>
      id === 'used' ? { lastUsedAt: '2026-01-01T00:00:00.000Z', lastUsedFrom: '10.0.0.1' } : undefined,
  });
});
afterEach(() => databases.close());

const create = (expiresInDays: number | null = null) => tokens.create({ name: 'Okta', expiresInDays });
const audited = () =>
  databases.identity.prepare('SELECT actor, event, subject FROM audit_event ORDER BY seq').all() as {
    actor: string;
    event: string;
    subject: string;
  }[];
const stateOf = (id: string) => tokens.list().find((token) => token.id === id)?.state;
const later = (days: number) => {
  now = new Date(now.getTime() + days * DAY_MS);
};

describe('creating', () => {
  test('hands out a token once, with the endpoint', async () => {
    const issued = await create();
    expect(issued).toMatchObject({
      endpoint: ENDPOINT,
      prefix: tokenPrefix(issued.token),
      expiresAt: null,
      copy: 'keychain',
      copyReason: null,
    });
    expect(tokens.verify(issued.token)).toMatchObject({ token: { id: issued.id, name: 'Okta' } });
    expect(tokens.list()).toEqual([
      {
        id: issued.id,
        name: 'Okta',
        prefix: issued.prefix,
        state: 'active',
        createdAt: '2026-01-01T00:00:00.000Z',
        createdBy: 'local:ann',
        expiresAt: null,
        revokedAt: null,
        revokedBy: null,
        lastUsedAt: null,
        lastUsedFrom: null,
        acknowledged: false,
        copy: 'keychain',
        profile: null,
      },
    ]);
    expect(audited()).toEqual([{ actor: 'local:ann', event: 'token.created', subject: issued.id }]);
  });

  test('leaves the token nowhere but in the keychain', async () => {
    const { id, token } = await create();
    expect([...keychain.items]).toEqual([[`token/${id}`, token]]);
    databases.identity.pragma('wal_checkpoint(TRUNCATE)');
    const bytes = databases.identity.serialize();
    expect(bytes.includes(token)).toBe(false);
    expect(bytes.includes(tokenDigest(token))).toBe(true);
  });

  test('is refused before SSO is set up, and issues nothing', async () => {
    refusal = new AppError('sso-required', 'Set up single sign-on first.');
    await expect(create()).rejects.toMatchObject({ code: 'sso-required' });
    expect(tokens.list()).toEqual([]);
    expect(keychain.items.size).toBe(0);
  });

  test('without a keychain works, keeps no copy and says why', async () => {
    keychain.lock('No keychain service runs in this session.');
    const issued = await create();
    expect(issued).toMatchObject({ copy: 'none', copyReason: 'No keychain service runs in this session.' });
    expect(tokens.verify(issued.token)).toHaveProperty('token.id', issued.id);
    expect(tokens.list()[0]?.copy).toBe('none');
  });

  test('with a keychain that fails for no known reason says little to the person and all to the log', async () => {
    keychain.problem = new Error('libsecret: 0xdeadbeef');
    expect(await create()).toMatchObject({ copy: 'none', copyReason: 'The OS keychain refused.' });
    expect(log).toEqual(['no copy of the new token was kept']);
  });
});

describe('verifying', () => {
  test.each([
    ['nothing', '', 'missing'],
    ['something else', 'abc', 'not-our-format'],
    ['a digest in place of a token', 'e3b0c44298fc1c149afbf4c8996fb924', 'not-our-format'],
    ['another install’s token', generateToken(), 'unknown'],
  ])('%s is refused', (_, presented, refused) => {
    expect(tokens.verify(presented)).toEqual({ refused });
  });

  test('an expired token is refused from that moment on', async () => {
    const { token, id } = await create(30);
    later(30);
    expect(tokens.verify(token)).toMatchObject({ refused: 'expired', token: { id } });
    now = new Date(now.getTime() - 1);
    expect(tokens.verify(token)).toHaveProperty('token.id', id);
  });
});

describe('acknowledging', () => {
  test('is remembered, and may be repeated', async () => {
    const { id } = await create();
    expect(await tokens.acknowledge(id)).toMatchObject({ id, acknowledged: true });
    expect(await tokens.acknowledge(id)).toMatchObject({ id, acknowledged: true });
  });

  test('a token that does not exist is refused, without repeating a token that was pasted as its id', async () => {
    const pasted = generateToken();
    await expect(tokens.acknowledge(pasted)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.not.stringContaining(pasted),
    });
  });
});

describe('rotating', () => {
  test('leaves both working until the first is revoked', async () => {
    const first = await create();
    const second = await tokens.rotate(first.id);
    expect(tokens.verify(first.token)).toHaveProperty('token.id', first.id);
    expect(tokens.verify(second.token)).toHaveProperty('token.id', second.id);
    expect([stateOf(first.id), stateOf(second.id)]).toEqual(['retiring', 'active']);
    await tokens.revoke(first.id);
    expect(tokens.verify(first.token)).toMatchObject({ refused: 'revoked' });
    expect(tokens.verify(second.token)).toHaveProperty('token.id', second.id);
    expect(audited().map(({ event }) => event)).toEqual([
      'token.created',
      'token.created',
      'token.rotated',
      'token.revoked',
    ]);
  });

  test('twice is refused: the replacement is the one to rotate', async () => {
    const { id } = await create();
    await tokens.rotate(id);
    await expect(tokens.rotate(id)).rejects.toMatchObject({ code: 'conflict' });
    expect(tokens.list()).toHaveLength(2);
  });

  test('gives the replacement the life that the first was given', async () => {
    const { id } = await create(90);
    later(60);
    const second = await tokens.rotate(id);
    expect(second.expiresAt).toBe(new Date(now.getTime() + 90 * DAY_MS).toISOString());
  });

  test('a retiring token still expires', async () => {
    const { id } = await create(10);
    await tokens.rotate(id);
    later(10);
    expect(stateOf(id)).toBe('expired');
  });
});

describe('revoking', () => {
  test('ends the token at once and takes its copy out of the keychain', async () => {
    const { id, token } = await create();
    expect(await tokens.revoke(id)).toMatchObject({
      state: 'revoked',
      revokedAt: now.toISOString(),
      revokedBy: 'local:ann',
      copy: 'none',
    });
    expect(tokens.verify(token)).toMatchObject({ refused: 'revoked' });
    expect(keychain.items.size).toBe(0);
  });

  test('holds although the keychain is locked', async () => {
    const { id, token } = await create();
    keychain.lock();
    expect(await tokens.revoke(id)).toMatchObject({ state: 'revoked', copy: 'keychain' });
    expect(tokens.verify(token)).toMatchObject({ refused: 'revoked' });
    expect(log).toEqual(['the copy of a revoked token could not be taken out of the keychain']);
  });

  test('a dead token is refused', async () => {
    const { id } = await create();
    await tokens.revoke(id);
    await expect(tokens.revoke(id)).rejects.toMatchObject({
      code: 'token-not-live',
      message: 'This token is revoked already. Create a new one instead.',
    });
    await expect(tokens.rotate(id)).rejects.toMatchObject({ code: 'token-not-live' });
    const expiring = await create(1);
    later(1);
    await expect(tokens.revoke(expiring.id)).rejects.toMatchObject({
      code: 'token-not-live',
      message: 'This token is expired already. Create a new one instead.',
    });
    await expect(tokens.revoke('nobody')).rejects.toMatchObject({ code: 'not-found' });
  });

  test('all of them ends those that are left, expired ones included', async () => {
    const first = await create();
    await tokens.revoke(first.id);
    const second = await create(1);
    const third = await create();
    later(1);
    expect(tokens.revokeAll().sort()).toEqual([second.id, third.id].sort());
    expect(tokens.list().map(({ state }) => state)).toEqual(['revoked', 'revoked', 'revoked']);
    expect(tokens.revokeAll()).toEqual([]);
    await tokens.forgetCopies([first.id, second.id, third.id]);
    expect(keychain.items.size).toBe(0);
  });
});

describe('regenerating', () => {
  test('ends the old and makes a new one in one step', async () => {
    const old = await create();
    const fresh = await tokens.regenerate(old.id);
    expect(tokens.verify(old.token)).toMatchObject({ refused: 'revoked' });
    expect(tokens.verify(fresh.token)).toHaveProperty('token.id', fresh.id);
    expect([...keychain.items.keys()]).toEqual([`token/${fresh.id}`]);
    expect(tokens.live().map(({ id }) => id)).toEqual([fresh.id]);
  });

  test('works on one that is dead already', async () => {
    const old = await create(5);
    later(9);
    const fresh = await tokens.regenerate(old.id);
    expect(fresh.expiresAt).toBe(new Date(now.getTime() + 5 * DAY_MS).toISOString());
    expect(stateOf(old.id)).toBe('revoked');
  });

  test('that is refused leaves the old one working', async () => {
    const old = await create();
    refusal = new AppError('sso-required', 'Set up single sign-on first.');
    await expect(tokens.regenerate(old.id)).rejects.toMatchObject({ code: 'sso-required' });
    expect(tokens.verify(old.token)).toHaveProperty('token.id', old.id);
  });
});

describe('an IdP profile of its own (D10)', () => {
  const profileOf = (id: string) => tokens.list().find((token) => token.id === id)?.profile;

  test('is given at creation, changed and taken away, each audited once', async () => {
    const { id, token } = await tokens.create({ name: 'Okta', expiresInDays: null, profile: 'okta' });
    expect(profileOf(id)).toBe('okta');
    expect(tokens.verify(token)).toMatchObject({ token: { profile: 'okta' } });
    expect(await tokens.setProfile(id, 'rfc')).toMatchObject({ id, profile: 'rfc' });
    await tokens.setProfile(id, 'rfc');
    expect(tokens.verify(token)).toMatchObject({ token: { profile: 'rfc' } });
    expect(await tokens.setProfile(id, null)).toMatchObject({ profile: null });
    const details = databases.identity
      .prepare("SELECT detail FROM audit_event WHERE event = 'token.profile-changed' ORDER BY seq")
      .pluck()
      .all();
    expect(details).toEqual([
      '{"name":"Okta","from":"okta","to":"rfc"}',
      '{"name":"Okta","from":"rfc","to":null}',
    ]);
  });

  test('goes over to whatever replaces the token', async () => {
    const first = await tokens.create({ name: 'Okta', expiresInDays: null, profile: 'entra' });
    const second = await tokens.rotate(first.id);
    const third = await tokens.regenerate(second.id);
    expect([second, third].map(({ id }) => profileOf(id))).toEqual(['entra', 'entra']);
  });

  test('is not given to a dead token, nor to none', async () => {
    const { id } = await create();
    await tokens.revoke(id);
    await expect(tokens.setProfile(id, 'okta')).rejects.toMatchObject({ code: 'token-not-live' });
    await expect(tokens.setProfile('nobody', 'okta')).rejects.toMatchObject({ code: 'not-found' });
  });

  test('counts as none when only a newer release knows it', async () => {
    const { id, token } = await create();
    databases.identity.prepare("UPDATE token SET profile = 'workday' WHERE id = ?").run(id);
    expect(profileOf(id)).toBeNull();
    expect(tokens.verify(token)).toMatchObject({ token: { profile: null } });
  });
});
