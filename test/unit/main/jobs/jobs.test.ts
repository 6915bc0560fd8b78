import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAudit } from '../../../../src/main/audit/audit.ts';
import { type AnyJobKind, createJobs, type JobRun, type Jobs } from '../../../../src/main/jobs/jobs.ts';
import { createAuditInsert } from '../../../../src/main/store/audit-trail.ts';
import { type Database, openDatabase } from '../../../../src/main/store/database.ts';
import { createWriter } from '../../../../src/main/store/group-commit.ts';
import { createJobStore } from '../../../../src/main/store/jobs.ts';
import { identityMigrations } from '../../../../src/main/store/migrations/identity/index.ts';
import { AppError } from '../../../../src/shared/app-error.ts';
import { type OpenDatabases, openDatabases } from '../../../support/databases.ts';
import { poll } from '../../../support/poll.ts';

let databases: OpenDatabases;
let clock: Date;
/** Pids of those that live. */
let alive: Set<number>;
let nobodyServes: boolean;
let log: string[];
/** As whom jobs ran. */
let actors: string[];
const opened: { jobs: Jobs; close(): void }[] = [];

beforeEach(async () => {
  databases = await openDatabases();
  databases.identity.exec('CREATE TABLE step (n INTEGER NOT NULL, by INTEGER NOT NULL)');
  clock = new Date('2026-03-01T12:00:00.000Z');
  alive = new Set();
  nobodyServes = true;
  log = [];
  actors = [];
});
afterEach(async () => {
  for (const { jobs, close } of opened.splice(0)) {
    await jobs.close();
    close();
  }
  await databases.close();
});

interface Process {
  jobs: Jobs;
  database: Database;
  pid: number;
  write<T>(work: () => T): Promise<T>;
}

/** A process of its own, as far as SQLite can tell: another connection to the same file. */
function open(pid: number, kinds: (process: Pick<Process, 'database' | 'pid'>) => AnyJobKind[]): Process {
  const database = openDatabase(join(databases.folder, 'identity.db'), {
    migrations: identityMigrations,
    durability: 'full',
  });
  alive.add(pid);
  const now = () => clock;
  const { write } = createWriter(database);
  const jobs = createJobs({
    store: createJobStore(database),
    audit: createAudit(createAuditInsert(database), 'local:test', now),
    write,
    now,
    log: (message, error) => log.push(`${message} ${error instanceof Error ? error.message : ''}`),
    kinds: kinds({ database, pid }),
    as: (actor, work) => {
      actors.push(actor);
      return work();
    },
    nobodyServes: () => nobodyServes,
    process: { pid, isAlive: (other) => alive.has(other) },
  });
  opened.push({ jobs, close: () => database.close() });
  return { jobs, database, pid, write };
}

const minutes = (n: number) => {
  clock = new Date(clock.getTime() + n * 60_000);
};
const steps = () => databases.identity.prepare('SELECT n, by FROM step ORDER BY rowid').raw().all();

/** Counts to its input, one row a chunk; `between` is awaited after each. */
function counting(
  { database, pid }: Pick<Process, 'database' | 'pid'>,
  between: (n: number, job: JobRun<number>) => unknown = () => {},
  name = 'count',
): AnyJobKind {
  const insert = database.prepare('INSERT INTO step (n, by) VALUES (?, ?)');
  return {
    name,
    describe: (to: number) => `Count to ${to}`,
    async run(job: JobRun<number>) {
      for (let n = ((job.cursor as number | undefined) ?? 0) + 1; n <= job.input; n++) {
        await job.chunk(() => {
          insert.run(n, pid);
          return { cursor: n, done: n, total: job.input, message: `At ${n}.` };
        });
        await between(n, job);
      }
      return `Counted to ${job.input}.`;
    },
  };
}

