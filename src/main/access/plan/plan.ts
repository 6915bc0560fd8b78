import type { AccessChange } from './change.ts';
import { planGroup } from './plan-group.ts';
import { planDates, planRevocation, planUser } from './plan-user.ts';
import type { AccessPolicy } from './policy.ts';
import type { Slice } from './slice.ts';

export type { AccessChange, Because, StateChange } from './change.ts';
export type { AccessPolicy, FactReader } from './policy.ts';
export { type DecisionSlice, planApproval, planRejection, planSettled, planVanished } from './review.ts';
export type {
  Cause,
  Edited,
  GroupSlice,
  OpenConflict,
  PlannedEmployee,
  PlannedMember,
  Rival,
  Slice,
  UserSlice,
} from './slice.ts';
export { assertionAgainst, planResume, planSuspension } from './suspension.ts';
export { planRevocation };

/**
 * What the access plane must change so that it follows from the directory plane (D1). Pure, total and
 * deterministic: planning again after applying the result yields nothing.
 *
 * Works on the slice that a write touched. Which members are in a team is not planned: it follows from the group's
 * memberships, so that adding one person to a huge group changes one row; only what observe mode held back is.
 */
export function plan(slice: Slice, policy: AccessPolicy): AccessChange[] {
  return [
    ...slice.users.flatMap((user) => planUser(user, policy)),
    ...slice.groups.flatMap((group) => planGroup(group, policy)),
    ...(slice.members ?? []).flatMap(({ member, employee }) => planDates(member, employee, policy)),
  ];
}
