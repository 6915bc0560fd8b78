import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningRollcall, startRollcall } from '../../../support/rollcall.ts';

describe('what is no request', () => {
  let running: RunningRollcall;
  beforeAll(async () => {
    running = await startRollcall();
  });
  afterAll(() => running.close());

  /** Sends bytes and returns all that comes back until the server closes, or until `enough` has come. */
  function speak(bytes: string | Buffer, enough?: RegExp): Promise<string> {
    const { hostname, port } = new URL(running.base);
    return new Promise((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.write(bytes));
      let heard = '';
      socket.on('data', (chunk) => {
        heard += chunk;
        if (enough?.test(heard)) socket.destroy();
      });
      // The server may hang up while we are still writing; what it said before counts.
      socket.on('error', () => {});
      socket.on('close', () => resolve(heard));
    });
  }

  const lastRow = () => running.rollcall.services.activity.list({ limit: 1, failed: true })[0];

  test.each([
    [
      'TLS on the plain port',
      Buffer.from('16030100c8010000c40303', 'hex'),
      400,
      /plain HTTP, but the caller speaks TLS/,
    ],
    ['noise', 'hello there\r\n\r\n', 400, /not an HTTP request/],
    [
      '40 KB of headers',
      `GET / HTTP/1.1\r\nHost: localhost\r\nX-Big: ${'x'.repeat(40_000)}\r\n\r\n`,
      431,
      /headers are too large/,
    ],
  ])('%s is answered in SCIM’s form and leaves a row', async (_, bytes, status, detail) => {
    const answer = await speak(bytes);
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expect(answer).toContain('Content-Type: application/scim+json');
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({
      status: String(status),
      detail: expect.stringMatching(detail),
    });
    await expect.poll(() => lastRow()?.reason).toMatch(detail);
    expect(lastRow()).toMatchObject({ status, address: '127.0.0.1', tokenName: 'unknown' });
    expect((await running.request('GET', '/Users')).status).toBe(200);
  });

  test('a request without Host is refused like one with a wrong one', async () => {
    const answer = await speak('GET /scim/v2/acme/Users HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(answer).toContain('HTTP/1.1 421 ');
    await expect.poll(() => lastRow()?.status).toBe(421);
  });

  test('a body announced as too large is refused before it is sent', async () => {
    const answer = await speak(
      `POST /scim/v2/acme/Users HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${running.token.token}\r\nContent-Type: application/json\r\nContent-Length: 999000000\r\n\r\n{`,
      /"status":"413"/,
    );
    expect(answer).toContain('HTTP/1.1 413 ');
    expect(answer).toContain('maxPayloadSize (10485760)');
  });

  test('an expectation that nobody knows is left unmet, and the request answered', async () => {
    const answer = await speak(
      `GET /scim/v2/acme/Users HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${running.token.token}\r\nExpect: something\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toContain('HTTP/1.1 200 ');
    expect(answer).toContain('ListResponse');
  });
});
