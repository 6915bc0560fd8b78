import type { GrantOrigin } from '../../shared/contract/grants.ts';
import type { HeldGrants } from '../access/grants-store.ts';
import type { Database } from './database.ts';
import { HELD_BY_MEMBERS } from './grants-sql.ts';

/** A row of {@link HELD_BY_MEMBERS}. */
export type HeldRow = [
  pk: number,
  origin: GrantOrigin['origin'],
  precedence: number,
  teamId: string | null,
  teamName: string | null,
  teamSortKey: string | null,
  roleId: string | null,
  roleName: string | null,
  permissions: string | null,
];

interface Collected {
  teams: Map<string, { name: string; sortKey: string }>;
  roles: Map<string, { name: string; precedence: number; permissions: string }>;
}

/** Reads what holds for members by their row numbers, whatever their state; those who hold nothing are left out. */
export function createHeldGrants(database: Database): (pks: readonly number[]) => Map<number, HeldGrants> {
  const held = database.prepare<[{ pks: string }], HeldRow>(HELD_BY_MEMBERS).raw();
  return (pks) => {
    const found = new Map<number, Collected>();
    for (const [pk, , precedence, ...given] of held.all({ pks: JSON.stringify(pks) })) {
      const [teamId, teamName, sortKey, roleId, roleName, permissions] = given;
      const one = found.get(pk) ?? { teams: new Map(), roles: new Map() };
      found.set(pk, one);
      if (teamId !== null) one.teams.set(teamId, { name: teamName ?? '', sortKey: sortKey ?? '' });
      else if (roleId !== null) {
        const known = one.roles.get(roleId);
        if (known) known.precedence = Math.min(known.precedence, precedence);
        else one.roles.set(roleId, { name: roleName ?? '', precedence, permissions: permissions ?? '[]' });
      }
    }
    return new Map([...found].map(([pk, one]) => [pk, inOrder(one)]));
  };
}

function inOrder({ teams, roles }: Collected): HeldGrants {
  const permissions = [...roles.values()].flatMap((role) => JSON.parse(role.permissions) as string[]);
  return {
    teams: [...teams]
      .sort(([a, one], [b, other]) => compare(one.sortKey, other.sortKey) || compare(a, b))
      .map(([id, { name }]) => ({ id, name })),
    roles: [...roles]
      .map(([id, { name, precedence }]) => ({ id, name, precedence }))
      .sort((a, b) => a.precedence - b.precedence || compare(a.name, b.name) || compare(a.id, b.id)),
    permissions: [...new Set(permissions)].sort(),
  };
}

/** By code units, as SQLite orders text. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
