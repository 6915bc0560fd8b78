import { z } from 'zod';
import { call } from './define.ts';
import { profileName } from './profiles.ts';

/** The life of a token: active → retiring (after Rotate) → expired or revoked. */
export const tokenState = z.enum(['active', 'retiring', 'expired', 'revoked']);

export const token = z.object({
  id: z.string(),
  name: z.string(),
  /** The first characters, enough to recognize it: never enough to use it. */
  prefix: z.string(),
  state: tokenState,
  createdAt: z.string(),
  createdBy: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  revokedBy: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
  lastUsedFrom: z.string().nullable(),
  /** The IdP profile for whoever holds it; null for the organization's. */
  profile: profileName.nullable(),
  /** Whether the operator confirmed having stored it. */
  acknowledged: z.boolean(),
  /** Where the console's own copy is: the OS keychain, or nowhere (D4). */
  copy: z.enum(['keychain', 'none']),
});
export type Token = z.infer<typeof token>;

/** The only answer that ever carries a token. */
export const issuedToken = z.object({
  id: z.string(),
  token: z.string(),
  endpoint: z.string(),
  prefix: z.string(),
  expiresAt: z.string().nullable(),
  copy: z.enum(['keychain', 'none']),
  /** Why no copy was kept, as a sentence; null when one was. */
  copyReason: z.string().nullable(),
});
export type IssuedToken = z.infer<typeof issuedToken>;

const id = z.strictObject({ id: z.string().min(1).max(64) });

export const tokenCalls = {
  'tokens.list': call(z.strictObject({}), z.array(token), 'view'),
  /** Throws sso-required before an SSO connection is stored (M2). */
  'tokens.create': call(
    z.strictObject({
      name: z.string().trim().min(1).max(80),
      /** Days until it expires; null = never (M8). */
      expiresInDays: z.int().min(1).max(3650).nullable(),
      /** An IdP profile in place of the organization's (D10). */
      profile: profileName.nullable().default(null),
    }),
    issuedToken,
    'edit',
  ),
  /** "I have stored it." */
  'tokens.acknowledge': call(id, token, 'edit'),
  /** A new token beside the old one; the old one is retiring and still works until revoked. */
  'tokens.rotate': call(id, issuedToken, 'edit'),
  /** Holds from the token's next request on; null for the organization's profile. */
  'tokens.setProfile': call(id.extend({ profile: profileName.nullable() }), token, 'edit'),
  /** Dies at once, for every process. */
  'tokens.revoke': call(id, token, 'edit'),
  /** Revoke now + a new one. */
  'tokens.regenerate': call(id, issuedToken, 'edit'),
  /** Every token dies, the endpoint answers 401; `people` says what becomes of those it brought (D3). */
  'scim.deleteConfiguration': call(
    z.strictObject({ people: z.enum(['keep', 'manual', 'suspend']) }),
    /** The job that does with the people what was decided; null when they stay as they are. */
    z.object({ tokensRevoked: z.number(), jobId: z.string().nullable() }),
    'edit',
  ),
};