describe('a job', () => {
  test('is queued, runs to its end and keeps its sentence', async () => {
    const { jobs } = open(1, (process) => [counting(process)]);
    const queued = await jobs.start('count', 3, 'local:ann');
    expect(queued).toMatchObject({ state: 'queued', title: 'Count to 3', createdBy: 'local:ann', done: 0 });
    expect((await jobs.runDue()).map(({ id }) => id)).toEqual([queued.id]);
    expect(jobs.get(queued.id)).toMatchObject({
      state: 'done',
      message: 'Counted to 3.',
      done: 3,
      total: 3,
      finishedAt: clock.toISOString(),
    });
    expect(steps()).toEqual([1, 2, 3].map((n) => [n, 1]));
    expect(actors).toEqual(['local:ann']);
  });

  test('of a kind that nobody made is refused', async () => {
    const { jobs } = open(1, () => []);
    await expect(jobs.start('nothing', null, 'local:ann')).rejects.toMatchObject({ code: 'not-found' });
  });

  test('that a newer release left behind stays where it is', async () => {
    const newer = open(1, (process) => [counting(process, undefined, 'novelty')]);
    const { id } = await newer.jobs.start('novelty', 3, 'local:ann');
    const older = open(2, (process) => [counting(process)]);
    expect(await older.jobs.runDue()).toEqual([]);
    expect(older.jobs.get(id)).toMatchObject({ state: 'queued', title: 'novelty' });
  });

  test('lets other writes in between two chunks', async () => {
    const order: string[] = [];
    const { jobs, write } = open(1, (process) => [
      counting(process, (n) => {
        order.push(`chunk ${n}`);
        if (n === 1) void write(() => order.push('write'));
      }),
    ]);
    await jobs.start('count', 4, 'local:ann');
    await jobs.runDue();
    expect(order.indexOf('write')).toBeLessThan(order.indexOf('chunk 3'));
  });

  test('fails with its own sentence, and keeps nothing of the chunk that failed', async () => {
    const { jobs, database } = open(1, ({ database, pid }) => [
      {
        name: 'count',
        describe: () => 'Fail',
        async run(job) {
          await job.chunk(() => ({ cursor: 1, done: 1 }));
          await job.chunk(() => {
            database.prepare('INSERT INTO step VALUES (2, ?)').run(pid);
            throw new AppError('conflict', 'The second one is taken.');
          });
          return 'never';
        },
      },
    ]);
    const { id } = await jobs.start('count', null, 'local:ann');
    await jobs.runDue();
    expect(jobs.get(id)).toMatchObject({ state: 'failed', message: 'The second one is taken.', done: 1 });
    expect(database.prepare('SELECT count(*) FROM step').pluck().get()).toBe(0);
  });

  test('that fails in a way nobody foresaw keeps the details for the log', async () => {
    const { jobs } = open(1, () => [
      { name: 'count', describe: () => 'x', run: async () => Promise.reject(new Error('secret detail')) },
    ]);
    const { id } = await jobs.start('count', null, 'local:ann');
    await jobs.runDue();
    expect(jobs.get(id)?.message).toMatch(/went wrong inside Rollcall/);
    expect(log.join()).toContain('secret detail');
  });
});

describe('after a crash', () => {
  test('another process goes on behind the last chunk, and nothing is doubled when the first was not dead', async () => {
    let wake = () => {};
    const asleep = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const first = open(1, (process) => [counting(process, (n) => n === 3 && asleep)]);
    const { id } = await first.jobs.start('count', 6, 'local:ann');
    const ended = first.jobs.runDue();
    await poll(() => (steps().length === 3 ? true : undefined), 'three steps');

    const second = open(2, (process) => [counting(process)]);
    expect(await second.jobs.runDue()).toEqual([]);
    alive.delete(1);
    await second.jobs.runDue();
    expect(second.jobs.get(id)).toMatchObject({ state: 'done', done: 6 });

    wake();
    await ended;
    expect(log.join()).toContain('goes on in another process');
    expect(steps()).toEqual([1, 2, 3].map((n) => [n, 1]).concat([4, 5, 6].map((n) => [n, 2])));
    expect(second.jobs.get(id)).toMatchObject({ state: 'done', message: 'Counted to 6.' });
  });

  test('a pid that is used again does not keep a job for ever', async () => {
    const first = open(1, (process) => [counting(process, () => new Promise(() => {}))]);
    await first.jobs.start('count', 2, 'local:ann');
    void first.jobs.runDue();
    await poll(() => (steps().length === 1 ? true : undefined), 'a step');
    const second = open(2, (process) => [counting(process)]);
    minutes(0.4);
    expect(await second.jobs.runDue()).toEqual([]);
    minutes(0.2);
    expect(await second.jobs.runDue()).toMatchObject([{ state: 'done', done: 2 }]);
    opened.splice(0, 1)[0]?.close();
  });
});

