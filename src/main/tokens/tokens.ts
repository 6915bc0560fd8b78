import { randomUUID } from 'node:crypto';
import { AppError } from '../../shared/app-error.ts';
import type { ProfileName } from '../../shared/contract/profiles.ts';
import type { IssuedToken, Token } from '../../shared/contract/tokens.ts';
import type { Audit } from '../audit/audit.ts';
import type { Keychain } from '../secrets/keychain.ts';
import { generateToken, isTokenFormat, maskTokens, tokenDigest, tokenPrefix } from './format.ts';

/** A token as it lies in SQLite: everything but the token. Times are ISO 8601 in UTC. */
export interface TokenRecord {
  id: string;
  name: string;
  prefix: string;
  digest: Buffer;
  createdAt: string;
  createdBy: string;
  expiresAt: string | null;
  retiringAt: string | null;
  revokedAt: string | null;
  revokedBy: string | null;
  acknowledgedAt: string | null;
  keychainCopy: boolean;
  /** The IdP profile in place of the organization's (D10). */
  profile: ProfileName | null;
}

/** Implemented by the store. Every read goes to SQLite: another process may have revoked a token a moment ago. */
export interface TokenStore {
  insert(token: TokenRecord): void;
  byId(id: string): TokenRecord | undefined;
  byDigest(digest: Buffer): TokenRecord | undefined;
  /** Newest first. */
  all(): TokenRecord[];
  acknowledge(id: string, time: string): void;
  retire(id: string, time: string): void;
  revoke(id: string, time: string, by: string): void;
  setKeychainCopy(id: string, kept: boolean): void;
  setProfile(id: string, profile: ProfileName | null): void;
}

/** When and from where a token was last used; kept with the request log. */
export interface TokenUse {
  lastUsedAt: string;
  lastUsedFrom: string;
}

/** Why a bearer token does not open the endpoint. */
export type Refusal = 'missing' | 'not-our-format' | 'unknown' | 'revoked' | 'expired';

export interface Tokens {
  /** Looks a presented token up by digest. Needs no keychain. */
  verify(presented: string): { token: TokenRecord } | { refused: Refusal; token?: TokenRecord };
  list(): Token[];
  live(): Token[];
  /** @throws {AppError} `sso-required` before an SSO connection is stored (M2). */
  create(input: {
    name: string;
    expiresInDays: number | null;
    profile?: ProfileName | null;
  }): Promise<IssuedToken>;
  acknowledge(id: string): Promise<Token>;
  /** Gives a live token an IdP profile of its own, or with null the organization's again. */
  setProfile(id: string, profile: ProfileName | null): Promise<Token>;
  /** A second token beside the first; the first keeps working as `retiring` until it is revoked (D3). */
  rotate(id: string): Promise<IssuedToken>;
  revoke(id: string): Promise<Token>;
  /** Revokes and issues in one transaction: there is never a moment with both or neither. */
  regenerate(id: string): Promise<IssuedToken>;
  /** Revokes every token that is left. Runs inside the caller's transaction; returns the ids. */
  revokeAll(): string[];
  /** Takes copies of dead tokens out of the keychain, as far as it answers. */
  forgetCopies(ids: readonly string[]): Promise<void>;
}

export interface TokenDependencies {
  store: TokenStore;
  keychain: Keychain;
  audit: Audit;
  write<T>(work: () => T): Promise<T>;
  now(): Date;
  operator(): string;
  /** The URL to hand out; throws `no-organization` or `sso-required` when there is nothing to open yet. */
  endpoint(): string;
  lastUse(id: string): TokenUse | undefined;
  log(message: string, error?: unknown): void;
}

const DAY_MS = 86_400_000;

