import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createListenerRecordStore, takeListenerLock } from '../../../../src/main/store/listener-lock.ts';
import { type OpenDatabases, openDatabases } from '../../../support/databases.ts';

let databases: OpenDatabases;
beforeEach(async () => {
  databases = await openDatabases();
});
afterEach(() => databases.close());

const take = () => takeListenerLock(databases.folder, 0, undefined);

/** A process of its own that takes the lock, says so, and then waits to be killed. */
async function holdElsewhere() {
  const module = resolve('src/main/store/listener-lock.ts');
  const script = `
    import { takeListenerLock } from ${JSON.stringify(`file://${module}`)};
    const lock = takeListenerLock(${JSON.stringify(databases.folder)}, 0, undefined);
    process.stdout.write(lock ? 'taken' : 'refused');
    // Kept in reach: the lock goes when its connection is garbage-collected.
    setInterval(() => lock, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    said: said.toString(),
    async kill() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

describe('the lock of a data directory', () => {
  test('is taken once, and again after it was let go of', () => {
    const lock = take();
    expect(lock).toBeDefined();
    expect(take()).toBeUndefined();
    lock?.release();
    const next = take();
    expect(next).toBeDefined();
    next?.release();
  });

  test('keeps another process out, and is kept from us by one', async () => {
    const lock = take();
    const refused = await holdElsewhere();
    await refused.kill();
    expect(refused.said).toBe('refused');
    lock?.release();

    const holder = await holdElsewhere();
    const attempt = take();
    await holder.kill();
    expect(holder.said).toBe('taken');
    expect(attempt).toBeUndefined();
  });

  test('is freed by the system when its process is killed', async () => {
    const holder = await holdElsewhere();
    expect(holder.said).toBe('taken');
    await holder.kill();
    const lock = take();
    expect(lock).toBeDefined();
    lock?.release();
  });

  test('says what else is wrong', () => {
    expect(() => takeListenerLock(`${databases.folder}/nowhere`, 0, undefined)).toThrow(
      /directory does not exist/,
    );
  });
});

describe('the record beside it', () => {
  const record = {
    pid: 7,
    host: '127.0.0.1',
    port: 7643,
    secure: true,
    osUser: 'ann',
    startedAt: '2026-01-01T00:00:00.000Z',
  };

  test('says who serves, and only the newest', () => {
    const store = createListenerRecordStore(databases.identity);
    expect(store.get()).toBeUndefined();
    store.put(record);
    store.put({ ...record, pid: 8, secure: false });
    expect(store.get()).toEqual({ ...record, pid: 8, secure: false });
  });

  test('is cleared by its own process only', () => {
    const store = createListenerRecordStore(databases.identity);
    store.put(record);
    store.clear(8);
    expect(store.get()).toEqual(record);
    store.clear(7);
    expect(store.get()).toBeUndefined();
  });
});
