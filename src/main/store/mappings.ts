import type { AffectedPerson, Mapping } from '../../shared/contract/grants.ts';
import type { GrantRule, MappingStore } from '../access/grants-mapping-store.ts';
import { foldCase } from '../scim/fold-case.ts';
import type { Database } from './database.ts';
import { givenByRules, givenHere, IS_IN_FORCE } from './grants-sql.ts';
import { createMappingRules } from './mapping-rules.ts';

type MappingRow = Omit<Mapping, 'group' | 'target' | 'needsReview' | 'sensitiveTarget' | 'forbidden'> & {
  groupId: string | null;
  groupName: string | null;
  members: number;
  teamId: string | null;
  roleId: string | null;
  targetName: string;
  needsReview: 0 | 1;
  sensitiveTarget: 0 | 1;
  forbidden: 0 | 1;
};
type AffectedRow = Omit<AffectedPerson, 'effective'> & { effective: 0 | 1 };

const MAPPING = `p.id, p.group_id AS groupId, json_extract(g.attributes, '$.displayName') AS groupName,
  (SELECT count(*) FROM directory_membership dm WHERE dm.group_pk = g.pk) AS members, p.role_value AS roleValue,
  p.team_id AS teamId, p.role_id AS roleId, coalesce(t.name, r.name) AS targetName, p.precedence,
  p.needs_review AS needsReview, coalesce(r.sensitive, 0) AS sensitiveTarget, coalesce(r.protected, 0) AS forbidden,
  p.paused_at AS pausedAt, p.paused_by AS pausedBy, p.created_at AS createdAt, p.created_by AS createdBy, p.version
  FROM mapping p LEFT JOIN directory_group g ON g.id = p.group_id LEFT JOIN team t ON t.id = p.team_id
    LEFT JOIN role r ON r.id = p.role_id`;

