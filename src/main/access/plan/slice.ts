import type { MemberState } from '../../../shared/contract/people.ts';
import type { Attributes } from '../../scim/resource.ts';
import type { EmployeeFacts, MemberFacts } from './facts.ts';

/** A user or group as the IdP asserts it now. */
export interface Asserted {
  id: string;
  attributes: Attributes;
}

/** What took somebody's access away. `inactive` and `deleted` are assertions of the IdP, the others decisions of people. */
export type Cause = 'inactive' | 'deleted' | 'rejected' | 'operator' | 'decommission';

/** Fields that people here wrote over, each with what the IdP asserted then. */
export type Edited = Readonly<Record<string, string | null>>;

/** A member as the access plane holds it. */
export interface PlannedMember extends MemberFacts {
  id: string;
  edited?: Edited;
  userId: string | null;
  origin: 'scim' | 'manual' | 'sso';
  state: MemberState;
  /** What a suspension or deactivation interrupted. */
  suspendedFrom: 'pending' | 'active' | null;
  cause: Cause | null;
  /** The assertion that an operator recalled: passed over until the IdP asserts something else (D13). */
  recalled: 'inactive' | 'deleted' | null;
  review: 'approved' | 'rejected' | null;
  /** Access is gone already, although the state waits for Apply (observe mode, D2). */
  isCut: boolean;
  /** When a suspension becomes a deactivation, and a deactivation a tombstone; ISO instants. */
  deactivateAt: string | null;
  deleteAt: string | null;
  /** The guard holds the irreversible part: neither date comes while it does. */
  isHeld: boolean;
}

export interface PlannedEmployee extends EmployeeFacts {
  id: string;
  status: 'active' | 'on-leave' | 'ended';
  edited?: Edited;
}

/** Somebody else who holds what should be one person's alone, and about whom nobody decided yet (D5). */
export interface Rival {
  kind: 'email' | 'external-id';
  memberId: string;
  value: string;
}

/** A conflict that nobody decided yet; who has one waits, and has no access. */
export interface OpenConflict {
  id: string;
  kind: Rival['kind'] | 'subject';
  /** The one who was here before. */
  otherId: string;
  value: string;
  /** Whether the other one still is here and holds the value. */
  stands: boolean;
}

/** Everything that bears on one person: the assertion (null once the IdP deleted it) and what we have of them. */
export interface UserSlice {
  userId: string;
  asserted: Asserted | null;
  member: PlannedMember | null;
  employee: PlannedEmployee | null;
  /** Members whose user is gone and who had the same externalId: the same person may be coming back. */
  departed: readonly (PlannedMember & { employee: PlannedEmployee | null })[];
  rivals: readonly Rival[];
  /** Of the member, or of the only one who may be coming back. */
  conflicts?: readonly OpenConflict[];
}

/** Everything that bears on one team. */
export interface GroupSlice {
  groupId: string;
  asserted: Asserted | null;
  team: { id: string; name: string; externalId: string | null; hasManualMembers: boolean } | null;
  /** User ids whose membership the directory changed while nothing was applied (observe mode). */
  joined: readonly string[];
  left: readonly string[];
}

/** What one planning looks at. */
export interface Slice {
  users: readonly UserSlice[];
  groups: readonly GroupSlice[];
  /** Members whose dates may have come, or whose user is gone: planned by themselves. */
  members?: readonly { member: PlannedMember; employee: PlannedEmployee | null }[];
}
