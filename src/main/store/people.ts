import type { Employee, Member, MemberState, Team } from '../../shared/contract/people.ts';
import type { PeopleStore } from '../access/people.ts';
import { foldCase } from '../scim/fold-case.ts';
import type { Database } from './database.ts';
import { createGrantsStore } from './grants.ts';
import { holdersOf } from './grants-sql.ts';
import { createHeldGrants } from './held-grants.ts';
import { createMappingRules } from './mapping-rules.ts';

const MEMBER = `m.pk, m.id, m.state, m.reason, m.since, m.origin, m.email, m.user_name AS userName,
  m.display_name AS displayName, m.first_name AS firstName, m.last_name AS lastName, m.role, m.user_id AS userId,
  m.external_id AS externalId, m.created_at AS createdAt, m.updated_at AS updatedAt`;

const TEAM = `t.id, t.name, t.group_id AS groupId, t.external_id AS externalId, t.created_at AS createdAt,
  t.updated_at AS updatedAt,
  (SELECT count(*) FROM directory_group g CROSS JOIN directory_membership dm ON dm.group_pk = g.pk
   WHERE g.id = t.group_id) AS assertedMembers,
  (SELECT count(*) FROM manual_grant mg WHERE mg.team_id = t.id) AS manualMembers,
  (SELECT count(*) FROM mapping p WHERE p.team_id = t.id) AS mappings,
  (SELECT count(*) FROM mapping p WHERE p.team_id = t.id AND p.paused_at IS NOT NULL) AS pausedMappings`;

const EMPLOYEE = `id, member_id AS memberId, status, display_name AS displayName, employee_number AS employeeNumber,
  title, department, division, cost_center AS costCenter, organization, manager_id AS managerId,
  starts_on AS startsOn, ends_on AS endsOn, started_at AS startedAt, ended_at AS endedAt, ended_by AS endedBy,
  end_reason AS endReason`;

type MemberRow = Omit<Member, 'teams' | 'roles'> & { pk: number };
type TeamRow = Omit<Team, 'activeMembers' | 'heldMembers'>;

/** Reads of the access plane for people to look at. */
export function createPeopleStore(database: Database): PeopleStore {
  const grants = createGrantsStore(database);
  const held = createHeldGrants(database);
  const rulesOf = createMappingRules(database);
  const member = database.prepare<[string], MemberRow>(`SELECT ${MEMBER} FROM member m WHERE m.id = ?`);
  const employeeOf = database.prepare<[string], Employee>(
    `SELECT ${EMPLOYEE} FROM employee WHERE member_id = ?`,
  );
  const counts = database.prepare<[], { state: MemberState; count: number }>(
    'SELECT state, sum(n) AS count FROM member_count GROUP BY state',
  );
  const team = database.prepare<[string], TeamRow>(`SELECT ${TEAM} FROM team t WHERE t.id = ?`);
  const teamCount = database.prepare<[], number>('SELECT count(*) FROM team').pluck();

  function withGrants(rows: readonly MemberRow[]): Member[] {
    const all = held(rows.map(({ pk }) => pk));
    return rows.map(({ pk, ...row }) => {
      const { teams = [], roles = [] } = all.get(pk) ?? {};
      return {
        ...row,
        teams,
        role: roles[0]?.id ?? row.role,
        roles: roles.map(({ id, name }) => ({ id, name })),
      };
    });
  }

  function counted(row: TeamRow): Team {
    const { held: heldMembers, active: activeMembers } = grants.holderCounts({ kind: 'team', id: row.id });
    return { ...row, heldMembers, activeMembers };
  }

  return {
    members({ search, state, teamId, offset, limit }) {
      const conditions: string[] = [];
      const parameters: Record<string, string | number> = { offset, limit };
      if (state !== undefined) {
        conditions.push('m.state = @state');
        parameters.state = state;
      }
      const searching = search !== undefined && search.trim() !== '';
      if (searching) {
        conditions.push('instr(m.search_key, @search) > 0');
        parameters.search = foldCase(search.trim());
      }
      if (teamId !== undefined) {
        conditions.push(`m.pk IN (${holdersOf()})`);
        Object.assign(parameters, {
          id: teamId,
          kind: 'team',
          rules: JSON.stringify(rulesOf({ kind: 'team', id: teamId })),
        });
      }
      const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
      const total = database.prepare<unknown[], number>(`SELECT count(*) FROM member m ${where}`).pluck();
      // What is searched for stands in the rows: reading them as they lie is faster than in the order of the index.
      const items = database.prepare<unknown[], MemberRow>(
        `SELECT ${MEMBER} FROM member m WHERE m.pk IN (
           SELECT m.pk FROM member m ${where} ORDER BY ${searching ? '+' : ''}m.sort_key, m.pk
           LIMIT @limit OFFSET @offset)
         ORDER BY m.sort_key, m.pk`,
      );
      return {
        total: total.get(parameters) ?? 0,
        items: withGrants(items.all(parameters)),
      };
    },
    counts() {
      const result = { pending: 0, active: 0, suspended: 0, deactivated: 0, deleted: 0 };
      for (const { state, count } of counts.all()) result[state] = count;
      return result;
    },
    member(id) {
      const row = member.get(id);
      if (!row) return undefined;
      const [found] = withGrants([row]);
      const { permissions } = grants.effective(id);
      return found && { member: found, employee: employeeOf.get(id) ?? null, permissions };
    },
    team(id) {
      const row = team.get(id);
      return row && counted(row);
    },
    teamCount: () => teamCount.get() ?? 0,
    teams({ search, offset, limit }) {
      const filtered = search !== undefined && search.trim() !== '';
      const where = filtered ? 'WHERE instr(t.sort_key, ?) > 0' : '';
      const parameters = filtered ? [foldCase(search.trim())] : [];
      const total = database.prepare<unknown[], number>(`SELECT count(*) FROM team t ${where}`).pluck();
      const items = database.prepare<unknown[], TeamRow>(
        `SELECT ${TEAM} FROM team t ${where} ORDER BY t.sort_key, t.id LIMIT ? OFFSET ?`,
      );
      return {
        total: total.get(...parameters) ?? 0,
        items: items.all(...parameters, limit, offset).map(counted),
      };
    },
  };
}
