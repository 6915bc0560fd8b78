import { foldCase } from '../../scim/fold-case.ts';
import type { AccessChange, Because } from './change.ts';
import { interrupted } from './deprovision.ts';
import type { MemberFacts } from './facts.ts';
import type { AccessPolicy } from './policy.ts';
import type { Asserted, OpenConflict, PlannedMember, Rival } from './slice.ts';

/** Why somebody is let in or waits, as the sentences that people read; the review queue tells its rules by them. */
export const ADMISSION_REASONS = {
  activated: 'Provisioned by the IdP and activated automatically.',
  approved: 'Approved in review.',
  held: 'Provisioned by the IdP; waiting for review.',
  foreignDomain: 'Provisioned by the IdP with an e-mail outside of the trusted domains; waiting for review.',
  conflict: 'Somebody else here has the same e-mail or externalId; waiting for a decision.',
} as const;

interface Admission {
  to: 'active' | 'pending';
  reason: string;
}

/** Where somebody new, or somebody who comes back, starts. */
export function admission(
  facts: MemberFacts,
  rivals: readonly (Rival | OpenConflict)[],
  policy: AccessPolicy,
): Admission {
  const { conflict, held, foreignDomain, activated } = ADMISSION_REASONS;
  if (rivals.length > 0) return { to: 'pending', reason: conflict };
  if (policy.activation === 'review') return { to: 'pending', reason: held };
  if (!isTrusted(facts.email, policy.trustedDomains)) return { to: 'pending', reason: foreignDomain };
  return { to: 'active', reason: activated };
}

/** Where somebody goes on to whom only conflicts kept out. What a person approved needs no second approval. */
export function readmission(member: PlannedMember, facts: MemberFacts, policy: AccessPolicy): Admission {
  return member.review === 'approved'
    ? { to: 'active', reason: ADMISSION_REASONS.approved }
    : admission(facts, [], policy);
}

/** The conflicts whose cause is gone: one of the two no longer holds what both held, or is deleted. */
export function vanished(conflicts: readonly OpenConflict[], facts: MemberFacts): OpenConflict[] {
  return conflicts.filter((conflict) => !conflict.stands || !holds(facts, conflict));
}

function holds(facts: MemberFacts, { kind, value }: OpenConflict): boolean {
  switch (kind) {
    case 'email':
      return facts.email !== null && foldCase(facts.email) === value;
    case 'external-id':
      return facts.externalId === value;
    case 'subject':
      return true;
  }
}

/** The end of conflicts that nobody needs to decide any more. */
export function planGone(memberId: string, gone: readonly OpenConflict[], because: Because): AccessChange[] {
  return gone.map((conflict) => ({ kind: 'conflict.gone', memberId, conflict, because }));
}

/**
 * What becomes of somebody once none of their conflicts is open: what the rules say, if the IdP says that they are
 * active. Who is out for another reason goes there when that ends.
 */
export function planReadmission(
  member: PlannedMember,
  asserted: Asserted | null,
  policy: AccessPolicy,
  because: Because,
): AccessChange[] {
  const { to, reason } = readmission(member, member, policy);
  if (member.state === 'pending') {
    return mayBeIn(member, asserted, policy) ? [enter(member, to, reason, because)] : [];
  }
  return planResumption(member, to, because);
}

/** What ending a suspension returns to, where that was to wait for nothing but a conflict. */
export function planResumption(
  member: PlannedMember,
  to: 'active' | 'pending',
  because: Because,
): AccessChange[] {
  if (member.state === 'deleted' || interrupted(member) !== 'pending' || to === 'pending') return [];
  return [{ kind: 'member.resume-as', memberId: member.id, suspendedFrom: to, because }];
}

/** Whether a decision here may give access: never against what the IdP asserts, but for a recall. */
export function mayBeIn(member: PlannedMember, asserted: Asserted | null, policy: AccessPolicy): boolean {
  if (member.origin !== 'scim') return true;
  if (!asserted) return member.recalled === 'deleted';
  return policy.facts.isActive(asserted.attributes) || member.recalled === 'inactive';
}

/** Into a state of its own right: nothing is interrupted, no date runs. */
export function enter(
  member: PlannedMember,
  to: PlannedMember['state'],
  reason: string,
  because: Because,
): AccessChange {
  return {
    kind: 'member.state',
    memberId: member.id,
    from: member.state,
    to,
    suspendedFrom: null,
    cause: null,
    deactivateAt: null,
    deleteAt: null,
    reason,
    // Losing the active state to a conflict takes access away, but not because the IdP took anybody out.
    isCut: false,
    because,
  };
}

function isTrusted(email: string | null, domains: readonly string[]): boolean {
  if (domains.length === 0) return true;
  const domain = email?.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return domain !== undefined && domains.includes(domain);
}
