import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openExchange } from '../../../../src/main/http/exchange.ts';
import { sendText } from '../../../../src/main/http/respond.ts';

let text = '';
const server = createServer((_request, response) => {
  openExchange(response, {} as Parameters<typeof openExchange>[1]);
  sendText(response, 200, text);
});
beforeEach(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterEach(() => new Promise<void>((resolve) => void server.close(() => resolve())));

test.each([
  ['ASCII', '{"name":"Ann"}'],
  ['Latin-1', '{"name":"Zoë"}'],
  ['more than that', '{"name":"山田 🎓"}'],
  ['a page of it', JSON.stringify(Array.from({ length: 5000 }, () => 'Zoë 🎓'))],
  ['a page of ASCII', JSON.stringify(Array.from({ length: 50_000 }, () => 'Ann'))],
])('text of %s arrives as it is, its length in bytes', async (_, sent) => {
  text = sent;
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(bytes.equals(Buffer.from(sent))).toBe(true);
  expect(answer.headers.get('content-length')).toBe(String(bytes.length));
});
