import { ADMISSION_REASONS, enter, mayBeIn, planGone, planReadmission, vanished } from './admission.ts';
import type { AccessChange, Because } from './change.ts';
import { interrupted, later, planEnd } from './deprovision.ts';
import type { AccessPolicy } from './policy.ts';
import type { Asserted, OpenConflict, PlannedEmployee, PlannedMember } from './slice.ts';

/** Everything that a person's decision about somebody looks at. */
export interface DecisionSlice {
  member: PlannedMember;
  employee: PlannedEmployee | null;
  asserted: Asserted | null;
  conflicts: readonly OpenConflict[];
}

/** What follows when somebody who waits is let in; nothing where the IdP or an open conflict stands against it. */
export function planApproval(
  { member, asserted, conflicts }: DecisionSlice,
  policy: AccessPolicy,
): AccessChange[] {
  if (member.state !== 'pending' || conflicts.length > 0 || !mayBeIn(member, asserted, policy)) return [];
  return [enter(member, 'active', ADMISSION_REASONS.approved, { decision: 'review' })];
}

/**
 * What follows when somebody is turned away. While the IdP asserts them they are remembered without a date, so that no
 * push brings them back; the retention begins when the IdP deletes them.
 * @param reason a sentence
 */
export function planRejection(
  { member, employee, asserted }: DecisionSlice,
  policy: AccessPolicy,
  reason: string,
  because: Because,
): AccessChange[] {
  if (member.state === 'deleted') return [];
  return [
    {
      kind: 'member.state',
      memberId: member.id,
      from: member.state,
      to: 'deactivated',
      suspendedFrom: interrupted(member),
      cause: 'rejected',
      deactivateAt: null,
      deleteAt: asserted ? null : later(policy.now, policy.retentionDays),
      reason,
      isCut: true,
      because,
    },
    ...planEnd(member, employee, reason, because),
  ];
}

/** What follows for somebody when a conflict of theirs was decided in their favour, or went away by itself. */
export function planSettled(slice: DecisionSlice, policy: AccessPolicy, because: Because): AccessChange[] {
  const { member, asserted, conflicts } = slice;
  const gone = vanished(conflicts, member);
  const changes = planGone(member.id, gone, because);
  return gone.length < conflicts.length
    ? changes
    : [...changes, ...planReadmission(member, asserted, policy, because)];
}

/** The same where a cause went away, and nothing where every conflict still has its cause. */
export function planVanished(slice: DecisionSlice, policy: AccessPolicy, because: Because): AccessChange[] {
  return vanished(slice.conflicts, slice.member).length === 0 ? [] : planSettled(slice, policy, because);
}
