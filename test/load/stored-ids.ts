import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Which rows a data directory was filled with. */
export interface StoredIds {
  /** How many users there are. */
  users: number;
  /** Some of them: number and id, evenly spread. */
  sample: [index: number, id: string][];
  groups: { id: string; size: number }[];
}

const SAMPLE = 50_000;

/** Where a data directory's {@link StoredIds} are. */
export function idsFileOf(dataDirectory: string): string {
  return join(dataDirectory, 'stored-ids.json');
}

/** Writes down what was stored; `ids` in the order of creation. */
export function writeStoredIds(
  dataDirectory: string,
  ids: readonly string[],
  groups: StoredIds['groups'],
): void {
  const step = Math.max(1, ids.length / SAMPLE);
  const sample: StoredIds['sample'] = [];
  for (let at = 0; at < ids.length; at += step) {
    const index = Math.floor(at);
    sample.push([index, ids[index] ?? '']);
  }
  const stored: StoredIds = { users: ids.length, sample, groups };
  writeFileSync(idsFileOf(dataDirectory), JSON.stringify(stored));
}
