import type { RequestListener } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fetchMetadata } from '../../../../src/main/sso/fetch-metadata.ts';
import { startHttpServer } from '../../../support/http-server.ts';

let server: Awaited<ReturnType<typeof startHttpServer>>;
let answer: RequestListener;
beforeEach(async () => {
  server = await startHttpServer((request, response) => answer(request, response));
});
afterEach(() => server.close());

const unreachable = (message: RegExp) => ({
  code: 'metadata-unreachable',
  message: expect.stringMatching(message),
});

describe('metadata by URL', () => {
  test('is downloaded as UTF-8', async () => {
    let accept: string | undefined;
    answer = (request, response) => {
      accept = request.headers.accept;
      response.end('<é😀/>');
    };
    expect(await fetchMetadata(`${server.origin}/metadata`)).toBe('<é😀/>');
    expect(accept).toContain('application/samlmetadata+xml');
  });

  test.each([401, 404, 500])('with status %s is refused with it', async (status) => {
    answer = (_, response) => response.writeHead(status).end('<xml/>');
    await expect(fetchMetadata(server.origin)).rejects.toMatchObject(
      unreachable(new RegExp(`answered ${status}. Check the URL`)),
    );
  });

  test('of exactly 1 MB is taken, of one byte more is not', async () => {
    answer = (request, response) => response.end('x'.repeat(request.url === '/more' ? 1_000_001 : 1_000_000));
    expect(await fetchMetadata(server.origin)).toHaveLength(1_000_000);
    await expect(fetchMetadata(`${server.origin}/more`)).rejects.toMatchObject(
      unreachable(/larger than 1 MB/),
    );
  });

  test('that never ends is given up after 1 MB', async () => {
    answer = (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    };
    await expect(fetchMetadata(server.origin)).rejects.toMatchObject(unreachable(/larger than 1 MB/));
  });

  test('that breaks off is refused in words', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'Content-Length': 100 });
      response.write('<half', () => response.destroy());
    };
    await expect(fetchMetadata(server.origin)).rejects.toMatchObject(unreachable(/did not answer/));
  });

  test('of a host that does not answer is refused with its name', async () => {
    const { origin } = server;
    await server.close();
    await expect(fetchMetadata(origin)).rejects.toMatchObject(
      unreachable(/^127\.0\.0\.1:\d+ did not answer/),
    );
    server = await startHttpServer(() => {});
  });
});
