import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { withDirectoryLock } from './directory-lock.ts';
import { checkMarker, writeMarker } from './integrity.ts';
import type { Report } from './report.ts';

/**
 * A folder that is made once and then only checked: `make` fills a temporary sibling, which gets a marker with the
 * hash of every file and takes the final name in one rename. A folder that no longer matches its marker is said
 * aloud and made anew.
 * @returns whether it was made in this run
 */
export async function ensureCachedFolder(
  path: string,
  report: Report,
  make: (folder: string) => Promise<void>,
): Promise<boolean> {
  if ((await checkMarker(path)) === 'complete') return false;
  return withDirectoryLock(`${path}.lock`, report, async () => {
    const found = await checkMarker(path);
    if (found === 'complete') return false;
    if (found !== 'absent') report.say(`The cached ${path} is damaged (${found.damage}); making it anew.`);
    await removeLeftovers(path);
    const temporary = await mkdtemp(`${path}.new-`);
    try {
      await make(temporary);
      await writeMarker(temporary);
      await replaceFolder(temporary, path);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
    return true;
  });
}

/** Called while holding the lock, so every half-made sibling belongs to a run that was killed. */
async function removeLeftovers(path: string): Promise<void> {
  const parent = dirname(path);
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    if (name.startsWith(`${basename(path)}.new-`) || name.startsWith(`${basename(path)}.old-`)) {
      await rm(join(parent, name), { recursive: true, force: true });
    }
  }
}

async function replaceFolder(from: string, to: string): Promise<void> {
  // A folder in use cannot be replaced in one step; a rename keeps open files of a running program valid.
  const old = `${to}.old-${process.pid}`;
  await rename(to, old).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(from, to);
  await rm(old, { recursive: true, force: true });
}
