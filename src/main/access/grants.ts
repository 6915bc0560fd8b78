import { v7 as newId } from 'uuid';
import { AppError } from '../../shared/app-error.ts';
import type { MemberGrants } from '../../shared/contract/grants.ts';
import type { Audit } from '../audit/audit.ts';
import { explainGrants, leversOf } from './grants-explained.ts';
import type { RoleStore } from './grants-role-store.ts';
import type { GrantsStore, TargetRef } from './grants-store.ts';
import type { TeamStore } from './grants-team-store.ts';

/** Grants by hand, beside what the IdP gives; and why somebody has what they have. */
export interface Grants {
  /** Every grant with every origin, and what can be done about each. @throws {AppError} `not-found` */
  ofMember(memberId: string): MemberGrants;
  /**
   * Gives it by hand to all of them; it stays, whatever the IdP does. Who has it by hand already keeps that.
   * @throws {AppError} `not-found`, `conflict` for people who left, `not-permitted` for a protected role by anybody but an owner
   */
  give(grant: {
    memberIds: readonly string[];
    target: TargetRef;
    note?: string | null;
  }): Promise<{ given: number; had: number }>;
  /**
   * Takes back what was given by hand. What else gives the same stays, and the answer says so.
   * @throws {AppError} `not-found`; `conflict` for what only the IdP or the template gives, naming the levers;
   *   `not-permitted` for a protected role by anybody but an owner
   */
  revoke(memberId: string, target: TargetRef): Promise<{ sentence: string }>;
  /** Another role template for these. @throws {AppError} `not-found`, `conflict` for people who left, `invalid-input` */
  setTemplate(memberIds: readonly string[], roleId: string): Promise<{ changed: number }>;
  /** The team or role, with its name. @throws {AppError} `not-found` */
  target(target: TargetRef): TargetRef & { name: string; protected: boolean };
  /** Somebody who can be given something. @throws {AppError} `not-found`, `conflict` for people who left */
  recipient(memberId: string): { id: string; displayName: string };
  /** The member whom an id or a user name means. @throws {AppError} `not-found` */
  member(idOrUserName: string): { id: string; displayName: string };
}

/** Grants by hand, each change in a transaction with its audit row. */
export function createGrants(deps: {
  store: GrantsStore;
  byHand: TeamStore;
  roles: Pick<RoleStore, 'get'>;
  audit: Audit;
  write<T>(work: () => T): Promise<T>;
  now(): Date;
  operator(): string;
  isOwner(): boolean;
}): Grants {
  const { store, byHand, audit, write } = deps;

  function member(idOrUserName: string) {
    const found = store.findMember(idOrUserName);
    if (!found) throw new AppError('not-found', `There is no member ${idOrUserName}.`);
    return found;
  }

  function recipient(memberId: string) {
    const found = member(memberId);
    if (found.state === 'deactivated' || found.state === 'deleted') {
      throw new AppError(
        'conflict',
        `${found.displayName || memberId} is ${found.state} and can't be given anything.`,
      );
    }
    return found;
  }

  function target(ref: TargetRef) {
    const found = ref.kind === 'team' ? byHand.team(ref.id) : deps.roles.get(ref.id);
    if (!found) throw new AppError('not-found', `There is no ${ref.kind} ${ref.id}.`);
    return { ...ref, name: found.name, protected: 'protected' in found && found.protected };
  }

  function permitted(ref: TargetRef) {
    const found = target(ref);
    if (found.protected && !deps.isOwner()) {
      throw new AppError('not-permitted', `Only an owner can give or take the role ${found.name}.`);
    }
    return found;
  }

  return {
    member,
    recipient,
    target,
    ofMember(memberId) {
      const { id, displayName, state } = member(memberId);
      return {
        member: { id, displayName, state },
        grants: explainGrants(id, displayName, store.originsOf(id)),
        permissions: store.effective(id).permissions,
      };
    },
    give: ({ memberIds, target: ref, note = null }) =>
      write(() => {
        const { kind, id: targetId, name } = permitted(ref);
        const recipients = [...new Set(memberIds)].map(recipient);
        const without = recipients.filter(({ id }) => !byHand.manualGrant(id, ref));
        const time = deps.now().toISOString();
        for (const { id: memberId } of without) {
          const id = newId();
          byHand.give({ id, memberId, target: { kind, id: targetId }, note, time, by: deps.operator() });
          audit.record('grant.given', memberId, { grant: id, kind, target: targetId, name });
        }
        return { given: without.length, had: recipients.length - without.length };
      }),
    revoke: (memberId, ref) =>
      write(() => {
        const { id, displayName } = member(memberId);
        const { kind, id: targetId, name } = permitted(ref);
        const origins = store
          .originsOf(id)
          .filter((one) => one.target.kind === kind && one.target.id === targetId);
        const own = byHand.manualGrant(id, ref);
        const what = `the ${kind} “${name}”`;
        if (!own) {
          if (origins.length === 0) throw new AppError('not-found', `${displayName} doesn't have ${what}.`);
          const levers = origins.flatMap((origin) => leversOf(origin)).map(({ sentence }) => sentence);
          throw new AppError(
            'conflict',
            `Nobody gave ${displayName} ${what} by hand, so it can't be taken back here. ${[...new Set(levers)].join(' ')}`,
          );
        }
        byHand.revoke(own.id);
        audit.record('grant.revoked', id, { grant: own.id, kind, target: targetId, name });
        const [still] = explainGrants(
          id,
          displayName,
          origins.filter(({ origin }) => origin !== 'manual'),
        );
        return {
          sentence: still?.effective
            ? `Taken back. ${still.why}`
            : `Taken back: ${displayName} doesn't have ${what} any more.`,
        };
      }),
    setTemplate: (memberIds, roleId) =>
      write(() => {
        const role = target({ kind: 'role', id: roleId });
        if (role.protected) {
          throw new AppError(
            'invalid-input',
            `The role ${role.name} is protected: it can't be a template. Give it by hand to whom it is for.`,
          );
        }
        const recipients = [...new Set(memberIds)].map(recipient);
        const changing = recipients.filter(
          ({ id }) =>
            !store.originsOf(id).some((one) => one.origin === 'template' && one.target.id === roleId),
        );
        const time = deps.now().toISOString();
        for (const { id } of changing) {
          byHand.setTemplate(id, roleId, time);
          audit.record('grant.template-changed', id, { role: roleId });
        }
        return { changed: changing.length };
      }),
  };
}
