import { join } from 'node:path';
import SQLite from 'better-sqlite3';

/** A stored resource, as its row says. */
export interface StoredRow {
  pk: number;
  id: string;
  version: number;
  attributes: string;
  created: string;
  last_modified: string;
  external_id: string | null;
  /** `user_name_key`, or a group's `display_name_key`. */
  key: string;
  display_name_key: string | null;
  active: number | null;
}

/** The identity database, read from outside the server. */
export interface StoreView {
  /** Changes whenever another connection has committed; says nothing else, but costs next to nothing. */
  dataVersion(): number;
  /** A text that is the same for the same directory, access plane and audit trail. */
  digest(): string;
  ids(table: 'directory_user' | 'directory_group'): string[];
  rows(table: 'directory_user' | 'directory_group'): StoredRow[];
  all(sql: string): Record<string, unknown>[];
  /** What SQLite itself finds wrong with the file. */
  selfCheck(): string[];
  close(): void;
}

/** Opens the identity database of a data directory, read-only. */
export function openStoreView(dataDirectory: string): StoreView {
  const file = join(dataDirectory, 'identity.db');
  const database = new SQLite(file, { readonly: true });
  database.pragma('busy_timeout = 5000');
  const dataVersion = database.prepare<[], number>('PRAGMA data_version').pluck();
  const resources = (table: string) =>
    `(SELECT count(*) || ',' || coalesce(sum(version), 0) || ',' || coalesce(max(pk), 0) || ',' ||
       coalesce(sum(length(attributes)), 0) || ',' || coalesce(max(last_modified), '') FROM ${table})`;
  const digest = database
    .prepare<[], string>(
      `SELECT ${resources('directory_user')} || ';' || ${resources('directory_group')} || ';' ||
        (SELECT count(*) || ',' || coalesce(sum(length(member_id) + length(coalesce(display, '')) + length(coalesce(type, ''))), 0)
           FROM directory_membership) || ';' ||
        (SELECT count(*) FROM directory_user_value) || ';' ||
        (SELECT count(*) || ',' || coalesce(max(pk), 0) FROM member) || ';' ||
        (SELECT count(*) || ',' || coalesce(max(pk), 0) FROM employee) || ';' ||
        (SELECT count(*) || ',' || coalesce(max(pk), 0) || ',' || coalesce(sum(length(name)), 0) FROM team) || ';' ||
        (SELECT coalesce(max(seq), 0) FROM audit_event)`,
    )
    .pluck();
  return {
    dataVersion: () => dataVersion.get() ?? 0,
    digest: () => digest.get() ?? '',
    ids: (table) => database.prepare<[], string>(`SELECT id FROM ${table} ORDER BY pk`).pluck().all(),
    rows: (table) => {
      const columns =
        table === 'directory_user'
          ? 'user_name_key AS key, display_name_key, active'
          : 'display_name_key AS key';
      return database
        .prepare<[], StoredRow>(
          `SELECT pk, id, version, attributes, created, last_modified, external_id, ${columns} FROM ${table} ORDER BY pk`,
        )
        .all();
    },
    all: (sql) => database.prepare<[], Record<string, unknown>>(sql).all(),
    selfCheck() {
      // FTS5 checks against the structure that its connection read last, so an old connection sees damage where there is none.
      const fresh = new SQLite(file, { readonly: true });
      try {
        const integrity = fresh.pragma('integrity_check') as { integrity_check: string }[];
        const foreignKeys = fresh.pragma('foreign_key_check') as object[];
        return [
          ...integrity.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
          ...foreignKeys.map((row) => `foreign_key_check: ${JSON.stringify(row)}`),
        ];
      } finally {
        fresh.close();
      }
    },
    close: () => {
      database.close();
    },
  };
}
