import type { AccessChange, Because } from './change.ts';
import { interrupted, planCut } from './deprovision.ts';
import type { AccessPolicy } from './policy.ts';
import type { Asserted, PlannedEmployee, PlannedMember } from './slice.ts';

const BECAUSE: Because = { decision: 'suspension' };
const RESUMED = 'An operator ended the suspension.';

/** Somebody whom an operator suspends, whatever the IdP says. @param reason a sentence for people. */
export function planSuspension(member: PlannedMember, reason: string): AccessChange[] {
  return [
    {
      kind: 'member.state',
      memberId: member.id,
      from: member.state,
      to: 'suspended',
      suspendedFrom: interrupted(member),
      cause: 'operator',
      deactivateAt: null,
      deleteAt: null,
      reason,
      isCut: true,
      because: BECAUSE,
    },
  ];
}

/**
 * What follows when that ends. Whom the IdP says to be inactive meanwhile stays out, from now on because of that: no
 * operator's click outlives what the IdP asserts (D2); only a recall does.
 */
export function planResume(
  {
    member,
    employee,
    asserted,
  }: { member: PlannedMember; employee: PlannedEmployee | null; asserted: Asserted | null },
  policy: AccessPolicy,
): AccessChange[] {
  const asserts = assertionAgainst(member, asserted, policy);
  if (asserts !== null && member.recalled !== asserts) {
    const undecided: PlannedMember = { ...member, cause: null };
    const because: Because = asserted
      ? { assertion: 'User', id: asserted.id }
      : { policy: 'deprovision.onDelete' };
    return planCut(undecided, employee, asserts, policy, because);
  }
  return [
    {
      kind: 'member.state',
      memberId: member.id,
      from: member.state,
      to: member.suspendedFrom ?? 'active',
      suspendedFrom: null,
      cause: null,
      deactivateAt: null,
      deleteAt: null,
      reason: RESUMED,
      isCut: false,
      because: BECAUSE,
    },
  ];
}

/** What the IdP asserts that takes somebody's access away: nothing of people whom it never knew. */
export function assertionAgainst(
  member: PlannedMember,
  asserted: Asserted | null,
  policy: Pick<AccessPolicy, 'facts'>,
): 'inactive' | 'deleted' | null {
  if (member.origin !== 'scim') return null;
  if (!asserted) return 'deleted';
  return policy.facts.isActive(asserted.attributes) ? null : 'inactive';
}
