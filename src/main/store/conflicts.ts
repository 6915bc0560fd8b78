import type { Conflict, ConflictPerson } from '../../shared/contract/conflicts.ts';
import type { ConflictRow, ConflictStore } from '../access/conflict-store.ts';
import type { OpenConflict } from '../access/plan/plan.ts';
import { foldCase } from '../scim/fold-case.ts';
import type { Database } from './database.ts';
import { createGrantsStore } from './grants.ts';

type Row = Omit<ConflictRow, 'before' | 'after'> & { before: string | null; after: string | null };
type OpenRow = Omit<OpenConflict, 'stands'> & { stands: 0 | 1 | null };
interface ConflictListRow extends Omit<Conflict, 'newcomer' | 'other'> {
  memberId: string;
  memberName: string | null;
  memberState: Conflict['newcomer']['state'];
  otherId: string;
  otherName: string | null;
  otherState: Conflict['other']['state'];
}
type PersonRow = Omit<ConflictPerson, 'teams' | 'roles' | 'directory'> & {
  userId: string | null;
  active: 0 | 1 | null;
  known: 0 | 1;
};

/** Whether the one who was here before, `o`, still holds what the conflict `c` is about. */
const OTHER_HOLDS = `o.state <> 'deleted' AND CASE c.kind
  WHEN 'email' THEN o.email_key = c.value
  WHEN 'external-id' THEN o.external_id = c.value
  ELSE 1 END`;

/** Why somebody waits who was given the access back while a conflict is open. */
const CONTESTED =
  'Given back, but somebody else here has the same e-mail or externalId; waiting for a decision.';

const nameOf = (member: string) =>
  `coalesce(nullif(${member}.display_name, ''), nullif(${member}.user_name, ''))`;

const CONFLICT = `SELECT c.id, c.kind, CASE c.value WHEN c.id THEN '' ELSE c.value END AS value, c.state,
    c.opened_at AS openedAt, c.note, c.decided_at AS decidedAt, c.decided_by AS decidedBy, c.member_id AS memberId,
    ${nameOf('m')} AS memberName, m.state AS memberState, c.other_id AS otherId, ${nameOf('o')} AS otherName,
    o.state AS otherState
  FROM conflict c LEFT JOIN member m ON m.id = c.member_id LEFT JOIN member o ON o.id = c.other_id`;

