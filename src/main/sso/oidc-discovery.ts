import type { ServerMetadata } from 'openid-client';
import { AppError } from '../../shared/app-error.ts';
import type { ConnectionDetails } from '../../shared/contract/sso.ts';

type OidcDetails = Extract<ConnectionDetails, { protocol: 'oidc' }>;

const TIMEOUT_S = 15;

/**
 * Reads an OpenID Provider's configuration (OpenID Connect Discovery 1.0, section 4).
 * @throws {AppError} `discovery-failed` with what went wrong: no answer, another issuer, or an endpoint missing.
 */
export async function discoverOidc(
  issuer: string,
  clientId: string,
  hasClientSecret: boolean,
): Promise<OidcDetails> {
  const url = new URL(issuer);
  const insecure = url.protocol === 'http:';
  if (insecure && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)) {
    throw new AppError(
      'discovery-failed',
      'An issuer must use https; http is accepted on this machine only.',
      { field: 'issuer' },
    );
  }
  // Loaded when it is needed: a server never does, and would keep it in memory.
  const client = await import('openid-client');
  let metadata: ServerMetadata;
  try {
    const configuration = await client.discovery(url, clientId, undefined, undefined, {
      timeout: TIMEOUT_S,
      ...(insecure && { execute: [client.allowInsecureRequests] }),
    });
    metadata = configuration.serverMetadata();
  } catch (cause) {
    throw new AppError('discovery-failed', explain(url, cause), { field: 'issuer', cause });
  }
  const { authorization_endpoint, token_endpoint, jwks_uri } = metadata;
  if (!authorization_endpoint || !token_endpoint || !jwks_uri) {
    throw new AppError(
      'discovery-failed',
      'The issuer’s configuration lacks an authorization, token or key endpoint.',
      { field: 'issuer' },
    );
  }
  return {
    protocol: 'oidc',
    issuer: metadata.issuer,
    authorizationEndpoint: authorization_endpoint,
    tokenEndpoint: token_endpoint,
    jwksUri: jwks_uri,
    endSessionEndpoint: metadata.end_session_endpoint ?? null,
    clientId,
    hasClientSecret,
  };
}

function explain(url: URL, cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED') {
    return 'The configuration found there belongs to another issuer. Copy the issuer exactly as your IdP shows it.';
  }
  if (
    code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' ||
    code === 'OAUTH_RESPONSE_IS_NOT_JSON' ||
    code === 'OAUTH_INVALID_RESPONSE' ||
    code === 'OAUTH_PARSE_ERROR'
  ) {
    return `${url.host} answered, but not with an OpenID configuration. Enter the issuer without /.well-known/….`;
  }
  return `${url.host} did not answer. Check the issuer and that this machine can reach it.`;
}
