import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import type { Report } from './report.ts';

const retryMs = 300;
const heartbeatMs = 5_000;
const abandonedMs = 60_000;

/**
 * Runs `work` while holding a lock folder, so that two runs do not make the same thing twice. A lock whose owner
 * is gone (its process on this machine has ended, or it has not been touched for a minute) is taken over. Work
 * must still publish its result with a rename: the lock saves effort, it does not replace atomicity.
 */
export async function withDirectoryLock<T>(path: string, report: Report, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  let waiting = false;
  while (!(await tryAcquire(path))) {
    if (!waiting) report.say(`Waiting for another run that holds ${path} …`);
    waiting = true;
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
  }, heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await rm(path, { recursive: true, force: true });
  }
}

async function tryAcquire(path: string): Promise<boolean> {
  try {
    await mkdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (!(await isAbandoned(path))) return false;
    // Renaming first lets only one of several waiters remove it.
    const grave = `${path}.abandoned-${process.pid}`;
    try {
      await rename(path, grave);
    } catch {
      return false;
    }
    await rm(grave, { recursive: true, force: true });
    return tryAcquire(path);
  }
  await writeFile(join(path, 'owner.json'), JSON.stringify({ pid: process.pid, host: hostname() }));
  return true;
}

async function isAbandoned(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return false;
  if (Date.now() - found.mtimeMs > abandonedMs) return true;
  try {
    const owner = JSON.parse(await readFile(join(path, 'owner.json'), 'utf8')) as {
      pid: number;
      host: string;
    };
    return owner.host === hostname() && !isRunning(owner.pid);
  } catch {
    // The owner has made the folder but not yet written its name.
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
