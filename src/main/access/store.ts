import type { Attributes } from '../scim/resource.ts';
import type { EmployeeFacts, MemberFacts } from './plan/facts.ts';
import type {
  Edited,
  GroupSlice,
  PlannedEmployee,
  PlannedMember,
  Rival,
  StateChange,
  UserSlice,
} from './plan/plan.ts';

/** How rows are ordered and found: by what a person would type, without case. */
export interface SearchKeys {
  sortKey: string;
  searchKey: string;
}

/** A user or group as it was just written. */
export interface Written {
  attributes: Attributes;
  /** Created just now, under an id that nobody has seen: nothing here can know it yet. */
  isNew: boolean;
}

/** A member and its record, looked at by itself. */
export interface MemberSlice {
  member: PlannedMember;
  employee: PlannedEmployee | null;
}

/** The access plane's rows; implemented by the store. All of it runs inside the caller's transaction. */
export interface AccessStore {
  /** Runs work of which nothing stays, inside a transaction or outside of one. */
  rehearse<T>(work: () => T): T;
  /** @param written what the caller just wrote, so that it isn't read again. */
  userSlice(userId: string, written?: Written): Omit<UserSlice, 'rivals'>;
  groupSlice(groupId: string, written?: Written): GroupSlice;
  memberSlice(memberId: string): MemberSlice | undefined;
  /** Members of whom a date has come and whom nobody holds, oldest first. */
  dueMembers(now: string, limit: number): MemberSlice[];
  /** Who else holds the e-mail or externalId, undecided (D5). */
  rivals(facts: MemberFacts, known: { userId: string; memberId: string | null }): Rival[];
  createMember(
    member: {
      id: string;
      userId: string;
      role: string;
      facts: MemberFacts;
      time: string;
    } & Omit<StateChange, 'from' | 'deactivateAt' | 'deleteAt'> &
      SearchKeys,
  ): void;
  /** @param edited the edits that are left (M15). */
  updateMember(id: string, facts: MemberFacts, keys: SearchKeys, time: string, edited?: Edited): void;
  setMemberState(id: string, change: Omit<StateChange, 'from'> & { time: string }): void;
  /** What ending the suspension returns to. */
  resumeAs(id: string, suspendedFrom: 'pending' | 'active', time: string): void;
  /** Whether somebody has had access at any time. */
  wasEverActive(id: string): boolean;
  setCut(id: string, cutAt: string | null, time: string): void;
  /** The recall and what it retained end. */
  endRecall(id: string, time: string): void;
  /** Leaves the tombstone: dates, and a digest of the externalId. The employee record stays. */
  buryMember(id: string, reason: string, time: string): void;
  openConflict(conflict: {
    id: string;
    kind: Rival['kind'];
    memberId: string;
    otherId: string;
    value: string;
    time: string;
  }): void;
  linkMember(id: string, userId: string | null, time: string): void;
  createEmployee(id: string, memberId: string, facts: EmployeeFacts, keys: SearchKeys, time: string): void;
  updateEmployee(id: string, facts: EmployeeFacts, keys: SearchKeys, edited?: Edited): void;
  endEmployee(id: string, by: string, reason: string, time: string): void;
  reopenEmployee(id: string, time: string): void;
  /** Makes the team and the mapping that fills it from its group. */
  createTeam(team: {
    id: string;
    groupId: string;
    externalId: string | null;
    name: string;
    sortKey: string;
    time: string;
    actor: string;
  }): void;
  renameTeam(id: string, name: string, sortKey: string, time: string): void;
  identifyTeam(id: string, externalId: string | null, time: string): void;
  removeTeam(id: string): void;
  releaseTeam(id: string, time: string): void;
  /** From now on the group's memberships count as the directory has them. */
  applyMembership(groupId: string): void;
  /** Members that a push brought and that still count, for {@link Access.release}. */
  scimMembersAfter(pk: number, limit: number): { pk: number; id: string; state: PlannedMember['state'] }[];
  makeManual(id: string, time: string): void;
}
