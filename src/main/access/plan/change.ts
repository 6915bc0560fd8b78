import type { MemberState } from '../../../shared/contract/people.ts';
import type { EmployeeFacts, MemberFacts } from './facts.ts';
import type { Cause, Edited, OpenConflict, Rival } from './slice.ts';

/** Why a change follows: what the IdP asserts about a resource, a policy key, or a date that came. */
export type Because =
  | { assertion: 'User' | 'Group'; id: string }
  | { policy: string }
  | { decision: 'review' | 'conflict' | 'suspension' | 'edit' }
  | { date: 'deactivation' | 'retention' };

/** From one state to another, with all that goes with it. */
export interface StateChange {
  from: MemberState;
  to: MemberState;
  suspendedFrom: 'pending' | 'active' | null;
  cause: Cause | null;
  deactivateAt: string | null;
  deleteAt: string | null;
  /** A sentence that a person reads. */
  reason: string;
}

/** One change to the access plane: what, to whom, because of what. */
export type AccessChange = { because: Because } & (
  | ({ kind: 'member.create'; userId: string } & Omit<StateChange, 'from'> & {
        facts: MemberFacts;
        employee: EmployeeFacts;
        role: string;
        rivals: readonly Rival[];
      })
  | { kind: 'member.relink'; memberId: string; userId: string }
  | { kind: 'member.unlink'; memberId: string }
  | {
      kind: 'member.update';
      memberId: string;
      facts: MemberFacts;
      changed: (keyof MemberFacts)[];
      /** The edits that are left; without, none are. */
      edited?: Edited;
    }
  /** `isCut`: it takes access away from somebody; a receipt is written. */
  | ({ kind: 'member.state'; memberId: string; isCut: boolean } & StateChange & {
        /** What the IdP asserted, where that took the access: the cause may be a decision that stands beside it. */
        assertion?: 'inactive' | 'deleted';
      })
  | { kind: 'member.cut'; memberId: string; reason: string }
  | { kind: 'member.uncut'; memberId: string }
  | { kind: 'member.recall-ended'; memberId: string }
  | { kind: 'member.delete'; memberId: string; from: MemberState; reason: string }
  | { kind: 'conflict.open'; memberId: string; rivals: readonly Rival[] }
  /** Nobody needs to decide it any more. */
  | { kind: 'conflict.gone'; memberId: string; conflict: OpenConflict }
  /** What the end of a suspension returns to has changed meanwhile. */
  | { kind: 'member.resume-as'; memberId: string; suspendedFrom: 'pending' | 'active' }
  | {
      kind: 'employee.update';
      employeeId: string;
      memberId: string;
      facts: EmployeeFacts;
      changed: (keyof EmployeeFacts)[];
      edited?: Edited;
    }
  | { kind: 'employee.reopen'; employeeId: string; memberId: string }
  | { kind: 'employee.end'; employeeId: string; memberId: string; reason: string }
  | { kind: 'team.create'; groupId: string; name: string; externalId: string | null }
  | { kind: 'team.rename'; teamId: string; from: string; to: string }
  | { kind: 'team.identify'; teamId: string; externalId: string | null }
  | { kind: 'team.remove'; teamId: string; name: string }
  /** The group is gone, but people were put into the team by hand: it stays theirs. */
  | { kind: 'team.release'; teamId: string; name: string }
  | {
      kind: 'group.membership';
      groupId: string;
      joined: readonly string[];
      left: readonly string[];
    }
);