/** Mappings on SQLite. */
export function createMappingStore(database: Database): MappingStore {
  const rules = createMappingRules(database);
  const byId = database.prepare<[string], MappingRow>(`SELECT ${MAPPING} WHERE p.id = ?`);
  const insert = database.prepare(
    `INSERT INTO mapping (id, group_id, role_value, role_value_key, team_id, role_id, precedence, needs_review,
       created_at, created_by)
     VALUES (@id, @groupId, @roleValue, @roleValueKey, @teamId, @roleId, @precedence, @needsReview, @time, @by)`,
  );
  const update = database.prepare(
    `UPDATE mapping SET precedence = @precedence, needs_review = @needsReview, paused_at = @pausedAt,
       paused_by = @pausedBy, version = version + 1 WHERE id = @id`,
  );
  const remove = database.prepare('DELETE FROM mapping WHERE id = ?');
  const existing = database.prepare<[object], { id: string }>(
    `SELECT id FROM mapping WHERE group_id IS @groupId AND role_value_key IS @key
       AND coalesce(team_id, role_id) = @targetId`,
  );
  const GROUPS = "FROM directory_group g WHERE @text = '' OR instr(g.display_name_key, @text) > 0";
  const groupCount = database.prepare<[object], number>(`SELECT count(*) ${GROUPS}`).pluck();
  const groups = database.prepare<[object], { id: string; name: string; members: number }>(
    `SELECT g.id, json_extract(g.attributes, '$.displayName') AS name,
       (SELECT count(*) FROM directory_membership dm WHERE dm.group_pk = g.pk) AS members
     ${GROUPS} ORDER BY g.display_name_key LIMIT @limit OFFSET @offset`,
  );
  const group = database.prepare<[string], { id: string; name: string }>(
    "SELECT id, json_extract(attributes, '$.displayName') AS name FROM directory_group WHERE id = ?",
  );
  const gained = `${givenByRules('@added')} EXCEPT SELECT * FROM (${givenByRules('@before')})
    EXCEPT SELECT * FROM (${givenHere()})`;
  const lost = `${givenByRules('@removed')} EXCEPT SELECT * FROM (${givenByRules('@after')})
    EXCEPT SELECT * FROM (${givenHere()})`;
  const AFFECTED = `FROM (SELECT pk, 'gains' AS change FROM (${gained}) UNION ALL SELECT pk, 'loses' FROM (${lost})) one
    CROSS JOIN member m ON m.pk = one.pk WHERE m.state <> 'deleted'`;
  const affectedCounts = database.prepare<[object], { gains: number; losses: number; inert: number }>(
    `SELECT coalesce(sum(${IS_IN_FORCE} AND one.change = 'gains'), 0) AS gains,
       coalesce(sum(${IS_IN_FORCE} AND one.change = 'loses'), 0) AS losses,
       coalesce(sum(NOT (${IS_IN_FORCE})), 0) AS inert ${AFFECTED}`,
  );
  const MATCHING = "(@text = '' OR instr(m.search_key, @text) > 0)";
  const affectedTotal = database
    .prepare<[object], number>(`SELECT count(*) ${AFFECTED} AND ${MATCHING}`)
    .pluck();
  const affectedPage = database.prepare<[object], AffectedRow>(
    `SELECT m.id, m.display_name AS displayName, m.user_name AS userName, m.state, one.change,
       ${IS_IN_FORCE} AS effective
     ${AFFECTED} AND ${MATCHING} ORDER BY m.sort_key, m.pk LIMIT @limit OFFSET @offset`,
  );
  const rolesPermitting = database
    .prepare<[string, string], string>(
      'SELECT r.id FROM role r, json_each(r.permissions) p WHERE p.value = ? AND r.id <> ?',
    )
    .pluck();
  const holdersInForce = (kind: 'team' | 'role', id: string): string =>
    `SELECT * FROM (${givenByRules('@rules', { where: IS_IN_FORCE })})
     UNION ALL SELECT * FROM (${givenHere({ where: IS_IN_FORCE })})`
      .replaceAll('@kind', `'${kind}'`)
      .replaceAll('@id', id);

  return {
    list({ search, target, offset, limit }) {
      const text = foldCase(search?.trim() ?? '');
      const conditions = ['true'];
      if (target) conditions.push('coalesce(p.team_id, p.role_id) = @targetId');
      if (text !== '') {
        conditions.push(`(instr(coalesce(g.display_name_key, p.role_value_key, ''), @text) > 0
          OR instr(coalesce(t.sort_key, fold_case(r.name)), @text) > 0)`);
      }
      const from = MAPPING.slice(MAPPING.indexOf('FROM mapping'));
      const where = `WHERE ${conditions.join(' AND ')}`;
      const asked = { text, targetId: target?.id ?? '', offset, limit };
      const total = database.prepare<[object], number>(`SELECT count(*) ${from} ${where}`).pluck();
      const items = database.prepare<[object], MappingRow>(
        `SELECT ${MAPPING} ${where}
         ORDER BY p.role_id IS NULL, coalesce(t.sort_key, fold_case(r.name)), p.precedence, p.pk
         LIMIT @limit OFFSET @offset`,
      );
      return { total: total.get(asked) ?? 0, items: items.all(asked).map(toMapping) };
    },
    get(id) {
      const row = byId.get(id);
      return row && toMapping(row);
    },
    insert: ({ target, needsReview, ...mapping }) => {
      insert.run({
        ...mapping,
        ...columns(target),
        roleValueKey: mapping.roleValue === null ? null : foldCase(mapping.roleValue),
        needsReview: Number(needsReview),
      });
    },
    update: (id, { needsReview, ...change }) => {
      update.run({ id, ...change, needsReview: Number(needsReview) });
    },
    remove: (id) => {
      remove.run(id);
    },
    existing: (source, { id: targetId }) =>
      existing.get(
        'groupId' in source
          ? { groupId: source.groupId, key: null, targetId }
          : { groupId: null, key: foldCase(source.roleValue), targetId },
      ),
    groups({ search, offset, limit }) {
      const asked = { text: foldCase(search?.trim() ?? ''), offset, limit };
      return { total: groupCount.get(asked) ?? 0, items: groups.all(asked) };
    },
    group: (id) => group.get(id),
    rules,
    keyOf: foldCase,
    affected({ kind, id }, { before, after }, { search, offset, limit }) {
      const text = foldCase(search?.trim() ?? '');
      const asked = {
        kind,
        id,
        text,
        offset,
        limit,
        before: JSON.stringify(before),
        after: JSON.stringify(after),
        added: JSON.stringify(without(after, before)),
        removed: JSON.stringify(without(before, after)),
      };
      const counts = affectedCounts.get(asked) ?? { gains: 0, losses: 0, inert: 0 };
      return {
        ...counts,
        total: affectedTotal.get(asked) ?? 0,
        items: affectedPage.all(asked).map((row) => ({ ...row, effective: row.effective === 1 })),
      };
    },
    onlyBy(roleId, permission) {
      const others = rolesPermitting.all(permission, roleId);
      const parameters: Record<string, string> = {};
      const sets = [roleId, ...others].map((id, index) => {
        parameters[`id${index}`] = id;
        parameters[`rules${index}`] = JSON.stringify(rules({ kind: 'role', id }));
        return `SELECT * FROM (${holdersInForce('role', `@id${index}`).replaceAll('@rules', `@rules${index}`)})`;
      });
      const count = database.prepare<[object], number>(
        `SELECT count(DISTINCT pk) FROM (${sets.join(' EXCEPT ')})`,
      );
      return count.pluck().get(parameters) ?? 0;
    },
  };
}

function columns({ kind, id }: { kind: 'team' | 'role'; id: string }) {
  return { teamId: kind === 'team' ? id : null, roleId: kind === 'role' ? id : null };
}

function without(rules: readonly GrantRule[], others: readonly GrantRule[]): GrantRule[] {
  const known = new Set(others.map((rule) => JSON.stringify(rule)));
  return rules.filter((rule) => !known.has(JSON.stringify(rule)));
}

function toMapping(row: MappingRow): Mapping {
  const { groupId, groupName, members, teamId, roleId, targetName, ...mapping } = row;
  return {
    ...mapping,
    group: groupId === null ? null : { id: groupId, name: groupName, members },
    target: { kind: teamId === null ? 'role' : 'team', id: teamId ?? roleId ?? '', name: targetName },
    needsReview: row.needsReview === 1,
    sensitiveTarget: row.sensitiveTarget === 1,
    forbidden: row.forbidden === 1,
  };
}
