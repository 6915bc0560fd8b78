import { connect, type Socket } from 'node:net';

/** An answer as it came over the wire. */
export interface WireAnswer {
  status: number;
  /** Lower-case names in order of arrival; a name may come twice. */
  headers: [name: string, value: string][];
  body: Buffer;
  /** From the first byte sent to the last byte received. */
  milliseconds: number;
}

/** What became of one exchange; an exchange without an answer has a reason. */
export type Exchange = { answer: WireAnswer; failure?: undefined } | { answer?: undefined; failure: string };

/** The failure of an exchange that the server ended. */
export const CLOSED = 'closed without an answer';

/** The first value of a header. */
export function header(answer: WireAnswer, name: string): string | undefined {
  return answer.headers.find(([each]) => each === name)?.[1];
}

/**
 * One keep-alive connection, one request at a time. A client of our own, because Node's and `fetch` refuse, correct or
 * hide much of what a fuzzer wants to send and see.
 */
export class Connection {
  readonly #host: string;
  readonly #port: number;
  #socket: Socket | undefined;
  #received: Buffer = Buffer.alloc(0);
  #wake: (() => void) | undefined;
  #ended = false;

  constructor(host: string, port: number) {
    this.#host = host;
    this.#port = port;
  }

  /** Sends a whole request and waits for its answer. `deadline` in milliseconds. */
  async exchange(bytes: Buffer, method: string, deadline: number): Promise<Exchange> {
    const fresh = this.#socket === undefined;
    const first = await this.#attempt(bytes, method, deadline);
    // A server may hang up an idle connection at the very moment it is used again.
    if (first.failure === CLOSED && !fresh) return this.#attempt(bytes, method, deadline);
    return first;
  }

  /** Sends bytes, on a connection of their own, and reads answers until the server hangs up. */
  async converse(
    bytes: Buffer,
    complete: boolean,
    deadline: number,
  ): Promise<{ answers: WireAnswer[]; closed: boolean }> {
    this.close();
    const socket = this.#open();
    const start = performance.now();
    socket.write(bytes);
    if (!complete) socket.end();
    while (!this.#ended && performance.now() - start < deadline) await this.#more(deadline);
    const answers: WireAnswer[] = [];
    for (;;) {
      const answer = this.#take('GET', start);
      if (answer === undefined) break;
      answers.push(answer);
    }
    const closed = this.#ended;
    this.close();
    return { answers, closed };
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  async #attempt(bytes: Buffer, method: string, deadline: number): Promise<Exchange> {
    const socket = this.#socket ?? this.#open();
    const start = performance.now();
    socket.write(bytes);
    for (;;) {
      const answer = this.#take(method, start);
      if (answer !== undefined) {
        if (this.#ended || /close/i.test(header(answer, 'connection') ?? '')) this.close();
        return { answer };
      }
      if (this.#ended) {
        this.close();
        return { failure: CLOSED };
      }
      if (performance.now() - start > deadline) {
        this.close();
        return { failure: `no answer within ${deadline} ms` };
      }
      await this.#more(deadline);
    }
  }

  #open(): Socket {
    const socket = connect({ host: this.#host, port: this.#port, noDelay: true });
    this.#socket = socket;
    this.#received = Buffer.alloc(0);
    this.#ended = false;
    const wake = () => {
      this.#wake?.();
      this.#wake = undefined;
    };
    const end = () => {
      if (this.#socket === socket) this.#ended = true;
      wake();
    };
    socket.on('data', (chunk: Buffer) => {
      this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
      wake();
    });
    socket.on('error', end);
    socket.on('end', end);
    socket.on('close', end);
    return socket;
  }

  #more(deadline: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, deadline);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Takes one complete answer off what has come in; interim answers (100 Continue) are passed over. */
  #take(method: string, start: number): WireAnswer | undefined {
    const end = this.#received.indexOf('\r\n\r\n');
    if (end < 0) return undefined;
    const [statusLine = '', ...lines] = this.#received.toString('latin1', 0, end).split('\r\n');
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1] ?? 0);
    const headers = lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    });
    const rest = this.#received.subarray(end + 4);
    if (status >= 100 && status < 200) {
      this.#received = rest;
      return this.#take(method, start);
    }
    const bodyless = method === 'HEAD' || status === 204 || status === 304;
    const length = headers.find(([name]) => name === 'content-length')?.[1];
    const chunked = headers.some(([name, value]) => name === 'transfer-encoding' && /chunked/i.test(value));
    const framed = bodyless
      ? { body: Buffer.alloc(0), used: 0 }
      : chunked
        ? readChunks(rest)
        : length === undefined
          ? this.#ended && { body: rest, used: rest.length }
          : rest.length >= Number(length) && { body: rest.subarray(0, Number(length)), used: Number(length) };
    if (!framed) return undefined;
    this.#received = rest.subarray(framed.used);
    return { status, headers, body: framed.body, milliseconds: performance.now() - start };
  }
}

function readChunks(bytes: Buffer): { body: Buffer; used: number } | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    if (bytes.length < line + 2 + size + 2) return undefined;
    if (size === 0) return { body: Buffer.concat(parts), used: line + 4 };
    parts.push(bytes.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
}

/** The bytes of a request; names, values and target go out as they are. */
export function requestBytes(
  method: string,
  target: string,
  headers: readonly (readonly [string, string])[],
  body?: Buffer,
): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines}\r\n`, 'latin1');
  return body === undefined ? head : Buffer.concat([head, body]);
}
