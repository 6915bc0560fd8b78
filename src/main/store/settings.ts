import type { Database } from './database.ts';

/** Small facts by name, as JSON. Read from SQLite each time: another process may have changed them (architecture). */
export interface SettingStore {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  /** Every setting whose key begins with `prefix`, by the rest of the key. */
  under(prefix: string): Record<string, unknown>;
}

/** Settings on SQLite. */
export function createSettingStore(database: Database): SettingStore {
  const get = database.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck();
  const set = database.prepare(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const under = database.prepare<[string, string], { key: string; value: string }>(
    'SELECT key, value FROM setting WHERE key >= ? AND key < ?',
  );
  return {
    get(key) {
      const value = get.get(key);
      return value === undefined ? undefined : JSON.parse(value);
    },
    set: (key, value) => {
      set.run(key, JSON.stringify(value));
    },
    under(prefix) {
      const rows = under.all(prefix, `${prefix}\u{10ffff}`);
      return Object.fromEntries(rows.map(({ key, value }) => [key.slice(prefix.length), JSON.parse(value)]));
    },
  };
}
