import type { Noted, NotedFilter, NotedKind, ObserveStore } from '../access/observe-store.ts';
import { foldCase } from '../scim/fold-case.ts';
import type { Database } from './database.ts';

const NAMED = `LEFT JOIN member m ON n.kind = 'user' AND m.user_id = n.id
  LEFT JOIN directory_user du ON n.kind = 'user' AND du.id = n.id
  LEFT JOIN directory_group dg ON n.kind = 'group' AND dg.id = n.id
  LEFT JOIN team t ON n.kind = 'group' AND t.group_id = n.id`;

const COLUMNS = `n.kind, n.id, n.since, m.cut_at AS cutAt, coalesce(du.attributes ->> '$.displayName',
  nullif(m.display_name, ''), du.name, m.user_name, dg.name, t.name, n.id) AS name`;

/** What observe mode noted, on SQLite. The memberships beside it are noted by triggers (migration 0005). */
export function createObserveStore(database: Database): ObserveStore {
  const note = database.prepare('INSERT OR IGNORE INTO unapplied (kind, id, since) VALUES (?, ?, ?)');
  const forget = database.prepare('DELETE FROM unapplied WHERE kind = ? AND id = ?');
  const any = database.prepare<[], 1>('SELECT 1 FROM unapplied LIMIT 1').pluck();
  // "user" comes after "group" in the alphabet, and before it here.
  const next = database.prepare<[string, string, number], { kind: NotedKind; id: string }>(
    'SELECT kind, id FROM unapplied WHERE kind = ? AND id > ? ORDER BY id LIMIT ?',
  );
  const count = database.prepare<[string], number>('SELECT count(*) FROM unapplied WHERE kind = ?').pluck();
  const cut = database.prepare<[], number>('SELECT count(*) FROM member WHERE cut_at IS NOT NULL').pluck();
  // The rows before the page are passed over without looking up their names.
  const unfiltered = database.prepare<[number, number], Noted>(
    `SELECT ${COLUMNS} FROM (SELECT kind, id, since FROM unapplied ORDER BY kind DESC, id LIMIT ? OFFSET ?) n ${NAMED}
     ORDER BY n.kind DESC, n.id`,
  );
  const names = database
    .prepare<[string], string>(
      `SELECT coalesce(du.attributes ->> '$.displayName', nullif(m.display_name, ''), du.name, m.user_name)
       FROM json_each(?) j LEFT JOIN directory_user du ON du.id = j.value LEFT JOIN member m ON m.user_id = j.value
       WHERE du.id IS NOT NULL OR m.id IS NOT NULL ORDER BY 1`,
    )
    .pluck();

  const counts = () => ({
    users: count.get('user') ?? 0,
    groups: count.get('group') ?? 0,
    cut: cut.get() ?? 0,
  });

  return {
    note: (kind, id, time) => {
      note.run(kind, id, time);
    },
    forget: (kind, id) => {
      forget.run(kind, id);
    },
    isAny: () => any.get() !== undefined,
    next(after, limit) {
      const users = after?.kind === 'group' ? [] : next.all('user', after?.id ?? '', limit);
      const groups = next.all('group', after?.kind === 'group' ? after.id : '', limit - users.length);
      return [...users, ...groups];
    },
    counts,
    page(filter, offset, limit) {
      const { where, parameters } = conditionOf(filter);
      if (where === '') {
        const { users, groups } = counts();
        return { items: unfiltered.all(limit, offset), total: users + groups };
      }
      const from = `FROM unapplied n ${NAMED} WHERE ${where}`;
      return {
        items: database
          .prepare<unknown[], Noted>(`SELECT ${COLUMNS} ${from} ORDER BY n.kind DESC, n.id LIMIT ? OFFSET ?`)
          .all(...parameters, limit, offset),
        total: database
          .prepare<unknown[], number>(`SELECT count(*) ${from}`)
          .pluck()
          .get(...parameters) as number,
      };
    },
    names: (userIds) => names.all(JSON.stringify(userIds)).filter((name) => name !== null),
  };
}

function conditionOf({ search, kind, cutOnly }: NotedFilter): { where: string; parameters: string[] } {
  const conditions: string[] = [];
  const parameters: string[] = [];
  if (kind !== undefined) {
    conditions.push('n.kind = ?');
    parameters.push(kind);
  }
  if (cutOnly) conditions.push('m.cut_at IS NOT NULL');
  if (search !== undefined && search.trim() !== '') {
    // Somebody new has no member yet, and somebody deleted has no user any more.
    conditions.push(
      `instr(concat_ws(char(10), m.search_key, du.user_name_key, du.display_name_key, dg.display_name_key, t.sort_key), ?) > 0`,
    );
    parameters.push(foldCase(search.trim()));
  }
  return { where: conditions.join(' AND '), parameters };
}