/** The tokens of the endpoint: digests in SQLite, copies in the OS keychain (D3, D4). */
export function createTokens(deps: TokenDependencies): Tokens {
  const { store, keychain, audit, write } = deps;
  const timestamp = () => deps.now().toISOString();

  function present(record: TokenRecord): Token {
    const use = deps.lastUse(record.id);
    return {
      id: record.id,
      name: record.name,
      prefix: record.prefix,
      state: stateOf(record, deps.now()),
      createdAt: record.createdAt,
      createdBy: record.createdBy,
      expiresAt: record.expiresAt,
      revokedAt: record.revokedAt,
      revokedBy: record.revokedBy,
      lastUsedAt: use?.lastUsedAt ?? null,
      lastUsedFrom: use?.lastUsedFrom ?? null,
      // Whoever uses it has it.
      acknowledged: record.acknowledgedAt !== null || use !== undefined,
      copy: record.keychainCopy ? 'keychain' : 'none',
      profile: record.profile,
    };
  }

  function find(id: string): TokenRecord {
    const record = store.byId(id);
    if (!record) throw new AppError('not-found', `There is no token with the id ${maskTokens(id)}.`);
    return record;
  }

  function findLive(id: string): TokenRecord {
    const record = find(id);
    const state = stateOf(record, deps.now());
    if (state === 'revoked' || state === 'expired') {
      throw new AppError('token-not-live', `This token is ${state} already. Create a new one instead.`);
    }
    return record;
  }

  /**
   * Stores the digest, then tries to keep a copy. In this order: a token that is in use without a copy is a
   * nuisance, a copy of a token that never came to be is a leak.
   */
  async function issue(
    input: { name: string; expiresAt: string | null; profile: ProfileName | null },
    alongside: (issuedId: string) => void,
  ): Promise<IssuedToken> {
    const endpoint = deps.endpoint();
    const token = generateToken();
    const record: TokenRecord = {
      id: randomUUID(),
      name: input.name,
      prefix: tokenPrefix(token),
      digest: tokenDigest(token),
      createdAt: timestamp(),
      createdBy: deps.operator(),
      expiresAt: input.expiresAt,
      retiringAt: null,
      revokedAt: null,
      revokedBy: null,
      acknowledgedAt: null,
      keychainCopy: false,
      profile: input.profile,
    };
    await write(() => {
      store.insert(record);
      audit.record('token.created', record.id, { name: record.name, expiresAt: record.expiresAt });
      alongside(record.id);
    });
    const copyReason = await keepCopy(record.id, token);
    return {
      id: record.id,
      token,
      endpoint,
      prefix: record.prefix,
      expiresAt: record.expiresAt,
      copy: copyReason === null ? 'keychain' : 'none',
      copyReason,
    };
  }

  async function keepCopy(id: string, token: string): Promise<string | null> {
    try {
      await keychain.set(copyName(id), token);
      await write(() => store.setKeychainCopy(id, true));
      return null;
    } catch (error) {
      if (error instanceof AppError) return error.message;
      deps.log('no copy of the new token was kept', error);
      return 'The OS keychain refused.';
    }
  }

  async function forgetCopies(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      if (!store.byId(id)?.keychainCopy) continue;
      try {
        await keychain.delete(copyName(id));
        await write(() => store.setKeychainCopy(id, false));
      } catch (error) {
        // The token is dead by its digest already; the copy of a dead token opens nothing.
        deps.log('the copy of a revoked token could not be taken out of the keychain', error);
      }
    }
  }

  function revokeNow(record: TokenRecord): void {
    store.revoke(record.id, timestamp(), deps.operator());
    audit.record('token.revoked', record.id, { name: record.name });
  }

  return {
    verify(presented) {
      if (presented === '') return { refused: 'missing' };
      const record = store.byDigest(tokenDigest(presented));
      if (!record) return { refused: isTokenFormat(presented) ? 'unknown' : 'not-our-format' };
      const state = stateOf(record, deps.now());
      return state === 'revoked' || state === 'expired'
        ? { refused: state, token: record }
        : { token: record };
    },

    list: () => store.all().map(present),
    live: () =>
      store
        .all()
        .map(present)
        .filter((token) => token.state === 'active' || token.state === 'retiring'),

    async create({ name, expiresInDays, profile = null }) {
      const expiresAt =
        expiresInDays === null ? null : new Date(deps.now().getTime() + expiresInDays * DAY_MS).toISOString();
      return issue({ name, expiresAt, profile }, () => {});
    },

    async acknowledge(id) {
      const record = find(id);
      if (record.acknowledgedAt === null) await write(() => store.acknowledge(id, timestamp()));
      return present(find(id));
    },

    async setProfile(id, profile) {
      const before = findLive(id);
      if (before.profile !== profile) {
        await write(() => {
          store.setProfile(id, profile);
          audit.record('token.profile-changed', id, { name: before.name, from: before.profile, to: profile });
        });
      }
      return present(find(id));
    },

    async rotate(id) {
      const old = findLive(id);
      if (old.retiringAt !== null) {
        throw new AppError('conflict', 'This token is retiring already. Rotate the token that replaced it.');
      }
      return issue(replacementFor(old, deps.now()), (replacement) => {
        store.retire(old.id, timestamp());
        audit.record('token.rotated', old.id, { name: old.name, replacement });
      });
    },

    async revoke(id) {
      const record = findLive(id);
      await write(() => revokeNow(record));
      await forgetCopies([id]);
      return present(find(id));
    },

    async regenerate(id) {
      const old = find(id);
      const issued = await issue(replacementFor(old, deps.now()), () => {
        if (old.revokedAt === null) revokeNow(old);
      });
      await forgetCopies([id]);
      return issued;
    },

    revokeAll() {
      const left = store.all().filter((record) => record.revokedAt === null);
      for (const record of left) revokeNow(record);
      return left.map((record) => record.id);
    },

    forgetCopies,
  };
}

/** The keychain account of a token's copy. */
function copyName(id: string): string {
  return `token/${id}`;
}

function stateOf(record: TokenRecord, now: Date): Token['state'] {
  if (record.revokedAt !== null) return 'revoked';
  if (record.expiresAt !== null && Date.parse(record.expiresAt) <= now.getTime()) return 'expired';
  return record.retiringAt === null ? 'active' : 'retiring';
}

/** What a replacement takes over from its predecessor. */
function replacementFor(old: TokenRecord, now: Date): Pick<TokenRecord, 'name' | 'expiresAt' | 'profile'> {
  return { name: old.name, expiresAt: renewedExpiry(old, now), profile: old.profile };
}

/** A replacement lives as long as its predecessor was meant to. */
function renewedExpiry(old: TokenRecord, now: Date): string | null {
  if (old.expiresAt === null) return null;
  return new Date(now.getTime() + Date.parse(old.expiresAt) - Date.parse(old.createdAt)).toISOString();
}