/** Conflicts on SQLite. */
export function createConflictStore(database: Database): ConflictStore {
  const { held } = createGrantsStore(database);
  const openOf = database.prepare<[string], OpenRow>(
    `SELECT c.id, c.kind, c.other_id AS otherId, c.value, (${OTHER_HOLDS}) AS stands
     FROM conflict c LEFT JOIN member o ON o.id = c.other_id WHERE c.member_id = ? AND c.state = 'open' ORDER BY c.seq`,
  );
  const newcomers = database
    .prepare<[string], string>(
      "SELECT DISTINCT member_id FROM conflict WHERE other_id = ? AND state = 'open' ORDER BY member_id",
    )
    .pluck();
  // Of somebody who was deleted for good the value says nothing more.
  const close = database.prepare(
    `UPDATE conflict SET state = @state, note = @note, decided_by = @by, decided_at = @time, decision_id = @decisionId,
       before = @before, after = NULL WHERE id = @id`,
  );
  const setAfter = database.prepare('UPDATE conflict SET after = ? WHERE decision_id = ?');
  const reopen = database.prepare(
    `UPDATE conflict SET state = 'open', note = NULL, decided_by = NULL, decided_at = NULL, decision_id = NULL,
       before = NULL, after = NULL WHERE decision_id = ?`,
  );
  const row = database.prepare<[string], Row>(
    `SELECT id, kind, value, state, member_id AS memberId, other_id AS otherId, decision_id AS decisionId, before, after
     FROM conflict WHERE id = ?`,
  );
  const one = database.prepare<[string], ConflictListRow>(`${CONFLICT} WHERE c.id = ?`);
  const openCount = database
    .prepare<[], number>("SELECT count(*) FROM conflict WHERE state = 'open'")
    .pluck();
  const person = database.prepare<[string], PersonRow>(
    `SELECT m.id, m.display_name AS displayName, m.user_name AS userName, m.email, m.external_id AS externalId, m.state,
       m.reason, m.since, m.created_at AS createdAt, m.origin, m.user_id AS userId, u.active, u.id IS NOT NULL AS known,
       e.employee_number AS employeeNumber, e.title, e.department,
       (SELECT count(*) FROM manual_grant g WHERE g.member_id = m.id) AS manualGrants
     FROM member m LEFT JOIN directory_user u ON u.id = m.user_id LEFT JOIN employee e ON e.member_id = m.id
     WHERE m.id = ?`,
  );
  const takeOver = createTakeOver(database);

  return {
    openOf: (memberId) => openOf.all(memberId).map((found) => ({ ...found, stands: found.stands === 1 })),
    newcomersAgainst: (memberId) => newcomers.all(memberId),
    close: (id, { decisionId = null, before, ...closing }) => {
      close.run({ ...closing, id, decisionId, before: before === undefined ? null : JSON.stringify(before) });
    },
    setAfter: (decisionId, after) => {
      setAfter.run(JSON.stringify(after), decisionId);
    },
    reopen: (decisionId) => reopen.run(decisionId).changes,
    row(id) {
      const found = row.get(id);
      return (
        found && {
          ...found,
          before: found.before === null ? null : (JSON.parse(found.before) as ConflictRow['before']),
          after: found.after === null ? null : (JSON.parse(found.after) as ConflictRow['after']),
        }
      );
    },
    conflict(id) {
      const found = one.get(id);
      return found && toConflict(found);
    },
    list({ state, search, offset, limit }) {
      const text = foldCase(search?.trim() ?? '');
      const isOpen = state === 'open' ? "c.state = 'open'" : "c.state <> 'open'";
      const where = `WHERE ${isOpen} AND (@text = '' OR instr(m.search_key, @text) > 0 OR instr(o.search_key, @text) > 0)`;
      const from =
        'FROM conflict c LEFT JOIN member m ON m.id = c.member_id LEFT JOIN member o ON o.id = c.other_id';
      const total = database.prepare<[object], number>(`SELECT count(*) ${from} ${where}`).pluck();
      // What is open waits in the order it came; what was decided shows the latest first.
      const order = state === 'open' ? 'c.seq' : 'c.decided_at DESC, c.seq DESC';
      const items = database.prepare<[object], ConflictListRow>(
        `${CONFLICT} ${where} ORDER BY ${order} LIMIT +@limit OFFSET +@offset`,
      );
      return {
        total: total.get({ text }) ?? 0,
        items: items.all({ text, limit, offset }).map(toConflict),
      };
    },
    openCount: () => openCount.get() ?? 0,
    person(memberId) {
      const found = person.get(memberId);
      if (!found) return undefined;
      const { active, known, ...facts } = found;
      const { teams, roles } = held(memberId);
      return {
        ...facts,
        directory: known === 0 ? 'none' : active === 1 ? 'active' : 'inactive',
        teams: teams.map(({ name }) => name),
        roles: roles.map(({ name }) => name),
      };
    },
    takeOver,
  };
}

