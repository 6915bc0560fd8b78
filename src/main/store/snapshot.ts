import type { Database } from './database.ts';

/** Runs reads that belong together on one snapshot of the database. */
export interface Snapshot {
  /** Runs synchronous work; its reads see the same state. Inside a transaction or another snapshot it just runs. */
  <T>(work: () => T): T;
  /** Whether reads are on such a snapshot now. */
  isOpen(): boolean;
}

/**
 * One read transaction instead of one a statement. Each begins and ends with locks in shared memory, which cost more
 * than a look-up; and a total and its page can't disagree.
 */
export function createSnapshot(database: Database): Snapshot {
  const begin = database.prepare('BEGIN');
  const end = database.prepare('COMMIT');
  let isOpen = false;
  const snapshot = <T>(work: () => T): T => {
    if (database.inTransaction) return work();
    begin.run();
    isOpen = true;
    try {
      return work();
    } finally {
      isOpen = false;
      end.run();
    }
  };
  return Object.assign(snapshot, { isOpen: () => isOpen });
}
