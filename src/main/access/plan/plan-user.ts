import {
  ADMISSION_REASONS,
  admission,
  enter,
  planGone,
  planResumption,
  readmission,
  vanished,
} from './admission.ts';
import type { AccessChange, Because } from './change.ts';
import { CUT_REASONS, later, planCut, planEnd } from './deprovision.ts';
import { keepEdits, orNone } from './edit.ts';
import type { EmployeeFacts, MemberFacts } from './facts.ts';
import type { AccessPolicy } from './policy.ts';
import type { OpenConflict, PlannedEmployee, PlannedMember, Rival, UserSlice } from './slice.ts';

export const REASONS = {
  ...ADMISSION_REASONS,
  createdInactive: 'The IdP created this person as inactive.',
  reactivated: 'The IdP set this person to active again.',
  returned: 'The IdP created this person again, with the same externalId.',
  due: 'Suspended for as long as the policy waits.',
  retained: 'Kept for as long as the policy keeps people who left.',
} as const;

/** What follows for one person from what the IdP asserts about them. */
export function planUser(slice: UserSlice, policy: AccessPolicy): AccessChange[] {
  const { asserted, member, employee, conflicts = [] } = slice;
  const because: Because = { assertion: 'User', id: slice.userId };
  if (!asserted) return member ? planDeparture(member, employee, conflicts, policy, because) : [];
  const facts = policy.facts.member(asserted.attributes);
  const active = policy.facts.isActive(asserted.attributes);

  if (member && member.state !== 'deleted') {
    // Somebody who was converted to manual is ours now; a push no longer moves them.
    if (member.origin === 'manual') return [];
    return [
      ...planFacts(member, policy.syncRoles ? facts : { ...facts, roleValues: member.roleValues }, because),
      ...planAssertion(member, employee, { active, facts, rivals: slice.rivals, conflicts }, policy, because),
      ...planEmployee(member, employee, policy.facts.employee(asserted.attributes, facts), because),
    ];
  }
  // Of somebody who was deleted here, and whom the IdP only keeps on file, nothing is made anew.
  if (member && !active) return [];
  const forgotten: AccessChange[] = member ? [{ kind: 'member.unlink', memberId: member.id, because }] : [];

  // Two candidates would be a guess, and a guess about who somebody is is never taken (D5).
  const [returning, ...others] = slice.departed;
  if (returning && others.length === 0) {
    return [
      ...forgotten,
      ...planReturn(
        { ...returning, userId: asserted.id },
        returning.employee,
        { facts, active, asserted: policy.facts.employee(asserted.attributes, facts) },
        { rivals: slice.rivals, conflicts },
        policy,
        because,
      ),
    ];
  }

  const rivals = [...slice.rivals, ...slice.departed.map((each) => ambiguous(each))];
  const admitted = admission(facts, rivals, policy);
  return [
    ...forgotten,
    {
      kind: 'member.create',
      userId: asserted.id,
      facts: policy.syncRoles ? facts : { ...facts, roleValues: [] },
      employee: policy.facts.employee(asserted.attributes, facts),
      role: policy.defaultRole,
      rivals,
      deactivateAt: null,
      deleteAt: null,
      because,
      ...(active
        ? { to: admitted.to, reason: admitted.reason, suspendedFrom: null, cause: null }
        : {
            to: 'suspended',
            reason: REASONS.createdInactive,
            suspendedFrom: admitted.to,
            cause: 'inactive',
          }),
    },
  ];
}

/**
 * What can't wait for Apply in observe mode: access ends when the IdP takes it away, whatever becomes of the member
 * later (D2).
 */
export function planRevocation(slice: UserSlice, policy: AccessPolicy): AccessChange[] {
  const { asserted, member } = slice;
  if (member?.state !== 'active' || member.origin === 'manual') return [];
  const because: Because = { assertion: 'User', id: slice.userId };
  const cause = !asserted ? 'deleted' : policy.facts.isActive(asserted.attributes) ? null : 'inactive';
  if (cause === null) {
    return [
      // Or the next revocation would be taken for the one that was recalled.
      ...(member.recalled === null
        ? []
        : [{ kind: 'member.recall-ended' as const, memberId: member.id, because }]),
      ...(member.isCut ? [{ kind: 'member.uncut' as const, memberId: member.id, because }] : []),
    ];
  }
  if (member.isCut || member.recalled === cause) return [];
  return [{ kind: 'member.cut', memberId: member.id, reason: CUT_REASONS[cause], because }];
}

