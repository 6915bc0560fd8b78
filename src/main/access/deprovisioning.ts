import { v7 as newId } from 'uuid';
import { AppError } from '../../shared/app-error.ts';
import type { Audit } from '../audit/audit.ts';
import type { ChangeContext } from './apply.ts';
import type { DeprovisioningStore, GuardTrip, Receipt, Standing } from './deprovisioning-store.ts';
import type { Cause, StateChange } from './plan/plan.ts';

/** When the guard trips: `commands.md`, `guard.*`. */
export interface GuardLimits {
  /** Of the active SCIM members at the window's start. */
  percent: number;
  /** People. */
  count: number;
  /** Minutes. */
  window: number;
}

/** Fewer people than this never trip the guard (D14). */
export const GUARD_MINIMUM = 5;

export interface GuardStatus {
  tripped: boolean;
  /** How many people wait for a decision. */
  held: number;
  /** When it tripped; null while it did not. */
  since: string | null;
  /** Minutes. */
  window: number;
  /** How many people may be cut within the window before it trips, counted now. */
  threshold: number;
  /** How many were cut within the window so far; while it is tripped, how many people it is about. */
  cuts: number;
  /** Of how many active SCIM members. */
  of: number;
}

/** How many were decided about, and a sentence for each of whom that was not possible. */
export interface Decided {
  done: number;
  refused: string[];
}

/** Receipts of what cuts take away, the guard over them, and the way back. */
export interface Deprovisioning {
  isTripped(): boolean;
  /** Before a cut changes the member: ends the sessions and writes the receipt. */
  cut(
    change: StateChange & {
      memberId: string;
      cause: Cause;
      /** What the IdP asserted, where that took the access. */
      assertion?: 'inactive' | 'deleted';
    },
    context: ChangeContext,
  ): void;
  /** After it: holds what is irreversible while the guard is tripped, or trips it. */
  afterCut(memberId: string, time: string): void;
  /** Somebody has access again, or is gone for good, by other means than a recall. */
  returned(memberId: string, context: ChangeContext): void;
  /** Somebody is ours from now on: nothing irreversible comes, the guard holds them no more, a recall stays possible. */
  kept(memberId: string, actor: string): void;
  revokeSessions(memberId: string, time: string): number;
  status(): GuardStatus;
  /**
   * Lets the irreversible part take place for these people, or for all that the guard holds.
   * @throws {AppError} `not-found`, `conflict` when there is nothing to decide
   */
  confirm(memberIds: readonly string[] | 'all', actor: string): Promise<number>;
  /**
   * Gives back what the last cut took, bound to the assertion it recalls (D13).
   * @throws {AppError} `not-found`, `conflict` when somebody was not cut, or is deleted
   */
  recall(memberIds: readonly string[] | 'all', actor: string): Promise<number>;
  /**
   * Confirms or recalls what these receipts stand for, inside a transaction.
   * @param all whether it is part of a decision about everybody whom the guard holds.
   */
  decideNow(
    decision: 'confirm' | 'recall',
    receipts: readonly Receipt[],
    all: boolean,
    actor: string,
  ): Decided;
  receipts: DeprovisioningStore['receipts'];
}

const BEYOND_REACH =
  'Sessions that applications keep on their own end when they next ask Rollcall, or when their own limit comes.';

