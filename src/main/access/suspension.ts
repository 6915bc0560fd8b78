import { AppError } from '../../shared/app-error.ts';
import type { Suspended } from '../../shared/contract/deprovisioning.ts';
import type { Access } from './access.ts';
import { planResume, planSuspension } from './plan/plan.ts';
import type { AccessStore, MemberSlice } from './store.ts';

export type { Suspended } from '../../shared/contract/deprovisioning.ts';

/** Taking somebody's access away by hand, and giving it back. */
export interface Suspension {
  /**
   * Suspends people whatever the IdP says; sessions end at once. All of them or nobody.
   * @param reason a few words for the record; null without one.
   * @throws {AppError} `not-found`, `conflict` when somebody is out already or the decision was made before
   */
  suspend(memberIds: readonly string[], reason: string | null, actor: string): Promise<Suspended[]>;
  /**
   * Ends that. Whom the IdP says to be inactive meanwhile stays suspended because of that, and the answer says so.
   * @throws {AppError} `not-found`, `conflict` when no operator suspended somebody
   */
  resume(memberIds: readonly string[], actor: string): Promise<Suspended[]>;
}

/** Operators' suspensions, in one transaction each. */
export function createSuspension(deps: {
  store: Pick<AccessStore, 'memberSlice'>;
  access: Pick<Access, 'decide'>;
  write<T>(work: () => T): Promise<T>;
}): Suspension {
  const { store, access, write } = deps;

  function required(memberId: string): MemberSlice['member'] {
    const slice = store.memberSlice(memberId);
    if (!slice) throw new AppError('not-found', `There is no member ${memberId}.`);
    return slice.member;
  }

  return {
    suspend: (memberIds, reason, actor) =>
      write(() =>
        [...new Set(memberIds)].map((memberId) => {
          const member = required(memberId);
          const { state, cause } = member;
          const name = nameOf(member);
          if (state === 'deactivated' || state === 'deleted') {
            throw new AppError('conflict', `${name} is ${state} and has no access that could be suspended.`);
          }
          if (state === 'suspended' && cause === 'operator') {
            throw new AppError('conflict', `${name} is suspended by an operator already.`);
          }
          const sentence =
            reason === null ? 'Suspended by an operator.' : `Suspended by an operator: ${reason}`;
          access.decide(memberId, (slice) => planSuspension(slice.member, sentence), actor);
          return { id: memberId, name, state: 'suspended' as const, sentence };
        }),
      ),

    resume: (memberIds, actor) =>
      write(() =>
        [...new Set(memberIds)].map((memberId) => {
          const before = required(memberId);
          const name = nameOf(before);
          if (before.state !== 'suspended' || before.cause !== 'operator') {
            throw new AppError('conflict', `No operator suspended ${name}: ${whyOf(before)}`);
          }
          access.decide(memberId, planResume, actor);
          const { state } = required(memberId);
          const sentence =
            state === 'suspended' || state === 'deactivated'
              ? `${name} stays ${state}: the IdP set this person to inactive meanwhile.`
              : `${name} is ${state} again.`;
          return { id: memberId, name, state, sentence };
        }),
      ),
  };
}

function nameOf({ displayName, userName, id }: MemberSlice['member']): string {
  return displayName || userName || id;
}

function whyOf({ state, cause }: MemberSlice['member']): string {
  if (state === 'active' || state === 'pending') return `the member is ${state}.`;
  if (cause === 'inactive' || cause === 'deleted')
    return 'the IdP took the access away. Recall that instead.';
  return `the member is ${state}.`;
}
