import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import type { Duplex } from 'node:stream';
import { AppError } from '../../shared/app-error.ts';
import type { ListenerState } from '../../shared/contract/listener.ts';

/** Who listens for a data directory, in words. */
export interface ListenerRecord {
  pid: number;
  host: string;
  port: number;
  secure: boolean;
  osUser: string;
  startedAt: string;
}

/** A held lock: let go of by `release`, or by the operating system when the process ends, however it ends. */
export interface ListenerLock {
  release(): void;
}

/** The record beside the lock, so that others can say who serves and where. */
export interface ListenerRecordStore {
  get(): ListenerRecord | undefined;
  put(record: ListenerRecord): void;
  clear(pid: number): void;
}

/** Where to listen. */
export interface Binding {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** PEM files; without them the listener speaks plain HTTP, on loopback only. */
  tls: { certFile: string; keyFile: string } | undefined;
}

/** The one listener of a data directory (D8). */
export interface Listener {
  state(): ListenerState;
  /** Listens, or says in its state why not: never throws, never hops to another port (D9). */
  start(): Promise<ListenerState>;
  /** Learns who serves this data directory, without trying to. */
  observe(): ListenerState;
  /** Lets accepted requests finish, for `drainMs` at most, and frees the port and the lock. */
  stop(drainMs?: number): Promise<void>;
  onChange(listener: () => void): void;
  /** `http://127.0.0.1:7643`: of this listener, or of the process that holds the data directory. */
  origin(): string | undefined;
}

const DRAIN_MS = 8_000;
const LOCK_WAIT_MS = 500;

/** Slow and idle connections must not pile up; the numbers are above what any IdP needs. */
const SERVER_OPTIONS = {
  requestTimeout: 60_000,
  headersTimeout: 20_000,
  keepAliveTimeout: 65_000,
  // A request without Host is refused by our own guard, in SCIM's form and with a row in the log.
  requireHostHeader: false,
};

/** Opens and closes the HTTP listener of this data directory, under its lock. */
export function createListener(deps: {
  binding(): Binding;
  handler(boundHost: string): RequestListener;
  /** Answers what is no HTTP request at all. */
  onClientError(error: Error, socket: Duplex): void;
  takeLock(waitMs: number): ListenerLock | undefined;
  record: ListenerRecordStore;
  write<T>(work: () => T): Promise<T>;
  now(): Date;
}): Listener {
  const changed: (() => void)[] = [];
  let state: ListenerState = { state: 'stopped' };
  let secure = false;
  let running: { server: Server; lock: ListenerLock } | undefined;

  function become(next: ListenerState): ListenerState {
    state = next;
    for (const listener of changed) listener();
    return next;
  }

  async function listen(): Promise<ListenerState> {
    const { host, port, tls } = deps.binding();
    if (!tls && !isLoopback(host)) {
      return {
        state: 'failed',
        message: `Listening on ${host} would carry tokens unencrypted. Give a certificate (--tls-cert, --tls-key), or listen on 127.0.0.1 behind a reverse proxy.`,
      };
    }
    const lock = deps.takeLock(LOCK_WAIT_MS);
    if (!lock) return heldElsewhere();
    try {
      const server = tls
        ? createHttpsServer(
            { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile), ...SERVER_OPTIONS },
            deps.handler(host),
          )
        : createHttpServer(SERVER_OPTIONS, deps.handler(host));
      server.on('clientError', deps.onClientError);
      // Node would answer 417 without a word, past the log. An expectation may be left unmet (RFC 9110 section 10.1.1).
      server.on('checkExpectation', (request, response) => server.emit('request', request, response));
      const address = await bind(server, host, port);
      running = { server, lock };
      secure = tls !== undefined;
      await deps.write(() =>
        deps.record.put({
          pid: process.pid,
          host,
          port: address.port,
          secure,
          osUser: userInfo().username,
          startedAt: deps.now().toISOString(),
        }),
      );
      return { state: 'listening', host, port: address.port, pid: process.pid, here: true };
    } catch (error) {
      lock.release();
      return failure(error, host, port);
    }
  }

  function heldElsewhere(): ListenerState {
    const holder = deps.record.get();
    if (!holder)
      return {
        state: 'failed',
        message: 'Another Rollcall is just starting on this data directory. Try again.',
      };
    secure = holder.secure;
    return { state: 'listening', host: holder.host, port: holder.port, pid: holder.pid, here: false };
  }

  async function stop(drainMs = DRAIN_MS): Promise<void> {
    const stopping = running;
    running = undefined;
    if (stopping) {
      await close(stopping.server, drainMs);
      await deps.write(() => deps.record.clear(process.pid));
      stopping.lock.release();
    }
    become({ state: 'stopped' });
  }

  return {
    state: () => (state.state === 'listening' && !state.here ? refreshed(state, deps.record) : state),
    async start() {
      if (running) await stop();
      become({ state: 'starting' });
      return become(await listen());
    },
    observe() {
      if (running) return state;
      const lock = deps.takeLock(0);
      lock?.release();
      state = lock ? { state: 'stopped' } : heldElsewhere();
      return state;
    },
    stop,
    onChange: (listener) => {
      changed.push(listener);
    },
    origin() {
      if (state.state !== 'listening') return undefined;
      const host = state.host.includes(':') ? `[${state.host}]` : state.host;
      return `${secure ? 'https' : 'http'}://${host}:${state.port}`;
    },
  };
}

/** What another process does can change under our eyes; the record is the truth. */
function refreshed(
  state: ListenerState & { state: 'listening' },
  record: ListenerRecordStore,
): ListenerState {
  const holder = record.get();
  return holder ? { ...state, pid: holder.pid, host: holder.host, port: holder.port } : { state: 'stopped' };
}

function bind(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('the listener has no port'));
      else resolve(address);
    });
  });
}

function close(server: Server, drainMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), drainMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function failure(error: unknown, host: string, port: number): ListenerState {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') {
    return {
      state: 'port-in-use',
      host,
      port,
      message: `Another program uses port ${port} on ${host}. Close it and retry, or choose another port and change the URL in your IdP.`,
    };
  }
  if (code === 'EACCES')
    return {
      state: 'failed',
      message: `This user may not listen on port ${port}. Ports below 1024 need special rights.`,
    };
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return { state: 'failed', message: `This machine has no address ${host}.` };
  return {
    state: 'failed',
    message: `The listener could not start: ${error instanceof Error ? error.message : String(error)}.`,
  };
}

/** Whether only this machine can reach an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * The error that a start amounts to where there is nobody to press *Retry*: at the command line.
 * @throws {AppError} unless this process listens.
 */
export function requireListening(state: ListenerState): ListenerState & { state: 'listening' } {
  if (state.state === 'listening' && state.here) return state;
  if (state.state === 'listening') {
    throw new AppError(
      'data-directory-held',
      `Another Rollcall (pid ${state.pid}) serves this data directory already, on port ${state.port}.`,
    );
  }
  if (state.state === 'port-in-use') throw new AppError('port-in-use', state.message);
  throw new AppError(
    'listener-failed',
    state.state === 'failed' ? state.message : 'The listener did not start.',
  );
}
