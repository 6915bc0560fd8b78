import { randomUUID } from 'node:crypto';
import type SQLite from 'better-sqlite3';

/** A stored resource: what the library took in, and the dates that it leaves to its handlers. */
export interface StoredInstance {
  id: string;
  meta: { created: string; lastModified: string };
  [attribute: string]: unknown;
}

/** What the library hands to be stored. */
export type Instance = Record<string, unknown>;

/** Creates the peer's tables; each attribute that is looked up has an index. */
export function openScimmyTables(database: SQLite.Database): void {
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(`
    CREATE TABLE IF NOT EXISTS user (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, user_name TEXT NOT NULL UNIQUE,
      external_id TEXT, body TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS user_external_id ON user (external_id);
    CREATE TABLE IF NOT EXISTS team (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, display_name TEXT NOT NULL UNIQUE,
      body TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS membership (team_pk INTEGER NOT NULL, member_id TEXT NOT NULL,
      PRIMARY KEY (team_pk, member_id)) WITHOUT ROWID;
  `);
}

/** Stores a new user, or a user anew. */
export function userWriter(
  database: SQLite.Database,
): (id: string | undefined, instance: Instance) => StoredInstance {
  const insert = database.prepare('INSERT INTO user (id, user_name, external_id, body) VALUES (?, ?, ?, ?)');
  const update = database.prepare('UPDATE user SET user_name = ?, external_id = ?, body = ? WHERE id = ?');
  const find = database.prepare<[string], string>('SELECT body FROM user WHERE id = ?').pluck();
  return (id, instance) => {
    const now = new Date().toISOString();
    const before = id === undefined ? undefined : find.get(id);
    const created = before === undefined ? now : (JSON.parse(before) as StoredInstance).meta.created;
    const stored: StoredInstance = {
      ...instance,
      id: id ?? randomUUID(),
      meta: { created, lastModified: now },
    };
    const userName = String(instance.userName).toLowerCase();
    const externalId = instance.externalId ?? null;
    const body = JSON.stringify(stored);
    if (id === undefined) insert.run(stored.id, userName, externalId, body);
    else if (update.run(userName, externalId, body, id).changes === 0) throw new Error(`no user ${id}`);
    return stored;
  };
}

/** Stores a new group, or a group anew: of its members only the rows that differ. */
export function groupWriter(
  database: SQLite.Database,
): (id: string | undefined, instance: Instance) => StoredInstance {
  const insert = database.prepare('INSERT INTO team (id, display_name, body) VALUES (?, ?, ?)');
  const update = database.prepare('UPDATE team SET display_name = ?, body = ? WHERE pk = ?');
  const find = database.prepare<[string], { pk: number; body: string }>(
    'SELECT pk, body FROM team WHERE id = ?',
  );
  const membersOf = database
    .prepare<[number | bigint], string>('SELECT member_id FROM membership WHERE team_pk = ?')
    .pluck();
  const add = database.prepare('INSERT OR IGNORE INTO membership (team_pk, member_id) VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM membership WHERE team_pk = ? AND member_id = ?');

  return database.transaction((id: string | undefined, { members = [], ...instance }: Instance) => {
    const now = new Date().toISOString();
    const before = id === undefined ? undefined : find.get(id);
    if (id !== undefined && !before) throw new Error(`no group ${id}`);
    const created = before ? (JSON.parse(before.body) as StoredInstance).meta.created : now;
    const stored: StoredInstance = {
      ...instance,
      id: id ?? randomUUID(),
      meta: { created, lastModified: now },
    };
    const displayName = String(instance.displayName).toLowerCase();
    const body = JSON.stringify(stored);
    if (before) update.run(displayName, body, before.pk);
    const pk = before?.pk ?? insert.run(stored.id, displayName, body).lastInsertRowid;
    const wanted = new Set((members as { value: string }[]).map(({ value }) => value));
    const known = new Set(membersOf.all(pk));
    for (const member of known) if (!wanted.has(member)) remove.run(pk, member);
    for (const member of wanted) if (!known.has(member)) add.run(pk, member);
    return { ...stored, members };
  });
}
