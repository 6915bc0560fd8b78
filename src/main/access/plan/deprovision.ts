import type { AccessChange, Because } from './change.ts';
import type { AccessPolicy } from './policy.ts';
import type { PlannedEmployee, PlannedMember } from './slice.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Sentences for the states that a push leads to. */
export const CUT_REASONS = {
  inactive: 'The IdP set this person to inactive.',
  deleted: 'The IdP deleted this person.',
} as const;

/**
 * Takes somebody's access away because the IdP says so, by the mode that the policy has for it. While the guard is
 * tripped nothing irreversible happens: the date of the deactivation is set, and held (D2, D14).
 */
export function planCut(
  member: PlannedMember,
  employee: PlannedEmployee | null,
  cause: 'inactive' | 'deleted',
  policy: AccessPolicy,
  because: Because,
): AccessChange[] {
  const mode = cause === 'inactive' ? policy.onInactive : policy.onDelete;
  const reason = CUT_REASONS[cause];
  const common = {
    kind: 'member.state',
    memberId: member.id,
    from: member.state,
    suspendedFrom: interrupted(member),
    // What people decided stands, whatever the IdP adds to it.
    cause: member.cause === 'operator' || member.cause === 'rejected' ? member.cause : cause,
    assertion: cause,
    reason,
    isCut: true,
    because,
  } as const;
  if (mode === 'deactivate' && !policy.holding && !member.isHeld) {
    return [
      {
        ...common,
        to: 'deactivated',
        deactivateAt: null,
        deleteAt: later(policy.now, policy.retentionDays),
      },
      ...planEnd(member, employee, reason, because),
    ];
  }
  const deactivateAt =
    mode === 'suspend' ? null : later(policy.now, mode === 'deactivate' ? 0 : policy.afterDays);
  return [{ ...common, to: 'suspended', deactivateAt, deleteAt: null }];
}

/** What a cut interrupts: the state to go back to. */
export function interrupted(member: PlannedMember): 'pending' | 'active' | null {
  return member.state === 'active' || member.state === 'pending' ? member.state : member.suspendedFrom;
}

/** The end of an employee record that is not ended. */
export function planEnd(
  member: PlannedMember,
  employee: PlannedEmployee | null,
  reason: string,
  because: Because,
): AccessChange[] {
  if (!employee || employee.status === 'ended') return [];
  return [{ kind: 'employee.end', employeeId: employee.id, memberId: member.id, reason, because }];
}

/** An ISO instant so many days after another. */
export function later(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * DAY_MS).toISOString();
}