/** What follows for one member from dates that came, whatever the IdP says now. */
export function planDates(
  member: PlannedMember,
  employee: PlannedEmployee | null,
  policy: AccessPolicy,
): AccessChange[] {
  if (member.isHeld || member.origin === 'manual') return [];
  const hasCome = (date: string | null) => date !== null && date <= policy.now;
  if (member.state === 'suspended' && hasCome(member.deactivateAt)) {
    const because: Because = { date: 'deactivation' };
    return [
      {
        kind: 'member.state',
        memberId: member.id,
        from: 'suspended',
        to: 'deactivated',
        suspendedFrom: member.suspendedFrom,
        cause: member.cause,
        deactivateAt: null,
        deleteAt: later(policy.now, policy.retentionDays),
        reason: REASONS.due,
        isCut: false,
        because,
      },
      ...planEnd(member, employee, REASONS.due, because),
    ];
  }
  if (member.state === 'deactivated' && hasCome(member.deleteAt)) {
    return [
      {
        kind: 'member.delete',
        memberId: member.id,
        from: 'deactivated',
        reason: REASONS.retained,
        because: { date: 'retention' },
      },
    ];
  }
  return [];
}

function ambiguous(member: PlannedMember): Rival {
  return { kind: 'external-id', memberId: member.id, value: member.externalId ?? '' };
}

function planFacts(member: PlannedMember, facts: MemberFacts, because: Because): AccessChange[] {
  const kept = keepEdits<MemberFacts>(member, facts);
  const changed = [...new Set([...differing(member, kept.facts), ...kept.ended])];
  if (changed.length === 0) return [];
  const edits = orNone(kept.edited);
  return [{ kind: 'member.update', memberId: member.id, facts: kept.facts, changed, ...edits, because }];
}

/** Somebody we know, asserted as active or not. */
function planAssertion(
  member: PlannedMember,
  employee: PlannedEmployee | null,
  now: { active: boolean; facts: MemberFacts; rivals: readonly Rival[]; conflicts: readonly OpenConflict[] },
  policy: AccessPolicy,
  because: Because,
): AccessChange[] {
  const { active, facts, rivals, conflicts } = now;
  const { id: memberId, state } = member;
  const gone = vanished(conflicts, facts);
  const isContested = rivals.length > 0 || gone.length < conflicts.length;
  const changes: AccessChange[] = planGone(memberId, gone, because);
  if (rivals.length > 0) changes.push({ kind: 'conflict.open', memberId, rivals, because });
  const again = gone.length > 0 && !isContested ? readmission(member, facts, policy) : null;
  const holdsAccess = state === 'active' || state === 'pending';

  if (!active) {
    if (member.recalled === 'inactive') {
      // A recall passes over what the IdP says, but not over a conflict that nobody decided.
      if (isContested && state === 'active')
        changes.push(enter(member, 'pending', REASONS.conflict, because));
      if (again && state === 'pending') changes.push(enter(member, again.to, again.reason, because));
      return changes;
    }
    // A receipt knows what the recall kept, so the cut comes before the recall's end.
    if (holdsAccess) changes.push(...planCut(member, employee, 'inactive', policy, because));
    if (member.recalled !== null) changes.push({ kind: 'member.recall-ended', memberId, because });
    if (again) changes.push(...planResumption(member, again.to, because));
    return changes;
  }

  if (member.recalled !== null) changes.push({ kind: 'member.recall-ended', memberId, because });
  const isBack =
    (state === 'suspended' || state === 'deactivated') &&
    member.cause !== 'operator' &&
    member.cause !== 'rejected';
  const back = isBack ? (member.suspendedFrom ?? 'active') : state;
  const readmitted = back === 'pending' ? again : null;
  const to = readmitted?.to ?? (isContested && back === 'active' ? 'pending' : back);
  if (to !== state || readmitted) {
    const reason = readmitted?.reason ?? (isContested ? REASONS.conflict : REASONS.reactivated);
    changes.push(enter(member, to, reason, because), ...planReopening(member, employee, because));
  } else if (member.isCut) changes.push({ kind: 'member.uncut', memberId, because });
  else if (again) changes.push(...planResumption(member, again.to, because));
  return changes;
}

