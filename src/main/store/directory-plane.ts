import { isDeepStrictEqual } from 'node:util';
import type { DirectoryStore, MembershipStore } from '../directory/store.ts';
import { foldCase } from '../scim/fold-case.ts';
import { isJsonObject, type JsonValue } from '../scim/json.ts';
import type { Member } from '../scim/patch/membership.ts';
import type { Attributes } from '../scim/resource.ts';
import type { Database } from './database.ts';
import type { Trigram } from './filter-sql.ts';
import { createResourceStore } from './resource-table.ts';

/**
 * The directory plane on SQLite.
 * @param beforeCommit puts work off to the end of the transaction; without it, it is done at once.
 */
export function createDirectoryStore(
  database: Database,
  beforeCommit: (work: () => void) => void = (work) => work(),
): DirectoryStore {
  const forgetValues = database.prepare('DELETE FROM directory_user_value WHERE user_pk = ?');
  const addValue = database.prepare(
    'INSERT OR IGNORE INTO directory_user_value (path, value_key, user_pk) VALUES (?, ?, ?)',
  );
  const addText = database.prepare(
    'INSERT INTO directory_user_text (rowid, user_name, display_name, emails) VALUES (?, ?, ?, ?)',
  );
  const forgetText = database.prepare('DELETE FROM directory_user_text WHERE rowid = ?');

  return {
    users: createResourceStore(database, {
      table: 'directory_user',
      uniqueColumn: 'user_name_key',
      nameOf: (attributes) => text(attributes.userName) ?? '',
      uniqueKey: (attributes) => foldedText(attributes.userName) ?? '',
      columns: (attributes) => ({
        external_id: text(attributes.externalId),
        display_name_key: foldedText(attributes.displayName),
        active: typeof attributes.active === 'boolean' ? Number(attributes.active) : null,
      }),
      lookups: {
        id: { kind: 'text', column: 'id', folded: false },
        userName: { kind: 'text', column: 'user_name_key', folded: true, trigram: trigram('user_name') },
        externalId: { kind: 'text', column: 'external_id', folded: false },
        displayName: {
          kind: 'text',
          column: 'display_name_key',
          folded: true,
          trigram: trigram('display_name'),
        },
        active: { kind: 'boolean', column: 'active' },
        'meta.created': { kind: 'instant', column: 'created' },
        'meta.lastModified': { kind: 'instant', column: 'last_modified' },
        'emails.value': {
          kind: 'rows',
          query: "pk IN (SELECT user_pk FROM directory_user_value WHERE path = 'emails.value' AND",
          column: 'value_key',
          folded: true,
          trigram: trigram('emails'),
        },
        'groups.value': {
          kind: 'rows',
          query: `id IN (SELECT m.member_id FROM directory_membership m
            JOIN directory_group g ON g.pk = m.group_pk WHERE`,
          column: 'g.id',
          folded: false,
        },
      },
      sortColumns: {
        id: 'id',
        userName: 'user_name_key',
        externalId: 'external_id',
        displayName: 'display_name_key',
        'meta.lastModified': 'last_modified',
      },
      written(pk, before, after) {
        const emails = foldedEmails(after);
        const known = before && foldedEmails(before);
        if (!known || !isDeepStrictEqual(known, emails)) {
          if (known && known.length > 0) forgetValues.run(pk);
          for (const value of emails) addValue.run('emails.value', value, pk);
        }
        const text = searchText(after, emails);
        if (known && before && isDeepStrictEqual(searchText(before, known), text)) return;
        // The trigram index writes itself out at the end of every savepoint: once a batch is enough.
        beforeCommit(() => {
          if (before) forgetText.run(pk);
          addText.run(pk, ...text);
        });
      },
      removed: (pk) => beforeCommit(() => forgetText.run(pk)),
    }),

    groups: createResourceStore(database, {
      table: 'directory_group',
      uniqueColumn: 'display_name_key',
      nameOf: (attributes) => text(attributes.displayName) ?? '',
      uniqueKey: (attributes) => foldedText(attributes.displayName) ?? '',
      columns: (attributes) => ({ external_id: text(attributes.externalId) }),
      lookups: {
        id: { kind: 'text', column: 'id', folded: false },
        displayName: { kind: 'text', column: 'display_name_key', folded: true },
        externalId: { kind: 'text', column: 'external_id', folded: false },
        'meta.created': { kind: 'instant', column: 'created' },
        'meta.lastModified': { kind: 'instant', column: 'last_modified' },
        'members.value': {
          kind: 'rows',
          query: 'pk IN (SELECT group_pk FROM directory_membership WHERE',
          column: 'member_id',
          folded: false,
        },
      },
      sortColumns: { id: 'id', displayName: 'display_name_key', externalId: 'external_id' },
    }),

    membership: createMembershipStore(database),
  };
}

/** A column of the trigram index of users. */
function trigram(column: string): Trigram {
  return { table: 'directory_user_text', column };
}

function foldedEmails(attributes: Attributes): string[] {
  return [...new Set(values(attributes, 'emails').map(foldCase))];
}

/** What the trigram index holds of a user. */
function searchText(attributes: Attributes, emails: readonly string[]): [string, string, string] {
  return [foldedText(attributes.userName) ?? '', foldedText(attributes.displayName) ?? '', emails.join('\n')];
}

