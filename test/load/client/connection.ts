import { connect, type Socket } from 'node:net';

/** An answer: status and the whole body. */
export interface RawAnswer {
  status: number;
  body: Buffer;
}

/** One keep-alive connection that carries one request at a time. */
export interface Connection {
  /** Rejects when the connection breaks or what comes back is no HTTP. */
  request(message: string): Promise<RawAnswer>;
  close(): void;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const LINE_END = Buffer.from('\r\n');

/**
 * Opens a connection. Not node:http: its client costs more CPU than the bare servers do, and would be what is measured.
 */
export function openConnection(host: string, port: number): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(onSocket(socket));
    });
  });
}

function onSocket(socket: Socket): Connection {
  let received: Buffer = Buffer.alloc(0);
  let waiting: { resolve(answer: RawAnswer): void; reject(error: Error): void } | undefined;

  const fail = (error: Error) => {
    const pending = waiting;
    waiting = undefined;
    pending?.reject(error);
  };
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the server closed the connection')));
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    try {
      const answer = readAnswer(received);
      if (answer === undefined) return;
      received = received.subarray(answer.length);
      const pending = waiting;
      waiting = undefined;
      if (!pending) throw new Error('an answer came that nobody asked for');
      pending.resolve(answer);
    } catch (error) {
      socket.destroy();
      fail(error as Error);
    }
  });

  return {
    request: (message) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(message);
      }),
    close: () => {
      socket.removeAllListeners('close');
      socket.destroy();
    },
  };
}

/**
 * Reads one answer from the start of the bytes; undefined while it is not whole.
 * @returns the answer, and how many bytes it took
 */
export function readAnswer(bytes: Buffer): (RawAnswer & { length: number }) | undefined {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const head = bytes.toString('latin1', 0, headEnd).toLowerCase();
  if (!head.startsWith('http/1.1 ')) throw new Error(`no HTTP/1.1: ${head.slice(0, 40)}`);
  const status = Number(head.slice(9, 12));
  const start = headEnd + 4;
  if (status === 204 || status === 304) return { status, body: Buffer.alloc(0), length: start };
  const contentLength = /\r\ncontent-length: *(\d+)/.exec(head)?.[1];
  if (contentLength !== undefined) {
    const length = start + Number(contentLength);
    return bytes.length < length ? undefined : { status, body: bytes.subarray(start, length), length };
  }
  if (!head.includes('\r\ntransfer-encoding: chunked'))
    throw new Error(`an answer without a length: ${head}`);
  return readChunks(bytes, start, status);
}

function readChunks(
  bytes: Buffer,
  start: number,
  status: number,
): (RawAnswer & { length: number }) | undefined {
  const parts: Buffer[] = [];
  let at = start;
  for (;;) {
    const lineEnd = bytes.indexOf(LINE_END, at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const from = lineEnd + 2;
    if (bytes.length < from + size + 2) return undefined;
    if (size === 0) return { status, body: Buffer.concat(parts), length: from + 2 };
    parts.push(bytes.subarray(from, from + size));
    at = from + size + 2;
  }
}
