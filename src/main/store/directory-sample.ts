import type { DirectorySample } from '../mapping/mapping.ts';
import type { Attributes } from '../scim/resource.ts';
import type { Database } from './database.ts';

/** Stored users as the attribute mapping looks at them. */
export function createDirectorySample(database: Database): DirectorySample {
  const latest = database
    .prepare<[number], string>('SELECT attributes FROM directory_user ORDER BY last_modified DESC LIMIT ?')
    .pluck();
  const after = database.prepare<[number, number], { pk: number; id: string; attributes: string }>(
    'SELECT pk, id, attributes FROM directory_user WHERE pk > ? ORDER BY pk LIMIT ?',
  );
  const groups = database.prepare<[number, number], { pk: number; id: string }>(
    'SELECT pk, id FROM directory_group WHERE pk > ? ORDER BY pk LIMIT ?',
  );
  const count = database
    .prepare<[], number>('SELECT coalesce(sum(n), 0) FROM directory_user_count WHERE level = 1')
    .pluck();
  const memberOf = database.prepare<[string], string>('SELECT id FROM member WHERE user_id = ?').pluck();
  return {
    latest: (limit) => latest.all(limit).map((text) => JSON.parse(text) as Attributes),
    usersAfter: (pk, limit) =>
      after.all(pk, limit).map((row) => ({ ...row, attributes: JSON.parse(row.attributes) as Attributes })),
    groupsAfter: (pk, limit) => groups.all(pk, limit),
    memberOf: (userId) => memberOf.get(userId) ?? null,
    users: () => count.get() ?? 0,
  };
}
