import { createHash } from 'node:crypto';
import type { MemberFacts } from '../access/plan/facts.ts';
import type { Edited, PlannedEmployee, PlannedMember, Rival } from '../access/plan/plan.ts';
import type { AccessStore } from '../access/store.ts';
import { foldCase } from '../scim/fold-case.ts';
import type { Attributes } from '../scim/resource.ts';
import type { Database } from './database.ts';

/** Arrays, not objects: every write reads a person, and objects by name cost more than the rows themselves. */
type MemberRow = [
  id: string,
  userId: string | null,
  origin: PlannedMember['origin'],
  state: PlannedMember['state'],
  suspendedFrom: PlannedMember['suspendedFrom'],
  cause: PlannedMember['cause'],
  recalled: PlannedMember['recalled'],
  review: PlannedMember['review'],
  cutAt: string | null,
  deactivateAt: string | null,
  deleteAt: string | null,
  held: 0 | 1,
  userName: string,
  email: string | null,
  displayName: string,
  firstName: string | null,
  lastName: string | null,
  externalId: string | null,
  roleValues: string | null,
  edited: string | null,
];
type EmployeeRow = [
  id: string,
  status: PlannedEmployee['status'],
  displayName: string,
  employeeNumber: string | null,
  title: string | null,
  department: string | null,
  division: string | null,
  costCenter: string | null,
  organization: string | null,
  managerId: string | null,
  edited: string | null,
];

const MEMBER = `SELECT id, user_id, origin, state, suspended_from, cause, recalled, review, cut_at, deactivate_at, delete_at, held,
  user_name, email, display_name, first_name, last_name, external_id, role_values, edited FROM member`;
const EMPLOYEE = `SELECT id, status, display_name, employee_number, title, department, division, cost_center, organization,
  manager_id, edited FROM employee WHERE member_id = ?`;

