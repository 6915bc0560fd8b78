import type { Database } from './database.ts';
import type { Snapshot } from './snapshot.ts';

/** Keeps what was read from the database until somebody, in whichever process, may have changed it. */
export interface Remember {
  /** The function, reading anew only after a change. */
  <T>(read: () => T): () => T;
  /** The same for a function of a text; few different ones are asked for. */
  by<T>(read: (key: string) => T): (key: string) => T;
}

/** Tables that hold decisions, which every request asks for and hardly anybody changes. */
const TABLES = ['organization', 'setting', 'token', 'extension_schema'] as const;

/** How many texts are kept; a stranger who guesses tokens must not fill the memory. */
const KEYS = 100;

/**
 * Remembers decisions (policy, tokens, organization, schemas) between two changes. That is no cache that another
 * process can't invalidate: SQLite itself is asked each time whether another connection has committed anything
 * (`data_version`: no disk, about 1 µs), and triggers tell of this connection's own writes to these tables.
 */
export function createRemember(database: Database, snapshot: Snapshot): Remember {
  const others = database.prepare<[], number>('PRAGMA data_version').pluck();
  let own = 0;
  database.function('decisions_changed', () => {
    own += 1;
    return null;
  });
  for (const table of TABLES) {
    for (const event of ['INSERT', 'UPDATE', 'DELETE']) {
      database.exec(
        `CREATE TEMP TRIGGER ${table}_${event} AFTER ${event} ON main.${table} BEGIN SELECT decisions_changed(); END`,
      );
    }
  }
  let epoch = 0;
  let seen = { others: -1, own: -1 };
  let isFresh = false;

  /** A number that moves with every change. Other processes are asked about once in a run of synchronous code. */
  function now(): number {
    if (isFresh && seen.own === own) return epoch;
    const current = others.get() ?? 0;
    if (seen.others !== current || seen.own !== own) {
      seen = { others: current, own };
      epoch += 1;
    }
    if (!isFresh) {
      isFresh = true;
      queueMicrotask(() => {
        isFresh = false;
      });
    }
    return epoch;
  }

  /** What an unfinished transaction wrote may yet be undone. */
  const isSettled = () => !database.inTransaction || snapshot.isOpen();

  const remember: Remember = (read) => {
    let kept: { epoch: number; value: ReturnType<typeof read> } | undefined;
    return () => {
      const current = now();
      if (kept?.epoch === current) return kept.value;
      const value = read();
      if (isSettled()) kept = { epoch: current, value };
      return value;
    };
  };
  remember.by = (read) => {
    let kept = new Map<string, ReturnType<typeof read>>();
    let keptEpoch = 0;
    return (key) => {
      const current = now();
      if (keptEpoch !== current || kept.size >= KEYS) {
        kept = new Map();
        keptEpoch = current;
      }
      const known = kept.get(key);
      if (known !== undefined) return known;
      const value = read(key);
      if (isSettled()) kept.set(key, value);
      return value;
    };
  };
  return remember;
}
