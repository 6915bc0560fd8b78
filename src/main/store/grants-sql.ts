import { GRANT_PRECEDENCE } from '../../shared/grant-precedence.ts';

const { manual, template } = GRANT_PRECEDENCE;

/** For whom a grant counts now; `m` is the member. */
export const IS_IN_FORCE = "m.state = 'active' AND m.cut_at IS NULL";

/** The team `t` or role `r` of a mapping `p`. */
export const TARGETS = 'LEFT JOIN team t ON t.id = p.team_id LEFT JOIN role r ON r.id = p.role_id';
const TARGETS_BY_HAND = 'LEFT JOIN team t ON t.id = mg.team_id LEFT JOIN role r ON r.id = mg.role_id';
const OF_MEMBERS = 'FROM json_each(@pks) one CROSS JOIN member m ON m.pk = one.value';
const AWAITS_APPROVAL = `p.needs_review + coalesce(r.sensitive, 0) > 0 AND NOT EXISTS (
        SELECT 1 FROM grant_approval a WHERE a.member_id = m.id AND a.target_id = coalesce(t.id, r.id))`;
/** Whether a mapping `p` gives its target to the member `m`. */
export const GIVES = `p.paused_at IS NULL AND coalesce(r.protected, 0) = 0 AND NOT (${AWAITS_APPROVAL})`;
const given = (origin: string, precedence: string | number) =>
  `SELECT m.pk, '${origin}', ${precedence}, t.id, t.name, t.sort_key, r.id, r.name, r.permissions`;

/**
 * What holds for some members, an origin a row: `pk, origin, precedence, team id, name, sort key, role id, name,
 * permissions`, with the parameter `@pks`, a JSON array of row numbers. Counts the same groups as GROUPS_OF_MEMBER.
 */
export const HELD_BY_MEMBERS = `
  ${given('mapping', 'p.precedence')} ${OF_MEMBERS}
      CROSS JOIN directory_membership dm ON dm.member_id = m.user_id
      CROSS JOIN directory_group g ON g.pk = dm.group_pk
      CROSS JOIN mapping p ON p.group_id = g.id ${TARGETS}
    WHERE ${GIVES}
      AND NOT EXISTS (SELECT 1 FROM unapplied_membership u WHERE u.group_id = g.id AND u.user_id = m.user_id)
  UNION ALL ${given('mapping', 'p.precedence')} ${OF_MEMBERS}
      CROSS JOIN unapplied_membership u ON u.user_id = m.user_id AND u.was = 1
      CROSS JOIN mapping p ON p.group_id = u.group_id ${TARGETS}
    WHERE ${GIVES}
  UNION ALL ${given('mapping', 'p.precedence')} ${OF_MEMBERS} AND m.retained_groups IS NOT NULL
      CROSS JOIN json_each(m.retained_groups) kept
      CROSS JOIN mapping p ON p.group_id = kept.value ${TARGETS}
    WHERE ${GIVES}
  UNION ALL ${given('mapping', 'p.precedence')} ${OF_MEMBERS} AND m.role_values IS NOT NULL
      CROSS JOIN json_each(m.role_values) v CROSS JOIN mapping p ON p.role_value_key = v.value ${TARGETS}
    WHERE ${GIVES}
  UNION ALL ${given('manual', manual)} ${OF_MEMBERS}
      CROSS JOIN manual_grant mg ON mg.member_id = m.id ${TARGETS_BY_HAND}
  UNION ALL ${given('template', template)} ${OF_MEMBERS} AND m.state <> 'deleted'
      CROSS JOIN role r ON r.id = m.role LEFT JOIN team t ON false`;

const ONE = 'FROM member m';
const mapped = (membership: string) => `SELECT p.id, 'mapping' AS origin, p.group_id AS groupId,
    (SELECT json_extract(g.attributes, '$.displayName') FROM directory_group g WHERE g.id = p.group_id) AS groupName,
    p.role_value AS roleValue, ${membership} AS membership, p.precedence, p.paused_at IS NOT NULL AS paused,
    t.id AS teamId, t.name AS teamName, r.id AS roleId, r.name AS roleName, coalesce(r.protected, 0) AS isForbidden,
    ${AWAITS_APPROVAL} AS awaitingApproval, p.created_by AS by, p.created_at AS at, NULL AS note`;