describe('of one kind', () => {
  test('there are never two at once, in whichever process', async () => {
    let running = 0;
    let most = 0;
    const watch = (process: Pick<Process, 'database' | 'pid'>): AnyJobKind => ({
      ...counting(process),
      async run() {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running -= 1;
        return null;
      },
    });
    const processes = [open(1, (p) => [watch(p)]), open(2, (p) => [watch(p)])];
    for (let n = 0; n < 6; n++) await processes[0]?.jobs.start('count', n, 'local:ann');
    const rounds = processes.flatMap(({ jobs }) => [jobs.runDue(), jobs.runDue()]);
    await Promise.all(rounds);
    // Whoever found all taken was done before; the rest is run now.
    await processes[0]?.jobs.runDue();
    expect(most).toBe(1);
    expect(processes[0]?.jobs.list().map(({ state }) => state)).toEqual(Array(6).fill('done'));
  });

  test('the earlier comes first; other kinds do not wait for it', async () => {
    const order: string[] = [];
    let wake = () => {};
    const long = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const { jobs } = open(1, () =>
      ['slow', 'quick'].map((name) => ({
        name,
        describe: () => name,
        async run({ input }: JobRun<number>) {
          if (name === 'slow' && input === 1) await long;
          order.push(`${name} ${input}`);
          if (name === 'quick') wake();
          return null;
        },
      })),
    );
    await jobs.start('slow', 1, 'local:ann');
    await jobs.start('slow', 2, 'local:ann');
    await jobs.start('quick', 1, 'local:ann');
    await jobs.runDue();
    expect(order).toEqual(['quick 1', 'slow 1', 'slow 2']);
  });
});

describe('cancelling', () => {
  test('is obeyed between two chunks, and says how far it came', async () => {
    const { jobs, database } = open(1, (process) => [
      counting(process, (n, { id }) => n === 2 && jobs.cancel(id, 'local:bob')),
    ]);
    const { id } = await jobs.start('count', 9, 'local:ann');
    await jobs.runDue();
    expect(jobs.get(id)).toMatchObject({ state: 'cancelled', message: 'Cancelled after 2 of 9.', done: 2 });
    expect(steps()).toHaveLength(2);
    expect(
      database.prepare("SELECT actor, subject FROM audit_event WHERE event = 'job.cancelled'").all(),
    ).toEqual([{ actor: 'local:bob', subject: id }]);
    await expect(jobs.cancel(id, 'local:bob')).rejects.toMatchObject({ code: 'conflict' });
  });

  test('of one that waits, or whose process is dead, takes effect at once', async () => {
    const first = open(1, (process) => [counting(process, () => new Promise(() => {}))]);
    const running = await first.jobs.start('count', 2, 'local:ann');
    const waiting = await first.jobs.start('count', 3, 'local:ann');
    void first.jobs.runDue();
    await poll(() => (steps().length === 1 ? true : undefined), 'a step');
    const second = open(2, (process) => [counting(process)]);
    expect(await second.jobs.cancel(waiting.id, 'local:bob')).toMatchObject({ state: 'cancelled' });
    expect(await second.jobs.cancel(running.id, 'local:bob')).toMatchObject({
      state: 'running',
      cancelRequested: true,
    });
    alive.delete(1);
    expect(await second.jobs.cancel(running.id, 'local:bob')).toMatchObject({ state: 'cancelled' });
    opened.splice(0, 1)[0]?.close();
  });
});

