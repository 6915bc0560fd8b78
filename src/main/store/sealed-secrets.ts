import type { SealedSecret, SealedSecretStore } from '../secrets/vault.ts';
import type { Database } from './database.ts';

/** Sealed secrets: ciphertext only. */
export function createSealedSecretStore(database: Database): SealedSecretStore {
  const read = database.prepare<[string], SealedSecret>(
    'SELECT name, key_id AS keyId, nonce, ciphertext FROM sealed_secret WHERE name = ?',
  );
  const write = database.prepare(
    `INSERT OR REPLACE INTO sealed_secret (name, key_id, nonce, ciphertext, sealed_at)
     VALUES (@name, @keyId, @nonce, @ciphertext, datetime('now'))`,
  );
  const remove = database.prepare('DELETE FROM sealed_secret WHERE name = ?');
  const any = database.prepare<[], number>('SELECT EXISTS (SELECT 1 FROM sealed_secret)').pluck();
  return {
    read: (name) => read.get(name),
    write: (secret) => {
      write.run(secret);
    },
    remove: (name) => {
      remove.run(name);
    },
    any: () => any.get() === 1,
  };
}
