import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type ActivityStore,
  createActivity,
  createDirectSink,
} from '../../../../src/main/activity/activity.ts';
import { createThreadSink } from '../../../../src/main/activity/thread-sink.ts';
import { createActivityStore } from '../../../../src/main/store/activity-log.ts';
import type { ActivityRow } from '../../../../src/shared/contract/activity.ts';
import { activityEntry as entry } from '../../../support/activity-entry.ts';
import { type OpenDatabases, openDatabases } from '../../../support/databases.ts';

let databases: OpenDatabases;
let store: ActivityStore;
let log: string[];
/** Makes the disk fail. */
let broken: boolean;
beforeEach(async () => {
  databases = await openDatabases();
  const real = createActivityStore(databases.activity);
  broken = false;
  store = {
    ...real,
    append(entries) {
      if (broken) throw new Error('disk full');
      return real.append(entries);
    },
  };
  log = [];
  vi.useFakeTimers();
});
afterEach(async () => {
  vi.useRealTimers();
  await databases.close();
});

const create = () => createActivity(createDirectSink(store), (message) => log.push(message));
/** An entry as it goes to a sink. */
const json = (fields?: Parameters<typeof entry>[0]) => JSON.stringify(entry(fields));
const count = () => store.since(0, 100_000, false).length;
/** Lets the queue run dry. */
const flush = () => vi.runAllTimersAsync();

describe('the queue in front of the request log', () => {
  test('writes a moment later, and tells who listens, with the rows’ numbers', async () => {
    const activity = create();
    const told: { rows: ActivityRow[]; dropped: number }[] = [];
    activity.onAppended((rows, dropped) => told.push({ rows, dropped }));
    activity.append(entry({ requestId: 'a', requestBody: 'secret' }));
    activity.append(entry({ requestId: 'b' }));
    expect(count()).toBe(0);
    await vi.advanceTimersByTimeAsync(100);
    expect(count()).toBe(2);
    expect(told).toMatchObject([
      {
        rows: [
          { seq: 1, requestId: 'a' },
          { seq: 2, requestId: 'b' },
        ],
        dropped: 0,
      },
    ]);
    expect(told[0]?.rows[0]).not.toHaveProperty('requestBody');
    expect(told[0]?.rows).toEqual(store.since(0, 10, false));
  });

  test('writes many in turns, none lost', async () => {
    const activity = create();
    const sizes: number[] = [];
    activity.onAppended((rows) => sizes.push(rows.length));
    for (let index = 0; index < 1_300; index++) activity.append(entry());
    await flush();
    expect(count()).toBe(1_300);
    expect(sizes).toEqual([200, 200, 200, 200, 200, 200, 100]);
  });

  test('gives up rows rather than memory, and says how many', async () => {
    const activity = create();
    const dropped: number[] = [];
    activity.onAppended((_, lost) => dropped.push(lost));
    for (let index = 0; index < 10_003; index++) activity.append(entry());
    await flush();
    expect(count()).toBe(10_000);
    expect(dropped[0]).toBe(3);
    expect(dropped.reduce((sum, lost) => sum + lost, 0)).toBe(3);
    expect(log).toEqual([
      '3 rows of the request log were given up: they came faster than the disk takes them',
    ]);
  });

  test('a disk that fails throws at nobody, and is reported with the next rows', async () => {
    const activity = create();
    const dropped: number[] = [];
    activity.onAppended((_, lost) => dropped.push(lost));
    broken = true;
    activity.append(entry());
    activity.append(entry());
    await flush();
    expect(log).toEqual(['2 rows of the request log could not be written']);
    broken = false;
    activity.append(entry());
    await flush();
    expect(count()).toBe(1);
    expect(dropped).toEqual([2]);
  });

  test('closing writes what is queued', async () => {
    const activity = create();
    for (let index = 0; index < 1_300; index++) activity.append(entry());
    await activity.close();
    expect(count()).toBe(1_300);
  });
});

describe('the thread of the request log', () => {
  const threadOf = (file: string) =>
    createThreadSink(
      resolve(file),
      { file: join(databases.folder, 'activity.db'), sqliteBinding: undefined },
      createDirectSink(store),
      (message) => log.push(message),
    );
  beforeEach(() => {
    vi.useRealTimers();
  });

  test('writes batch by batch, numbers them, and ends when it is closed', async () => {
    const sink = threadOf('src/main/activity-thread.ts');
    expect(await sink.append([json({ requestId: 'a' }), json({ requestId: 'b' })])).toBe(1);
    expect(await sink.append([json({ requestId: 'c' })])).toBe(3);
    await sink.close();
    expect(store.since(0, 10, false).map(({ requestId }) => requestId)).toEqual(['a', 'b', 'c']);
    expect(log).toEqual([]);
  });

  test('that dies is said aloud, and the rows that follow are written without it', async () => {
    const sink = threadOf('test/unit/main/activity/thread-that-dies.fake.ts');
    await expect(async () => sink.append([json()])).rejects.toThrow('has ended');
    expect(await sink.append([json({ requestId: 'after' })])).toBe(1);
    await sink.close();
    expect(log).toEqual(['The thread of the request log failed; the server goes on writing it itself']);
  });

  test('reports what the disk says', async () => {
    const sink = threadOf('src/main/activity-thread.ts');
    await sink.append([json()]);
    databases.activity.exec('DROP TABLE request');
    await expect(async () => sink.append([json()])).rejects.toThrow('no such table: request');
    await sink.close();
  });
});
