import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRemember } from '../../../../src/main/store/remember.ts';
import { createSnapshot } from '../../../../src/main/store/snapshot.ts';
import { createTokenStore } from '../../../../src/main/store/tokens.ts';
import type { TokenRecord } from '../../../../src/main/tokens/tokens.ts';
import { type OpenDatabases, openDatabases } from '../../../support/databases.ts';

let databases: OpenDatabases;
let store: ReturnType<typeof createTokenStore>;
beforeEach(async () => {
  databases = await openDatabases();
  store = createTokenStore(
    databases.identity,
    createRemember(databases.identity, createSnapshot(databases.identity)),
  );
});
afterEach(() => databases.close());

const record = (id: string, createdAt: string, more: Partial<TokenRecord> = {}): TokenRecord => ({
  id,
  name: `name of ${id}`,
  prefix: 'rollcall_abcd',
  digest: Buffer.from(id.padEnd(32, '.')),
  createdAt,
  createdBy: 'local:test',
  expiresAt: null,
  retiringAt: null,
  revokedAt: null,
  revokedBy: null,
  acknowledgedAt: null,
  keychainCopy: false,
  profile: null,
  ...more,
});

describe('the token store', () => {
  test('gives back what it was given, by id and by digest', () => {
    const token = record('a', '2026-01-01T00:00:00.000Z', { expiresAt: '2027-01-01T00:00:00.000Z' });
    store.insert(token);
    expect(store.byId('a')).toEqual(token);
    expect(store.byDigest(token.digest)).toEqual(token);
    expect(store.byId('b')).toBeUndefined();
    expect(store.byDigest(Buffer.alloc(32))).toBeUndefined();
  });

  test('lists the newest first, and those of one moment by id', () => {
    store.insert(record('b', '2026-01-01T00:00:00.000Z'));
    store.insert(record('a', '2026-01-01T00:00:00.000Z'));
    store.insert(record('c', '2026-01-02T00:00:00.000Z'));
    expect(store.all().map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });

  test('refuses the same digest twice', () => {
    store.insert(record('a', ''));
    expect(() => store.insert({ ...record('b', ''), digest: record('a', '').digest })).toThrow(/UNIQUE/);
  });

  test('the first revocation, retirement and acknowledgement stand', () => {
    store.insert(record('a', ''));
    store.revoke('a', 'first', 'local:ann');
    store.revoke('a', 'second', 'local:bo');
    store.retire('a', 'first');
    store.retire('a', 'second');
    store.acknowledge('a', 'first');
    store.acknowledge('a', 'second');
    expect(store.byId('a')).toMatchObject({
      revokedAt: 'first',
      revokedBy: 'local:ann',
      retiringAt: 'first',
      acknowledgedAt: 'first',
    });
  });

  test('remembers whether the keychain has a copy', () => {
    store.insert(record('a', ''));
    store.insert(record('b', ''));
    store.setKeychainCopy('a', true);
    expect(store.all().map(({ id, keychainCopy }) => [id, keychainCopy])).toEqual([
      ['a', true],
      ['b', false],
    ]);
    store.setKeychainCopy('a', false);
    expect(store.byId('a')?.keychainCopy).toBe(false);
  });
});
