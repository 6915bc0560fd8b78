import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { Random } from '../random.ts';
import type { Known, World } from '../world.ts';
import { word } from './text.ts';

type Headers = [name: string, value: string][];

/** What an IdP sends with each request, sometimes with oddities. */
export function commonHeaders(random: Random, world: World): Headers {
  const headers: Headers = [['Host', host(random, world)]];
  const token = authorization(random, world.token);
  if (token !== undefined) headers.push(['Authorization', token]);
  const accept = random.weighted<string | undefined>([
    [10, 'application/scim+json'],
    [3, undefined],
    [2, 'application/json'],
    [1, '*/*'],
    [1, 'application/scim+json; charset=utf-8, application/json;q=0.5'],
    [1, 'application/json;q=0.9,application/scim+json;q=abc'],
    [0.5, 'text/html'],
    [0.5, ';;,,q=;'],
    [0.3, 'application/json;q=1e999'],
  ]);
  if (accept !== undefined) headers.push(['Accept', accept]);
  if (random.chance(0.06)) headers.push(odd(random));
  return headers;
}

function host(random: Random, world: World): string {
  return random.weighted([
    [100, `${world.host}:${world.port}`],
    [1, 'localhost'],
    [0.3, 'evil.example'],
    [0.2, ''],
    [0.2, 'localhost:99999999'],
    [0.2, '[::1'],
  ]);
}

function authorization(random: Random, token: string): string | undefined {
  return random.weighted<string | undefined>([
    [100, `Bearer ${token}`],
    [2, `bearer ${token}`],
    [0.5, undefined],
    [0.5, `Bearer ${token.slice(0, -1)}`],
    [0.5, 'Bearer'],
    [0.5, `Bearer  ${token} `],
    [0.5, 'Basic dXNlcjpwYXNz'],
    [0.3, `Bearer ${'x'.repeat(4_000)}`],
    [0.3, token],
  ]);
}

function odd(random: Random): [string, string] {
  return random.pick<() => [string, string]>([
    () => ['Prefer', random.pick(['respond-async', 'respond-async, wait=10', 'return=minimal', ';;'])],
    () => ['X-HTTP-Method-Override', 'DELETE'],
    () => ['X-Forwarded-Host', 'evil.example'],
    () => ['X-Forwarded-For', '1.2.3.4'],
    () => ['Accept-Charset', 'utf-8'],
    () => ['Accept-Encoding', random.pick(['gzip,deflate', 'br;q=1', 'identity;q=0, *;q=0'])],
    () => ['Accept-Language', '*'],
    () => ['User-Agent', random.pick(['Okta SCIM Client 1.0.0', 'x'.repeat(2_000), '\u00ff\u00fe', ''])],
    () => ['Origin', 'https://evil.example'],
    () => ['Cookie', '__proto__=1; a=b'],
    () => ['Range', 'bytes=0-1'],
    () => ['If-Modified-Since', 'Thu, 01 Jan 1970 00:00:00 GMT'],
    () => ['If-Unmodified-Since', 'x'],
    () => ['Upgrade', 'websocket'],
    () => ['Connection', 'Upgrade, HTTP2-Settings'],
    () => ['TE', 'trailers'],
    () => ['__proto__', 'polluted'],
    () => ['constructor', 'x'],
    () => ['X-Request-Id', 'mine'],
    () => ['X-Long', 'x'.repeat(random.pick([1_000, 8_000, 20_000]))],
  ])();
}

/** If-Match or If-None-Match, with the right version more often than chance would have it. */
export function condition(
  random: Random,
  name: 'If-Match' | 'If-None-Match',
  known: Known | undefined,
): [string, string] {
  const right = known?.version ?? 'W/"1"';
  return [
    name,
    random.weighted([
      [8, right],
      [3, 'W/"1"'],
      [2, '*'],
      [2, right.replace('W/', '')],
      [1, `"x", ${right}`],
      [1, 'W/"999999"'],
      [1, right.replaceAll('"', '')],
      [1, ''],
      [0.5, 'W/"'],
      [0.5, ',,,'],
      [0.5, '"a" "b"'],
      [0.3, `${'"a",'.repeat(1_000)}${right}`],
      [0.3, `${'a,'.repeat(2_000)}"`],
      [0.3, ' '.repeat(3_000)],
      [0.3, `${'"'.repeat(2_001)}`],
    ]),
  ];
}

/** The Content-Type and Content-Encoding of a body, and the body as they say it is, or not. */
export function bodyHeaders(random: Random, body: Buffer): { headers: Headers; body: Buffer } {
  const type = random.weighted<string | undefined>([
    [30, 'application/scim+json'],
    [6, 'application/json'],
    [4, 'application/scim+json; charset=utf-8'],
    [1, 'Application/SCIM+JSON;charset="UTF-8"; v=2'],
    [1, 'application/json;;;'],
    [1, undefined],
    [0.5, 'application/scim+json; charset=iso-8859-1'],
    [0.5, 'text/plain'],
    [0.5, 'application/x-www-form-urlencoded'],
    [0.3, 'multipart/form-data; boundary=x'],
    [0.3, '/'],
    [0.3, 'application/merge-patch+json'],
    [0.2, ''],
    [0.2, `application/json; ${'a=b; '.repeat(500)}`],
  ]);
  const headers: Headers = type === undefined ? [] : [['Content-Type', type]];
  const encoded = random.weighted<() => { encoding?: string; body: Buffer }>([
    [100, () => ({ body })],
    [1, () => ({ encoding: 'gzip', body: gzipSync(body) })],
    [0.5, () => ({ encoding: 'deflate', body: deflateSync(body) })],
    [0.3, () => ({ encoding: 'deflate', body: deflateRawSync(body) })],
    [0.5, () => ({ encoding: 'gzip', body })],
    [0.5, () => ({ encoding: 'gzip', body: gzipSync(body).subarray(0, 15) })],
    [0.3, () => ({ encoding: 'br', body })],
    [0.3, () => ({ encoding: 'identity', body })],
    [0.3, () => ({ encoding: word(random), body })],
    [0.3, () => ({ encoding: 'gzip, gzip', body: gzipSync(gzipSync(body)) })],
    [0.02, () => ({ encoding: 'gzip', body: gzipSync(Buffer.alloc(20_000_000, ' ')) })],
  ])();
  if (encoded.encoding !== undefined) headers.push(['Content-Encoding', encoded.encoding]);
  return { headers, body: encoded.body };
}
