import type { MemberState } from '../../../shared/contract/people.ts';
import type { Attributes } from '../../scim/resource.ts';
import { type EmployeeFacts, employeeFacts, type MemberFacts, memberFacts, teamName } from './facts.ts';

/** A user or group as the IdP asserts it now. */
export interface Asserted {
  id: string;
  attributes: Attributes;
}

/** A member as the access plane holds it. */
export interface PlannedMember extends MemberFacts {
  id: string;
  userId: string | null;
  origin: 'scim' | 'manual';
  state: MemberState;
  suspendedFrom: 'pending' | 'active' | null;
}

export interface PlannedEmployee extends EmployeeFacts {
  id: string;
  status: 'active' | 'ended';
}

/** Everything that bears on one person: the assertion (null once the IdP deleted it) and what we have of them. */
export interface UserSlice {
  userId: string;
  asserted: Asserted | null;
  member: PlannedMember | null;
  employee: PlannedEmployee | null;
  /** Members whose user is gone and who had the same externalId: the same person may be coming back. */
  departed: readonly (PlannedMember & { employee: PlannedEmployee | null })[];
}

/** Everything that bears on one team. */
export interface GroupSlice {
  groupId: string;
  asserted: Asserted | null;
  team: { id: string; name: string; externalId: string | null } | null;
}

/** The part of the policy that decides about people. */
export interface AccessPolicy {
  userNameIsEmail: boolean;
  activation: 'auto' | 'review';
  defaultRole: string;
}

/** One change to the access plane. Each `reason` is a sentence that a person reads. */
export type AccessChange =
  | {
      kind: 'member.create';
      userId: string;
      facts: MemberFacts;
      employee: EmployeeFacts;
      state: MemberState;
      suspendedFrom: 'pending' | 'active' | null;
      role: string;
      reason: string;
    }
  | { kind: 'member.relink'; memberId: string; userId: string }
  | { kind: 'member.update'; memberId: string; facts: MemberFacts; changed: (keyof MemberFacts)[] }
  | {
      kind: 'member.state';
      memberId: string;
      from: MemberState;
      to: MemberState;
      suspendedFrom: 'pending' | 'active' | null;
      reason: string;
    }
  | { kind: 'member.unlink'; memberId: string }
  | { kind: 'employee.update'; employeeId: string; facts: EmployeeFacts; changed: (keyof EmployeeFacts)[] }
  | { kind: 'employee.reopen'; employeeId: string }
  | { kind: 'employee.end'; employeeId: string; reason: string }
  | { kind: 'team.create'; groupId: string; name: string; externalId: string | null }
  | { kind: 'team.rename'; teamId: string; from: string; to: string }
  | { kind: 'team.identify'; teamId: string; externalId: string | null }
  | { kind: 'team.remove'; teamId: string; name: string };

export const REASONS = {
  activated: 'Provisioned by the IdP and activated automatically.',
  held: 'Provisioned by the IdP; waiting for review.',
  createdInactive: 'The IdP created this person as inactive.',
  deactivated: 'The IdP set this person to inactive.',
  deleted: 'The IdP deleted this person.',
  reactivated: 'The IdP set this person to active again.',
  returned: 'The IdP created this person again, with the same externalId.',
} as const;

/**
 * What the access plane must change so that it follows from the directory plane (D1). Pure, total and
 * deterministic: planning again after applying the result yields nothing.
 *
 * Works on the slice that a write touched. Which members are in a team is not planned: it follows from the group's
 * memberships, so that adding one person to a huge group changes one row.
 */
export function plan(
  slice: { users: readonly UserSlice[]; groups: readonly GroupSlice[] },
  policy: AccessPolicy,
): AccessChange[] {
  return [
    ...slice.users.flatMap((user) => planUser(user, policy)),
    ...slice.groups.flatMap((group) => planGroup(group)),
  ];
}