/** One person's rows become another's, and the person's own row goes. */
function createTakeOver(database: Database): ConflictStore['takeOver'] {
  const userOf = database.prepare<[string], string | null>('SELECT user_id FROM member WHERE id = ?').pluck();
  const linked = database.prepare(
    `UPDATE conflict SET state = 'linked', decided_by = coalesce(decided_by, @by), decided_at = coalesce(decided_at, @time),
       before = NULL, after = NULL
     WHERE state = 'open' AND ((member_id = @from AND other_id = @to) OR (member_id = @to AND other_id = @from))`,
  );
  const employee = database.prepare(
    `UPDATE employee SET member_id = @to WHERE member_id = @from
       AND NOT EXISTS (SELECT 1 FROM employee e WHERE e.member_id = @to)`,
  );
  const moves = [
    'UPDATE OR IGNORE manual_grant SET member_id = @to WHERE member_id = @from',
    'DELETE FROM manual_grant WHERE member_id = @from',
    'UPDATE OR IGNORE grant_approval SET member_id = @to WHERE member_id = @from',
    'DELETE FROM grant_approval WHERE member_id = @from',
    'DELETE FROM employee WHERE member_id = @from',
    `UPDATE receipt SET member_id = @to, outcome = coalesce(outcome, 'superseded'), decided_at = coalesce(decided_at, @time),
       decided_by = coalesce(decided_by, @by) WHERE member_id = @from`,
    'UPDATE session SET member_id = @to, revoked_at = coalesce(revoked_at, @time) WHERE member_id = @from',
    'UPDATE review_decision SET member_id = @to WHERE member_id = @from',
    'UPDATE OR IGNORE mail SET member_id = @to WHERE member_id = @from',
    'DELETE FROM mail WHERE member_id = @from',
    `UPDATE OR IGNORE conflict SET member_id = @to, before = NULL, after = NULL
       WHERE member_id = @from AND other_id <> @to`,
    'DELETE FROM conflict WHERE member_id = @from AND other_id <> @to',
    `UPDATE OR IGNORE conflict SET other_id = @to, before = NULL, after = NULL
       WHERE other_id = @from AND member_id <> @to`,
    'DELETE FROM conflict WHERE other_id = @from AND member_id <> @to',
    'DELETE FROM member WHERE id = @from',
  ].map((sql) => database.prepare(sql));
  const adopt = database.prepare(
    "UPDATE member SET user_id = @userId, origin = 'scim', updated_at = @time WHERE id = @to",
  );
  return (from, to, by, time) => {
    const userId = userOf.get(from);
    const move = { from, to, by, time };
    linked.run(move);
    employee.run({ from, to });
    for (const statement of moves) statement.run(named(statement.source, move));
    adopt.run({ userId, to, time });
  };
}

/** Only the parameters that a statement names: others are refused. */
function named(sql: string, values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => sql.includes(`@${name}`)));
}

/**
 * Nobody who is put back gets past a conflict: those that a departure or a refusal closed and whose cause is still
 * there are open again, and whoever has an open one waits.
 */
export function createContest(database: Database): (memberId: string) => void {
  const reopen = database.prepare(
    `UPDATE conflict SET state = 'open', note = NULL, decided_by = NULL, decided_at = NULL, decision_id = NULL,
       before = NULL, after = NULL
     WHERE member_id = @id AND state IN ('gone', 'refused') AND EXISTS (
       SELECT 1 FROM conflict c JOIN member m ON m.id = c.member_id JOIN member o ON o.id = c.other_id
       WHERE c.seq = conflict.seq AND m.state IN ('active', 'pending') AND ${OTHER_HOLDS}
         AND c.value IN (m.email_key, m.external_id))`,
  );
  const wait = database.prepare(
    `UPDATE member SET state = 'pending', reason = @reason WHERE id = @id AND state = 'active'
       AND EXISTS (SELECT 1 FROM conflict c WHERE c.member_id = @id AND c.state = 'open')`,
  );
  return (memberId) => {
    reopen.run({ id: memberId });
    wait.run({ id: memberId, reason: CONTESTED });
  };
}

function toConflict(row: ConflictListRow): Conflict {
  const { memberId, memberName, memberState, otherId, otherName, otherState, ...conflict } = row;
  // A newcomer who was linked is the other one now.
  const isOne = conflict.state === 'linked' && memberState === null;
  return {
    ...conflict,
    newcomer: {
      id: memberId,
      name: memberName ?? (isOne ? otherName : null) ?? 'Deleted',
      state: memberState,
    },
    other: { id: otherId, name: otherName ?? 'Deleted', state: otherState },
  };
}
