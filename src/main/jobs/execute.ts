import { toWireError } from '../../shared/app-error.ts';
import type { AnyJobKind, JobRun } from './kind.ts';
import type { JobRecord, JobStore, Standing } from './store.ts';

/** How often a running job gives a sign of life while it waits for something, in milliseconds. */
const HEARTBEAT_MS = 5_000;

/** Why a job stops before its end. `lost`: another process took it over, believing this one dead. */
type Stop = 'cancelled' | 'resting' | 'lost';

/** Ends a run from inside its next chunk; nothing of that chunk is kept. */
class Stopped extends Error {
  readonly why: Stop;

  constructor(why: Stop) {
    super(`The job stops here: ${why}.`);
    this.why = why;
  }
}

/** A job at work in this process. */
export interface Execution {
  id: string;
  /** Never rejects: however it ends is written to the job, or to the log where that can't be. */
  ended: Promise<void>;
  /** Stops after the chunk at hand and goes back into the queue. */
  rest(): void;
}

/** What running a job takes. */
export interface ExecutionDependencies {
  store: JobStore;
  write<T>(work: () => T): Promise<T>;
  now(): Date;
  log(message: string, error?: unknown): void;
  /** Runs work as whoever started the job: what it does is recorded under that name. */
  as<T>(actor: string, work: () => T): T;
  /** Called in the transaction that finishes the job. */
  finished(job: JobRecord): void;
}

/** Runs a job that `runner` has claimed, to its end or to where it must stop. */
export function execute(
  deps: ExecutionDependencies,
  kind: AnyJobKind,
  claimed: JobRecord,
  runner: string,
): Execution {
  const { store, write } = deps;
  const { id } = claimed;
  const time = () => deps.now().toISOString();
  const abort = new AbortController();
  let standing: Standing = claimed;
  let stop: Stop | undefined;

  async function chunk(work: Parameters<JobRun<unknown>['chunk']>[0]): Promise<void> {
    try {
      standing = await write(() => {
        if (stop) throw new Stopped(stop);
        const held = store.held(id, runner);
        if (!held) throw new Stopped('lost');
        if (held.cancelRequested) throw new Stopped('cancelled');
        const next = advanced(held, work());
        store.save(id, next, time());
        return next;
      });
    } catch (error) {
      if (error instanceof Stopped) {
        // Whatever the kind makes of the error: no later chunk gets through.
        stop = error.why;
        abort.abort(error);
      }
      throw error;
    }
  }

  const finish = (state: 'done' | 'failed' | 'cancelled', message: string | null) =>
    write(() => {
      if (!store.held(id, runner)) return;
      store.finish(id, state, message, time());
      const job = store.get(id);
      if (job) deps.finished(job);
    });

  async function conclude(outcome: { message: string | null } | { error: unknown }): Promise<void> {
    if (stop === 'lost') return deps.log(`The ${kind.name} job goes on in another process.`);
    if (stop === 'cancelled') return finish('cancelled', cancelledAfter(standing));
    if ('message' in outcome) return finish('done', outcome.message);
    if (stop === 'resting') return write(() => store.release(id, runner));
    deps.log(`The ${kind.name} job failed`, outcome.error);
    return finish('failed', toWireError(outcome.error).message);
  }

  async function run(): Promise<void> {
    const heart = setInterval(() => {
      write(() => store.heartbeat(id, runner, time())).catch((error: unknown) =>
        deps.log('A job could not give a sign of life', error),
      );
    }, HEARTBEAT_MS);
    heart.unref();
    let outcome: { message: string | null } | { error: unknown };
    try {
      const message = await kind.run({
        id,
        input: claimed.input,
        actor: claimed.createdBy,
        get cursor() {
          return standing.cursor;
        },
        get done() {
          return standing.done;
        },
        get total() {
          return standing.total;
        },
        signal: abort.signal,
        chunk,
      });
      outcome = { message };
    } catch (error) {
      outcome = { error };
    } finally {
      clearInterval(heart);
    }
    try {
      await conclude(outcome);
    } catch (error) {
      deps.log(`How the ${kind.name} job ended could not be written`, error);
    }
  }

  return {
    id,
    ended: deps.as(claimed.createdBy, run),
    rest() {
      stop ??= 'resting';
      abort.abort(new Stopped(stop));
    },
  };
}

function advanced(before: Standing, progress: ReturnType<Parameters<JobRun<unknown>['chunk']>[0]>): Standing {
  return {
    cursor: progress.cursor === undefined ? before.cursor : progress.cursor,
    done: progress.done ?? before.done,
    total: progress.total ?? before.total,
    message: progress.message ?? before.message,
  };
}

function cancelledAfter({ done, total }: Standing): string {
  return total === null ? `Cancelled after ${done}.` : `Cancelled after ${done} of ${total}.`;
}
