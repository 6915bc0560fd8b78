import { v7 as newId } from 'uuid';
import { AppError } from '../../shared/app-error.ts';
import type {
  Conflict,
  ConflictDecision,
  ConflictDetail,
  ConflictPerson,
} from '../../shared/contract/conflicts.ts';
import type { Audit } from '../audit/audit.ts';
import type { Access } from './access.ts';
import { choicesOf, type Sides } from './conflict-choices.ts';
import type { ConflictRow, ConflictStore } from './conflict-store.ts';
import { planRejection, planSettled, planVanished } from './plan/plan.ts';
import type { FootprintStore, Undoing } from './undoing.ts';

/** Two people who hold the same: whether they are one is decided by a person, never by a push (D5). */
export interface Conflicts {
  list: ConflictStore['list'];
  openCount(): number;
  /** @throws {AppError} `not-found` */
  get(id: string): ConflictDetail;
  /**
   * `link`: the newcomer is the one who was here; can't be undone. `keep`: they are two people. `refuse`: the newcomer
   * is turned away, with all other open conflicts of theirs.
   * @throws {AppError} `not-found`, `conflict` when it was decided before or can't be done
   */
  decide(
    id: string,
    decision: ConflictDecision,
    note: string | null,
    actor: string,
  ): Promise<{ conflict: Conflict; sentence: string }>;
  /** @throws {AppError} `not-found`, `conflict` when it can't be undone, or something else changed since */
  undo(id: string, actor: string): Promise<{ conflict: Conflict; sentence: string }>;
  /** Turns away somebody whom a review rejects, in its transaction; `reopen` takes that back. */
  refuseOpen(memberId: string, closing: { decisionId: string; note: string | null; actor: string }): number;
  reopen(decisionId: string): number;
}

const REFUSED = 'Refused: somebody else here holds the same e-mail or identifier.';

