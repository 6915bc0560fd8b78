import { z } from 'zod';
import { endpointState } from '../endpoint-state.ts';
import { call } from './define.ts';
import { guardState } from './deprovisioning.ts';
import { listenerState } from './listener.ts';
import { observeStatus } from './observe.ts';
import { idpLocation, organization } from './organization.ts';
import { token } from './tokens.ts';

/** Where secrets are kept right now (D4). */
export const secretsState = z.object({
  state: z.enum(['keychain', 'key-file', 'locked', 'unavailable', 'not-needed-yet']),
  /** A sentence: what that means and what to do. */
  message: z.string(),
});
export type SecretsState = z.infer<typeof secretsState>;

export const overview = z.object({
  organization: organization.nullable(),
  /** The URL the IdP is given; null before there is an organization. */
  endpoint: z.string().nullable(),
  publicUrl: z.string().nullable(),
  endpointState,
  listener: listenerState,
  secrets: secretsState,
  sso: z
    .object({
      protocol: z.enum(['saml', 'oidc']),
      name: z.string(),
      tryOut: z.boolean(),
      certificateExpiresAt: z.string().nullable(),
    })
    .nullable(),
  /** Tokens that still open the endpoint. */
  liveTokens: z.array(token),
  counts: z.object({
    pending: z.number(),
    active: z.number(),
    suspended: z.number(),
    deactivated: z.number(),
    deleted: z.number(),
    teams: z.number(),
  }),
  guard: guardState,
  observe: observeStatus,
  requests: z.object({
    firstAuthenticatedAt: z.string().nullable(),
    lastAt: z.string().nullable(),
    lastFailure: z.object({ time: z.string(), status: z.number(), reason: z.string().nullable() }).nullable(),
    lastHour: z.object({ total: z.number(), failed: z.number() }),
  }),
  operator: z.string(),
  dataDirectory: z.string(),
  version: z.string(),
});
export type Overview = z.infer<typeof overview>;

/** The wizard, computed from the data each time: nothing counts steps. */
export const setup = z.object({
  steps: z.object({
    organization: z.object({ done: z.boolean(), location: idpLocation.nullable() }),
    sso: z.object({ done: z.boolean() }),
    policy: z.object({ done: z.boolean() }),
    token: z.object({ done: z.boolean(), unacknowledgedId: z.string().nullable() }),
    connect: z.object({ done: z.boolean(), firstRequestAt: z.string().nullable() }),
    review: z.object({ done: z.boolean(), members: z.number() }),
  }),
  /** The first step that is not done; "review" when all are. */
  current: z.enum(['organization', 'sso', 'policy', 'token', 'connect', 'review']),
});
export type Setup = z.infer<typeof setup>;

export const overviewCalls = {
  'overview.get': call(z.strictObject({}), overview, 'view'),
  'setup.get': call(z.strictObject({}), setup, 'view'),
  /** The operator has looked at the policy, even if nothing was changed. */
  'setup.confirmPolicy': call(z.strictObject({}), setup, 'edit'),
};
