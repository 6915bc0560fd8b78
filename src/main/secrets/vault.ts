import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { AppError } from '../../shared/app-error.ts';
import type { SecretsState } from '../../shared/contract/overview.ts';
import type { Keychain } from './keychain.ts';

/** A secret as it lies in SQLite: AES-256-GCM, bound to its name and to the key that sealed it. */
export interface SealedSecret {
  name: string;
  keyId: string;
  nonce: Buffer;
  /** Ciphertext with the 16-byte tag at its end. */
  ciphertext: Buffer;
}

/** Where sealed secrets are kept; implemented by the store. */
export interface SealedSecretStore {
  read(name: string): SealedSecret | undefined;
  write(secret: SealedSecret): void;
  remove(name: string): void;
  /** Whether anything is sealed: then losing the key would lose it. */
  any(): boolean;
}

/** Seals what must be read again later, such as an OIDC client secret. */
export interface Vault {
  /**
   * Encrypts a secret. The caller writes the result in the transaction of what it belongs to.
   * @throws {AppError} `secrets-locked` when there is neither a key file nor an answering keychain.
   */
  seal(name: string, plaintext: string): Promise<SealedSecret>;
  /** Decrypts a stored secret; undefined when none has this name. Throws like {@link Vault.seal}. */
  unseal(name: string): Promise<string | undefined>;
  state(): SecretsState;
}

const MASTER_KEY = 'master-key';
const KEY_BYTES = 32;

/**
 * A vault whose 256-bit master key is one item in the OS keychain, or, on a machine without one, in a key file.
 * The key is made at the first seal and kept in memory only.
 */
export function createVault(
  keychain: Keychain,
  store: SealedSecretStore,
  keyFile: string | undefined,
): Vault {
  let masterKey: Buffer | undefined;
  let lastProblem: string | undefined;
  let asking: Promise<Buffer> | undefined;

  /** One question at a time: of two keys made at once, the keychain would keep the second and lose the first. */
  function key(make: boolean): Promise<Buffer> {
    asking ??= findKey(make).finally(() => {
      asking = undefined;
    });
    return asking;
  }

  async function findKey(make: boolean): Promise<Buffer> {
    if (masterKey) return masterKey;
    try {
      masterKey = keyFile === undefined ? await keychainKey(make) : readKeyFile(keyFile);
      lastProblem = undefined;
      return masterKey;
    } catch (error) {
      lastProblem = error instanceof Error ? error.message : String(error);
      throw error;
    }
  }

  async function keychainKey(make: boolean): Promise<Buffer> {
    const kept = await keychain.get(MASTER_KEY);
    if (kept !== null) {
      const known = Buffer.from(kept, 'base64');
      if (known.length === KEY_BYTES) return known;
      throw new AppError(
        'secrets-locked',
        'The master key in this keychain is damaged. Restore the keychain.',
      );
    }
    if (!make || store.any()) {
      throw new AppError(
        'secrets-locked',
        "The master key is not in this keychain, so what was sealed with it can't be read. Start Rollcall as the user who set it up, or restore the keychain.",
      );
    }
    const made = randomBytes(KEY_BYTES);
    await keychain.set(MASTER_KEY, made.toString('base64'));
    return made;
  }

  return {
    async seal(name, plaintext) {
      const masterKey = await key(true);
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', masterKey, nonce).setAAD(Buffer.from(name));
      const ciphertext = Buffer.concat([
        cipher.update(plaintext, 'utf8'),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
      return { name, keyId: keyIdOf(masterKey), nonce, ciphertext };
    },

    async unseal(name) {
      const sealed = store.read(name);
      if (!sealed) return undefined;
      const masterKey = await key(false);
      if (sealed.keyId !== keyIdOf(masterKey)) {
        throw new AppError(
          'secrets-locked',
          'This secret was sealed with another master key. Start Rollcall with that key.',
        );
      }
      const body = sealed.ciphertext.subarray(0, -16);
      const decipher = createDecipheriv('aes-256-gcm', masterKey, sealed.nonce)
        .setAAD(Buffer.from(name))
        .setAuthTag(sealed.ciphertext.subarray(-16));
      try {
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new AppError(
          'secrets-locked',
          'This sealed secret was damaged or changed on the disk. Enter it again.',
          { cause },
        );
      }
    },

    state() {
      if (keyFile !== undefined) {
        return lastProblem === undefined
          ? { state: 'key-file', message: 'Secrets are sealed with the key file given at start.' }
          : {
              state: 'locked',
              message: `${lastProblem} The endpoint works without it; sealed secrets don't.`,
            };
      }
      const outcome = keychain.lastOutcome();
      if (outcome?.ok === false || lastProblem !== undefined) {
        const problem = outcome?.ok === false ? outcome.message : lastProblem;
        return {
          state: 'locked',
          message: `${problem} The endpoint works without it; sealed secrets don't.`,
        };
      }
      if (outcome?.ok)
        return { state: 'keychain', message: 'Secrets are kept in the OS keychain, and it answers.' };
      return {
        state: 'not-needed-yet',
        message:
          'The OS keychain was not needed since Rollcall started. It is asked when a secret is stored or read.',
      };
    },
  };
}

/** Tells keys apart without revealing them. */
function keyIdOf(masterKey: Buffer): string {
  return createHash('sha256').update('rollcall master key').update(masterKey).digest('hex').slice(0, 16);
}

function readKeyFile(file: string): Buffer {
  let text: string;
  try {
    // Elsewhere than on POSIX the mode says nothing; access lists do.
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
      throw new AppError('secrets-locked', `Others can read the key file ${file}. Run: chmod 600 ${file}`);
    }
    text = readFileSync(file, 'utf8').trim();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('secrets-locked', `The key file ${file} can't be read.`, { cause });
  }
  const masterKey = Buffer.from(text, 'base64');
  if (masterKey.length !== KEY_BYTES) {
    throw new AppError(
      'secrets-locked',
      `The key file ${file} must hold 32 random bytes in base64: openssl rand -base64 32.`,
    );
  }
  return masterKey;
}
