import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import keytar from 'keytar';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rollcall, rollcallJson } from '../support/command-line.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';

/** Everything as it is, but without any way to a keychain. */
const WITHOUT_KEYCHAIN: NodeJS.ProcessEnv = {
  ...process.env,
  DBUS_SESSION_BUS_ADDRESS: 'disabled:',
  DISPLAY: '',
};

describe('secrets and the OS keychain', () => {
  let data: string;

  beforeEach(async () => {
    data = await newDataDirectory();
    await rollcallJson(['init', '--org', 'acme', '--name', 'Acme', '--try', '--data', data]);
  });
  afterEach(() => removeDataDirectory(data));

  /** What the real keychain holds for this data directory, by the account's last part. */
  async function kept(): Promise<Record<string, string>> {
    const { openDatabase } = await import('../../src/main/store/database.ts');
    const { identityMigrations } = await import('../../src/main/store/migrations/identity/index.ts');
    const database = openDatabase(join(data, 'identity.db'), {
      migrations: identityMigrations,
      durability: 'full',
    });
    const install = JSON.parse(
      database.prepare<[], string>("SELECT value FROM setting WHERE key = 'install.id'").pluck().get() ??
        '""',
    ) as string;
    database.close();
    const items = await keytar.findCredentials('Rollcall');
    return Object.fromEntries(
      items
        .filter(({ account }) => account.startsWith(install))
        .map(({ account, password }) => [account.slice(install.length + 1), password]),
    );
  }

  test('a token’s copy is in the real keychain while it lives, and gone when it is revoked', async () => {
    const token = await rollcallJson(['token', 'create', '--data', data]);
    expect(await kept()).toEqual({ [`token/${token.id}`]: token.token });
    const [listed] = await rollcallJson(['token', 'list', '--data', data]);
    expect(listed).toMatchObject({ copy: 'keychain', state: 'active' });
    await rollcallJson(['token', 'revoke', token.id, '--data', data]);
    expect(await kept()).toEqual({});
  });

  test('without a keychain a token is issued all the same, and it is said that no copy was kept', async () => {
    const { code, stdout, stderr } = await rollcall(['token', 'create', '--data', data, '--json'], {
      env: WITHOUT_KEYCHAIN,
    });
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(stdout))).toEqual(['id', 'token', 'endpoint']);
    expect(stderr).toContain('No copy of this token was kept');
    const [listed] = await rollcallJson(['token', 'list', '--data', data], WITHOUT_KEYCHAIN);
    expect(listed.copy).toBe('none');
  });

  test('a client secret needs a vault: exit 4 without one, sealed with a key file', async () => {
    const issuer = await startIssuer();
    const set = ['sso', 'set', 'oidc', '--issuer', issuer.url, '--client-id', 'rollcall', '--data', data];
    const secret = `client-secret-${randomBytes(12).toString('hex')}`;

    const refused = await rollcall(set, { env: WITHOUT_KEYCHAIN, stdin: secret });
    expect(refused.code).toBe(4);
    expect((await rollcallJson(['sso', 'show', '--data', data])).connection.tryOut).toBe(true);

    const keyFile = join(data, 'master.key');
    writeFileSync(keyFile, randomBytes(32).toString('base64'), { mode: 0o600 });
    const sealed = await rollcall([...set, '--key-file', keyFile], { env: WITHOUT_KEYCHAIN, stdin: secret });
    expect(sealed.stderr + sealed.stdout).not.toContain(secret);
    expect(sealed.code).toBe(0);
    expect((await rollcallJson(['sso', 'show', '--data', data])).connection).toMatchObject({
      tryOut: false,
      details: { protocol: 'oidc', hasClientSecret: true },
    });
    issuer.close();
  });

  test('with a keychain the client secret is sealed by a master key that lies there and nowhere else', async () => {
    const issuer = await startIssuer();
    const { code } = await rollcall(
      ['sso', 'set', 'oidc', '--issuer', issuer.url, '--client-id', 'rollcall', '--data', data],
      { stdin: 'hush' },
    );
    expect(code).toBe(0);
    expect(Object.keys(await kept())).toEqual(['master-key']);
    issuer.close();
  });

  test('a keychain that never answers holds nothing up for more than its ten seconds', async () => {
    // A real gnome-keyring that is stopped in its tracks, in a session of its own.
    const script = `
      printf pw | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
      keyring=$!
      until dbus-send --session --print-reply --dest=org.freedesktop.DBus /org/freedesktop/DBus \\
        org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q 'boolean true'; do sleep 0.1; done
      kill -STOP "$keyring"
      "$NODE" src/main/cli.ts token create --data "$DATA" --json; code=$?
      kill -KILL "$keyring"
      exit $code`;
    const started = performance.now();
    const child = spawn('dbus-run-session', ['--', 'bash', '-c', script], {
      cwd: resolve('.'),
      env: {
        ...process.env,
        NODE: process.execPath,
        DATA: data,
        XDG_DATA_HOME: join(data, 'keyring'),
        XDG_CACHE_HOME: join(data, 'cache'),
        DBUS_SESSION_BUS_ADDRESS: '',
      },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const [code] = await once(child, 'close');
    expect(stderr).toContain('did not answer within 10 seconds');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).token).toMatch(/^rollcall_/);
    // D-Bus itself gives up after 25 seconds: less than that proves that nobody waited for it.
    expect(performance.now() - started).toBeLessThan(24_000);
  });
});

/** A real HTTP server with an OpenID configuration. */
async function startIssuer(): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    response.statusCode = request.url === '/.well-known/openid-configuration' ? 200 : 404;
    response.setHeader('Content-Type', 'application/json');
    response.end(
      JSON.stringify({
        issuer: url,
        authorization_endpoint: `${url}/authorize`,
        token_endpoint: `${url}/token`,
        jwks_uri: `${url}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      }),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}