function planUser(slice: UserSlice, policy: AccessPolicy): AccessChange[] {
  const { asserted, member } = slice;
  if (!asserted) return member ? planDeparture(member, slice.employee) : [];
  const facts = memberFacts(asserted.attributes, policy.userNameIsEmail);
  const employee = employeeFacts(asserted.attributes, facts);
  // Unassigned is not active: access is what an IdP grants, not what it forgot to take away.
  const active = asserted.attributes.active === true;

  if (member) {
    // Somebody who was converted to manual is ours now; a push no longer moves them.
    if (member.origin === 'manual') return [];
    return [
      ...planFacts(member, facts),
      ...planState(member, active),
      ...planEmployee(slice.employee, employee),
    ];
  }

  // Two candidates would be a guess, and a guess about who somebody is is never taken (D5).
  const [returning, ...others] = slice.departed;
  if (returning && others.length === 0) {
    return [
      { kind: 'member.relink', memberId: returning.id, userId: asserted.id },
      ...planFacts(returning, facts),
      ...planReturn(returning, active, policy),
      ...planEmployee(returning.employee, employee),
    ];
  }

  const admitted = admission(policy);
  return [
    {
      kind: 'member.create',
      userId: asserted.id,
      facts,
      employee,
      role: policy.defaultRole,
      ...(active
        ? { ...admitted, suspendedFrom: null }
        : { state: 'suspended', suspendedFrom: admitted.state, reason: REASONS.createdInactive }),
    },
  ];
}

function admission(policy: AccessPolicy): { state: 'active' | 'pending'; reason: string } {
  return policy.activation === 'auto'
    ? { state: 'active', reason: REASONS.activated }
    : { state: 'pending', reason: REASONS.held };
}

function planFacts(member: PlannedMember, facts: MemberFacts): AccessChange[] {
  const changed = differing(member, facts);
  return changed.length === 0 ? [] : [{ kind: 'member.update', memberId: member.id, facts, changed }];
}

function planState(member: PlannedMember, active: boolean): AccessChange[] {
  const { id: memberId, state } = member;
  if (!active && (state === 'active' || state === 'pending')) {
    return [
      {
        kind: 'member.state',
        memberId,
        from: state,
        to: 'suspended',
        suspendedFrom: state,
        reason: REASONS.deactivated,
      },
    ];
  }
  if (active && state === 'suspended') {
    const to = member.suspendedFrom ?? 'active';
    return [
      { kind: 'member.state', memberId, from: state, to, suspendedFrom: null, reason: REASONS.reactivated },
    ];
  }
  return [];
}

function planReturn(member: PlannedMember, active: boolean, policy: AccessPolicy): AccessChange[] {
  const admitted = admission(policy);
  const to = active ? admitted.state : 'suspended';
  const suspendedFrom = active ? null : admitted.state;
  return [
    {
      kind: 'member.state',
      memberId: member.id,
      from: member.state,
      to,
      suspendedFrom,
      reason: REASONS.returned,
    },
  ];
}

function planDeparture(member: PlannedMember, employee: PlannedEmployee | null): AccessChange[] {
  const changes: AccessChange[] = [{ kind: 'member.unlink', memberId: member.id }];
  if (member.origin === 'manual') return changes;
  if (member.state !== 'deactivated') {
    changes.push({
      kind: 'member.state',
      memberId: member.id,
      from: member.state,
      to: 'deactivated',
      suspendedFrom: null,
      reason: REASONS.deleted,
    });
  }
  if (employee?.status === 'active') {
    changes.push({ kind: 'employee.end', employeeId: employee.id, reason: REASONS.deleted });
  }
  return changes;
}

function planEmployee(employee: PlannedEmployee | null, facts: EmployeeFacts): AccessChange[] {
  if (!employee) return [];
  const changes: AccessChange[] = [];
  if (employee.status === 'ended') changes.push({ kind: 'employee.reopen', employeeId: employee.id });
  const changed = differing(employee, facts);
  if (changed.length > 0) changes.push({ kind: 'employee.update', employeeId: employee.id, facts, changed });
  return changes;
}

function planGroup({ groupId, asserted, team }: GroupSlice): AccessChange[] {
  if (!asserted) return team ? [{ kind: 'team.remove', teamId: team.id, name: team.name }] : [];
  const name = teamName(asserted.attributes);
  const externalId =
    typeof asserted.attributes.externalId === 'string' ? asserted.attributes.externalId : null;
  if (!team) return [{ kind: 'team.create', groupId, name, externalId }];
  const changes: AccessChange[] = [];
  if (team.name !== name) changes.push({ kind: 'team.rename', teamId: team.id, from: team.name, to: name });
  if (team.externalId !== externalId) changes.push({ kind: 'team.identify', teamId: team.id, externalId });
  return changes;
}

/** The names of the facts that differ from what is held. */
function differing<Facts extends object>(held: Facts, facts: Facts): (keyof Facts)[] {
  return (Object.keys(facts) as (keyof Facts)[]).filter((name) => held[name] !== facts[name]);
}
