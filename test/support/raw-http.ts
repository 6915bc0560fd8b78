import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { text as readAll } from 'node:stream/consumers';

/** An answer as it came over the wire. */
export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever the server said
  body: any;
}

/** One request with exactly these headers: `fetch` would set or refuse some of them. */
export async function rawRequest(
  method: string,
  url: string,
  headers: Record<string, string> = {},
  body?: string | Uint8Array,
): Promise<RawAnswer> {
  const target = new URL(url);
  const request = httpRequest({
    host: target.hostname,
    port: target.port,
    method,
    // As written: `new URL` would tidy it up.
    path: url.slice(target.origin.length),
    headers: { ...headers, ...(body !== undefined && { 'Content-Length': Buffer.byteLength(body) }) },
    agent: false,
  });
  request.end(body);
  const [response] = (await once(request, 'response')) as [import('node:http').IncomingMessage];
  const text = await readAll(response);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

/** Says these bytes to a port and returns everything that came back until the server hung up. */
export async function speak(port: number, bytes: string | Uint8Array): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(bytes);
  return readAll(socket).catch(() => '');
}
