import type { Deprovisioning } from './deprovisioning.ts';
import type { DeprovisioningStore, Standing } from './deprovisioning-store.ts';
import type { PlannedMember } from './plan/plan.ts';

/** What a decision found: all that undoing it puts back. */
export interface Before {
  standing: Standing;
  review: PlannedMember['review'];
}

/** Where somebody stands, as far as it bears on undoing a decision. */
export interface Footprint {
  name: string;
  state: PlannedMember['state'];
  suspendedFrom: PlannedMember['suspendedFrom'];
  cause: PlannedMember['cause'];
  reason: string;
  since: string;
  recalled: PlannedMember['recalled'];
  review: PlannedMember['review'];
  deactivateAt: string | null;
  deleteAt: string | null;
  cutAt: string | null;
  held: 0 | 1;
  userId: string | null;
  /** What the IdP says; null without a user. */
  asserted: 'active' | 'inactive' | null;
  employeeStatus: string | null;
}

/** Implemented by the store. */
export interface FootprintStore {
  footprint(memberId: string): Footprint | undefined;
  setReview(memberId: string, review: PlannedMember['review'], time: string): void;
}

/** Takes decisions about people back. All of it runs inside the caller's transaction. */
export interface Undoing {
  before(memberId: string): Before;
  /** @throws when there is no such member */
  after(memberId: string): Footprint;
  /** Why a decision can't be taken back, as a sentence; null when nothing changed since. */
  whyNot(memberId: string, after: Footprint): string | null;
  /** Puts back exactly what stood before. What the IdP said about names, groups and roles meanwhile stays. */
  putBack(memberId: string, before: Before, actor: string, time: string): void;
}

/** Undoing on the rows of the access plane. */
export function createUndoing(deps: {
  store: FootprintStore;
  standings: Pick<DeprovisioningStore, 'standing' | 'restore'>;
  deprovisioning: Pick<Deprovisioning, 'revokeSessions' | 'returned'>;
}): Undoing {
  const { store, standings, deprovisioning } = deps;

  function after(memberId: string): Footprint {
    const footprint = store.footprint(memberId);
    if (!footprint) throw new Error(`no member ${memberId}`);
    return footprint;
  }

  return {
    before: (memberId) => ({ standing: standings.standing(memberId, []), review: after(memberId).review }),
    after,

    whyNot(memberId, left) {
      const now = store.footprint(memberId);
      if (!now) return `${left.name} is no member any more.`;
      const name = now.name || left.name;
      if (now.state !== left.state || now.reason !== left.reason || now.since !== left.since) {
        return `${name} is ${now.state} since the decision, because of something else: ${now.reason}`;
      }
      if (now.userId !== left.userId || now.asserted !== left.asserted) {
        return `The IdP ${saysOf(now)} ${name} since the decision.`;
      }
      const { name: _, ...facts } = now;
      const changed = (Object.keys(facts) as (keyof typeof facts)[]).some((key) => now[key] !== left[key]);
      return changed ? `Something else about ${name} was changed since the decision.` : null;
    },

    putBack(memberId, { standing, review }, actor, time) {
      const now = standings.standing(memberId, []);
      const { role, roleValues } = now;
      standings.restore(
        memberId,
        { ...standing, role, roleValues },
        { recalled: standing.recalled, retainedGroups: now.retainedGroups ?? [], time },
      );
      store.setReview(memberId, review, time);
      if (now.state === 'active') deprovisioning.revokeSessions(memberId, time);
      else deprovisioning.returned(memberId, { actor, time, formerGroups: [] });
    },
  };
}

function saysOf({ userId, asserted }: Footprint): string {
  if (userId === null || asserted === null) return 'deleted';
  return asserted === 'active' ? 'activated' : 'deactivated';
}
