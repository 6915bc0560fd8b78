import type { ReviewBatch, ReviewItem, ReviewRule } from '../../shared/contract/review.ts';
import type { DecisionRow, QueueFilter, ReviewStore } from '../access/review-store.ts';
import type { Footprint } from '../access/undoing.ts';
import { foldCase } from '../scim/fold-case.ts';
import type { Database } from './database.ts';
import { createGrantsStore } from './grants.ts';
import { WAITING_GRANTS } from './waiting-grants.ts';

type PersonRow = Pick<
  ReviewItem,
  | 'memberId'
  | 'displayName'
  | 'userName'
  | 'email'
  | 'reason'
  | 'since'
  | 'title'
  | 'department'
  | 'openConflicts'
>;
interface GrantRow extends PersonRow {
  targetId: string;
  targetName: string;
  isTeam: 0 | 1;
  sensitive: 0 | 1;
  source: string;
}
type BatchRow = Omit<ReviewBatch, 'names'>;

const PEOPLE_RULES: readonly ReviewRule[] = ['policy', 'domain', 'conflict'];
const DOMAINS_SHOWN = 50;
const NAMES_SHOWN = 3;

const CONTESTED = "EXISTS (SELECT 1 FROM conflict c WHERE c.member_id = m.id AND c.state = 'open')";
const RULES: Partial<Record<ReviewRule, string>> = {
  conflict: CONTESTED,
  domain: `m.reason = @foreign AND NOT ${CONTESTED}`,
  policy: `m.reason <> @foreign AND NOT ${CONTESTED}`,
  'sensitive-role': 'w.sensitive = 1',
  group: 'w.sensitive = 0',
};
const DOMAIN = "substr(m.email_key, instr(m.email_key, '@') + 1)";
const FACTS = `m.id AS memberId, m.display_name AS displayName, m.user_name AS userName, m.email, m.reason, m.since,
  e.title, e.department,
  (SELECT count(*) FROM conflict c WHERE c.member_id = m.id AND c.state = 'open') AS openConflicts`;
const EMPLOYEE = 'LEFT JOIN employee e ON e.member_id = m.id';

