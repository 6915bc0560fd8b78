import type { Audit } from '../audit/audit.ts';
import { createGrants, type Grants } from './grants.ts';
import type { MappingStore } from './grants-mapping-store.ts';
import { createMappings, type Mappings } from './grants-mappings.ts';
import { createGrantPreview, type GrantPreview } from './grants-preview.ts';
import type { RoleStore } from './grants-role-store.ts';
import { createRoles, type Roles } from './grants-roles.ts';
import type { GrantsStore } from './grants-store.ts';
import type { TeamStore } from './grants-team-store.ts';
import { createTeams, type Teams } from './grants-teams.ts';

/** Everything about who holds what: reads, changes and their previews. */
export interface GrantServices {
  grants: GrantService;
  roles: Roles;
  mappings: Mappings;
  teams: Teams;
}

/** Grants: what the store tells of them, what people do to them, and what that would do. */
export type GrantService = Grants &
  GrantPreview &
  Pick<GrantsStore, 'effective' | 'held' | 'holders' | 'everyGrant'>;

/** Puts the services about grants together. */
export function createGrantServices(deps: {
  store: GrantsStore;
  mappingStore: MappingStore;
  roleStore: RoleStore;
  teamStore: TeamStore;
  /** The template that new members get: policy `role.default`. */
  defaultRole(): string;
  audit: Audit;
  write<T>(work: () => T): Promise<T>;
  now(): Date;
  operator(): string;
  /** Whether whoever acts is an owner: only owners give and take protected roles. */
  isOwner(): boolean;
}): GrantServices {
  const { store, mappingStore, roleStore, teamStore } = deps;
  const roles = createRoles({ ...deps, store: roleStore, grants: store });
  const teams = createTeams({
    ...deps,
    store: teamStore,
    holders: (id) => store.holderCounts({ kind: 'team', id }).held,
  });
  const mappings = createMappings({ ...deps, store: mappingStore, roles: roleStore, teamStore, teams });
  const grants = createGrants({ ...deps, byHand: teamStore, roles: roleStore });
  const { preview } = createGrantPreview({ store, mappingStore, mappings, roles, grants });
  const { effective, held, holders, everyGrant } = store;
  return { grants: { ...grants, preview, effective, held, holders, everyGrant }, roles, mappings, teams };
}
