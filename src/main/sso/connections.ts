import { AppError } from '../../shared/app-error.ts';
import type { Connection, ConnectionDetails, ConnectionInput } from '../../shared/contract/sso.ts';
import type { Audit } from '../audit/audit.ts';
import type { SealedSecret, SealedSecretStore, Vault } from '../secrets/vault.ts';
import { fetchMetadata } from './fetch-metadata.ts';
import { discoverOidc } from './oidc-discovery.ts';
import { parseSamlMetadata, samlWarnings } from './saml-metadata.ts';
import { tryOutMetadata } from './try-out.ts';

/** The connection as it lies in SQLite, with the metadata document it was read from. */
export interface StoredConnection extends Connection {
  metadata: string | null;
}

/** One connection at a time; implemented by the store. */
export interface ConnectionStore {
  get(): StoredConnection | undefined;
  put(connection: StoredConnection): void;
}

export interface Connections {
  get(): Connection | undefined;
  /** @throws {AppError} `sso-required` while nothing is stored (M2). */
  require(): Connection;
  /** Reads and checks without saving. Throws what the parsers throw. */
  inspect(input: ConnectionInput): Promise<{ details: ConnectionDetails; warnings: string[] }>;
  /** Reads and checks again, then stores; a client secret goes sealed into the vault in the same transaction. */
  save(input: ConnectionInput): Promise<Connection>;
  /** Stores a connection made from generated metadata, marked as a try-out. Never replaces a real one. */
  saveTryOut(): Promise<Connection>;
}

/** The vault's name for the OIDC client secret. */
const CLIENT_SECRET = 'sso/oidc-client-secret';

/** The SSO connection: read, checked, stored. Signing in through it is not part of this release. */
export function createConnections(deps: {
  store: ConnectionStore;
  secrets: SealedSecretStore;
  vault: Vault;
  audit: Audit;
  write<T>(work: () => T): Promise<T>;
  now(): Date;
  operator(): string;
}): Connections {
  const { store, audit } = deps;

  async function read(
    input: ConnectionInput,
  ): Promise<{ details: ConnectionDetails; metadata: string | null }> {
    switch (input.kind) {
      case 'saml-xml':
        return { details: parseSamlMetadata(input.xml, deps.now(), null), metadata: input.xml };
      case 'saml-url': {
        const xml = await fetchMetadata(input.url);
        return { details: parseSamlMetadata(xml, deps.now(), input.url), metadata: xml };
      }
      case 'oidc': {
        const hasSecret = input.clientSecret !== null && input.clientSecret !== '';
        return { details: await discoverOidc(input.issuer, input.clientId, hasSecret), metadata: null };
      }
    }
  }

  async function keep(
    connection: Pick<StoredConnection, 'provider' | 'tryOut' | 'details' | 'metadata'>,
    secret: SealedSecret | undefined,
  ): Promise<Connection> {
    const stored: StoredConnection = {
      ...connection,
      savedAt: deps.now().toISOString(),
      savedBy: deps.operator(),
    };
    await deps.write(() => {
      store.put(stored);
      if (secret) deps.secrets.write(secret);
      else deps.secrets.remove(CLIENT_SECRET);
      audit.record('sso.saved', null, {
        provider: stored.provider,
        protocol: stored.details.protocol,
        tryOut: stored.tryOut,
      });
    });
    return stored;
  }

  return {
    get: () => store.get(),
    require() {
      const connection = store.get();
      if (!connection) {
        throw new AppError(
          'sso-required',
          'Set up single sign-on first: SCIM is the second half of the identity setup.',
        );
      }
      return connection;
    },
    async inspect(input) {
      const { details } = await read(input);
      return { details, warnings: details.protocol === 'saml' ? samlWarnings(details) : [] };
    },
    async save(input) {
      const { details, metadata } = await read(input);
      const secret =
        input.kind === 'oidc' && input.clientSecret
          ? await deps.vault.seal(CLIENT_SECRET, input.clientSecret)
          : undefined;
      return keep({ provider: input.provider, tryOut: false, details, metadata }, secret);
    },
    async saveTryOut() {
      const existing = store.get();
      if (existing) return existing;
      const metadata = await tryOutMetadata(deps.now());
      const details = parseSamlMetadata(metadata, deps.now(), null);
      return keep({ provider: 'other', tryOut: true, details, metadata }, undefined);
    },
  };
}
