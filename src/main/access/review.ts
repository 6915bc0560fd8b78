import { v7 as newId } from 'uuid';
import { AppError } from '../../shared/app-error.ts';
import type { ReviewBatch, ReviewDecision, ReviewItem, ReviewRule } from '../../shared/contract/review.ts';
import type { Audit } from '../audit/audit.ts';
import type { Access } from './access.ts';
import type { Conflicts } from './conflicts.ts';
import { planApproval, planRejection, planVanished } from './plan/plan.ts';
import type { DecisionRow, QueueFilter, ReviewStore } from './review-store.ts';
import type { Before, Footprint, Undoing } from './undoing.ts';

/** Which of the queue a decision is about: these, or all that match while they are as many as were shown. */
export type Chosen =
  | { ids: readonly string[] }
  | { filter: QueueFilter; except?: readonly string[]; expected: number };

interface Refused {
  id: string;
  name: string;
  message: string;
}

/** People who wait to be let in, and grants that wait to be given. */
export interface Review {
  list(filter: QueueFilter, page: { offset: number; limit: number }): { items: ReviewItem[]; total: number };
  counts(): {
    waiting: number;
    rules: Record<ReviewRule, number>;
    domains: { domain: string; count: number }[];
  };
  /**
   * Approves or rejects. Who can't be is left as they are and named with a sentence.
   * @throws {AppError} `conflict` when the only one can't be, or when others match the filter than were shown
   */
  decide(
    decision: ReviewDecision,
    chosen: Chosen,
    note: string | null,
    actor: string,
  ): Promise<{ batchId: string | null; done: number; refused: Refused[] }>;
  /**
   * Puts back what stood before: of a batch, of one decision, or of the latest about a member. Whoever changed since is
   * left and named.
   * @throws {AppError} `not-found`, `conflict` when the only one changed since
   */
  undo(id: string, actor: string): Promise<{ done: number; refused: Refused[] }>;
  decisions(limit: number): ReviewBatch[];
}

const REJECTED = 'Rejected in review.';
/** Decisions in one transaction: pushes of the IdP get their turn in between. */
const PIECE = 200;