/** The rows of the access plane on SQLite, as `plan()` reads and its application writes them. */
export function createAccessStore(database: Database): AccessStore {
  const userOf = database.prepare<[string], { attributes: string }>(
    'SELECT attributes FROM directory_user WHERE id = ?',
  );
  const groupOf = database.prepare<[string], { attributes: string }>(
    'SELECT attributes FROM directory_group WHERE id = ?',
  );
  const memberOf = database.prepare<[string], MemberRow>(`${MEMBER} WHERE user_id = ?`).raw();
  const employeeOf = database.prepare<[string], EmployeeRow>(EMPLOYEE).raw();
  // Two are as ambiguous as a hundred. The index is named, because SQLite prefers the index of user_id, where all who ever left stand together.
  const departed = database
    .prepare<[string], MemberRow>(
      `${MEMBER} INDEXED BY member_departed WHERE user_id IS NULL AND external_id = ? AND origin = 'scim' ORDER BY pk LIMIT 2`,
    )
    .raw();
  const memberById = database.prepare<[string], MemberRow>(`${MEMBER} WHERE id = ?`).raw();
  const due = database
    .prepare<[string, string, number], MemberRow>(
      `${MEMBER} WHERE held = 0 AND pk IN (
         SELECT pk FROM member WHERE deactivate_at <= ? AND state = 'suspended'
         UNION ALL SELECT pk FROM member WHERE delete_at <= ? AND state = 'deactivated') AND origin <> 'manual'
       ORDER BY pk LIMIT ?`,
    )
    .raw();
  // A pair that was decided about, or is being, is no news; whichever of the two it was opened for.
  const undecided = `NOT EXISTS (SELECT 1 FROM conflict c WHERE c.value = @value AND c.kind = @kind AND c.state <> 'gone'
    AND ((c.member_id = @memberId AND c.other_id = m.id) OR (c.member_id = m.id AND c.other_id = @memberId)))`;
  const sameEmail = database
    .prepare<{ value: string; key: string; kind: string; memberId: string }, string>(
      `SELECT m.id FROM member m WHERE m.email_key = @key AND m.id <> @memberId AND m.state <> 'deleted' AND ${undecided}
       ORDER BY m.pk LIMIT 10`,
    )
    .pluck();
  const sameExternalId = database
    .prepare<{ value: string; userId: string; kind: string; memberId: string }, string>(
      `SELECT m.id FROM directory_user u CROSS JOIN member m ON m.user_id = u.id
       WHERE u.external_id = @value AND u.id <> @userId AND m.state <> 'deleted'
         AND m.external_id = u.external_id AND ${undecided} ORDER BY m.pk LIMIT 10`,
    )
    .pluck();
  const teamOf = database.prepare<
    [string],
    { id: string; name: string; externalId: string | null; manual: 0 | 1 }
  >(
    `SELECT id, name, external_id AS externalId,
       EXISTS (SELECT 1 FROM manual_grant g WHERE g.team_id = team.id)
         OR EXISTS (SELECT 1 FROM mapping p WHERE p.team_id = team.id AND p.group_id IS NOT team.group_id) AS manual
     FROM team WHERE group_id = ?`,
  );
  const observed = database
    .prepare<[string], [userId: string, was: 0 | 1]>(
      'SELECT user_id, was FROM unapplied_membership WHERE group_id = ? ORDER BY user_id',
    )
    .raw();
  const insertMember = database.prepare(
    `INSERT INTO member (id, user_id, external_id, origin, state, suspended_from, cause, reason, since, user_name, email,
       email_key, display_name, first_name, last_name, role, role_values, sort_key, search_key, created_at, updated_at,
       activated_at)
     VALUES (@id, @userId, @externalId, 'scim', @to, @suspendedFrom, @cause, @reason, @time, @userName, @email,
       @emailKey, @displayName, @firstName, @lastName, @role, @roleValues, @sortKey, @searchKey, @time, @time,
       CASE WHEN @to = 'active' THEN @time END)`,
  );
  const updateMember = database.prepare(
    `UPDATE member SET external_id = @externalId, user_name = @userName, email = @email, email_key = @emailKey,
       display_name = @displayName, first_name = @firstName, last_name = @lastName, role_values = @roleValues,
       edited = @edited, sort_key = @sortKey, search_key = @searchKey, updated_at = @time
     WHERE id = @id`,
  );
  const setState = database.prepare(
    `UPDATE member SET state = @to, suspended_from = @suspendedFrom, cause = @cause, deactivate_at = @deactivateAt,
       delete_at = @deleteAt, reason = @reason, since = @time, updated_at = @time, cut_at = NULL,
       held = CASE WHEN @to IN ('active', 'pending') THEN 0 ELSE held END,
       activated_at = CASE WHEN @to = 'active' THEN coalesce(activated_at, @time) ELSE activated_at END
     WHERE id = @id`,
  );
  const resumeAs = database.prepare('UPDATE member SET suspended_from = ?, updated_at = ? WHERE id = ?');
  const activatedAt = database
    .prepare<[string], string | null>('SELECT activated_at FROM member WHERE id = ?')
    .pluck();
  const setCut = database.prepare('UPDATE member SET cut_at = ?, updated_at = ? WHERE id = ?');
  const endRecall = database.prepare(
    'UPDATE member SET recalled = NULL, retained_groups = NULL, updated_at = ? WHERE id = ?',
  );
  const externalIdOf = database
    .prepare<[string], string | null>('SELECT external_id FROM member WHERE id = ?')
    .pluck();
  const bury = database.prepare(
    `UPDATE member SET state = 'deleted', reason = @reason, since = @time, updated_at = @time, external_id = NULL,
       external_id_digest = @digest, suspended_from = NULL, cause = NULL, recalled = NULL, retained_groups = NULL,
       review = NULL, cut_at = NULL, deactivate_at = NULL, delete_at = NULL, held = 0, user_name = '', email = NULL,
       email_key = NULL, display_name = '', first_name = NULL, last_name = NULL, role_values = NULL, edited = NULL, sort_key = '',
       search_key = '' WHERE id = @id`,
  );
  const forgetGrants = database.prepare('DELETE FROM manual_grant WHERE member_id = ?');
  const forgetApprovals = database.prepare('DELETE FROM grant_approval WHERE member_id = ?');
  // Ended long ago; where they were used from would outlive the person.
  const forgetSessions = database.prepare('DELETE FROM session WHERE member_id = ?');
  const releaseEmployee = database.prepare('UPDATE employee SET member_id = NULL WHERE member_id = ?');
  // What was received and decided about somebody who is gone says nothing more of who it was.
  // Those that are still open close with their own audit row, when the other one is planned anew.
  const forgetConflicts = database.prepare(
    `UPDATE conflict SET state = CASE WHEN state = 'open' AND member_id = @id THEN 'gone' ELSE state END, value = id,
       note = NULL, before = NULL, after = NULL WHERE member_id = @id OR other_id = @id`,
  );
  const forgetNotes = database.prepare('UPDATE review_decision SET note = NULL WHERE member_id = ?');
  const openConflict = database.prepare(
    `INSERT INTO conflict (id, kind, member_id, other_id, value, opened_at, state)
     VALUES (@id, @kind, @memberId, @otherId, @value, @time, 'open')
     ON CONFLICT (member_id, other_id, kind, value) DO UPDATE SET id = excluded.id, opened_at = excluded.opened_at,
       state = 'open', note = NULL, decided_at = NULL, decided_by = NULL, decision_id = NULL, before = NULL, after = NULL
       WHERE state IN ('gone', 'refused')`,
  );
  const link = database.prepare('UPDATE member SET user_id = ?, updated_at = ? WHERE id = ?');
  const insertEmployee = database.prepare(
    `INSERT INTO employee (id, member_id, status, display_name, employee_number, title, department, division,
       cost_center, organization, manager_id, started_at, sort_key, search_key)
     VALUES (@id, @memberId, 'active', @displayName, @employeeNumber, @title, @department, @division,
       @costCenter, @organization, @managerId, @time, @sortKey, @searchKey)`,
  );
  const updateEmployee = database.prepare(
    `UPDATE employee SET display_name = @displayName, employee_number = @employeeNumber, title = @title,
       department = @department, division = @division, cost_center = @costCenter, organization = @organization,
       manager_id = @managerId, edited = @edited, sort_key = @sortKey, search_key = @searchKey WHERE id = @id`,
  );
  const endEmployee = database.prepare(
    "UPDATE employee SET status = 'ended', ended_at = ?, ended_by = ?, end_reason = ? WHERE id = ?",
  );
  const reopenEmployee = database.prepare(
    "UPDATE employee SET status = 'active', started_at = ?, ended_at = NULL, ended_by = NULL, end_reason = NULL WHERE id = ?",
  );
  const insertTeam = database.prepare(
    `INSERT INTO team (id, group_id, external_id, name, sort_key, created_at, updated_at)
     VALUES (@id, @groupId, @externalId, @name, @sortKey, @time, @time)`,
  );
  const renameTeam = database.prepare('UPDATE team SET name = ?, sort_key = ?, updated_at = ? WHERE id = ?');
  const identifyTeam = database.prepare('UPDATE team SET external_id = ?, updated_at = ? WHERE id = ?');
  const removeTeam = database.prepare('DELETE FROM team WHERE id = ?');
  const releaseTeam = database.prepare('UPDATE team SET group_id = NULL, updated_at = ? WHERE id = ?');
  const mapTeam = database.prepare(
    `INSERT INTO mapping (id, group_id, team_id, precedence, created_at, created_by)
     VALUES (@id, @groupId, @id, 100, @time, @actor)`,
  );
  const forgetMembership = database.prepare('DELETE FROM unapplied_membership WHERE group_id = ?');
  const scimMembers = database.prepare<
    [number, number],
    { pk: number; id: string; state: PlannedMember['state'] }
  >(
    "SELECT pk, id, state FROM member WHERE pk > ? AND origin = 'scim' AND state <> 'deleted' ORDER BY pk LIMIT ?",
  );
  const makeManual = database.prepare(
    `UPDATE member SET origin = 'manual', deactivate_at = NULL, delete_at = NULL, held = 0, cut_at = NULL, updated_at = ?
     WHERE id = ?`,
  );

  const asserted = (
    id: string,
    known: Attributes | undefined,
    row: () => { attributes: string } | undefined,
  ) => {
    if (known !== undefined) return { id, attributes: known };
    const read = row();
    return read ? { id, attributes: JSON.parse(read.attributes) as Attributes } : null;
  };
  const employeeFor = (memberId: string): PlannedEmployee | null => {
    const row = employeeOf.get(memberId);
    return row ? toEmployee(row) : null;
  };

  return {
    rehearse(work) {
      // Outside of a transaction the write lock is taken first: a read that becomes a write can't wait for it.
      const isAlone = !database.inTransaction;
      database.exec(isAlone ? 'BEGIN IMMEDIATE' : 'SAVEPOINT rehearsal');
      try {
        return work();
      } finally {
        database.exec(isAlone ? 'ROLLBACK' : 'ROLLBACK TO rehearsal; RELEASE rehearsal');
      }
    },
    userSlice(userId, written) {
      const user = asserted(userId, written?.attributes, () => userOf.get(userId));
      const row = written?.isNew ? undefined : memberOf.get(userId);
      const member = row ? toMember(row) : null;
      const employee = member && employeeFor(member.id);
      // Whose member was deleted here may be somebody else who left.
      if (member && member.state !== 'deleted') {
        return { userId, asserted: user, member, employee, departed: [] };
      }
      const externalId = user?.attributes.externalId;
      const candidates = typeof externalId === 'string' ? departed.all(externalId) : [];
      return {
        userId,
        asserted: user,
        member,
        employee,
        departed: candidates.map(toMember).map((member) => ({ ...member, employee: employeeFor(member.id) })),
      };
    },
    groupSlice(groupId, written) {
      const team = teamOf.get(groupId);
      const changes = observed.all(groupId);
      return {
        groupId,
        asserted: asserted(groupId, written?.attributes, () => groupOf.get(groupId)),
        team: team
          ? { id: team.id, name: team.name, externalId: team.externalId, hasManualMembers: team.manual === 1 }
          : null,
        joined: changes.filter(([, was]) => was === 0).map(([userId]) => userId),
        left: changes.filter(([, was]) => was === 1).map(([userId]) => userId),
      };
    },
    memberSlice(id) {
      const row = memberById.get(id);
      return row && { member: toMember(row), employee: employeeFor(id) };
    },
    dueMembers: (now, limit) =>
      due
        .all(now, now, limit)
        .map(toMember)
        .map((member) => ({ member, employee: employeeFor(member.id) })),
    rivals(facts, known) {
      const rivals: Rival[] = [];
      const memberId = known.memberId ?? '';
      if (facts.email !== null) {
        const key = foldCase(facts.email);
        for (const id of sameEmail.all({ value: key, key, kind: 'email', memberId })) {
          rivals.push({ kind: 'email', memberId: id, value: key });
        }
      }
      if (facts.externalId !== null) {
        const value = facts.externalId;
        for (const id of sameExternalId.all({ value, userId: known.userId, kind: 'external-id', memberId })) {
          rivals.push({ kind: 'external-id', memberId: id, value });
        }
      }
      return rivals;
    },
    createMember: ({ facts, ...member }) => {
      insertMember.run({ ...member, ...memberColumns(facts) });
    },
    updateMember: (id, facts, keys, time, edited) => {
      updateMember.run({
        id,
        ...memberColumns(facts),
        ...keys,
        time,
        edited: edited ? JSON.stringify(edited) : null,
      });
    },
    setMemberState: (id, change) => {
      setState.run({ id, ...change });
    },
    resumeAs: (id, suspendedFrom, time) => {
      resumeAs.run(suspendedFrom, time, id);
    },
    wasEverActive: (id) => typeof activatedAt.get(id) === 'string',
    setCut: (id, cutAt, time) => {
      setCut.run(cutAt, time, id);
    },
    endRecall: (id, time) => {
      endRecall.run(time, id);
    },
    buryMember(id, reason, time) {
      const externalId = externalIdOf.get(id);
      const digest = externalId ? createHash('sha256').update(externalId).digest() : null;
      bury.run({ id, reason, time, digest });
      forgetGrants.run(id);
      forgetApprovals.run(id);
      forgetSessions.run(id);
      releaseEmployee.run(id);
      forgetConflicts.run({ id });
      forgetNotes.run(id);
    },
    openConflict: (conflict) => {
      openConflict.run(conflict);
    },
    linkMember: (id, userId, time) => {
      link.run(userId, time, id);
    },
    createEmployee: (id, memberId, facts, keys, time) => {
      insertEmployee.run({ id, memberId, ...facts, ...keys, time });
    },
    updateEmployee: (id, facts, keys, edited) => {
      updateEmployee.run({ id, ...facts, ...keys, edited: edited ? JSON.stringify(edited) : null });
    },
    endEmployee: (id, by, reason, time) => {
      endEmployee.run(time, by, reason, id);
    },
    reopenEmployee: (id, time) => {
      reopenEmployee.run(time, id);
    },
    createTeam: ({ actor, ...team }) => {
      insertTeam.run(team);
      mapTeam.run({ id: team.id, groupId: team.groupId, time: team.time, actor });
    },
    renameTeam: (id, name, sortKey, time) => {
      renameTeam.run(name, sortKey, time, id);
    },
    identifyTeam: (id, externalId, time) => {
      identifyTeam.run(externalId, time, id);
    },
    removeTeam: (id) => {
      removeTeam.run(id);
    },
    releaseTeam: (id, time) => {
      releaseTeam.run(time, id);
    },
    applyMembership: (groupId) => {
      forgetMembership.run(groupId);
    },
    scimMembersAfter: (pk, limit) => scimMembers.all(pk, limit),
    makeManual: (id, time) => {
      makeManual.run(time, id);
    },
  };
}

