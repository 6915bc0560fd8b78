import type { AccessStore } from '../access/access.ts';
import type { PlannedEmployee, PlannedMember } from '../access/plan/plan.ts';
import type { Attributes } from '../scim/resource.ts';
import type { Database } from './database.ts';

/** Arrays, not objects: every write reads a person, and objects by name cost more than the rows themselves. */
type MemberRow = [
  id: string,
  userId: string | null,
  origin: PlannedMember['origin'],
  state: PlannedMember['state'],
  suspendedFrom: PlannedMember['suspendedFrom'],
  userName: string,
  email: string | null,
  displayName: string,
  firstName: string | null,
  lastName: string | null,
  externalId: string | null,
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
];

const MEMBER = `SELECT id, user_id, origin, state, suspended_from, user_name, email, display_name, first_name, last_name,
  external_id FROM member`;
const EMPLOYEE = `SELECT id, status, display_name, employee_number, title, department, division, cost_center, organization,
  manager_id FROM employee WHERE member_id = ?`;

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
  const teamOf = database.prepare<[string], { id: string; name: string; externalId: string | null }>(
    'SELECT id, name, external_id AS externalId FROM team WHERE group_id = ?',
  );
  const insertMember = database.prepare(
    `INSERT INTO member (id, user_id, external_id, origin, state, suspended_from, reason, since, user_name, email,
       display_name, first_name, last_name, role, sort_key, search_key, created_at, updated_at)
     VALUES (@id, @userId, @externalId, 'scim', @state, @suspendedFrom, @reason, @time, @userName, @email,
       @displayName, @firstName, @lastName, @role, @sortKey, @searchKey, @time, @time)`,
  );
  const updateMember = database.prepare(
    `UPDATE member SET external_id = @externalId, user_name = @userName, email = @email, display_name = @displayName,
       first_name = @firstName, last_name = @lastName, sort_key = @sortKey, search_key = @searchKey, updated_at = @time
     WHERE id = @id`,
  );
  const setState = database.prepare(
    `UPDATE member SET state = @to, suspended_from = @suspendedFrom, reason = @reason, since = @time, updated_at = @time
     WHERE id = @id`,
  );
  const link = database.prepare('UPDATE member SET user_id = ?, updated_at = ? WHERE id = ?');
  const insertEmployee = database.prepare(
    `INSERT INTO employee (id, member_id, status, display_name, employee_number, title, department, division,
       cost_center, organization, manager_id, started_at)
     VALUES (@id, @memberId, 'active', @displayName, @employeeNumber, @title, @department, @division,
       @costCenter, @organization, @managerId, @time)`,
  );
  const updateEmployee = database.prepare(
    `UPDATE employee SET display_name = @displayName, employee_number = @employeeNumber, title = @title,
       department = @department, division = @division, cost_center = @costCenter, organization = @organization,
       manager_id = @managerId WHERE id = @id`,
  );
  const endEmployee = database.prepare("UPDATE employee SET status = 'ended', ended_at = ? WHERE id = ?");
  const reopenEmployee = database.prepare(
    "UPDATE employee SET status = 'active', started_at = ?, ended_at = NULL WHERE id = ?",
  );
  const insertTeam = database.prepare(
    `INSERT INTO team (id, group_id, external_id, name, sort_key, created_at, updated_at)
     VALUES (@id, @groupId, @externalId, @name, @sortKey, @time, @time)`,
  );
  const renameTeam = database.prepare('UPDATE team SET name = ?, sort_key = ?, updated_at = ? WHERE id = ?');
  const identifyTeam = database.prepare('UPDATE team SET external_id = ?, updated_at = ? WHERE id = ?');
  const removeTeam = database.prepare('DELETE FROM team WHERE id = ?');
  const scimMembers = database.prepare<[], { id: string; state: PlannedMember['state'] }>(
    "SELECT id, state FROM member WHERE origin = 'scim' ORDER BY pk",
  );
  const makeManual = database.prepare("UPDATE member SET origin = 'manual', updated_at = ? WHERE id = ?");

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
    userSlice(userId, written) {
      const user = asserted(userId, written?.attributes, () => userOf.get(userId));
      const row = written?.isNew ? undefined : memberOf.get(userId);
      if (row) {
        const member = toMember(row);
        return { userId, asserted: user, member, employee: employeeFor(member.id), departed: [] };
      }
      const externalId = user?.attributes.externalId;
      const candidates = typeof externalId === 'string' ? departed.all(externalId) : [];
      return {
        userId,
        asserted: user,
        member: null,
        employee: null,
        departed: candidates.map(toMember).map((member) => ({ ...member, employee: employeeFor(member.id) })),
      };
    },
    groupSlice: (groupId, written) => ({
      groupId,
      asserted: asserted(groupId, written?.attributes, () => groupOf.get(groupId)),
      team: teamOf.get(groupId) ?? null,
    }),
    createMember: ({ facts, ...member }) => {
      insertMember.run({ ...member, ...facts });
    },
    updateMember: (id, facts, keys, time) => {
      updateMember.run({ id, ...facts, ...keys, time });
    },
    setMemberState: (id, change) => {
      setState.run({ id, ...change });
    },
    linkMember: (id, userId, time) => {
      link.run(userId, time, id);
    },
    createEmployee: (id, memberId, facts, time) => {
      insertEmployee.run({ id, memberId, ...facts, time });
    },
    updateEmployee: (id, facts) => {
      updateEmployee.run({ id, ...facts });
    },
    endEmployee: (id, time) => {
      endEmployee.run(time, id);
    },
    reopenEmployee: (id, time) => {
      reopenEmployee.run(time, id);
    },
    createTeam: (team) => {
      insertTeam.run(team);
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
    scimMembers: () => scimMembers.all(),
    makeManual: (id, time) => {
      makeManual.run(time, id);
    },
  };
}

function toMember(row: MemberRow): PlannedMember {
  const [
    id,
    userId,
    origin,
    state,
    suspendedFrom,
    userName,
    email,
    displayName,
    firstName,
    lastName,
    externalId,
  ] = row;
  return {
    id,
    userId,
    origin,
    state,
    suspendedFrom,
    userName,
    email,
    displayName,
    firstName,
    lastName,
    externalId,
  };
}

function toEmployee(row: EmployeeRow): PlannedEmployee {
  const [
    id,
    status,
    displayName,
    employeeNumber,
    title,
    department,
    division,
    costCenter,
    organization,
    managerId,
  ] = row;
  return {
    id,
    status,
    displayName,
    employeeNumber,
    title,
    department,
    division,
    costCenter,
    organization,
    managerId,
  };
}
