import { v7 as newId } from 'uuid';
import type { Audit } from '../audit/audit.ts';
import { foldCase } from '../scim/fold-case.ts';
import { type Application, type ChangeContext, createApplication, type Letters } from './apply.ts';
import type { ConflictStore } from './conflict-store.ts';
import type { Deprovisioning } from './deprovisioning.ts';
import type { ObserveStore } from './observe-store.ts';
import {
  type AccessChange,
  type AccessPolicy,
  assertionAgainst,
  type DecisionSlice,
  plan,
  planRevocation,
  planVanished,
  type UserSlice,
} from './plan/plan.ts';
import type { AccessStore, Written } from './store.ts';

export type { AccessStore, Written } from './store.ts';

/** What the operator decided, without what is read for each moment anew. */
export type AccessSettings = Omit<AccessPolicy, 'holding' | 'now'> & {
  /** Observe: what a push changes is stored and shown, and applied by a person. */
  apply: 'live' | 'observe';
};

/** Users and groups that a write touched. */
export interface Touched {
  users?: readonly string[];
  groups?: readonly string[];
  /** Groups that the directory has just taken these users out of, because they are being deleted. */
  formerGroups?: readonly string[];
}

export interface Access {
  /**
   * Brings the access plane in line with the directory plane for these users and groups. Runs in the transaction
   * of the write that touched them (D1). In observe mode it only notes them, and takes access away where the IdP does.
   * @param written the only one that is touched, where the caller just wrote it.
   * @returns a sentence for each change, for the request's log row.
   */
  reconcile(touched: Touched, actor: string, written?: Written): string[];
  /** Applies what observe mode noted about these, or what a change of the settings asks for. Inside a transaction. */
  applyNow(touched: Touched, actor: string): AccessChange[];
  /**
   * Brings these in line with changed settings. In observe mode those for whom that changes something are noted.
   * Inside a transaction.
   */
  follow(touched: Touched, actor: string): void;
  /** Applies dates that have come, for at most so many members; returns how many were looked at. Inside a transaction. */
  applyDates(limit: number, actor: string): number;
  /** Whether somebody's date has come. */
  isAnyDateDue(): boolean;
  /**
   * Carries out what a person here decides about a member, as it stands now. Inside a transaction.
   * @returns what changed; nothing when there is no such member
   */
  decide(
    memberId: string,
    planned: (slice: DecisionSlice, policy: AccessPolicy) => AccessChange[],
    actor: string,
  ): AccessChange[];
  /** Applies the dates of one member, of whom a hold has ended. Inside a transaction. */
  settle(memberId: string, actor: string): void;
  /** What the IdP asserts now that takes a member's access away; null while it asserts nothing of the kind. */
  assertionOf(memberId: string): 'inactive' | 'deleted' | null;
  /** What applying these would change now; nothing of it stays. */
  preview(touched: Touched, settings?: Partial<AccessSettings>): AccessChange[];
  /**
   * What becomes of the people when the SCIM configuration is deleted (D3), a piece at a time, in their order. Inside a
   * transaction.
   * @param after the `last` of the piece before, 0 at first.
   * @returns `last` undefined when nobody is left.
   */
  release(
    people: 'manual' | 'suspend',
    after: number,
    limit: number,
    actor: string,
  ): { changed: number; last: number | undefined };
}

