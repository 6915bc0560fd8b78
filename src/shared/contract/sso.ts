import { z } from 'zod';
import { call } from './define.ts';

/** The IdPs that have a setup guide of their own. */
export const provider = z.enum(['okta', 'entra', 'onelogin', 'jumpcloud', 'ping', 'google', 'other']);
export type Provider = z.infer<typeof provider>;

export const certificate = z.object({
  subject: z.string(),
  /** SHA-256 of the DER form, hex pairs with colons. */
  fingerprint: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  state: z.enum(['valid', 'expires-soon', 'expired', 'not-yet-valid']),
});
export type Certificate = z.infer<typeof certificate>;

export const samlDetails = z.object({
  protocol: z.literal('saml'),
  entityId: z.string(),
  /** SingleSignOnService locations, by binding. */
  signOnUrls: z.array(z.object({ binding: z.enum(['redirect', 'post', 'other']), url: z.string() })),
  signOutUrls: z.array(z.object({ binding: z.enum(['redirect', 'post', 'other']), url: z.string() })),
  certificates: z.array(certificate),
  /** Whether the metadata asks for signed AuthnRequests. */
  wantsSignedRequests: z.boolean(),
  /** Where the metadata came from, for refreshing it later. */
  metadataUrl: z.string().nullable(),
});

export const oidcDetails = z.object({
  protocol: z.literal('oidc'),
  issuer: z.string(),
  authorizationEndpoint: z.string(),
  tokenEndpoint: z.string(),
  jwksUri: z.string(),
  endSessionEndpoint: z.string().nullable(),
  clientId: z.string(),
  /** Whether a client secret is sealed in the vault. The secret itself never comes back. */
  hasClientSecret: z.boolean(),
});

export const connectionDetails = z.discriminatedUnion('protocol', [samlDetails, oidcDetails]);
export type ConnectionDetails = z.infer<typeof connectionDetails>;

export const connection = z.object({
  provider,
  /** True for the connection that `init --try` makes: labelled so on every screen. */
  tryOut: z.boolean(),
  details: connectionDetails,
  savedAt: z.string(),
  savedBy: z.string(),
});
export type Connection = z.infer<typeof connection>;

/** Values that the admin copies into the IdP. */
export const serviceProviderValues = z.object({
  entityId: z.string(),
  acsUrl: z.string(),
  redirectUri: z.string(),
});

const MAX_METADATA = 1_000_000;

/** A connection as the admin enters it, before it is parsed and checked. */
export const connectionInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('saml-xml'), provider, xml: z.string().min(1).max(MAX_METADATA) }),
  z.strictObject({ kind: z.literal('saml-url'), provider, url: z.url({ protocol: /^https?$/ }) }),
  z.strictObject({
    kind: z.literal('oidc'),
    provider,
    issuer: z.url({ protocol: /^https?$/ }),
    clientId: z.string().trim().min(1).max(500),
    clientSecret: z.string().max(5000).nullable(),
  }),
]);
export type ConnectionInput = z.infer<typeof connectionInput>;

export const ssoCalls = {
  'sso.get': call(
    z.strictObject({}),
    z.object({ connection: connection.nullable(), serviceProvider: serviceProviderValues }),
    'view',
  ),
  /** Parses and checks without saving; throws metadata-invalid, metadata-unreachable, certificate-expired, discovery-failed. */
  'sso.inspect': call(
    connectionInput,
    z.object({ details: connectionDetails, warnings: z.array(z.string()) }),
    'edit',
  ),
  /** Parses again on the server, then stores; the same errors, and secrets-locked when a client secret can't be sealed. */
  'sso.save': call(connectionInput, connection, 'edit'),
};