/** The conflict inbox. */
export function createConflicts(deps: {
  store: ConflictStore;
  members: Pick<FootprintStore, 'setReview'>;
  access: Pick<Access, 'decide' | 'applyNow'>;
  undoing: Undoing;
  audit: Audit;
  write<T>(work: () => T): Promise<T>;
  now(): Date;
}): Conflicts {
  const { store, access, undoing, audit, write } = deps;
  const time = () => deps.now().toISOString();

  function required(id: string): { row: ConflictRow; conflict: Conflict } {
    const row = store.row(id);
    const conflict = store.conflict(id);
    if (!row || !conflict) throw new AppError('not-found', `There is no conflict ${id}.`);
    return { row, conflict };
  }

  function sidesOf(row: ConflictRow): Sides {
    return {
      row,
      newcomer: store.person(row.memberId),
      other: store.person(row.otherId),
      openBesides: store.openOf(row.memberId).filter(({ id }) => id !== row.id).length,
    };
  }

  function refuseOpen(
    memberId: string,
    { decisionId, note, actor }: { decisionId: string; note: string | null; actor: string },
  ): number {
    const open = store.openOf(memberId);
    const before = undoing.before(memberId);
    for (const { id, otherId } of open) {
      store.close(id, { state: 'refused', note, by: actor, time: time(), decisionId, before });
      audit.record('conflict.refused', memberId, { conflict: id, other: otherId }, actor);
    }
    return open.length;
  }

  function link({ row, newcomer }: Sides, note: string | null, actor: string): void {
    const { id, memberId, otherId } = row;
    const userId = newcomer?.userId ?? '';
    const at = time();
    store.close(id, { state: 'linked', note, by: actor, time: at });
    store.takeOver(memberId, otherId, actor, at);
    audit.record('conflict.linked', otherId, { conflict: id, newcomer: memberId, user: userId }, actor);
    access.applyNow({ users: [userId] }, actor);
  }

  function keep({ row }: Sides, note: string | null, actor: string): void {
    const { id, memberId, otherId } = row;
    const before = undoing.before(memberId);
    store.close(id, { state: 'kept', note, by: actor, time: time(), decisionId: id, before });
    audit.record('conflict.kept', memberId, { conflict: id, other: otherId }, actor);
    access.decide(memberId, (slice, policy) => planSettled(slice, policy, { decision: 'conflict' }), actor);
    store.setAfter(id, undoing.after(memberId));
  }

  function refuse({ row }: Sides, note: string | null, actor: string): void {
    const { memberId } = row;
    const decisionId = newId();
    refuseOpen(memberId, { decisionId, note, actor });
    access.decide(
      memberId,
      (slice, policy) => planRejection(slice, policy, REFUSED, { decision: 'conflict' }),
      actor,
    );
    deps.members.setReview(memberId, 'rejected', time());
    store.setAfter(decisionId, undoing.after(memberId));
  }

  const decisions = { link, keep, refuse };

  function outcome(decision: ConflictDecision, row: ConflictRow): string {
    if (decision === 'link') {
      const linked = store.person(row.otherId);
      return `Linked: ${nameOf(linked)} is ${linked?.state} and follows the IdP from now on.`;
    }
    const newcomer = store.person(row.memberId);
    const open = store.openOf(row.memberId).length;
    if (decision === 'refuse') return `Refused: ${nameOf(newcomer)} has no access, and no push brings it.`;
    const more = open === 0 ? '' : ` ${open} more of their conflicts must be decided first.`;
    return `Kept apart: ${nameOf(newcomer)} is ${newcomer?.state}.${more}`;
  }

  return {
    list: (request) => store.list(request),
    openCount: () => store.openCount(),
    get(id) {
      const { row, conflict } = required(id);
      const sides = sidesOf(row);
      return {
        conflict,
        newcomer: sides.newcomer ?? null,
        other: sides.other ?? null,
        openBesides: sides.openBesides,
        choices: choicesOf(sides),
        undoable: whyNotUndone(row) === null,
      };
    },

    decide: (id, decision, note, actor) =>
      write(() => {
        const { row, conflict } = required(id);
        if (row.state !== 'open')
          throw new AppError('conflict', `This conflict is closed: ${saidOf(conflict)}`);
        const sides = sidesOf(row);
        const refusal = choicesOf(sides).find((choice) => choice.decision === decision)?.refusal;
        if (refusal) throw new AppError('conflict', refusal);
        decisions[decision](sides, note === '' ? null : note, actor);
        return { conflict: required(id).conflict, sentence: outcome(decision, row) };
      }),

    undo: (id, actor) =>
      write(() => {
        const { row } = required(id);
        const refusal = whyNotUndone(row);
        if (refusal !== null) throw new AppError('conflict', refusal);
        const { memberId, decisionId, before } = row;
        if (decisionId === null || before === null) throw new Error(`conflict ${id} has no decision`);
        store.reopen(decisionId);
        undoing.putBack(memberId, before, actor, time());
        const vanished = access.decide(
          memberId,
          (slice, policy) => planVanished(slice, policy, { decision: 'conflict' }),
          actor,
        );
        if (vanished.length > 0) {
          throw new AppError('conflict', 'The two no longer hold the same: there is nothing left to decide.');
        }
        audit.record('review.undone', memberId, { conflict: id }, actor);
        const { conflict } = required(id);
        return { conflict, sentence: `Taken back: ${conflict.newcomer.name} waits for a decision again.` };
      }),

    refuseOpen,
    reopen: (decisionId) => store.reopen(decisionId),
  };

  function whyNotUndone({ state, memberId, decisionId, after }: ConflictRow): string | null {
    if (state === 'open') return 'This conflict is open: there is nothing to take back.';
    if (state === 'linked') return 'Linking two people to one can’t be undone.';
    if (state === 'gone') return 'This conflict went away by itself: nobody decided it.';
    if (decisionId === null || after === null) {
      return 'It was closed by a decision of the review. Undo that one instead.';
    }
    return undoing.whyNot(memberId, after);
  }
}

function nameOf(person: ConflictPerson | undefined): string {
  return person?.displayName || person?.userName || 'this person';
}

function saidOf({ state, decidedBy, decidedAt }: Conflict): string {
  return state === 'gone'
    ? 'its cause went away.'
    : `${state} by ${decidedBy ?? 'somebody'} at ${decidedAt ?? 'an unknown time'}.`;
}
