import express, { type ErrorRequestHandler } from 'express';
import { afterEach, describe, expect, test } from 'vitest';
import { guardHost } from '../../../../src/main/http/host-guard.ts';
import { middleware } from '../../../../src/main/http/step.ts';
import { ScimError } from '../../../../src/main/scim/error.ts';
import { startHttpServer } from '../../../support/http-server.ts';
import { rawRequest } from '../../../support/raw-http.ts';

let server: Awaited<ReturnType<typeof startHttpServer>> | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** The status that a request with this Host header gets from a server bound there. */
async function ask(boundHost: string, publicUrl: string | null, host: string): Promise<number> {
  const app = express();
  app.use(middleware(guardHost(boundHost, () => publicUrl)));
  app.use((_request, response) => {
    response.end();
  });
  const answerErrors: ErrorRequestHandler = (error, _request, response, _next) => {
    response.status(error instanceof ScimError ? error.status : 500).end();
  };
  app.use(answerErrors);
  server = await startHttpServer(app);
  return (await rawRequest('GET', server.origin, { Host: host })).status;
}

describe('a host is known', () => {
  test.each([
    ['127.0.0.1', null, 'localhost:7643'],
    ['192.168.1.7', null, '192.168.1.7:7643'],
    ['fd00::1', null, '[fd00::1]:7643'],
    ['fd00::1', null, '[FD00::1]'],
    ['0.0.0.0', 'https://scim.example.com', 'scim.example.com'],
    ['0.0.0.0', 'https://[2001:db8::1]', '[2001:db8::1]:443'],
    ['0.0.0.0', 'https://scim.example.com:8443', 'scim.example.com:8443'],
  ])('bound to %s, public as %s: %s', async (boundHost, publicUrl, host) => {
    expect(await ask(boundHost, publicUrl, host)).toBe(200);
  });
});

describe('a host is not', () => {
  test.each([
    ['127.0.0.1', null, '192.168.1.7'],
    ['fd00::1', null, '[fd00::2]'],
    ['fd00::1', null, 'fd00::1'],
    ['0.0.0.0', null, 'scim.example.com'],
    ['0.0.0.0', 'https://scim.example.com', 'example.com'],
    ['0.0.0.0', 'https://scim.example.com', 'xscim.example.com'],
  ])('bound to %s, public as %s: %s', async (boundHost, publicUrl, host) => {
    expect(await ask(boundHost, publicUrl, host)).toBe(421);
  });
});
