import { profileName } from '../../shared/contract/profiles.ts';
import type { TokenRecord, TokenStore } from '../tokens/tokens.ts';
import type { Database } from './database.ts';
import type { Remember } from './remember.ts';

type Row = Omit<TokenRecord, 'keychainCopy' | 'profile'> & { keychainCopy: 0 | 1; profile: string | null };

const COLUMNS = `id, name, prefix, digest, created_at AS createdAt, created_by AS createdBy, expires_at AS expiresAt,
  retiring_at AS retiringAt, revoked_at AS revokedAt, revoked_by AS revokedBy, acknowledged_at AS acknowledgedAt,
  keychain_copy AS keychainCopy, profile`;

/** Tokens on SQLite: digests only. */
export function createTokenStore(database: Database, remember: Remember): TokenStore {
  const insert = database.prepare(
    `INSERT INTO token (id, name, prefix, digest, created_at, created_by, expires_at, keychain_copy, profile)
     VALUES (@id, @name, @prefix, @digest, @createdAt, @createdBy, @expiresAt, 0, @profile)`,
  );
  const byId = database.prepare<[string], Row>(`SELECT ${COLUMNS} FROM token WHERE id = ?`);
  const byDigest = database.prepare<[Buffer], Row>(`SELECT ${COLUMNS} FROM token WHERE digest = ?`);
  const all = database.prepare<[], Row>(`SELECT ${COLUMNS} FROM token ORDER BY created_at DESC, id`);
  const acknowledge = database.prepare(
    'UPDATE token SET acknowledged_at = ? WHERE id = ? AND acknowledged_at IS NULL',
  );
  const retire = database.prepare('UPDATE token SET retiring_at = ? WHERE id = ? AND retiring_at IS NULL');
  const revoke = database.prepare(
    'UPDATE token SET revoked_at = ?, revoked_by = ? WHERE id = ? AND revoked_at IS NULL',
  );
  const setCopy = database.prepare('UPDATE token SET keychain_copy = ? WHERE id = ?');

  const setProfile = database.prepare('UPDATE token SET profile = ? WHERE id = ?');

  const record = (row: Row): TokenRecord => ({
    ...row,
    keychainCopy: row.keychainCopy === 1,
    profile: readProfile(row.profile),
  });
  const recordOf = (row: Row | undefined) => row && record(row);

  // Asked for with every request.
  const byDigestOnce = remember.by((digest) => {
    const row = byDigest.get(Buffer.from(digest, 'hex'));
    return row && record(row);
  });

  return {
    insert: ({ id, name, prefix, digest, createdAt, createdBy, expiresAt, profile }) => {
      insert.run({ id, name, prefix, digest, createdAt, createdBy, expiresAt, profile });
    },
    byId: (id) => recordOf(byId.get(id)),
    byDigest: (digest) => byDigestOnce(digest.toString('hex')),
    all: () => all.all().map(record),
    acknowledge: (id, time) => {
      acknowledge.run(time, id);
    },
    retire: (id, time) => {
      retire.run(time, id);
    },
    revoke: (id, time, by) => {
      revoke.run(time, by, id);
    },
    setKeychainCopy: (id, kept) => {
      setCopy.run(kept ? 1 : 0, id);
    },
    setProfile: (id, profile) => {
      setProfile.run(profile, id);
    },
  };
}

/** A profile that only a newer release knows counts as none. */
function readProfile(stored: string | null): TokenRecord['profile'] {
  return stored === null ? null : (profileName.safeParse(stored).data ?? null);
}
