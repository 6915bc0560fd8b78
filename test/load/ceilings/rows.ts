import { randomUUID } from 'node:crypto';
import SQLite from 'better-sqlite3';
import { representation } from '../people.ts';

/** An answer of a ceiling: its body is text that needs no further work. */
export interface RawReply {
  status: number;
  text?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: a ceiling trusts its input
type Body = any;

/** What SCIM's operations come down to: one prepared statement or two, and JSON. */
export interface RawRows {
  get(id: string): RawReply;
  /** `filter`, `startIndex` and `count` as they stand in the query. */
  list(query: URLSearchParams): RawReply;
  create(body: Body): Promise<RawReply>;
  replace(id: string, body: Body): Promise<RawReply>;
  patch(id: string, body: Body): Promise<RawReply>;
  getGroup(id: string): RawReply;
  listGroups(query: URLSearchParams): RawReply;
  createGroup(body: Body): Promise<RawReply>;
  patchGroup(id: string, body: Body): Promise<RawReply>;
  close(): void;
}

/** Opens the file of a ceiling: WAL and `synchronous=FULL`, like Rollcall's identity.db. */
export function openRawDatabase(file: string): SQLite.Database {
  const database = new SQLite(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(`
    CREATE TABLE IF NOT EXISTS person (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, user_name TEXT NOT NULL UNIQUE,
      version INTEGER NOT NULL, body TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS team (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, display_name TEXT NOT NULL UNIQUE,
      version INTEGER NOT NULL, body TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS membership (team_pk INTEGER NOT NULL, member_id TEXT NOT NULL,
      PRIMARY KEY (team_pk, member_id)) WITHOUT ROWID;
  `);
  return database;
}

/** Inserts a user as {@link RawRows.create} does. */
export function rawInsert(
  database: SQLite.Database,
  base: string,
): (body: Body) => { id: string; text: string } {
  const insert = database.prepare('INSERT INTO person (id, user_name, version, body) VALUES (?, ?, 1, ?)');
  return (body) => {
    const id = randomUUID();
    const text = JSON.stringify(representation('User', id, body, base));
    insert.run(id, body.userName.toLowerCase(), text);
    return { id, text };
  };
}

/** The rows behind both ceilings. Writes that arrive in one turn of the event loop share a transaction. */
export function openRawRows(file: string, base: string): RawRows {
  const database = openRawDatabase(file);
  const body = (where: string) => `SELECT body FROM person WHERE ${where}`;
  const byId = database.prepare<[string], string>(body('id = ?')).pluck();
  const byUserName = database.prepare<[string], string>(body('user_name = ?')).pluck();
  const byPrefix = database
    .prepare<[string, string], string>(body('user_name >= ? AND user_name < ?'))
    .pluck();
  const byPart = database
    .prepare<[string], string>(body('pk IN (SELECT pk FROM person WHERE instr(user_name, ?) > 0)'))
    .pluck();
  // The number of rows comes from the narrowest index. Nothing is ever deleted here, so startIndex is the key.
  const total = database.prepare<[], number>('SELECT count(*) FROM person').pluck();
  const page = database.prepare<[number, number], string>(body('pk >= ? ORDER BY pk LIMIT ?')).pluck();
  const insert = rawInsert(database, base);
  const update = database.prepare(
    'UPDATE person SET body = ?, user_name = ?, version = version + 1 WHERE id = ?',
  );

  const teamById = database.prepare<[string], { pk: number; body: string }>(
    'SELECT pk, body FROM team WHERE id = ?',
  );
  const teamByName = database
    .prepare<[string], string>('SELECT body FROM team WHERE display_name = ?')
    .pluck();
  const insertTeam = database.prepare(
    'INSERT INTO team (id, display_name, version, body) VALUES (?, ?, 1, ?)',
  );
  const raiseTeam = database.prepare('UPDATE team SET version = version + 1 WHERE id = ?');
  const membersOf = database
    .prepare<[number], string>('SELECT member_id FROM membership WHERE team_pk = ?')
    .pluck();
  const addMember = database.prepare('INSERT OR IGNORE INTO membership (team_pk, member_id) VALUES (?, ?)');
  const removeMember = database.prepare('DELETE FROM membership WHERE team_pk = ? AND member_id = ?');

  const write = groupCommit(database);

  function change(id: string, work: (before: string) => Body): RawReply {
    const before = byId.get(id);
    if (before === undefined) return { status: 404, text: '{}' };
    const after = work(before);
    after.meta = { ...after.meta, lastModified: new Date().toISOString() };
    const text = JSON.stringify(after);
    update.run(text, after.userName.toLowerCase(), id);
    return { status: 200, text };
  }

  return {
    get: (id) => found(byId.get(id)),
    list(query) {
      const filter = readFilter(query.get('filter'));
      if (filter) {
        const { operator, value } = filter;
        const hits =
          operator === 'eq'
            ? byUserName.all(value)
            : operator === 'sw'
              ? byPrefix.all(value, `${value}\u{10ffff}`)
              : byPart.all(value);
        return listOf(hits, hits.length, 1);
      }
      const startIndex = Number(query.get('startIndex') ?? 1);
      return listOf(page.all(startIndex, Number(query.get('count') ?? 100)), total.get() ?? 0, startIndex);
    },
    create: (user) => write(() => ({ status: 201, text: insert(user).text })),
    replace: (id, user) =>
      write(() =>
        change(id, (before) => {
          const { groups, meta } = JSON.parse(before) as Body;
          return { ...user, id, groups, meta };
        }),
      ),
    patch: (id, { Operations: operations }) =>
      write(() =>
        change(id, (before) => {
          const user = JSON.parse(before) as Body;
          for (const { path, value } of operations) user[path] = value;
          return user;
        }),
      ),
    getGroup(id) {
      const row = teamById.get(id);
      if (!row) return found(undefined);
      const members = membersOf
        .all(row.pk)
        .map((value) => ({ value, $ref: `${base}/Users/${value}`, type: 'User' }));
      return found(JSON.stringify({ ...JSON.parse(row.body), members }));
    },
    listGroups(query) {
      const hits = teamByName.all(readFilter(query.get('filter'))?.value ?? '');
      return listOf(hits, hits.length, 1);
    },
    createGroup: ({ members = [], ...group }) =>
      write(() => {
        const id = randomUUID();
        const text = JSON.stringify(representation('Group', id, group, base));
        const { lastInsertRowid } = insertTeam.run(id, group.displayName.toLowerCase(), text);
        for (const { value } of members) addMember.run(lastInsertRowid, value);
        return { status: 201, text };
      }),
    patchGroup: (id, { Operations: operations }) =>
      write(() => {
        const { pk } = teamById.get(id) ?? {};
        if (pk === undefined) return { status: 404, text: '{}' };
        for (const { op, path, value } of operations) {
          if (op.toLowerCase() === 'remove') removeMember.run(pk, /"(.+)"/.exec(path)?.[1]);
          else for (const member of value) addMember.run(pk, member.value);
        }
        raiseTeam.run(id);
        return { status: 204 };
      }),
    close: () => database.close(),
  };
}

/** Queues work; each turn of the event loop commits what has gathered, and then answers it. */
function groupCommit(database: SQLite.Database): <T>(work: () => T) => Promise<T> {
  let queue: { run(): void; settle(): void }[] = [];
  const runAll = database.transaction((jobs: typeof queue) => {
    for (const { run } of jobs) run();
  }).immediate;
  const flush = () => {
    const jobs = queue;
    queue = [];
    runAll(jobs);
    for (const { settle } of jobs) settle();
  };
  return <T>(work: () => T) =>
    new Promise<T>((resolve) => {
      let result: T;
      if (queue.length === 0) setImmediate(flush);
      queue.push({
        run: () => {
          result = work();
        },
        settle: () => resolve(result),
      });
    });
}

function readFilter(filter: string | null): { operator: string; value: string } | undefined {
  const [, operator = '', value = ''] = /^\w+ (eq|sw|co) "(.*)"$/.exec(filter ?? '') ?? [];
  return operator === '' ? undefined : { operator, value: value.toLowerCase() };
}

function found(text: string | undefined): RawReply {
  return text === undefined ? { status: 404, text: '{}' } : { status: 200, text };
}

function listOf(texts: readonly string[], totalResults: number, startIndex: number): RawReply {
  return {
    status: 200,
    text: `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":${totalResults},"startIndex":${startIndex},"itemsPerPage":${texts.length},"Resources":[${texts.join(',')}]}`,
  };
}
