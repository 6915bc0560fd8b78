import { randomBytes } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createVault, type SealedSecretStore } from '../../../../src/main/secrets/vault.ts';
import { createSealedSecretStore } from '../../../../src/main/store/sealed-secrets.ts';
import { type OpenDatabases, openDatabases } from '../../../support/databases.ts';
import { FakeKeychain } from '../../../support/fake-keychain.ts';

const NAME = 'sso/oidc-client-secret';
const PLAIN = 'hunter2 – ünïcode 😀';

let databases: OpenDatabases;
let store: SealedSecretStore;
let keychain: FakeKeychain;
beforeEach(async () => {
  databases = await openDatabases();
  store = createSealedSecretStore(databases.identity);
  keychain = new FakeKeychain();
});
afterEach(() => databases.close());

const vault = (keyFile?: string) => createVault(keychain, store, keyFile);
async function keyFile(text: string, mode = 0o600): Promise<string> {
  const file = join(databases.folder, 'key');
  await writeFile(file, text);
  await chmod(file, mode);
  return file;
}
const locked = (message: RegExp) => ({ code: 'secrets-locked', message: expect.stringMatching(message) });

describe('a sealed secret', () => {
  test.each([PLAIN, '', 'x'.repeat(5000)])('comes back: %.20s', async (plain) => {
    store.write(await vault().seal(NAME, plain));
    // Another start of the program, with the same keychain.
    expect(await vault().unseal(NAME)).toBe(plain);
  });

  test('is readable nowhere on the disk', async () => {
    store.write(await vault().seal(NAME, PLAIN));
    const bytes = databases.identity.serialize();
    expect(bytes.includes(PLAIN)).toBe(false);
    expect(bytes.includes(Buffer.from([...keychain.items.values()][0] ?? '', 'base64'))).toBe(false);
  });

  test('never looks the same twice', async () => {
    const one = vault();
    const [a, b] = [await one.seal(NAME, PLAIN), await one.seal(NAME, PLAIN)];
    expect(a.nonce.equals(b.nonce)).toBe(false);
    expect(a.ciphertext.equals(b.ciphertext)).toBe(false);
    expect(a.keyId).toBe(b.keyId);
  });

  test('that was never stored is undefined, and asks no keychain', async () => {
    keychain.lock();
    expect(await vault().unseal(NAME)).toBeUndefined();
    expect(keychain.lastOutcome()).toBeUndefined();
  });

  test.each([
    ['ciphertext', (bytes: Buffer) => bytes.fill(bytes[0] === 0 ? 1 : 0, 0, 1), 'ciphertext'],
    ['tag', (bytes: Buffer) => bytes.fill(bytes.at(-1) === 0 ? 1 : 0, bytes.length - 1), 'ciphertext'],
    ['nonce', (bytes: Buffer) => bytes.fill(bytes[0] === 0 ? 1 : 0, 0, 1), 'nonce'],
  ] as const)('with another %s is refused', async (_, change, field) => {
    const sealed = await vault().seal(NAME, PLAIN);
    store.write({ ...sealed, [field]: change(Buffer.from(sealed[field])) });
    await expect(vault().unseal(NAME)).rejects.toMatchObject(locked(/damaged or changed/));
  });

  test('under another name is refused: one secret can’t be passed off as another', async () => {
    const sealed = await vault().seal(NAME, PLAIN);
    store.write({ ...sealed, name: 'tls/key' });
    await expect(vault().unseal('tls/key')).rejects.toMatchObject(locked(/damaged or changed/));
  });

  test('of another master key is refused by name of the reason', async () => {
    store.write(await vault().seal(NAME, PLAIN));
    const file = await keyFile(randomBytes(32).toString('base64'));
    await expect(vault(file).unseal(NAME)).rejects.toMatchObject(locked(/another master key/));
  });
});

describe('the master key', () => {
  test('is made once, however many ask at the same time', async () => {
    const one = vault();
    const [a, b] = await Promise.all([one.seal('a', 'A'), one.seal('b', 'B')]);
    store.write(a);
    store.write(b);
    expect(keychain.items.size).toBe(1);
    expect([await vault().unseal('a'), await vault().unseal('b')]).toEqual(['A', 'B']);
  });

  test('is not made anew while something is sealed with a lost one', async () => {
    store.write(await vault().seal(NAME, PLAIN));
    keychain.items.clear();
    await expect(vault().seal('other', 'x')).rejects.toMatchObject(locked(/not in this keychain/));
    await expect(vault().unseal(NAME)).rejects.toMatchObject(locked(/not in this keychain/));
    expect(keychain.items.size).toBe(0);
  });

  test('that is damaged is refused', async () => {
    store.write(await vault().seal(NAME, PLAIN));
    keychain.items.set('master-key', 'c2hvcnQ=');
    await expect(vault().unseal(NAME)).rejects.toMatchObject(locked(/damaged/));
  });

  test('in a locked keychain leaves everything locked until it is unlocked', async () => {
    const one = vault();
    keychain.lock('Unlock it.');
    await expect(one.seal(NAME, PLAIN)).rejects.toMatchObject(locked(/Unlock it/));
    keychain.problem = undefined;
    await expect(one.seal(NAME, PLAIN)).resolves.toMatchObject({ name: NAME });
  });
});

describe('a key file', () => {
  test('takes the place of the keychain', async () => {
    const file = await keyFile(`${randomBytes(32).toString('base64')}\n`);
    keychain.lock();
    store.write(await vault(file).seal(NAME, PLAIN));
    expect(await vault(file).unseal(NAME)).toBe(PLAIN);
    expect(keychain.items.size).toBe(0);
  });

  test.each([
    ['is readable by the group', 0o640],
    ['is readable by everybody', 0o604],
  ])('that %s is refused with the command that mends it', async (_, mode) => {
    const file = await keyFile(randomBytes(32).toString('base64'), mode);
    await expect(vault(file).seal(NAME, PLAIN)).rejects.toMatchObject(locked(/chmod 600/));
  });

  test.each([
    ['too short', randomBytes(31).toString('base64')],
    ['too long', randomBytes(33).toString('base64')],
    ['empty', ''],
    ['no base64', 'correct horse battery staple'],
  ])('that is %s is refused', async (_, text) => {
    const file = await keyFile(text);
    await expect(vault(file).seal(NAME, PLAIN)).rejects.toMatchObject(locked(/32 random bytes in base64/));
  });

  test('that does not exist is refused', async () => {
    await expect(vault(join(databases.folder, 'nowhere')).seal(NAME, PLAIN)).rejects.toMatchObject(
      locked(/can't be read/),
    );
  });
});

describe('the state', () => {
  test('of a vault that nobody used says so', () => {
    expect(vault().state().state).toBe('not-needed-yet');
  });

  test('follows the keychain', async () => {
    const one = vault();
    await one.seal(NAME, PLAIN);
    expect(one.state().state).toBe('keychain');
    const other = vault();
    keychain.lock('Unlock it.');
    await expect(other.seal(NAME, PLAIN)).rejects.toThrow();
    expect(other.state()).toEqual({
      state: 'locked',
      message: "Unlock it. The endpoint works without it; sealed secrets don't.",
    });
  });

  test('names a key file, and a problem with it', async () => {
    const good = vault(await keyFile(randomBytes(32).toString('base64')));
    await good.seal(NAME, PLAIN);
    expect(good.state().state).toBe('key-file');
    const bad = vault(join(databases.folder, 'nowhere'));
    await expect(bad.seal(NAME, PLAIN)).rejects.toThrow();
    expect(bad.state()).toMatchObject({ state: 'locked', message: expect.stringContaining("can't be read") });
  });
});
