import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuid } from 'uuid';
import { AppError } from '../../shared/app-error.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import type { Audit } from '../audit/audit.ts';
import { type Execution, execute } from './execute.ts';
import type { AnyJobKind } from './kind.ts';
import type { JobRecord, JobStore } from './store.ts';

export type { Job } from '../../shared/contract/jobs.ts';
export type { AnyJobKind, JobKind, JobRun, Progress } from './kind.ts';

/** Durable background work: started, watched, stopped, and gone on with after a crash. */
export interface Jobs {
  /**
   * Puts a job in the queue; the process that listens runs it within a second. Not for use inside a transaction.
   * @throws {AppError} `not-found` for a kind that nobody made
   */
  start(kind: string, input: unknown, actor: string): Promise<Job>;
  /** All that wait or run, oldest first, then up to `finished` (20) that are over, the latest first. */
  list(finished?: number): Job[];
  get(id: string): Job | undefined;
  /**
   * A waiting job is cancelled at once, a running one after the piece at hand.
   * @throws {AppError} `not-found`, or `conflict` when it is over already
   */
  cancel(id: string, actor: string): Promise<Job>;
  /** Runs in this process what waits or is due by the clock, to the end; resolves with how that ended. */
  runDue(): Promise<Job[]>;
  /**
   * Resolves with the job once it is over: run here when no process listens, watched where one does.
   * @throws {AppError} `not-found`
   */
  wait(id: string): Promise<Job>;
  /** From now on this process runs jobs by itself: it holds the listener lock. */
  serve(): void;
  /** The opposite: running jobs stop after the piece at hand and wait for whoever serves next. */
  rest(): Promise<void>;
  close(): Promise<void>;
}

/** Who started what runs by the clock. */
const CLOCK = 'system';
const TICK_MS = 1_000;
const WATCH_MS = 200;
/** A process that gave no sign of life for so long is taken for dead, whatever its pid says: pids are used again. */
const DEAD_AFTER_MS = 30_000;
/** How long jobs have to stop when this process ends; what is cut off then is gone on with as after a crash. */
const REST_MS = 5_000;
const KEPT_MS = 30 * 86_400_000;
const MINUTE_MS = 60_000;
/** What failed by the clock is not tried again at once. */
const MINUTES_AFTER_FAILURE = 5;

