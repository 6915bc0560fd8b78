import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { newDataDirectory, removeDataDirectory } from '../../../support/data-directory.ts';

/** FakeProtocol: keeps the handler that Electron would call for each `app:` request. */
const fake = vi.hoisted(() => ({
  handle: undefined as ((request: { method: string; url: string }) => Promise<Response>) | undefined,
  schemes: [] as unknown[],
}));
vi.mock('electron', () => ({
  protocol: {
    handle: (_scheme: string, handler: typeof fake.handle) => {
      fake.handle = handler;
    },
    registerSchemesAsPrivileged: (schemes: unknown[]) => {
      fake.schemes = schemes;
    },
  },
}));

const { CONSOLE_ORIGIN, contentSecurityPolicy, registerConsoleScheme, serveConsole } = await import(
  '../../../../src/main/app/protocol.ts'
);

let folder: string;
beforeAll(async () => {
  folder = await newDataDirectory();
  const page = join(folder, 'renderer');
  await mkdir(join(page, 'assets'), { recursive: true });
  await writeFile(join(page, 'index.html'), '<style nonce="%CSP_NONCE%"></style><meta nonce="%CSP_NONCE%">');
  await writeFile(join(page, 'assets', 'app.js'), 'export {};');
  await writeFile(join(page, 'notes.txt'), 'notes');
  await writeFile(join(folder, 'secret.json'), '{}');
  serveConsole(page);
});
afterAll(() => removeDataDirectory(folder));

const ask = async (path: string, method = 'GET', origin: string = CONSOLE_ORIGIN): Promise<Response> => {
  if (!fake.handle) throw new Error('nothing is served');
  return fake.handle({ method, url: origin + path });
};

describe('the page', () => {
  test.each(['/', '/members', '/settings/enterprise/identity-setup', '/members?x=1'])(
    'is served at %s',
    async (path) => {
      const response = await ask(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    },
  );

  test('gets a nonce of its own each time, the same in its policy', async () => {
    const nonces = [];
    for (const response of [await ask('/'), await ask('/')]) {
      const [, nonce = '', again] =
        /<style nonce="([^"]+)"><\/style><meta nonce="([^"]+)">/.exec(await response.text()) ?? [];
      expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
      expect(again).toBe(nonce);
      expect(response.headers.get('content-security-policy')).toBe(contentSecurityPolicy(nonce));
      nonces.push(nonce);
    }
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  test('may load nothing from anywhere and run nothing but its own files', () => {
    expect(contentSecurityPolicy('abc')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-abc'; img-src 'self' data:; font-src 'self'; connect-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    );
  });
});

describe('files of the page', () => {
  test('come with their type', async () => {
    const response = await ask('/assets/app.js');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toBe('export {};');
  });

  test.each([
    ['/assets/missing.js'],
    ['/notes.txt'],
    ['/../secret.json'],
    ['/%2e%2e/secret.json'],
    ['/..%2fsecret.json'],
    ['/assets/..%2f..%2fsecret.json'],
    ['/%2e%2e%2fsecret.json'],
    ['/a%00.js'],
    ['/%zz.js'],
  ])('are not found at %s', async (path) => {
    expect((await ask(path)).status).toBe(404);
  });

  test('are served at the console’s own origin only', async () => {
    expect((await ask('/', 'GET', 'app://other')).status).toBe(404);
  });

  test.each(['POST', 'PUT', 'DELETE', 'HEAD'])('are not changed by %s', async (method) => {
    const response = await ask('/', method);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET');
  });
});

test('the scheme is a standard, secure one', () => {
  registerConsoleScheme();
  expect(fake.schemes).toMatchObject([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
});
