import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A fresh, empty data directory; the caller removes it. */
export function newDataDirectory(parent = tmpdir()): Promise<string> {
  return mkdtemp(join(parent, 'rollcall-test-'));
}

/** A folder in memory, where the system offers one: an fsync costs nothing there. Otherwise that for temporary files. */
export function fastFolder(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
}

/** Removes a data directory after a test. */
export function removeDataDirectory(directory: string): Promise<void> {
  return rm(directory, { recursive: true, force: true, maxRetries: 5 });
}