function createMembershipStore(database: Database): MembershipStore {
  const groupPk = database.prepare<[string], number>('SELECT pk FROM directory_group WHERE id = ?').pluck();
  const all = database.prepare<[string], { value: string; type: string | null; display: string | null }>(
    `SELECT m.member_id AS value, m.type, m.display FROM directory_membership m
     JOIN directory_group g ON g.pk = m.group_pk WHERE g.id = ? ORDER BY m.member_id`,
  );
  const insert = database.prepare(
    'INSERT OR IGNORE INTO directory_membership (group_pk, member_id, type, display) VALUES (?, ?, ?, ?)',
  );
  // What is said of the type of somebody we know changes nothing: we know better.
  const update = database.prepare(
    `UPDATE directory_membership SET type = @type, display = @display
     WHERE group_pk = @pk AND member_id = @value AND (display IS NOT @display OR (type IS NOT @type
       AND NOT EXISTS (SELECT 1 FROM directory_user WHERE id = @value)
       AND NOT EXISTS (SELECT 1 FROM directory_group WHERE id = @value)))`,
  );
  const typed = database.prepare<[string], { value: string; type: string; display: string | null }>(
    `SELECT m.member_id AS value, m.display, CASE
       WHEN EXISTS (SELECT 1 FROM directory_user u WHERE u.id = m.member_id) THEN 'User'
       WHEN EXISTS (SELECT 1 FROM directory_group d WHERE d.id = m.member_id) THEN 'Group'
       ELSE coalesce(m.type, 'User') END AS type
     FROM directory_membership m JOIN directory_group g ON g.pk = m.group_pk WHERE g.id = ? ORDER BY m.member_id`,
  );
  const remove = database.prepare('DELETE FROM directory_membership WHERE group_pk = ? AND member_id = ?');
  const groupsOf = database.prepare<[string], { id: string; displayName: string }>(
    `SELECT g.id, g.name AS displayName FROM directory_membership m
     JOIN directory_group g ON g.pk = m.group_pk WHERE m.member_id = ? ORDER BY m.group_pk`,
  );
  const groupsOfAll = database
    .prepare<[string], [memberId: string, id: string, displayName: string]>(
      `SELECT m.member_id, g.id, g.name FROM json_each(?) wanted
       CROSS JOIN directory_membership m ON m.member_id = wanted.value
       CROSS JOIN directory_group g ON g.pk = m.group_pk ORDER BY wanted.key, g.pk`,
    )
    .raw();
  const upTo = database
    .prepare<[string, number], number>(
      `SELECT count(*) FROM (SELECT 1 FROM directory_membership m JOIN directory_group g ON g.pk = m.group_pk
       WHERE g.id = ? LIMIT ?)`,
    )
    .pluck();
  const typeOf = database
    .prepare<[string, string], 'User' | 'Group'>(
      `SELECT 'User' FROM directory_user WHERE id = ? UNION ALL SELECT 'Group' FROM directory_group WHERE id = ?`,
    )
    .pluck();

  const pkOf = (groupId: string): number => {
    const pk = groupPk.get(groupId);
    if (pk === undefined) throw new Error(`no directory group ${groupId}`);
    return pk;
  };
  const addTo = (pk: number, members: readonly Member[]) =>
    members.reduce(
      (count, { value, type, display }) =>
        count + insert.run(pk, value, type ?? null, display ?? null).changes,
      0,
    );

  return {
    members: (groupId) =>
      all.all(groupId).map(({ value, type, display }) => ({
        value,
        ...(display !== null && { display }),
        ...(type !== null && { type }),
      })),
    typedMembers: (groupId) =>
      typed
        .all(groupId)
        .map(({ value, type, display }) => ({ value, ...(display !== null && { display }), type })),
    add: (groupId, members) => addTo(pkOf(groupId), members) > 0,
    remove(groupId, memberIds) {
      const pk = pkOf(groupId);
      return memberIds.reduce((count, id) => count + remove.run(pk, id).changes, 0) > 0;
    },
    replace(groupId, members) {
      const pk = pkOf(groupId);
      const wanted = new Map(members.map((member) => [member.value, member]));
      let changes = 0;
      for (const { value } of all.all(groupId)) {
        if (!wanted.has(value)) changes += remove.run(pk, value).changes;
      }
      for (const { value, type, display } of wanted.values()) {
        changes += insert.run(pk, value, type ?? null, display ?? null).changes;
        changes += update.run({ pk, value, type: type ?? null, display: display ?? null }).changes;
      }
      return changes > 0;
    },
    hasMoreThan: (groupId, count) => (upTo.get(groupId, count + 1) ?? 0) > count,
    groupsOf: (memberId) => groupsOf.all(memberId),
    groupsOfAll(memberIds) {
      const [only] = memberIds;
      if (only === undefined) return new Map();
      if (memberIds.length === 1) {
        const own = groupsOf.all(only);
        return new Map(own.length === 0 ? [] : [[only, own]]);
      }
      const groups = new Map<string, { id: string; displayName: string }[]>();
      for (const [memberId, id, displayName] of groupsOfAll.all(JSON.stringify(memberIds))) {
        const known = groups.get(memberId);
        if (known) known.push({ id, displayName });
        else groups.set(memberId, [{ id, displayName }]);
      }
      return groups;
    },
    typeOf: (id) => typeOf.get(id, id),
  };
}

function text(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function foldedText(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? foldCase(value) : null;
}

/** The `value` of each element of a multi-valued attribute. */
function values(attributes: Attributes, name: string): string[] {
  const list = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  if (!Array.isArray(list)) return [];
  return list.flatMap((element) =>
    isJsonObject(element) && typeof element.value === 'string' ? [element.value] : [],
  );
}
