import { compose, type Rollcall } from '../../src/main/compose.ts';
import type { IssuedToken } from '../../src/shared/contract/tokens.ts';
import { newDataDirectory, removeDataDirectory } from './data-directory.ts';

/** A composed Rollcall that listens on a free port of this machine. */
export interface RunningRollcall {
  rollcall: Rollcall;
  dataDirectory: string;
  /** The SCIM base URL and a live token for it. */
  base: string;
  token: IssuedToken;
  /** What the program logged. */
  log: string[];
  /** One request with the token; a body is sent as SCIM JSON. */
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
}

/** An HTTP answer, its JSON body parsed; an empty body is undefined. */
export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever the server said
  body: any;
}

/** Starts a Rollcall in this process: real SQLite files, real HTTP, the organization "acme", a try-out SSO connection. */
export async function startRollcall(folder?: string, now?: () => Date): Promise<RunningRollcall> {
  const dataDirectory = await newDataDirectory(folder);
  const log: string[] = [];
  const rollcall = compose({
    dataDirectory,
    operator: 'local:test',
    port: 0,
    now,
    log: (message, error) => log.push(error === undefined ? message : `${message}: ${error}`),
  });
  const { services } = rollcall;
  await services.organization.create({ id: 'acme', name: 'Acme' });
  await services.connections.saveTryOut();
  const state = await rollcall.listener.start();
  if (state.state !== 'listening') throw new Error(`the listener is ${state.state}`);
  const token = await services.tokens.create({ name: 'test', expiresInDays: null });
  const base = token.endpoint;
  return {
    rollcall,
    dataDirectory,
    base,
    token,
    log,
    request: (method, path, body, headers = {}) =>
      send(method, path.startsWith('http') ? path : base + path, body, {
        Authorization: `Bearer ${token.token}`,
        ...headers,
      }),
    async close() {
      await rollcall.close();
      await removeDataDirectory(dataDirectory);
    },
  };
}

/** Sends one request. A body that is a string goes out as it is, anything else as SCIM JSON. */
export async function send(
  method: string,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { ...(body !== undefined && { 'Content-Type': 'application/scim+json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}
