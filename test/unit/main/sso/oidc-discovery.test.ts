import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { discoverOidc } from '../../../../src/main/sso/oidc-discovery.ts';
import { startHttpServer } from '../../../support/http-server.ts';

let server: Awaited<ReturnType<typeof startHttpServer>>;
let origin: string;
let asked: string[];
/** What the issuer answers; undefined is 404. */
let configuration: unknown;
let contentType: string;
beforeEach(async () => {
  asked = [];
  contentType = 'application/json';
  server = await startHttpServer((request, response) => {
    asked.push(request.url ?? '');
    if (configuration === undefined) {
      response.writeHead(404).end();
      return;
    }
    response
      .writeHead(200, { 'Content-Type': contentType })
      .end(typeof configuration === 'string' ? configuration : JSON.stringify(configuration));
  });
  origin = server.origin;
  configuration = complete();
});
afterEach(() => server.close());

const complete = (more: object = {}) => ({
  issuer: origin,
  authorization_endpoint: `${origin}/authorize`,
  token_endpoint: `${origin}/token`,
  jwks_uri: `${origin}/keys`,
  response_types_supported: ['code'],
  ...more,
});
const failed = (message: RegExp) => ({
  code: 'discovery-failed',
  field: 'issuer',
  message: expect.stringMatching(message),
});

describe('discovery', () => {
  test('reads the endpoints from the well-known place', async () => {
    configuration = complete({ end_session_endpoint: `${origin}/logout` });
    expect(await discoverOidc(origin, 'rollcall', true)).toEqual({
      protocol: 'oidc',
      issuer: origin,
      authorizationEndpoint: `${origin}/authorize`,
      tokenEndpoint: `${origin}/token`,
      jwksUri: `${origin}/keys`,
      endSessionEndpoint: `${origin}/logout`,
      clientId: 'rollcall',
      hasClientSecret: true,
    });
    expect(asked).toEqual(['/.well-known/openid-configuration']);
  });

  test('of an issuer with a path asks below that path, and needs no sign-out', async () => {
    configuration = complete({ issuer: `${origin}/tenant/v2.0` });
    expect(await discoverOidc(`${origin}/tenant/v2.0`, 'rollcall', false)).toMatchObject({
      issuer: `${origin}/tenant/v2.0`,
      endSessionEndpoint: null,
      hasClientSecret: false,
    });
    expect(asked).toEqual(['/tenant/v2.0/.well-known/openid-configuration']);
  });

  test.each([
    ['of another issuer', () => complete({ issuer: 'https://evil.example' }), /belongs to another issuer/],
    [
      'without an issuer',
      () => complete({ issuer: undefined }),
      /not with an OpenID configuration|another issuer/,
    ],
    ['without an authorization endpoint', () => complete({ authorization_endpoint: undefined }), /lacks an/],
    ['without a token endpoint', () => complete({ token_endpoint: undefined }), /lacks an/],
    ['without keys', () => complete({ jwks_uri: undefined }), /lacks an/],
    ['that is no JSON', () => '<html>', /not with an OpenID configuration/],
    ['that is a list', () => [], /not with an OpenID configuration/],
    ['that is not there', () => undefined, /not with an OpenID configuration/],
  ])('of a configuration %s fails', async (_, make, message) => {
    configuration = make();
    await expect(discoverOidc(origin, 'rollcall', false)).rejects.toMatchObject(failed(message));
  });

  test('of a web page fails', async () => {
    contentType = 'text/html';
    configuration = '<!doctype html><title>Sign in</title>';
    await expect(discoverOidc(origin, 'rollcall', false)).rejects.toMatchObject(
      failed(/not with an OpenID configuration/),
    );
  });

  test('where nobody listens fails', async () => {
    await server.close();
    await expect(discoverOidc(origin, 'rollcall', false)).rejects.toMatchObject(failed(/did not answer/));
    server = await startHttpServer(() => {});
  });

  test.each([
    'http://idp.example.com',
    'http://127.0.0.1.example.com',
    'http://[::2]/',
    'http://localhost.example',
  ])('over http at %s is refused before anything is asked', async (issuer) => {
    await expect(discoverOidc(issuer, 'rollcall', false)).rejects.toMatchObject(failed(/must use https/));
  });
});