function memberColumns({ roleValues, ...facts }: MemberFacts) {
  return {
    ...facts,
    emailKey: facts.email === null ? null : foldCase(facts.email),
    roleValues: roleValues.length === 0 ? null : JSON.stringify(roleValues),
  };
}

function toMember(row: MemberRow): PlannedMember {
  return {
    id: row[0],
    userId: row[1],
    origin: row[2],
    state: row[3],
    suspendedFrom: row[4],
    cause: row[5],
    recalled: row[6],
    review: row[7],
    isCut: row[8] !== null,
    deactivateAt: row[9],
    deleteAt: row[10],
    isHeld: row[11] === 1,
    userName: row[12],
    email: row[13],
    displayName: row[14],
    firstName: row[15],
    lastName: row[16],
    externalId: row[17],
    roleValues: row[18] === null ? [] : (JSON.parse(row[18]) as string[]),
    ...(row[19] !== null && { edited: JSON.parse(row[19]) as Edited }),
  };
}

function toEmployee(row: EmployeeRow): PlannedEmployee {
  return {
    id: row[0],
    status: row[1],
    displayName: row[2],
    employeeNumber: row[3],
    title: row[4],
    department: row[5],
    division: row[6],
    costCenter: row[7],
    organization: row[8],
    managerId: row[9],
    ...(row[10] !== null && { edited: JSON.parse(row[10]) as Edited }),
  };
}