/** Every origin of every grant of one member, holding or not, with the parameter `@id`. */
export const ORIGINS_OF_MEMBER = `
  ${mapped("iif(u.was = 0, 'joining', 'directory')")} ${ONE}
      CROSS JOIN directory_membership dm ON dm.member_id = m.user_id
      CROSS JOIN directory_group g ON g.pk = dm.group_pk
      CROSS JOIN mapping p ON p.group_id = g.id ${TARGETS}
      LEFT JOIN unapplied_membership u ON u.group_id = g.id AND u.user_id = m.user_id
    WHERE m.id = @id
  UNION ALL ${mapped("'leaving'")} ${ONE}
      CROSS JOIN unapplied_membership u ON u.user_id = m.user_id AND u.was = 1
      CROSS JOIN mapping p ON p.group_id = u.group_id ${TARGETS}
    WHERE m.id = @id
  UNION ALL ${mapped("'recall'")} ${ONE}
      CROSS JOIN json_each(m.retained_groups) kept
      CROSS JOIN mapping p ON p.group_id = kept.value ${TARGETS}
    WHERE m.id = @id
  UNION ALL ${mapped('NULL')} ${ONE}
      CROSS JOIN json_each(m.role_values) v CROSS JOIN mapping p ON p.role_value_key = v.value ${TARGETS}
    WHERE m.id = @id
  UNION ALL SELECT mg.id, 'manual', NULL, NULL, NULL, NULL, ${manual}, 0, t.id, t.name, r.id, r.name, 0, 0,
      mg.granted_by, mg.granted_at, mg.note
    FROM manual_grant mg ${TARGETS_BY_HAND} WHERE mg.member_id = @id
  UNION ALL SELECT NULL, 'template', NULL, NULL, NULL, NULL, ${template}, 0, NULL, NULL, r.id, r.name, 0, 0,
      NULL, m.created_at, NULL
    FROM member m CROSS JOIN role r ON r.id = m.role WHERE m.id = @id AND m.state <> 'deleted'`;

/**
 * Which sources give a team or role: `@rules`, a JSON array of `[group id, folded value of roles, needs approval]`. From
 * a parameter, not from the table, so that what a change would do is asked for in the same way.
 */
const RULES = `rule (group_id, role_value, is_reviewed) AS MATERIALIZED (
    SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(%))`;
const APPROVED = `(rule.is_reviewed = 0
      OR EXISTS (SELECT 1 FROM grant_approval a WHERE a.member_id = m.id AND a.target_id = @id))`;

/** What is asked of the people `m`: their row numbers, unless told otherwise. */
export interface Asked {
  columns?: string;
  /** A further condition. */
  where?: string;
}

/** To whom the rules give the target `@id`, once for each way. @param rules the name of the parameter that holds them. */
export function givenByRules(rules: string, { columns = 'm.pk', where = 'true' }: Asked = {}): string {
  return `WITH ${RULES.replace('%', rules)}
  SELECT ${columns} FROM rule CROSS JOIN directory_group g ON g.id = rule.group_id
      CROSS JOIN directory_membership dm ON dm.group_pk = g.pk
      CROSS JOIN member m ON m.user_id = dm.member_id
    WHERE ${APPROVED} AND ${where}
      AND NOT EXISTS (SELECT 1 FROM unapplied_membership u WHERE u.group_id = g.id AND u.user_id = dm.member_id)
  UNION ALL SELECT ${columns} FROM rule CROSS JOIN unapplied_membership u ON u.group_id = rule.group_id AND u.was = 1
      CROSS JOIN member m ON m.user_id = u.user_id
    WHERE ${APPROVED} AND ${where}
  UNION ALL SELECT ${columns} FROM member m CROSS JOIN json_each(m.retained_groups) kept
      CROSS JOIN rule ON rule.group_id = kept.value
    WHERE m.retained_groups IS NOT NULL AND ${APPROVED} AND ${where}
  UNION ALL SELECT ${columns} FROM rule CROSS JOIN member m ON m.role_values IS NOT NULL
      AND instr(m.role_values, json_quote(rule.role_value)) > 0
      AND EXISTS (SELECT 1 FROM json_each(m.role_values) v WHERE v.value = rule.role_value)
    WHERE rule.role_value IS NOT NULL AND ${APPROVED} AND ${where}`;
}

/** Who has the target `@id` by hand, or as the template that they came with. */
export function givenHere({ columns = 'm.pk', where = 'true' }: Asked = {}): string {
  return `
  SELECT ${columns} FROM manual_grant mg CROSS JOIN member m ON m.id = mg.member_id
    WHERE mg.team_id = @id AND ${where}
  UNION ALL SELECT ${columns} FROM manual_grant mg CROSS JOIN member m ON m.id = mg.member_id
    WHERE mg.role_id = @id AND ${where}
  UNION ALL SELECT ${columns} FROM member m WHERE m.role = @id AND @kind = 'role' AND m.state <> 'deleted' AND ${where}`;
}

/**
 * Everybody who holds the target `@id` of kind `@kind` by these rules or here; once for each way, as leaving out
 * repetitions here costs more than counting distinct rows, or `IN`.
 */
export function holdersOf(asked: Asked = {}): string {
  return `SELECT * FROM (${givenByRules('@rules', asked)}) UNION ALL SELECT * FROM (${givenHere(asked)})`;
}
