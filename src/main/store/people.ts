import type { Employee, Member, MemberState, Team } from '../../shared/contract/people.ts';
import type { PeopleStore } from '../access/people.ts';
import { foldCase } from '../scim/fold-case.ts';
import type { Database } from './database.ts';

const MEMBER = `m.id, m.state, m.reason, m.since, m.origin, m.email, m.user_name AS userName,
  m.display_name AS displayName, m.first_name AS firstName, m.last_name AS lastName, m.role, m.user_id AS userId,
  m.external_id AS externalId, m.created_at AS createdAt, m.updated_at AS updatedAt,
  (SELECT json_group_array(json_object('id', t.id, 'name', t.name)) FROM directory_membership dm
     JOIN directory_group g ON g.pk = dm.group_pk JOIN team t ON t.group_id = g.id
   WHERE dm.member_id = m.user_id) AS teams`;

const TEAM = `t.id, t.name, t.group_id AS groupId, t.external_id AS externalId, t.created_at AS createdAt,
  t.updated_at AS updatedAt,
  (SELECT count(*) FROM directory_membership dm JOIN directory_group g ON g.pk = dm.group_pk
   WHERE g.id = t.group_id) AS assertedMembers,
  (SELECT count(*) FROM directory_membership dm JOIN directory_group g ON g.pk = dm.group_pk
     JOIN member m ON m.user_id = dm.member_id WHERE g.id = t.group_id AND m.state = 'active') AS activeMembers`;

const EMPLOYEE = `id, member_id AS memberId, status, display_name AS displayName, employee_number AS employeeNumber,
  title, department, division, cost_center AS costCenter, organization, manager_id AS managerId,
  started_at AS startedAt, ended_at AS endedAt`;

type MemberRow = Omit<Member, 'teams'> & { teams: string };

/** Reads of the access plane for people to look at. */
export function createPeopleStore(database: Database): PeopleStore {
  const member = database.prepare<[string], MemberRow>(`SELECT ${MEMBER} FROM member m WHERE m.id = ?`);
  const employeeOf = database.prepare<[string], Employee>(
    `SELECT ${EMPLOYEE} FROM employee WHERE member_id = ?`,
  );
  const employees = database.prepare<[], Employee>(
    `SELECT ${EMPLOYEE} FROM employee ORDER BY display_name, id`,
  );
  const counts = database.prepare<[], { state: MemberState; count: number }>(
    'SELECT state, count(*) AS count FROM member GROUP BY state',
  );
  const teamCount = database.prepare<[], number>('SELECT count(*) FROM team').pluck();

  return {
    members({ search, state, teamId, offset, limit }) {
      const conditions: string[] = [];
      const parameters: (string | number)[] = [];
      if (state !== undefined) {
        conditions.push('m.state = ?');
        parameters.push(state);
      }
      if (search !== undefined && search.trim() !== '') {
        conditions.push('instr(m.search_key, ?) > 0');
        parameters.push(foldCase(search.trim()));
      }
      if (teamId !== undefined) {
        conditions.push(`m.user_id IN (SELECT dm.member_id FROM directory_membership dm
          JOIN directory_group g ON g.pk = dm.group_pk JOIN team t ON t.group_id = g.id WHERE t.id = ?)`);
        parameters.push(teamId);
      }
      const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
      const total = database.prepare<unknown[], number>(`SELECT count(*) FROM member m ${where}`).pluck();
      const items = database.prepare<unknown[], MemberRow>(
        `SELECT ${MEMBER} FROM member m ${where} ORDER BY m.sort_key, m.id LIMIT ? OFFSET ?`,
      );
      return {
        total: total.get(...parameters) ?? 0,
        items: items.all(...parameters, limit, offset).map(withTeams),
      };
    },
    counts() {
      const result = { pending: 0, active: 0, suspended: 0, deactivated: 0 };
      for (const { state, count } of counts.all()) result[state] = count;
      return result;
    },
    member(id) {
      const row = member.get(id);
      return row && { member: withTeams(row), employee: employeeOf.get(id) ?? null };
    },
    employees: () => employees.all(),
    teamCount: () => teamCount.get() ?? 0,
    teams({ search, offset, limit }) {
      const filtered = search !== undefined && search.trim() !== '';
      const where = filtered ? 'WHERE instr(t.sort_key, ?) > 0' : '';
      const parameters = filtered ? [foldCase(search.trim())] : [];
      const total = database.prepare<unknown[], number>(`SELECT count(*) FROM team t ${where}`).pluck();
      const items = database.prepare<unknown[], Team>(
        `SELECT ${TEAM} FROM team t ${where} ORDER BY t.sort_key, t.id LIMIT ? OFFSET ?`,
      );
      return { total: total.get(...parameters) ?? 0, items: items.all(...parameters, limit, offset) };
    },
  };
}

function withTeams(row: MemberRow): Member {
  return { ...row, teams: JSON.parse(row.teams) as Member['teams'] };
}
