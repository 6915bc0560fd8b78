import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/app-error.ts';
import type { Envelope } from '../../shared/contract/envelope.ts';
import { channelClient, portChannel } from '../rpc/channel.ts';
import type { ThreadStart } from '../worker.ts';

/** Where `compose()` runs for the console. Inline or a utility process would implement the same. */
export interface ServerHost {
  call(name: string, input: unknown): Promise<Envelope>;
  onEvent(listener: (name: string, payload: unknown) => void): void;
  /**
   * Drains and ends the server; resolves when its databases are closed, or after `limitMs` at the latest. `held`
   * says that a thread is still busy then (a silent keychain, most likely), so that the process would not end by itself.
   */
  stop(limitMs: number): Promise<{ held: boolean }>;
}

/**
 * As `--max-semi-space-size=8` for a headless server: three times that. V8's default lets 128 MB of short-lived
 * objects pile up before they are collected, which serves nothing faster (docs/performance.md).
 */
const YOUNG_GENERATION_MB = 24;

/** Opening and migrating the databases may take this long. */
const READY_LIMIT_MS = 20_000;

/**
 * Starts the server on a thread of this process: as fast as in-line for the IdP, and the window stays responsive
 * (docs/decisions/0001).
 * @throws {AppError} what kept the server from starting, as a sentence.
 */
export async function startServerThread(
  file: string,
  start: ThreadStart,
  onCrash: (error: AppError) => void,
): Promise<ServerHost> {
  const worker = new Worker(file, {
    workerData: start,
    name: 'rollcall-server',
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  const client = channelClient(portChannel(worker));
  let stopping = false;

  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  let lastError: unknown;
  worker.on('error', (error) => {
    lastError = error;
  });
  worker.once('exit', (code) => {
    const reason = lastError instanceof Error ? lastError.message : `exit code ${code}`;
    const error = new AppError('internal', `The server thread ended: ${reason}.`);
    client.close(error);
    if (!stopping) onCrash(error);
  });

  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new AppError('timeout', 'The server did not start within 20 seconds.')),
      READY_LIMIT_MS,
    );
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      finish();
    };
    client.onEvent((name, payload) => {
      if (name === 'thread.ready') settle(resolve);
      if (name === 'thread.failed') {
        stopping = true;
        const { code, message } = payload as { code: AppError['code']; message: string };
        settle(() => reject(new AppError(code, message)));
      }
    });
    worker.once('exit', () =>
      settle(() => reject(new AppError('internal', 'The server thread ended while starting.'))),
    );
  });

  return {
    call: client.call,
    onEvent: client.onEvent,
    async stop(limitMs) {
      stopping = true;
      const closed = new Promise<{ held: boolean }>((resolve) => {
        client.onEvent((name, payload) => {
          if (name === 'thread.closed') resolve(payload as { held: boolean });
        });
      });
      worker.postMessage({ kind: 'stop' });
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<{ held: boolean }>((resolve) => {
        timer = setTimeout(() => resolve({ held: true }), limitMs);
      });
      const { held } = await Promise.race([closed, gone.then(() => ({ held: false })), limit]);
      if (!held) await Promise.race([gone, limit]);
      clearTimeout(timer);
      return { held };
    },
  };
}
