import type { TeamStore } from '../access/grants-team-store.ts';
import type { Database } from './database.ts';

/** Teams as people make them, and grants by hand, on SQLite. */
export function createTeamStore(database: Database): TeamStore {
  const team = database.prepare<[string], NonNullable<ReturnType<TeamStore['team']>>>(
    `SELECT t.id, t.name, t.group_id AS groupId, json_extract(g.attributes, '$.displayName') AS groupName,
       t.updated_at AS updatedAt
     FROM team t LEFT JOIN directory_group g ON g.id = t.group_id WHERE t.id = ?`,
  );
  const named = database.prepare<[string], { id: string; name: string }>(
    'SELECT id, name FROM team WHERE sort_key = ? ORDER BY id LIMIT 1',
  );
  const insert = database.prepare(
    `INSERT INTO team (id, name, sort_key, created_at, updated_at) VALUES (@id, @name, @sortKey, @time, @time)`,
  );
  const rename = database.prepare('UPDATE team SET name = ?, sort_key = ?, updated_at = ? WHERE id = ?');
  const remove = database.prepare('DELETE FROM team WHERE id = ?');
  const forgetApprovals = database.prepare('DELETE FROM grant_approval WHERE target_id = ?');
  const byHand = database.prepare<[string, string], { id: string; by: string; at: string }>(
    `SELECT id, granted_by AS by, granted_at AS at FROM manual_grant
     WHERE member_id = ? AND coalesce(team_id, role_id) = ?`,
  );
  const give = database.prepare(
    `INSERT INTO manual_grant (id, member_id, team_id, role_id, note, granted_at, granted_by)
     VALUES (@id, @memberId, @teamId, @roleId, @note, @time, @by)`,
  );
  const revoke = database.prepare('DELETE FROM manual_grant WHERE id = ?');
  const setTemplate = database.prepare('UPDATE member SET role = ?, updated_at = ? WHERE id = ?');
  return {
    team: (id) => team.get(id),
    named: (sortKey) => named.get(sortKey),
    insert: (made) => {
      insert.run(made);
    },
    rename: (id, name, sortKey, time) => {
      rename.run(name, sortKey, time, id);
    },
    remove: (id) => {
      remove.run(id);
      forgetApprovals.run(id);
    },
    manualGrant: (memberId, { id }) => byHand.get(memberId, id),
    give: ({ target: { kind, id: targetId }, ...grant }) => {
      give.run({
        ...grant,
        teamId: kind === 'team' ? targetId : null,
        roleId: kind === 'role' ? targetId : null,
      });
    },
    revoke: (grantId) => {
      revoke.run(grantId);
    },
    setTemplate: (memberId, roleId, time) => {
      setTemplate.run(roleId, time, memberId);
    },
  };
}