/** Somebody who left and whom the IdP created again under another id. */
function planReturn(
  member: PlannedMember,
  employee: PlannedEmployee | null,
  now: { facts: MemberFacts; active: boolean; asserted: EmployeeFacts },
  { rivals, conflicts }: { rivals: readonly Rival[]; conflicts: readonly OpenConflict[] },
  policy: AccessPolicy,
  because: Because,
): AccessChange[] {
  const { id: memberId } = member;
  const gone = vanished(conflicts, now.facts);
  const contested = [...rivals, ...conflicts.filter((conflict) => !gone.includes(conflict))];
  const changes: AccessChange[] = [
    { kind: 'member.relink', memberId, userId: member.userId ?? '', because },
    ...planFacts(
      member,
      policy.syncRoles ? now.facts : { ...now.facts, roleValues: member.roleValues },
      because,
    ),
  ];
  changes.push(...planGone(memberId, gone, because));
  if (rivals.length > 0) changes.push({ kind: 'conflict.open', memberId, rivals, because });

  const isDecided = member.cause === 'rejected' || member.cause === 'operator';
  const holdsAccess = member.state === 'active' || member.state === 'pending';
  const admitted = admission(now.facts, contested, policy);
  if (now.active && !isDecided && !(holdsAccess && contested.length === 0)) {
    const reason = admitted.to === 'active' ? REASONS.returned : admitted.reason;
    if (admitted.to !== member.state) changes.push(enter(member, admitted.to, reason, because));
  } else if (!now.active && holdsAccess) {
    changes.push(...planCut(member, employee, 'inactive', policy, because));
  } else if (!now.active && !isDecided) {
    changes.push({
      kind: 'member.state',
      memberId,
      from: member.state,
      to: 'suspended',
      suspendedFrom: admitted.to,
      cause: 'inactive',
      deactivateAt: null,
      deleteAt: null,
      reason: REASONS.returned,
      isCut: false,
      because,
    });
  }
  if (isDecided) changes.push(...planStanding(member, because));
  if (changes.some((change) => change.kind === 'member.state' && change.to !== 'deactivated')) {
    changes.push(...planReopening(member, employee, because));
  }
  if (member.recalled !== null) changes.push({ kind: 'member.recall-ended', memberId, because });
  changes.push(...planEmployee(member, employee, now.asserted, because));
  return changes;
}

/**
 * What people decided about somebody who comes back stands. No date runs while the IdP asserts them: the next push would
 * make a new member of somebody whom nobody remembers.
 */
function planStanding(member: PlannedMember, because: Because): AccessChange[] {
  const to = member.cause === 'operator' ? 'suspended' : member.state;
  if (to === member.state && member.deactivateAt === null && member.deleteAt === null) return [];
  return [
    {
      kind: 'member.state',
      memberId: member.id,
      from: member.state,
      to,
      suspendedFrom: member.suspendedFrom,
      cause: member.cause,
      deactivateAt: null,
      deleteAt: null,
      reason: REASONS.returned,
      isCut: false,
      because,
    },
  ];
}

/** Somebody whom the IdP deleted. */
function planDeparture(
  member: PlannedMember,
  employee: PlannedEmployee | null,
  conflicts: readonly OpenConflict[],
  policy: AccessPolicy,
  because: Because,
): AccessChange[] {
  const { id: memberId, state } = member;
  const unlink: AccessChange = { kind: 'member.unlink', memberId, because };
  if (member.origin === 'manual' || state === 'deleted') return [unlink];
  // Whether somebody who is gone is somebody else is nobody's question; it is asked again if they come back.
  const changes = planGone(memberId, conflicts, because);
  if (member.recalled === 'deleted') return [...changes, unlink];
  // A receipt names the groups that count, so the cut comes before the link and the recall end.
  if (state !== 'deactivated') changes.push(...planCut(member, employee, 'deleted', policy, because));
  else if (member.cause === 'rejected' && member.deleteAt === null) {
    changes.push(planRetention(member, policy, because));
  }
  if (member.recalled !== null) changes.push({ kind: 'member.recall-ended', memberId, because });
  return [...changes, unlink];
}

/** Who was rejected is remembered for as long as the IdP asserts them, or its next push would bring them back. */
function planRetention(member: PlannedMember, policy: AccessPolicy, because: Because): AccessChange {
  return {
    kind: 'member.state',
    memberId: member.id,
    from: member.state,
    to: 'deactivated',
    suspendedFrom: member.suspendedFrom,
    cause: member.cause,
    deactivateAt: null,
    deleteAt: later(policy.now, policy.retentionDays),
    reason: CUT_REASONS.deleted,
    isCut: false,
    because,
  };
}

/** A record that ended with the member's deactivation goes on when that is undone. */
function planReopening(
  member: PlannedMember,
  employee: PlannedEmployee | null,
  because: Because,
): AccessChange[] {
  if (member.state !== 'deactivated' || employee?.status !== 'ended') return [];
  return [{ kind: 'employee.reopen', employeeId: employee.id, memberId: member.id, because }];
}

function planEmployee(
  member: PlannedMember,
  employee: PlannedEmployee | null,
  facts: EmployeeFacts,
  because: Because,
): AccessChange[] {
  if (!employee) return [];
  const kept = keepEdits<EmployeeFacts>(employee, facts);
  const changed = [...new Set([...differing(employee, kept.facts), ...kept.ended])];
  if (changed.length === 0) return [];
  const target = { employeeId: employee.id, memberId: member.id };
  const edits = orNone(kept.edited);
  return [{ kind: 'employee.update', ...target, facts: kept.facts, changed, ...edits, because }];
}

/** The names of the facts that differ from what is held. */
function differing<Facts extends object>(held: Facts, facts: Facts): (keyof Facts)[] {
  return (Object.keys(facts) as (keyof Facts)[]).filter((name) => {
    const [before, after] = [held[name], facts[name]];
    return Array.isArray(before) && Array.isArray(after)
      ? before.length !== after.length || before.some((value, index) => value !== after[index])
      : before !== after;
  });
}