/** The review queue on SQLite. @param foreign the reason of those who wait because of their e-mail's domain */
export function createReviewStore(database: Database, foreign: string): ReviewStore {
  const grants = createGrantsStore(database);
  const protectedRoles = database.prepare<[], string>('SELECT id FROM role WHERE protected = 1').pluck();

  /** Which people match; null where the filter is about grants alone. */
  function peopleWhere({ rule, ...filter }: QueueFilter) {
    if (rule !== undefined && !PEOPLE_RULES.includes(rule)) return null;
    return conditions("m.state = 'pending'", rule, filter);
  }
  function grantsWhere({ rule, ...filter }: QueueFilter) {
    if (rule !== undefined && PEOPLE_RULES.includes(rule)) return null;
    return conditions('true', rule, filter);
  }
  function conditions(first: string, rule: ReviewRule | undefined, { domain, search }: QueueFilter) {
    const where = [first];
    const parameters: Record<string, string> = {};
    const ruleCondition = rule === undefined ? undefined : RULES[rule];
    if (ruleCondition !== undefined) where.push(ruleCondition);
    if (ruleCondition?.includes('@foreign')) parameters.foreign = foreign;
    if (domain !== undefined && domain !== '') {
      where.push(`${DOMAIN} = @domain`);
      parameters.domain = foldCase(domain);
    }
    if (search !== undefined && search.trim() !== '') {
      where.push('instr(m.search_key, @search) > 0');
      parameters.search = foldCase(search.trim());
    }
    return { where: where.join(' AND '), parameters };
  }
  function number(sql: string, parameters: object): number {
    return database.prepare<[object], number>(sql).pluck().get(parameters) ?? 0;
  }
  function countPeople(filter: QueueFilter): number {
    const found = peopleWhere(filter);
    return found ? number(`SELECT count(*) FROM member m WHERE ${found.where}`, found.parameters) : 0;
  }
  function countGrants(filter: QueueFilter): number {
    const found = grantsWhere(filter);
    if (!found) return 0;
    const sql = `${WAITING_GRANTS} SELECT count(*) FROM waiting w CROSS JOIN member m ON m.pk = w.member_pk WHERE ${found.where}`;
    return number(sql, found.parameters);
  }

  const footprint = database.prepare<[string], Footprint>(
    `SELECT coalesce(nullif(m.display_name, ''), m.user_name) AS name, m.state, m.suspended_from AS suspendedFrom, m.cause,
       m.reason, m.since, m.recalled, m.review, m.deactivate_at AS deactivateAt, m.delete_at AS deleteAt, m.cut_at AS cutAt,
       m.held, m.user_id AS userId, e.status AS employeeStatus,
       CASE WHEN u.id IS NULL THEN NULL WHEN u.active = 1 THEN 'active' ELSE 'inactive' END AS asserted
     FROM member m ${EMPLOYEE} LEFT JOIN directory_user u ON u.id = m.user_id WHERE m.id = ?`,
  );
  const setReview = database.prepare('UPDATE member SET review = ?, updated_at = ? WHERE id = ?');
  const openConflicts = database
    .prepare<[string], number>("SELECT count(*) FROM conflict WHERE member_id = ? AND state = 'open'")
    .pluck();
  const waiting = database.prepare<
    [{ memberId: string; targetId: string }],
    { name: string; targetName: string; isTeam: 0 | 1 }
  >(
    `${WAITING_GRANTS} SELECT coalesce(nullif(m.display_name, ''), m.user_name) AS name, w.target_name AS targetName,
       w.is_team AS isTeam FROM waiting w CROSS JOIN member m ON m.pk = w.member_pk
     WHERE m.id = @memberId AND w.target_id = @targetId`,
  );
  const approve = database.prepare(
    'INSERT OR IGNORE INTO grant_approval (member_id, target_id, approved_at, approved_by) VALUES (?, ?, ?, ?)',
  );
  const withdraw = database.prepare('DELETE FROM grant_approval WHERE member_id = ? AND target_id = ?');
  const insert = database.prepare(
    `INSERT INTO review_decision (id, member_id, target_id, decision, batch_id, note, before, after, decided_at, decided_by)
     VALUES (@id, @memberId, @targetId, @decision, @batchId, @note, @before, @after, @decidedAt, @decidedBy)`,
  );
  const DECISION = `SELECT id, batch_id AS batchId, member_id AS memberId, target_id AS targetId, decision, before, after
    FROM review_decision WHERE undone_at IS NULL`;
  const ofBatch = database.prepare<[string], DecisionRow>(`${DECISION} AND batch_id = ? ORDER BY seq DESC`);
  const single = database.prepare<[string], DecisionRow>(`${DECISION} AND id = ?`);
  const latestOf = database.prepare<[string], DecisionRow>(
    `${DECISION} AND member_id = ? ORDER BY seq DESC LIMIT 1`,
  );
  const markUndone = database.prepare('UPDATE review_decision SET undone_by = ?, undone_at = ? WHERE id = ?');
  const batches = database.prepare<[number], BatchRow>(
    `SELECT batch_id AS id, decision, count(*) AS count, count(undone_at) AS undone, max(note) AS note,
       max(decided_at) AS decidedAt, max(decided_by) AS decidedBy
     FROM review_decision GROUP BY batch_id ORDER BY max(seq) DESC LIMIT +?`,
  );
  const namesOf = database
    .prepare<[string, number], string>(
      `SELECT coalesce(nullif(m.display_name, ''), nullif(m.user_name, ''), 'Deleted') FROM review_decision d
         LEFT JOIN member m ON m.id = d.member_id WHERE d.batch_id = ? ORDER BY d.seq LIMIT +?`,
    )
    .pluck();
  const domains = database.prepare<[number], { domain: string; count: number }>(
    `SELECT ${DOMAIN} AS domain, count(*) AS count FROM member m WHERE m.state = 'pending' AND m.email_key IS NOT NULL
     GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT +?`,
  );

  /** What somebody gets with the access, and what waits for an approval of its own even then. */
  function gifts(memberId: string, isProtected: ReadonlySet<string>): Pick<ReviewItem, 'teams' | 'roles'> {
    const held = grants.held(memberId);
    const given = new Set([...held.teams, ...held.roles].map(({ id }) => id));
    const late = new Map(
      grants
        .originsOf(memberId)
        .filter(
          ({ awaitingApproval, paused, membership, target }) =>
            awaitingApproval &&
            !paused &&
            membership !== 'joining' &&
            !given.has(target.id) &&
            !isProtected.has(target.id),
        )
        .map(({ target }) => [target.id, target]),
    );
    const of = (kind: 'team' | 'role', holding: { id: string; name: string }[]) => [
      ...holding.map(({ id, name }) => ({ id, name, needsApproval: false })),
      ...[...late.values()]
        .filter((target) => target.kind === kind)
        .map(({ id, name }) => ({ id, name, needsApproval: true })),
    ];
    return { teams: of('team', held.teams), roles: of('role', held.roles) };
  }

  function people(filter: QueueFilter, offset: number, limit: number): ReviewItem[] {
    const found = peopleWhere(filter);
    if (!found || limit <= 0) return [];
    const rows = database
      .prepare<[object], PersonRow>(
        `SELECT ${FACTS} FROM member m ${EMPLOYEE} WHERE ${found.where} ORDER BY m.sort_key, m.pk
         LIMIT +@limit OFFSET +@offset`,
      )
      .all({ ...found.parameters, limit, offset });
    const isProtected = new Set(protectedRoles.all());
    return rows.map((row) => ({
      ...row,
      id: row.memberId,
      kind: 'person',
      rule: row.openConflicts > 0 ? 'conflict' : row.reason === foreign ? 'domain' : 'policy',
      target: null,
      ...gifts(row.memberId, isProtected),
    }));
  }

  function grantItems(filter: QueueFilter, offset: number, limit: number): ReviewItem[] {
    const found = grantsWhere(filter);
    if (!found || limit <= 0) return [];
    const rows = database
      .prepare<[object], GrantRow>(
        `${WAITING_GRANTS} SELECT ${FACTS}, w.target_id AS targetId, w.target_name AS targetName, w.is_team AS isTeam,
           w.sensitive, w.source FROM waiting w CROSS JOIN member m ON m.pk = w.member_pk ${EMPLOYEE}
         WHERE ${found.where} ORDER BY m.sort_key, m.pk, w.target_name, w.target_id LIMIT +@limit OFFSET +@offset`,
      )
      .all({ ...found.parameters, limit, offset });
    return rows.map(toGrantItem);
  }

  return {
    footprint: (memberId) => footprint.get(memberId),
    setReview: (memberId, review, time) => {
      setReview.run(review, time, memberId);
    },
    items(filter, { offset, limit }) {
      const total = countPeople(filter);
      const first = people(filter, offset, limit);
      return [...first, ...grantItems(filter, Math.max(0, offset - total), limit - first.length)];
    },
    count: (filter) => countPeople(filter) + countGrants(filter),
    counts() {
      const all = countPeople({});
      const conflict = all === 0 ? 0 : countPeople({ rule: 'conflict' });
      const domain = all === 0 ? 0 : countPeople({ rule: 'domain' });
      const sensitive = countGrants({ rule: 'sensitive-role' });
      return {
        rules: {
          policy: all - conflict - domain,
          domain,
          conflict,
          'sensitive-role': sensitive,
          group: countGrants({ rule: 'group' }),
        },
        domains: domains.all(DOMAINS_SHOWN),
      };
    },
    ids(filter) {
      const of = peopleWhere(filter);
      const ofGrants = grantsWhere(filter);
      const ids = of
        ? database
            .prepare<[object], string>(
              `SELECT m.id FROM member m WHERE ${of.where} ORDER BY m.sort_key, m.pk`,
            )
            .pluck()
            .all(of.parameters)
        : [];
      const grantIds = ofGrants
        ? database
            .prepare<[object], string>(
              `${WAITING_GRANTS} SELECT m.id || ':' || w.target_id FROM waiting w CROSS JOIN member m ON m.pk = w.member_pk
               WHERE ${ofGrants.where} ORDER BY m.sort_key, m.pk, w.target_id`,
            )
            .pluck()
            .all(ofGrants.parameters)
        : [];
      return [...ids, ...grantIds];
    },
    person(memberId) {
      const found = footprint.get(memberId);
      if (!found) return undefined;
      const { name, state, reason, asserted } = found;
      return {
        ...{ name: name || memberId, state, reason },
        openConflicts: openConflicts.get(memberId) ?? 0,
        asserted: asserted ?? 'deleted',
      };
    },
    grant(memberId, targetId) {
      const found = waiting.get({ memberId, targetId });
      if (!found) return undefined;
      const kind = found.isTeam === 1 ? 'team' : 'role';
      return { name: found.name, target: { kind, id: targetId, name: found.targetName } };
    },
    approveGrant: (memberId, targetId, by, time) => {
      approve.run(memberId, targetId, time, by);
    },
    withdrawApproval: (memberId, targetId) => withdraw.run(memberId, targetId).changes > 0,
    insertDecision: (decision) => {
      insert.run(decision);
    },
    decisionsOf(id) {
      const batch = ofBatch.all(id);
      if (batch.length > 0) return batch;
      const found = single.get(id) ?? latestOf.get(id);
      return found ? [found] : [];
    },
    markUndone: (id, by, time) => {
      markUndone.run(by, time, id);
    },
    batches: (limit) =>
      batches.all(limit).map((batch) => ({ ...batch, names: namesOf.all(batch.id, NAMES_SHOWN) })),
  };
}

function toGrantItem(row: GrantRow): ReviewItem {
  const { targetId, targetName, isTeam, sensitive, source, ...facts } = row;
  const kind = isTeam === 1 ? 'team' : 'role';
  const why =
    sensitive === 1
      ? `${source} gives the role ${targetName}, which is sensitive`
      : `${source} gives the ${kind} ${targetName}, which is reviewed for each person`;
  return {
    ...facts,
    id: `${row.memberId}:${targetId}`,
    kind: 'grant',
    rule: sensitive === 1 ? 'sensitive-role' : 'group',
    reason: `${why}: it waits until somebody approves it.`,
    target: { kind, id: targetId, name: targetName },
    teams: [],
    roles: [],
  };
}
