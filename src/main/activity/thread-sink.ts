import { Worker } from 'node:worker_threads';
import type { ActivitySink } from './activity.ts';

/** What the thread is told at its start: plain data only. */
export interface ActivityThreadStart {
  /** The database file of the request log. */
  file: string;
  sqliteBinding: string | undefined;
}

/**
 * What goes to the thread, and what comes back for each batch. The entries travel as one JSON array: cloning objects of
 * thirty fields costs the sender three times as much.
 */
export type ActivityThreadMessage = { entries: string } | { close: true };
export type ActivityThreadReply = { first: number } | { error: string };

/** A batch is a megabyte that is garbage a moment later: no need to let many of them pile up, as V8's default does. */
const YOUNG_GENERATION_MB = 6;

/**
 * Writes the request log on a thread of its own: building rows and their indexes there costs the answers nothing, where
 * the server's thread would spend a tenth of its time on it (docs/performance.md). Should the thread die, `instead`
 * goes on in its place, and the program log says so.
 * @param entry the file of the thread's code, in the form in which this program runs (source or build).
 */
export function createThreadSink(
  entry: string,
  start: ActivityThreadStart,
  instead: ActivitySink,
  log: (message: string, error?: unknown) => void,
): ActivitySink {
  let worker: Worker | undefined;
  let isDead = false;
  let pending: { resolve(first: number): void; reject(error: Error): void } | undefined;

  function settle(reply: ActivityThreadReply): void {
    const waiting = pending;
    pending = undefined;
    if ('first' in reply) waiting?.resolve(reply.first);
    else waiting?.reject(new Error(reply.error));
  }

  /** Started with the first row: a command that serves nobody needs no thread. */
  function ensure(): Worker {
    if (worker) return worker;
    const started = new Worker(entry, {
      workerData: start,
      name: 'rollcall-activity',
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    // The process must not live on for the sake of its log.
    started.unref();
    started.on('message', settle);
    started.on('error', (error) => {
      log('The thread of the request log failed; the server goes on writing it itself', error);
      isDead = true;
    });
    started.once('exit', () => {
      isDead = true;
      settle({ error: 'the thread of the request log has ended' });
    });
    worker = started;
    return started;
  }

  return {
    append(entries) {
      if (isDead) return instead.append(entries);
      const thread = ensure();
      return new Promise<number>((resolve, reject) => {
        pending = { resolve, reject };
        thread.postMessage({ entries: `[${entries.join()}]` } satisfies ActivityThreadMessage);
      });
    },
    async close() {
      if (worker && !isDead) {
        const thread = worker;
        thread.ref();
        const gone = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
        thread.postMessage({ close: true } satisfies ActivityThreadMessage);
        await gone;
      }
      await instead.close();
    },
  };
}