/** The guard never delays a revocation; it holds what can't be undone (D2). */
export function createDeprovisioning(deps: {
  store: DeprovisioningStore;
  audit: Audit;
  limits(): GuardLimits;
  write<T>(work: () => T): Promise<T>;
  /** Plans somebody anew after a hold ended. */
  settle(memberId: string, actor: string): void;
  /** What the IdP asserts now that takes a member's access away; null while it asserts nothing of the kind. */
  assertionOf(memberId: string): 'inactive' | 'deleted' | null;
  now(): Date;
}): Deprovisioning {
  const { store, audit } = deps;

  const windowStart = (now: Date) => new Date(now.getTime() - deps.limits().window * 60_000).toISOString();
  function thresholdFor(active: number): number {
    const { percent, count } = deps.limits();
    return Math.max(GUARD_MINIMUM, Math.min(count, Math.ceil((active * percent) / 100)));
  }

  /** Those somebody named, or all that are held, with the receipt that is to be decided about. */
  function open(
    decision: 'confirm' | 'recall',
    memberIds: readonly string[] | 'all',
    trip: GuardTrip | undefined,
  ): Receipt[] {
    if (memberIds === 'all') {
      if (!trip) throw new AppError('conflict', 'The guard holds nobody.');
      return store.receipts({ tripId: trip.id, openOnly: true, offset: 0, limit: Number.MAX_SAFE_INTEGER })
        .items;
    }
    return [...new Set(memberIds)].map((memberId) => {
      // What was confirmed can be taken back as long as the person is kept.
      const receipt =
        decision === 'confirm' ? store.openReceipt(memberId) : store.recallableReceipt(memberId);
      if (receipt) return receipt;
      const name = store.nameOf(memberId);
      if (name === undefined) throw new AppError('not-found', `There is no member ${memberId}.`);
      throw new AppError(
        'conflict',
        decision === 'confirm'
          ? `Nothing about ${name} waits for a decision.`
          : `Nothing was taken from ${name} that could be given back.`,
      );
    });
  }

  function resolveIfDone(
    trip: GuardTrip | undefined,
    all: boolean,
    how: 'confirmed' | 'recalled',
    by: string,
  ) {
    if (!trip || !store.isDecided(trip.id)) return;
    const resolution = all ? how : 'chosen';
    store.resolveTrip(trip.id, by, resolution, deps.now().toISOString());
    audit.record('guard.resolved', trip.id, { resolution }, by);
  }

  function decideNow(
    decision: 'confirm' | 'recall',
    receipts: readonly Receipt[],
    all: boolean,
    actor: string,
  ): Decided {
    const trip = store.openTrip();
    const time = deps.now().toISOString();
    const refused = receipts.flatMap((receipt) => (decision === 'recall' ? refusalOf(receipt) : []));
    const able = receipts.filter((receipt) => decision === 'confirm' || refusalOf(receipt).length === 0);
    for (const { id, memberId, cause, before } of able) {
      if (decision === 'confirm') {
        store.decide(id, 'confirmed', actor, time);
        store.setHeld(memberId, false);
        audit.record('member.deprovisioning-confirmed', memberId, {}, actor);
        continue;
      }
      store.decide(id, 'recalled', actor, time);
      // Not what the receipt says: the IdP may have deleted, or made again, whom it had set to inactive.
      const recalled = deps.assertionOf(memberId);
      store.restore(memberId, before, {
        recalled,
        // What is still in the directory needs no keeping; what went with the user does.
        retainedGroups: recalled === 'deleted' ? before.groups : (before.retainedGroups ?? []),
        time,
      });
      audit.record('member.recalled', memberId, { to: before.state, cause }, actor);
    }
    resolveIfDone(trip, all, decision === 'confirm' ? 'confirmed' : 'recalled', actor);
    if (decision === 'confirm') for (const { memberId } of able) deps.settle(memberId, actor);
    return { done: able.length, refused };
  }

  const decide = (decision: 'confirm' | 'recall', memberIds: readonly string[] | 'all', actor: string) =>
    deps.write(() => {
      const all = memberIds === 'all';
      const named = all ? [] : [...new Set(memberIds)];
      const cut = decision === 'recall' ? named.filter((memberId) => store.isCut(memberId)) : [];
      for (const memberId of cut) recallCut(memberId, actor);
      const others = named.filter((memberId) => !cut.includes(memberId));
      const receipts = open(decision, all ? 'all' : others, store.openTrip());
      const { done, refused } = decideNow(decision, receipts, all, actor);
      // Named people are recalled together or not at all.
      if (refused.length > 0) throw new AppError('conflict', refused.join(' '));
      return cut.length + done;
    });

  /** Gives back what observe mode took at once, before anything else followed from it. */
  function recallCut(memberId: string, actor: string): void {
    const name = store.nameOf(memberId) ?? memberId;
    const recalled = deps.assertionOf(memberId);
    if (recalled === 'deleted') {
      throw new AppError(
        'conflict',
        `The IdP deleted ${name}, and that is not applied yet. Apply it; then ${name} can be recalled.`,
      );
    }
    store.restoreCut(memberId, recalled, deps.now().toISOString());
    audit.record('member.recalled', memberId, { to: 'active', cause: recalled }, actor);
  }

  return {
    isTripped: () => store.openTrip() !== undefined,
    revokeSessions: (memberId, time) => store.revokeSessions(memberId, time),

    cut({ memberId, from, cause: kept, assertion }, { actor, time, formerGroups }) {
      const cause = assertion ?? kept;
      const earlier = store.openReceipt(memberId);
      const standing = store.standing(memberId, formerGroups);
      // A second cut (inactive, then deleted) takes nothing that the first left: what both took is in one receipt. But
      // what people decided stands beside what the IdP asserts, so that recalling the one doesn't undo the other.
      const found: Standing =
        earlier && kept === cause
          ? { ...earlier.before, groups: [...new Set([...earlier.before.groups, ...standing.groups])] }
          : standing;
      const before = kept === 'operator' ? found : undecided(found);
      const revoked = {
        sessions: store.revokeSessions(memberId, time) + (earlier?.revoked.sessions ?? 0),
        grants: from === 'active' ? store.grantsOf(memberId, formerGroups) : (earlier?.revoked.grants ?? []),
        beyondReach: from === 'active' ? [BEYOND_REACH] : (earlier?.revoked.beyondReach ?? []),
      };
      if (earlier) store.decide(earlier.id, 'superseded', actor, time);
      const isCounted = from === 'active' && (cause === 'inactive' || cause === 'deleted');
      store.insertReceipt({
        id: newId(),
        memberId,
        time,
        actor,
        cause,
        activeBefore: isCounted ? store.activeMembers() : null,
        before,
        revoked,
        tripId: earlier?.tripId ?? null,
      });
    },

    afterCut(memberId, time) {
      const receipt = store.openReceipt(memberId);
      const isPush = receipt?.cause === 'inactive' || receipt?.cause === 'deleted';
      if (!receipt || !isPush) return;
      const trip = store.openTrip();
      if (trip) return store.hold(trip.id, receipt);
      const since = windowStart(new Date(time));
      const { people, activeAtStart } = store.countedSince(since);
      const threshold = thresholdFor(activeAtStart);
      if (people < threshold) return;
      const opened = { id: newId(), trippedAt: time, windowStart: since, threshold, activeAtStart };
      store.insertTrip(opened);
      store.holdSince(opened.id, since);
      audit.record('guard.tripped', opened.id, { people, threshold, activeAtStart });
    },

    returned(memberId, { actor, time }) {
      const receipt = store.openReceipt(memberId);
      if (!receipt) return;
      store.decide(receipt.id, 'superseded', actor, time);
      resolveIfDone(store.openTrip(), false, 'confirmed', actor);
    },

    kept(memberId, actor) {
      const receipt = store.openReceipt(memberId);
      if (receipt) decideNow('confirm', [receipt], false, actor);
    },

    status() {
      const trip = store.openTrip();
      const held = trip ? store.openTripOf(trip.id) : undefined;
      const counted = store.countedSince(windowStart(deps.now()));
      const of = counted.people === 0 ? store.activeMembers() : counted.activeAtStart;
      return {
        tripped: trip !== undefined,
        held: held?.undecided ?? 0,
        since: trip?.trippedAt ?? null,
        window: deps.limits().window,
        threshold: trip?.threshold ?? thresholdFor(of),
        cuts: held?.people ?? counted.people,
        of: trip?.activeAtStart ?? of,
      };
    },

    confirm: (memberIds, actor) => decide('confirm', memberIds, actor),
    recall: (memberIds, actor) => decide('recall', memberIds, actor),
    decideNow,
    receipts: (request) => store.receipts(request),
  };
}

/** What stood before, without an operator's suspension that ended meanwhile. */
function undecided(before: Standing): Standing {
  if (before.cause !== 'operator') return before;
  const state = before.suspendedFrom ?? 'active';
  return { ...before, state, suspendedFrom: null, cause: null, deactivateAt: null, deleteAt: null };
}

/** Why somebody can't be recalled, as a sentence; empty when nothing stands against it. */
function refusalOf({ memberId, displayName, userName, state, cause }: Receipt): string[] {
  const name = displayName || userName || memberId;
  if (state === 'deleted') return [`${name} was deleted and can't be recalled.`];
  if (state === 'active' || state === 'pending') return [`${name} has the place back already.`];
  if (state === 'suspended' && cause === 'operator') {
    return [`${name} was suspended by an operator. Resume that instead (members resume).`];
  }
  if (cause === 'rejected') return [`${name} was rejected in review. Undo the review's decision instead.`];
  return [];
}