/** The runner of jobs of one data directory, beside those of other processes. */
export function createJobs(deps: {
  store: JobStore;
  audit: Audit;
  write<T>(work: () => T): Promise<T>;
  now(): Date;
  log(message: string, error?: unknown): void;
  kinds: readonly AnyJobKind[];
  /** Runs work as an actor, whoever set it off. */
  as<T>(actor: string, work: () => T): T;
  /** Whether no process listens, asked anew each time. */
  nobodyServes(): boolean;
  /** This process, and whether another one lives. */
  process: { pid: number; isAlive(pid: number): boolean };
}): Jobs {
  const { store, write } = deps;
  const kinds = new Map(deps.kinds.map((kind) => [kind.name, kind]));
  const runner = randomUUID();
  const executions = new Map<string, Execution>();
  /** Claimed here, not yet at work: the claim is on its way to the disk. */
  const claiming = new Set<string>();
  let ticker: NodeJS.Timeout | undefined;
  let ticking: Promise<void> | undefined;
  let closed = false;
  const time = () => deps.now().toISOString();

  const present = (record: JobRecord): Job => {
    const { id, kind, state, done, total, message, cancelRequested } = record;
    const { createdAt, createdBy, startedAt, finishedAt } = record;
    const title = kinds.get(kind)?.describe(record.input) ?? kind;
    return {
      ...{ id, kind, title, state, done, total, message, cancelRequested },
      ...{ createdAt, createdBy, startedAt, finishedAt },
    };
  };

  /** Whether a running job's process is gone. */
  function isAbandoned({ id, runner: holder, pid, heartbeatAt }: JobRecord): boolean {
    if (holder === runner) return !executions.has(id) && !claiming.has(id);
    if (pid !== null && pid !== deps.process.pid && !deps.process.isAlive(pid)) return true;
    return heartbeatAt === null || deps.now().getTime() - Date.parse(heartbeatAt) > DEAD_AFTER_MS;
  }

  /** The next job that may run here: one that was left lying first, and never two of a kind at once. */
  function claimable(may: (job: JobRecord) => boolean): JobRecord | undefined {
    const jobs = store.unfinished();
    const running = jobs.filter(({ state }) => state === 'running');
    const left = running.find((job) => kinds.has(job.kind) && isAbandoned(job) && may(job));
    if (left) return left;
    const busy = new Set(running.map(({ kind }) => kind));
    return jobs.find(
      (job) => job.state === 'queued' && kinds.has(job.kind) && !busy.has(job.kind) && may(job),
    );
  }

  /** Hands out a job at most once: of two that ask at once, the second finds it in `claiming`. */
  async function claim(may: (job: JobRecord) => boolean): Promise<JobRecord | undefined> {
    let claimed: JobRecord | undefined;
    try {
      await write(() => {
        for (let job = claimable(may); job; job = claimable(may)) {
          if (!job.cancelRequested) {
            store.claim(job.id, runner, deps.process.pid, time());
            claiming.add(job.id);
            claimed = job;
            return;
          }
          store.finish(job.id, 'cancelled', 'Cancelled.', time());
        }
      });
    } catch (error) {
      if (claimed) claiming.delete(claimed.id);
      throw error;
    }
    return claimed;
  }

  /** Starts all that may run here now. */
  async function begin(may: (job: JobRecord) => boolean): Promise<Execution[]> {
    const begun: Execution[] = [];
    // Looked at first without the write lock: mostly there is nothing.
    while (!closed && claimable(may)) {
      const job = await claim(may);
      const kind = job && kinds.get(job.kind);
      if (!job || !kind) break;
      const execution = execute({ ...deps, finished }, kind, job, runner);
      executions.set(job.id, execution);
      claiming.delete(job.id);
      begun.push(execution);
      void execution.ended.then(() => {
        executions.delete(job.id);
        if (ticker) void tick();
      });
    }
    return begun;
  }

  function finished(job: JobRecord): void {
    store.forgetFinishedBefore(new Date(deps.now().getTime() - KEPT_MS).toISOString());
    // What runs by the clock and ends as it did before would fill the list.
    const isOldNews = job.state === 'failed' || (job.state === 'done' && job.message === null);
    if (job.createdBy === CLOCK && isOldNews) store.forgetLike(job);
  }

  function isDue({ name, schedule }: AnyJobKind): boolean {
    if (!schedule) return false;
    const last = store.last(name, CLOCK);
    if (last) {
      if (last.finishedAt === null) return false;
      const afterFailure =
        last.state === 'failed' ? (schedule.minutesAfterFailure ?? MINUTES_AFTER_FAILURE) : 0;
      const pause = Math.max(schedule.everyMinutes, afterFailure) * MINUTE_MS;
      if (deps.now().getTime() - Date.parse(last.createdAt) < pause) return false;
    }
    return schedule.isDue?.() ?? true;
  }

  /** Puts in the queue what the clock says. */
  async function enqueueDue(among: Iterable<AnyJobKind>): Promise<void> {
    for (const kind of among) {
      if (!isDue(kind)) continue;
      await write(() => {
        // Asked again under the write lock: another process may have been first.
        if (isDue(kind)) insert(kind.name, kind.schedule?.input, CLOCK);
      });
    }
  }

  function insert(kind: string, input: unknown, createdBy: string): string {
    const id = uuid();
    store.insert({ id, kind, input, createdAt: time(), createdBy });
    return id;
  }

  function tick(): Promise<void> {
    ticking ??= (async () => {
      try {
        await enqueueDue(kinds.values());
        await begin(() => true);
      } catch (error) {
        deps.log('Jobs could not be started', error);
      } finally {
        ticking = undefined;
      }
    })();
    return ticking;
  }

  function required(id: string): JobRecord {
    const job = store.get(id);
    if (!job) throw new AppError('not-found', 'There is no such job any more.');
    return job;
  }

  async function rest(): Promise<void> {
    clearInterval(ticker);
    ticker = undefined;
    await ticking;
    const ended = [...executions.values()].map((execution) => {
      execution.rest();
      return execution.ended;
    });
    await Promise.race([Promise.all(ended), sleep(REST_MS, undefined, { ref: false })]);
  }

  return {
    async start(kind, input, actor) {
      if (!kinds.has(kind)) throw new AppError('not-found', `There is no kind of job named ${kind}.`);
      const id = await write(() => insert(kind, input, actor));
      if (ticker) void tick();
      return present(required(id));
    },
    list: (limit = 20) => [...store.unfinished(), ...store.finished(limit)].map(present),
    get(id) {
      const job = store.get(id);
      return job && present(job);
    },
    cancel: (id, actor) =>
      write(() => {
        const job = required(id);
        if (job.finishedAt !== null) throw new AppError('conflict', 'This job is over already.');
        if (!job.cancelRequested) {
          store.requestCancel(id);
          deps.audit.record('job.cancelled', id, { kind: job.kind }, actor);
        }
        if (job.state === 'queued' || isAbandoned(job)) store.finish(id, 'cancelled', 'Cancelled.', time());
        return present(required(id));
      }),
    async runDue() {
      const done: Job[] = [];
      await enqueueDue(kinds.values());
      for (let begun = await begin(() => true); begun.length > 0; begun = await begin(() => true)) {
        await Promise.all(begun.map(({ ended }) => ended));
        for (const { id } of begun) done.push(present(required(id)));
      }
      return done;
    },
    async wait(id) {
      for (;;) {
        if (closed)
          throw new AppError('internal', 'Rollcall is closing; the job goes on where it is served next.');
        const job = required(id);
        if (job.finishedAt !== null) return present(job);
        if (ticker === undefined && deps.nobodyServes()) {
          // Its kind's earlier ones come first.
          const begun = await begin(({ kind }) => kind === job.kind);
          await Promise.all(begun.map(({ ended }) => ended));
          if (begun.length > 0) continue;
        }
        await sleep(WATCH_MS);
      }
    },
    serve() {
      if (ticker || closed) return;
      ticker = setInterval(() => void tick(), TICK_MS);
      // Being ready to run jobs alone keeps no process alive.
      ticker.unref();
      void tick();
    },
    rest,
    async close() {
      closed = true;
      await rest();
    },
  };
}
