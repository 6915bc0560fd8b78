import { createHash, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Whether a file's digest equals a Subresource Integrity value with one sha512 digest. */
export async function matchesIntegrity(path: string, integrity: string): Promise<boolean> {
  const [algorithm, digest] = integrity.split('-', 2);
  if (algorithm !== 'sha512' || digest === undefined) throw new Error(`Not a sha512 integrity: ${integrity}`);
  const expected = Buffer.from(digest, 'base64');
  const actual = await digestFile(path, 'sha512');
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** The name of the file that lists what a cached folder must contain. */
export const markerName = 'marker.json';

/** Writes the marker: the sha256 of every other file in the folder, by its path in it. */
export async function writeMarker(folder: string): Promise<void> {
  const files: Record<string, string> = {};
  for (const path of await filesIn(folder)) {
    files[path] = (await digestFile(join(folder, path), 'sha256')).toString('hex');
  }
  await writeFile(join(folder, markerName), JSON.stringify({ files }, undefined, 2));
}

/**
 * Compares a cached folder with its marker.
 * @returns `complete`; `absent` when there is no such folder; otherwise what is wrong, as the end of a sentence
 */
export async function checkMarker(folder: string): Promise<'complete' | 'absent' | { damage: string }> {
  const entries = await readdir(folder).catch(() => undefined);
  if (entries === undefined) return 'absent';
  let files: Record<string, string>;
  try {
    files = (JSON.parse(await readFile(join(folder, markerName), 'utf8')) as { files: typeof files }).files;
    if (Object.keys(files).length === 0) return { damage: `${markerName} lists nothing` };
  } catch {
    return { damage: `${markerName} is missing or unreadable` };
  }
  const digests = await Promise.all(
    Object.keys(files).map(async (path) => {
      const digest = await digestFile(join(folder, path), 'sha256').catch(() => undefined);
      return { path, digest: digest?.toString('hex') };
    }),
  );
  for (const { path, digest } of digests) {
    if (digest === undefined) return { damage: `${path} is missing` };
    if (digest !== files[path]) return { damage: `${path} has changed` };
  }
  return 'complete';
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name !== markerName)
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

async function digestFile(path: string, algorithm: 'sha256' | 'sha512'): Promise<Buffer> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest();
}
