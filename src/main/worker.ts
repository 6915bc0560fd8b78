import { extname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { toWireError } from '../shared/app-error.ts';
import type { ListenerState } from '../shared/contract/listener.ts';
import { compose } from './compose.ts';
import { portChannel, serveChannel } from './rpc/channel.ts';
import { isHeldByKeychain } from './secrets/keychain.ts';

/** What the UI thread hands to the server thread: plain data only. */
export interface ThreadStart {
  dataDirectory: string;
  operator: string;
  /** Listens there for this run instead of on the stored port. */
  port: number | undefined;
  keyFile: string | undefined;
  sqliteBinding: string | undefined;
}

/** The thread entry: the same `compose()` as headless, with the contract served over the thread's port. */
async function run(port: NonNullable<typeof parentPort>, start: ThreadStart): Promise<void> {
  const log = (message: string, error?: unknown) => {
    const detail = error === undefined ? '' : `: ${error instanceof Error ? error.message : String(error)}`;
    process.stderr.write(`${new Date().toISOString()} ${message}${detail}\n`);
  };
  const activityThread = join(import.meta.dirname, `activity-thread${extname(import.meta.filename)}`);
  const rollcall = compose({ ...start, activityThread, log });
  const send = serveChannel(portChannel(port), rollcall.answer);
  rollcall.onEvent(send);
  port.on('message', (message: { kind: string }) => {
    if (message.kind !== 'stop') return;
    void rollcall.close().finally(() => {
      send('thread.closed', { held: isHeldByKeychain() });
      port.close();
      process.exit(0);
    });
  });
  const listener = await rollcall.listener.start();
  log(listener.state === 'listening' ? describeListening(listener) : `Not listening: ${reasonOf(listener)}`);
  send('thread.ready', {});
}

function describeListening({ host, port, pid, here }: ListenerState & { state: 'listening' }): string {
  return here
    ? `Listening on ${host}, port ${port}.`
    : `Process ${pid} serves this data directory, on port ${port}.`;
}

function reasonOf(listener: ListenerState): string {
  return 'message' in listener ? listener.message : listener.state;
}

if (parentPort) {
  const port = parentPort;
  run(port, workerData as ThreadStart).catch((error: unknown) => {
    port.postMessage({ kind: 'event', name: 'thread.failed', payload: toWireError(error) });
    port.close();
  });
}