/** The access plane: applies what `plan()` says, writes the audit trail, in one transaction with its cause. */
export function createAccess(deps: {
  store: AccessStore;
  observed: ObserveStore;
  conflicts: Pick<ConflictStore, 'openOf' | 'newcomersAgainst' | 'close'>;
  deprovisioning: Deprovisioning;
  audit: Audit;
  settings(): AccessSettings;
  letters: Letters;
  now(): Date;
}): Access {
  const { store, observed, deprovisioning, audit } = deps;
  const application = settling(createApplication({ ...deps, newId }));
  /** For what is undone right away: nobody is told. */
  const rehearsal = settling(
    createApplication({ ...deps, newId, audit: { record() {} }, letters: { welcome() {}, forget() {} } }),
  );

  /** What changes about one person may settle what another one waits for. */
  function settling(single: Application): Application {
    const both: Application = {
      apply: (change, context) =>
        [single.apply(change, context), ...settleConflicts(both, change, context)].join(' '),
    };
    return both;
  }

  function settleConflicts(by: Application, change: AccessChange, context: ChangeContext): string[] {
    const isIdentified =
      change.kind === 'member.update' &&
      (change.changed.includes('email') || change.changed.includes('externalId'));
    if (!isIdentified && change.kind !== 'member.delete') return [];
    const policy = policyOf(deps.settings());
    return deps.conflicts.newcomersAgainst(change.memberId).flatMap((memberId) => {
      const slice = decisionSlice(memberId);
      if (!slice) return [];
      const next = planVanished(slice, policy, change.because);
      return next.map((one) => by.apply(one, context));
    });
  }

  function decisionSlice(memberId: string): DecisionSlice | undefined {
    const slice = store.memberSlice(memberId);
    if (!slice) return undefined;
    const { userId } = slice.member;
    return {
      ...slice,
      asserted: userId === null ? null : store.userSlice(userId).asserted,
      conflicts: deps.conflicts.openOf(memberId),
    };
  }

  function policyOf(settings: AccessSettings): AccessPolicy {
    const { apply: _, ...decided } = settings;
    // Asked for only when somebody is cut.
    return Object.defineProperty({ ...decided, now: deps.now().toISOString(), holding: false }, 'holding', {
      get: () => deprovisioning.isTripped(),
      enumerable: true,
    });
  }

  function userSlice(id: string, policy: AccessPolicy, written?: Written): UserSlice {
    const slice = store.userSlice(id, written);
    const { asserted, member } = slice;
    // Whoever comes back by externalId is no rival of themselves.
    const returning = slice.departed.length === 1 ? slice.departed[0]?.id : undefined;
    const memberId = (member?.state === 'deleted' ? undefined : member?.id) ?? returning ?? null;
    const conflicts = memberId === null ? [] : deps.conflicts.openOf(memberId);
    if (!asserted || member?.origin === 'manual') return { ...slice, rivals: [], conflicts };
    // Of two who hold the same, the one to whom it is new has to explain itself; the other was here before.
    const facts = policy.facts.member(asserted.attributes);
    const isKnown = member !== null && member.state !== 'deleted';
    const news = {
      ...facts,
      email: isKnown && sameText(member.email, facts.email) ? null : facts.email,
      externalId: isKnown && member.externalId === facts.externalId ? null : facts.externalId,
    };
    return { ...slice, rivals: store.rivals(news, { userId: id, memberId }), conflicts };
  }

  /** One after the other: somebody who is found again by externalId is no candidate for the next user. */
  function* changesOf(touched: Touched, policy: AccessPolicy, written?: Written): Generator<AccessChange[]> {
    for (const id of touched.users ?? []) {
      yield plan({ users: [userSlice(id, policy, written)], groups: [] }, policy);
    }
    for (const id of touched.groups ?? []) {
      yield plan({ users: [], groups: [store.groupSlice(id, written)] }, policy);
    }
  }

  /** What was noted and is applied now waits no longer. */
  function forget(touched: Touched): void {
    if (!observed.isAny()) return;
    for (const id of touched.users ?? []) observed.forget('user', id);
    for (const id of touched.groups ?? []) observed.forget('group', id);
  }

  return {
    reconcile(touched, actor, written) {
      const settings = deps.settings();
      const policy = policyOf(settings);
      const context = { actor, time: policy.now, formerGroups: touched.formerGroups ?? [] };
      if (settings.apply === 'observe') {
        const effects: string[] = [];
        for (const id of touched.users ?? []) {
          observed.note('user', id, policy.now);
          const revocations = planRevocation({ ...store.userSlice(id, written), rivals: [] }, policy);
          effects.push(...revocations.map((change) => application.apply(change, context)));
        }
        const groups = [...(touched.groups ?? []), ...(touched.formerGroups ?? [])];
        for (const id of groups) observed.note('group', id, policy.now);
        return [...effects, 'Observed: recorded, and applied when an operator applies it.'];
      }
      const effects: string[] = [];
      for (const changes of changesOf(touched, policy, written)) {
        for (const change of changes) effects.push(application.apply(change, context));
      }
      forget(touched);
      return effects;
    },

    applyNow(touched, actor) {
      const policy = policyOf(deps.settings());
      const context = { actor, time: policy.now, formerGroups: touched.formerGroups ?? [] };
      const applied: AccessChange[] = [];
      for (const changes of changesOf(touched, policy)) {
        for (const change of changes) application.apply(change, context);
        applied.push(...changes);
      }
      forget(touched);
      return applied;
    },

    follow(touched, actor) {
      const settings = deps.settings();
      const policy = policyOf(settings);
      const context = { actor, time: policy.now, formerGroups: [] };
      const each = [
        ...(touched.users ?? []).map((id) => ({ kind: 'user' as const, id, touched: { users: [id] } })),
        ...(touched.groups ?? []).map((id) => ({ kind: 'group' as const, id, touched: { groups: [id] } })),
      ];
      for (const { kind, id, touched: one } of each) {
        for (const changes of changesOf(one, policy)) {
          if (settings.apply === 'observe') {
            if (changes.length > 0) observed.note(kind, id, policy.now);
          } else for (const change of changes) application.apply(change, context);
        }
      }
    },

    applyDates(limit, actor) {
      const policy = policyOf(deps.settings());
      const members = store.dueMembers(policy.now, limit);
      for (const change of plan({ users: [], groups: [], members }, policy)) {
        application.apply(change, { actor, time: policy.now, formerGroups: [] });
      }
      return members.length;
    },

    isAnyDateDue: () => store.dueMembers(deps.now().toISOString(), 1).length > 0,

    decide(memberId, planned, actor) {
      const slice = decisionSlice(memberId);
      if (!slice) return [];
      const policy = policyOf(deps.settings());
      const changes = planned(slice, policy);
      for (const change of changes) {
        application.apply(change, { actor, time: policy.now, formerGroups: [] });
      }
      return changes;
    },

    settle(memberId, actor) {
      const policy = policyOf(deps.settings());
      const slice = store.memberSlice(memberId);
      for (const change of plan({ users: [], groups: [], members: slice ? [slice] : [] }, policy)) {
        application.apply(change, { actor, time: policy.now, formerGroups: [] });
      }
    },

    assertionOf(memberId) {
      const slice = decisionSlice(memberId);
      return slice ? assertionAgainst(slice.member, slice.asserted, deps.settings()) : null;
    },

    preview(touched, settings) {
      const policy = policyOf({ ...deps.settings(), ...settings });
      const count = (touched.users?.length ?? 0) + (touched.groups?.length ?? 0);
      if (count <= 1) return [...changesOf(touched, policy)].flat();
      // What becomes of one bears on the next: two may hold the same, the guard may trip in between.
      return store.rehearse(() => {
        const context = { actor: 'preview', time: policy.now, formerGroups: touched.formerGroups ?? [] };
        const planned: AccessChange[] = [];
        for (const changes of changesOf(touched, policy)) {
          for (const change of changes) rehearsal.apply(change, context);
          planned.push(...changes);
        }
        return planned;
      });
    },

    release(people, after, limit, actor) {
      const time = deps.now().toISOString();
      const members = store.scimMembersAfter(after, limit);
      const affected = members.filter(
        ({ state }) => people === 'manual' || state === 'active' || state === 'pending',
      );
      for (const { id, state } of affected) {
        if (people === 'manual') {
          store.makeManual(id, time);
          deprovisioning.kept(id, actor);
          audit.record('member.converted', id, { to: 'manual' }, actor);
          continue;
        }
        application.apply(
          {
            kind: 'member.state',
            memberId: id,
            from: state,
            to: 'suspended',
            suspendedFrom: state === 'pending' ? 'pending' : 'active',
            cause: 'decommission',
            deactivateAt: null,
            deleteAt: null,
            reason: 'The SCIM configuration was deleted, and its members were suspended.',
            isCut: true,
            because: { policy: 'decommission' },
          },
          { actor, time, formerGroups: [] },
        );
      }
      return { changed: affected.length, last: members.at(-1)?.pk };
    },
  };
}

function sameText(held: string | null, asserted: string | null): boolean {
  return (held === null ? null : foldCase(held)) === (asserted === null ? null : foldCase(asserted));
}