/** The review queue. */
export function createReview(deps: {
  store: ReviewStore;
  conflicts: Pick<Conflicts, 'refuseOpen' | 'reopen'>;
  access: Pick<Access, 'decide'>;
  undoing: Undoing;
  audit: Audit;
  write<T>(work: () => T): Promise<T>;
  now(): Date;
}): Review {
  const { store, access, undoing, audit, write } = deps;
  const time = () => deps.now().toISOString();

  interface Decision {
    decision: ReviewDecision;
    batchId: string;
    note: string | null;
    actor: string;
  }

  function record(
    { decision, batchId, note, actor }: Decision,
    row: Pick<DecisionRow, 'id' | 'memberId' | 'targetId' | 'before' | 'after'>,
  ): void {
    const decided = decision === 'approve' ? ('approved' as const) : ('rejected' as const);
    store.insertDecision({ ...row, batchId, note, decision: decided, decidedAt: time(), decidedBy: actor });
  }

  function decidePerson(memberId: string, one: Decision): Refused | null {
    const { decision, actor } = one;
    const person = store.person(memberId);
    if (!person) return { id: memberId, name: memberId, message: `There is no member ${memberId}.` };
    const refusal = (message: string): Refused => ({ id: memberId, name: person.name, message });
    if (person.state !== 'pending') return refusal(notWaiting(person));
    const isApproval = decision === 'approve';
    if (isApproval && person.openConflicts > 0) {
      return refusal(
        `${person.name} has ${person.openConflicts} open ${person.openConflicts === 1 ? 'conflict' : 'conflicts'}: decide in the conflict inbox first whether this is somebody who was here before.`,
      );
    }
    const id = newId();
    const before = undoing.before(memberId);
    if (!isApproval) deps.conflicts.refuseOpen(memberId, { decisionId: id, note: one.note, actor });
    const changes = access.decide(
      memberId,
      (slice, policy) =>
        isApproval
          ? planApproval(slice, policy)
          : planRejection(slice, policy, REJECTED, { decision: 'review' }),
      actor,
    );
    if (changes.length === 0) {
      return refusal(
        `The IdP says that ${person.name} is ${person.asserted}, so approving would give no access: the state follows the directory. Approve when the IdP asserts this person as active.`,
      );
    }
    store.setReview(memberId, isApproval ? 'approved' : 'rejected', time());
    record(one, {
      id,
      memberId,
      targetId: null,
      before: JSON.stringify(before),
      after: JSON.stringify(undoing.after(memberId)),
    });
    audit.record(isApproval ? 'review.approved' : 'review.rejected', memberId, { decision: id }, actor);
    return null;
  }

  function decideGrant(item: string, memberId: string, targetId: string, one: Decision): Refused | null {
    const grant = store.grant(memberId, targetId);
    if (!grant) {
      return { id: item, name: item, message: `No grant of ${targetId} waits for ${memberId} any more.` };
    }
    const isApproval = one.decision === 'approve';
    if (isApproval) store.approveGrant(memberId, targetId, one.actor, time());
    const id = newId();
    record(one, { id, memberId, targetId, before: '{}', after: '{}' });
    audit.record(
      isApproval ? 'grant.approved' : 'grant.refused',
      memberId,
      { kind: grant.target.kind, target: targetId, decision: id },
      one.actor,
    );
    return null;
  }

  function decideOne(item: string, one: Decision): Refused | null {
    const at = item.indexOf(':');
    return at < 0 ? decidePerson(item, one) : decideGrant(item, item.slice(0, at), item.slice(at + 1), one);
  }

  /** What a choice means now. */
  function itemsOf(chosen: Chosen): string[] {
    if ('ids' in chosen) return [...new Set(chosen.ids)];
    const except = new Set(chosen.except);
    const items = store.ids(chosen.filter).filter((id) => !except.has(id));
    if (items.length === chosen.expected) return items;
    throw new AppError(
      'conflict',
      `The queue changed: ${items.length} match now, not ${chosen.expected}. Nothing was decided; look again.`,
    );
  }

  /** @returns a sentence when it can't be undone */
  function undoOne(row: DecisionRow, actor: string): Refused | null {
    const { id, memberId, targetId, decision } = row;
    const name = store.person(memberId)?.name ?? memberId;
    const refusal = (message: string): Refused => ({ id: memberId, name, message });
    if (targetId === null) {
      const whyNot = undoing.whyNot(memberId, JSON.parse(row.after) as Footprint);
      if (whyNot !== null) return refusal(`${whyNot} Nothing was undone.`);
      const reopened = deps.conflicts.reopen(id);
      undoing.putBack(memberId, JSON.parse(row.before) as Before, actor, time());
      // A conflict of which the cause went away meanwhile closes as it would have then.
      if (reopened > 0) {
        access.decide(
          memberId,
          (slice, policy) => planVanished(slice, policy, { decision: 'review' }),
          actor,
        );
      }
    } else if (decision === 'approved' && !store.withdrawApproval(memberId, targetId)) {
      return refusal(`The approval of ${targetId} for ${name} was withdrawn already.`);
    }
    store.markUndone(id, actor, time());
    audit.record('review.undone', memberId, { decision: id, was: decision, target: targetId }, actor);
    return null;
  }

  /** Piece by piece; each in a transaction of its own. */
  async function each<Row>(rows: readonly Row[], work: (row: Row) => Refused | null): Promise<Refused[]> {
    const refused: Refused[] = [];
    for (let start = 0; start < rows.length; start += PIECE) {
      const piece = rows.slice(start, start + PIECE);
      refused.push(...(await write(() => piece.flatMap((row) => work(row) ?? []))));
    }
    // Of one alone, a refusal is the answer.
    const [first] = refused;
    if (rows.length === 1 && first) throw new AppError('conflict', first.message);
    return refused;
  }

  return {
    list: (filter, page) => ({ items: store.items(filter, page), total: store.count(filter) }),
    counts() {
      const { rules, domains } = store.counts();
      return { waiting: Object.values(rules).reduce((sum, count) => sum + count, 0), rules, domains };
    },
    async decide(decision, chosen, note, actor) {
      const items = itemsOf(chosen);
      const batchId = newId();
      const one = { decision, batchId, note: note === '' ? null : note, actor };
      const refused = await each(items, (item) => decideOne(item, one));
      const done = items.length - refused.length;
      return { batchId: done === 0 ? null : batchId, done, refused };
    },
    async undo(id, actor) {
      const rows = store.decisionsOf(id);
      if (rows.length === 0) {
        throw new AppError('not-found', `There is no decision ${id} that stands and could be undone.`);
      }
      const refused = await each(rows, (row) => undoOne(row, actor));
      return { done: rows.length - refused.length, refused };
    },
    decisions: (limit) => store.batches(limit),
  };
}

function notWaiting({ name, state, reason }: { name: string; state: string; reason: string }): string {
  return state === 'active'
    ? `${name} has access already and waits for no review.`
    : `${name} waits for no review: ${state}. ${reason}`;
}
