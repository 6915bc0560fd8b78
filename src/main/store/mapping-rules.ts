import type { GrantRule } from '../access/grants-mapping-store.ts';
import type { TargetRef } from '../access/grants-store.ts';
import type { Database } from './database.ts';

type RuleRow = [groupId: string | null, roleValueKey: string | null, isReviewed: 0 | 1];

/**
 * Reads what gives a team or role now: mappings that are not paused, none at all for a protected role (D7).
 * @returns a function; `without` leaves one mapping out.
 */
export function createMappingRules(database: Database): (target: TargetRef, without?: string) => GrantRule[] {
  const rules = database
    .prepare<[{ id: string; without: string }], RuleRow>(
      `SELECT p.group_id, p.role_value_key, p.needs_review + coalesce(r.sensitive, 0) > 0
       FROM mapping p LEFT JOIN role r ON r.id = p.role_id
       WHERE coalesce(p.team_id, p.role_id) = @id AND p.paused_at IS NULL AND coalesce(r.protected, 0) = 0
         AND p.id <> @without`,
    )
    .raw();
  return ({ id }, without = '') => rules.all({ id, without });
}