describe('by the clock', () => {
  const ticking = (schedule: AnyJobKind['schedule'], result: () => string | null): AnyJobKind => ({
    name: 'tidy',
    describe: () => 'Tidy up',
    ...(schedule && { schedule }),
    run: async () => result(),
  });

  test('a kind runs so many minutes after its last run began', async () => {
    const { jobs } = open(1, () => [ticking({ input: null, everyMinutes: 60 }, () => 'Tidied.')]);
    expect(await jobs.runDue()).toMatchObject([{ state: 'done', createdBy: 'system' }]);
    minutes(59);
    expect(await jobs.runDue()).toEqual([]);
    minutes(1);
    expect(await jobs.runDue()).toHaveLength(1);
    expect(jobs.list()).toHaveLength(2);
  });

  test('two processes at the same moment start it once', async () => {
    const kinds = () => [ticking({ input: null, everyMinutes: 60 }, () => 'Tidied.')];
    const all = [open(1, kinds), open(2, kinds)];
    await Promise.all(all.map(({ jobs }) => jobs.runDue()));
    expect(all[0]?.jobs.list()).toHaveLength(1);
  });

  test('nothing is written while there is nothing to do, and of idle runs only the last is kept', async () => {
    let due = false;
    const { jobs } = open(1, () => [
      ticking({ input: null, everyMinutes: 0, isDue: () => due }, () => {
        due = false;
        return null;
      }),
    ]);
    expect(await jobs.runDue()).toEqual([]);
    for (let n = 0; n < 3; n++) {
      due = true;
      minutes(1);
      expect(await jobs.runDue()).toMatchObject([{ state: 'done', message: null }]);
    }
    expect(jobs.list()).toHaveLength(1);
  });

  test('what failed is tried again after a pause', async () => {
    const { jobs } = open(1, () => [
      ticking({ input: null, everyMinutes: 0 }, () => {
        throw new AppError('conflict', 'No.');
      }),
    ]);
    expect(await jobs.runDue()).toMatchObject([{ state: 'failed', message: 'No.' }]);
    minutes(4);
    expect(await jobs.runDue()).toEqual([]);
    minutes(1);
    expect(await jobs.runDue()).toHaveLength(1);
    expect(jobs.list()).toHaveLength(1);
  });

  test('what is over is forgotten after 30 days', async () => {
    const { jobs } = open(1, (process) => [counting(process)]);
    const { id } = await jobs.start('count', 1, 'local:ann');
    await jobs.runDue();
    minutes(30 * 24 * 60);
    await jobs.start('count', 1, 'local:ann');
    await jobs.runDue();
    expect(jobs.get(id)).toBeDefined();
    minutes(1);
    await jobs.start('count', 1, 'local:ann');
    await jobs.runDue();
    expect(jobs.get(id)).toBeUndefined();
    expect(jobs.list()).toHaveLength(2);
  });
});

describe('who runs them', () => {
  test('a process that serves runs what others start, until it rests; then the job waits with what it has done', async () => {
    let wake = () => {};
    const asleep = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const server = open(1, (process) => [counting(process, (n) => n === 2 && asleep)]);
    const other = open(2, (process) => [counting(process)]);
    server.jobs.serve();
    const { id } = await other.jobs.start('count', 4, 'local:ann');
    await poll(() => (steps().length === 2 ? true : undefined), 'two steps');
    const resting = server.jobs.rest();
    wake();
    await resting;
    expect(other.jobs.get(id)).toMatchObject({ state: 'queued', done: 2, cancelRequested: false });
    expect(await other.jobs.wait(id)).toMatchObject({ state: 'done', done: 4 });
    expect(steps()).toEqual([
      [1, 1],
      [2, 1],
      [3, 2],
      [4, 2],
    ]);
  });

  test('waiting watches where another process serves, and runs nothing here', async () => {
    nobodyServes = false;
    const other = open(2, (process) => [counting(process)]);
    const { id } = await other.jobs.start('count', 2, 'local:ann');
    const waited = other.jobs.wait(id);
    const server = open(1, (process) => [counting(process)]);
    server.jobs.serve();
    expect(await waited).toMatchObject({ state: 'done' });
    expect(steps()).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });

  test('waiting here runs the earlier ones of the kind first, and nothing of other kinds', async () => {
    const { jobs } = open(1, (process) => [counting(process), counting(process, undefined, 'other')]);
    const other = await jobs.start('other', 1, 'local:ann');
    const earlier = await jobs.start('count', 1, 'local:ann');
    const { id } = await jobs.start('count', 2, 'local:ann');
    expect(await jobs.wait(id)).toMatchObject({ state: 'done' });
    expect(jobs.get(earlier.id)?.state).toBe('done');
    expect(jobs.get(other.id)?.state).toBe('queued');
    await expect(jobs.wait('nobody')).rejects.toMatchObject({ code: 'not-found' });
  });
});
