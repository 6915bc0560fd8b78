import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAudit } from '../../../../src/main/audit/audit.ts';
import { createVault, type SealedSecretStore, type Vault } from '../../../../src/main/secrets/vault.ts';
import { type Connections, createConnections } from '../../../../src/main/sso/connections.ts';
import { createAuditInsert } from '../../../../src/main/store/audit-trail.ts';
import { createConnectionStore } from '../../../../src/main/store/connections.ts';
import { createWriter } from '../../../../src/main/store/group-commit.ts';
import { createSealedSecretStore } from '../../../../src/main/store/sealed-secrets.ts';
import type { ConnectionInput } from '../../../../src/shared/contract/sso.ts';
import { type OpenDatabases, openDatabases } from '../../../support/databases.ts';
import { FakeKeychain } from '../../../support/fake-keychain.ts';
import { startHttpServer } from '../../../support/http-server.ts';
import { certificate, endpoint, idpEntity, key } from '../../../support/saml-metadata.ts';

const SECRET = 'client-secret-hunter2';

let databases: OpenDatabases;
let keychain: FakeKeychain;
let secrets: SealedSecretStore;
let vault: Vault;
let connections: Connections;
let xml: string;
let server: Awaited<ReturnType<typeof startHttpServer>>;
beforeEach(async () => {
  databases = await openDatabases();
  const keyFile = join(databases.folder, 'key');
  await writeFile(keyFile, randomBytes(32).toString('base64'), { mode: 0o600 });
  keychain = new FakeKeychain();
  secrets = createSealedSecretStore(databases.identity);
  connect(keyFile);
  const soon = new Date(Date.now() + 10 * 86_400_000).toISOString();
  xml = idpEntity(
    'https://idp.example.com',
    key(await certificate('idp', '2020-01-01T00:00:00Z', soon)) +
      endpoint('HTTP-Redirect', 'https://idp.example.com/sso'),
  );
  server = await startHttpServer((request, response) => {
    const { origin } = server;
    if (request.url === '/metadata.xml') response.end(xml);
    else
      response.setHeader('Content-Type', 'application/json').end(
        JSON.stringify({
          issuer: origin,
          authorization_endpoint: `${origin}/a`,
          token_endpoint: `${origin}/t`,
          jwks_uri: `${origin}/k`,
        }),
      );
  });
});
afterEach(async () => {
  await server.close();
  await databases.close();
});

function connect(keyFile: string | undefined): void {
  vault = createVault(keychain, secrets, keyFile);
  connections = createConnections({
    store: createConnectionStore(databases.identity),
    secrets,
    vault,
    audit: createAudit(createAuditInsert(databases.identity), 'local:ann', () => new Date()),
    write: createWriter(databases.identity).write,
    now: () => new Date(),
    operator: () => 'local:ann',
  });
}

const saml = (): ConnectionInput => ({ kind: 'saml-xml', provider: 'okta', xml });
const oidc = (clientSecret: string | null): ConnectionInput => ({
  kind: 'oidc',
  provider: 'entra',
  issuer: server.origin,
  clientId: 'rollcall',
  clientSecret,
});

describe('the SSO connection', () => {
  test('is required by what comes after it', async () => {
    expect(connections.get()).toBeUndefined();
    expect(() => connections.require()).toThrow(expect.objectContaining({ code: 'sso-required' }));
    await connections.save(saml());
    expect(connections.require()).toMatchObject({ provider: 'okta', tryOut: false });
  });

  test('is inspected without being kept, and warned about', async () => {
    const { details, warnings } = await connections.inspect(saml());
    expect(details).toMatchObject({
      protocol: 'saml',
      entityId: 'https://idp.example.com',
      metadataUrl: null,
    });
    expect(warnings).toEqual([expect.stringMatching(/CN=idp expires on .* Plan its renewal now/)]);
    expect(connections.get()).toBeUndefined();
  });

  test('by URL remembers where it came from', async () => {
    const url = `${server.origin}/metadata.xml`;
    const saved = await connections.save({ kind: 'saml-url', provider: 'other', url });
    expect(saved.details).toMatchObject({ metadataUrl: url });
  });

  test('survives as it was saved', async () => {
    const saved = await connections.save(saml());
    expect(connections.get()).toEqual(saved);
    expect(saved).toMatchObject({ savedBy: 'local:ann', savedAt: expect.stringMatching(/Z$/) });
  });

  test('that is refused replaces nothing', async () => {
    const saved = await connections.save(saml());
    await expect(connections.save({ kind: 'saml-xml', provider: 'okta', xml: '<x/>' })).rejects.toMatchObject(
      {
        code: 'metadata-invalid',
      },
    );
    expect(connections.get()).toEqual(saved);
  });
});

describe('a client secret', () => {
  test('goes sealed into the vault and comes back nowhere else', async () => {
    const saved = await connections.save(oidc(SECRET));
    expect(saved.details).toMatchObject({ protocol: 'oidc', hasClientSecret: true });
    expect(JSON.stringify([saved, connections.get()])).not.toContain(SECRET);
    expect(databases.identity.serialize().includes(SECRET)).toBe(false);
    expect(await vault.unseal('sso/oidc-client-secret')).toBe(SECRET);
  });

  test.each([null, ''])('%j means that there is none', async (none) => {
    const saved = await connections.save(oidc(none));
    expect(saved.details).toMatchObject({ hasClientSecret: false });
    expect(secrets.any()).toBe(false);
  });

  test('of a connection that is replaced is forgotten', async () => {
    await connections.save(oidc(SECRET));
    await connections.save(saml());
    expect(secrets.any()).toBe(false);
  });

  test('that can’t be sealed keeps the connection from being saved', async () => {
    connect(undefined);
    keychain.lock('Unlock it.');
    await expect(connections.save(oidc(SECRET))).rejects.toMatchObject({ code: 'secrets-locked' });
    expect(connections.get()).toBeUndefined();
    await expect(connections.save(oidc(null))).resolves.toMatchObject({ provider: 'entra' });
  });
});

describe('the try-out connection', () => {
  test('is labelled, and real enough to be read again', async () => {
    const saved = await connections.saveTryOut();
    expect(saved).toMatchObject({ tryOut: true, provider: 'other', details: { protocol: 'saml' } });
    expect(connections.require().tryOut).toBe(true);
  });

  test('never replaces a real one', async () => {
    const real = await connections.save(saml());
    expect(await connections.saveTryOut()).toEqual(real);
    expect(connections.get()).toEqual(real);
  });

  test('is replaced by a real one', async () => {
    await connections.saveTryOut();
    await connections.save(saml());
    expect(connections.get()).toMatchObject({ tryOut: false, provider: 'okta' });
  });
});
