import { AppError } from '../../shared/app-error.ts';
import type { GuardState, HeldChoice } from '../../shared/contract/deprovisioning.ts';
import type { Job, JobKind, Jobs } from '../jobs/jobs.ts';
import type { Deprovisioning } from './deprovisioning.ts';
import type { DeprovisioningStore, Held, Receipt } from './deprovisioning-store.ts';

const DECISION = 'guard-decision';
/** People in one piece of work: a few milliseconds. */
const PIECE = 25;
/** Of those who can't be recalled, how many the job names. */
const NAMED = 10;

export type Decision = 'confirm' | 'recall';

/** What the guard holds, and the decision about it. */
export interface Guard {
  state(): GuardState;
  /** Whom it holds undecided, by name. */
  list(search: string | undefined, offset: number, limit: number): { items: Receipt[]; total: number };
  /**
   * Starts the job that decides about some or all whom the guard holds.
   * @param expected how many that are, as the person saw it; left out by those who mean all, however many.
   * @throws {AppError} `conflict` when nothing is held, somebody named is not, or it is another number of people
   */
  decide(decision: Decision, choice: HeldChoice, expected: number | undefined, actor: string): Promise<Job>;
}

interface DecisionInput {
  decision: Decision;
  which: Held;
  all: boolean;
}

/** The guard as people see it. */
export function createGuard(deps: {
  store: DeprovisioningStore;
  deprovisioning: Deprovisioning;
  stopsTheLine(): boolean;
  jobs(): Pick<Jobs, 'start' | 'list'>;
}): Guard {
  const { store, deprovisioning } = deps;

  function requireHeld(which: Held): void {
    for (const memberId of which.memberIds ?? []) {
      if (store.held({ tripId: which.tripId, memberIds: [memberId] }) > 0) continue;
      const name = store.nameOf(memberId);
      if (name === undefined) throw new AppError('not-found', `There is no member ${memberId}.`);
      throw new AppError('conflict', `The guard does not hold ${name}.`);
    }
  }

  return {
    state: () => ({
      ...deprovisioning.status(),
      stopsTheLine: deps.stopsTheLine(),
      job:
        deps
          .jobs()
          .list(0)
          .find(({ kind }) => kind === DECISION) ?? null,
    }),
    list(search, offset, limit) {
      const trip = store.openTrip();
      if (!trip) return { items: [], total: 0 };
      const which = { tripId: trip.id, search };
      return { items: store.heldPage(which, offset, limit), total: store.held(which) };
    },
    async decide(decision, choice, expected, actor) {
      const trip = store.openTrip();
      if (!trip) throw new AppError('conflict', 'The guard holds nobody.');
      const which = { ...choice, tripId: trip.id, through: store.lastOf(trip.id) };
      requireHeld(which);
      const count = store.held(which);
      if (count === 0) throw new AppError('conflict', 'Nobody is held who fits this choice.');
      if (expected !== undefined && expected !== count) {
        throw new AppError(
          'conflict',
          `It would be ${count} people now, not ${expected}: somebody else decided, or the IdP cut more. Look again.`,
        );
      }
      const all = choice.memberIds === undefined && !choice.search && !choice.except?.length;
      const input: DecisionInput = { decision, which, all };
      return deps.jobs().start(DECISION, input, actor);
    },
  };
}

/** The job that confirms or recalls many people, piece by piece. */
export function guardDecision(deps: {
  store: DeprovisioningStore;
  deprovisioning: Deprovisioning;
}): JobKind<DecisionInput> {
  const { store, deprovisioning } = deps;
  return {
    name: DECISION,
    describe: ({ decision }) =>
      decision === 'confirm' ? 'Confirm whom the guard holds' : 'Recall whom the guard holds',
    async run(job) {
      const { decision, which, all } = job.input;
      const start = job.cursor as { after: number; decided: number; refused: string[] } | undefined;
      let { after, decided, refused } = start ?? { after: 0, decided: 0, refused: [] };
      for (let more = true; more; ) {
        await job.chunk(() => {
          const next = store.nextHeld(which, after, PIECE);
          more = next.length > 0;
          const total = job.total ?? store.held(which);
          if (!more) return { total };
          const receipts = next.map(({ receipt }) => receipt);
          const piece = deprovisioning.decideNow(decision, receipts, all, job.actor);
          after = next.at(-1)?.seq ?? after;
          decided += piece.done;
          refused = [...refused, ...piece.refused].slice(0, NAMED);
          return { cursor: { after, decided, refused }, done: job.done + next.length, total };
        });
      }
      const done = `${decision === 'confirm' ? 'Confirmed' : 'Recalled'}: ${decided} ${decided === 1 ? 'person' : 'people'}.`;
      const missed = job.done - decided;
      return missed === 0 ? done : `${done} Not possible for ${missed}: ${refused.join(' ')}`;
    },
  };
}
