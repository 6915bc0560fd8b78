import type { GrantOrigin, GrantTarget, Holder } from '../../shared/contract/grants.ts';
import type { MemberState } from '../../shared/contract/people.ts';
import type { PageRequest } from './people.ts';

/** What somebody holds. Teams by name; roles by precedence, lowest first, then name. */
export interface HeldGrants {
  teams: { id: string; name: string }[];
  roles: { id: string; name: string; precedence: number }[];
  /** Of all the roles together, each once, in alphabetical order. */
  permissions: string[];
}

/** A team or role that somebody holds, without the reasons. */
export interface HeldGrant {
  /** `member id/kind/target id`. */
  id: string;
  memberId: string;
  userName: string;
  target: GrantTarget;
  origins: GrantOrigin['origin'][];
  /** Whether it counts now. */
  effective: boolean;
}

/** A team or a role. */
export type TargetRef = Pick<GrantTarget, 'kind' | 'id'>;

/**
 * Reads of who holds what, and why. Nothing of it is copied to members: it follows from the groups that count for them,
 * the values of their `roles`, what was given by hand and the template they came with. Implemented by the store.
 */
export interface GrantsStore {
  /** Every origin of every grant of one member, teams first, by name; then by precedence. */
  originsOf(memberId: string): GrantOrigin[];
  /** What holds, whatever the member's state: a suspension keeps it, inert. */
  held(memberId: string): HeldGrants;
  /** What counts now: nothing unless the member is active and no access is cut. */
  effective(memberId: string): HeldGrants;
  /** Who holds a team or role, by name. @param request `activeOnly`: those for whom it counts now. */
  holders(
    target: TargetRef,
    request: PageRequest & { activeOnly?: boolean | undefined },
  ): { items: Holder[]; total: number };
  /** How many hold it, and for how many of them it counts now. */
  holderCounts(target: TargetRef): { held: number; active: number };
  /** Somebody by id. */
  person(
    memberId: string,
  ):
    | { id: string; displayName: string; userName: string; state: MemberState; isInForce: boolean }
    | undefined;
  /** A grant each, by member in the order of their coming. @param after the member to go on behind */
  everyGrant(after: number, members: number): { grants: HeldGrant[]; after: number | null };
  /** The member whom an id or a user name, without case, names; undefined if nobody does. */
  findMember(idOrUserName: string): { id: string; displayName: string; state: MemberState } | undefined;
}
