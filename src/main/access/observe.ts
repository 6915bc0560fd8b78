import { AppError } from '../../shared/app-error.ts';
import type { ObserveStatus, PreviewedResource } from '../../shared/contract/observe.ts';
import type { Job, JobKind, Jobs } from '../jobs/jobs.ts';
import type { Access } from './access.ts';
import { describeChange, describeReason } from './describe-change.ts';
import type { Noted, NotedFilter, NotedKind, ObserveStore } from './observe-store.ts';
import type { AccessChange } from './plan/plan.ts';

export type { ObserveStatus, PreviewedResource } from '../../shared/contract/observe.ts';

/** Names of people who join or leave a group that are told one by one; of more there is only the number. */
const NAMES = 50;
/** Resources that are planned or applied in one go: a few milliseconds of work. */
const PIECE = 40;
const APPLY = 'apply-observed';

/** What observe mode keeps back: looked at, and applied. */
export interface Observe {
  status(): ObserveStatus;
  /** Computed for this page alone, never stored: what applying it now would change. */
  preview(filter: NotedFilter, offset: number, limit: number): { items: PreviewedResource[]; total: number };
  /** How many changes of which kind applying everything would make. Others are served in between. */
  counts(): Promise<Record<string, number>>;
  /**
   * Starts the job that applies everything that is noted.
   * @param goLive afterwards a push takes effect at once.
   * @throws {AppError} `conflict` when nothing is noted
   */
  apply(goLive: boolean, actor: string): Promise<Job>;
  /** @throws {AppError} `conflict` when something is noted: live mode would leave it lying */
  refuseToLeaveBehind(change: { apply?: 'live' | 'observe' | undefined }): void;
}

/** Preview and Apply of observe mode. */
export function createObserve(deps: {
  store: ObserveStore;
  access: Access;
  mode(): 'live' | 'observe';
  jobs(): Pick<Jobs, 'start'>;
}): Observe {
  const { store, access } = deps;
  let counting: Promise<Record<string, number>> | undefined;

  function previewed({ kind, id, since, name, cutAt }: Noted): PreviewedResource {
    const changes = access.preview(kind === 'user' ? { users: [id] } : { groups: [id] });
    return {
      ...{ kind, id, since, name, cutAt },
      changes: changes.map((change) => ({
        kind: change.kind,
        what: describeChange(change),
        because: describeReason(change.because),
        ...moved(change),
      })),
    };
  }

  function moved(change: AccessChange): Pick<PreviewedResource['changes'][number], 'joined' | 'left'> {
    if (change.kind !== 'group.membership') return {};
    const named = (ids: readonly string[]) => ({
      count: ids.length,
      names: ids.length <= NAMES ? store.names(ids) : [],
    });
    return { joined: named(change.joined), left: named(change.left) };
  }

  async function count(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (let next = store.next(null, PIECE); next.length > 0; next = store.next(next.at(-1) ?? null, PIECE)) {
      for (const { kind } of access.preview(touched(next))) counts[kind] = (counts[kind] ?? 0) + 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return counts;
  }

  return {
    status: () => ({ mode: deps.mode(), ...store.counts() }),
    preview(filter, offset, limit) {
      const { items, total } = store.page(filter, offset, limit);
      return { items: items.map(previewed), total };
    },
    counts() {
      // Two who ask at once share the work.
      counting ??= count().finally(() => {
        counting = undefined;
      });
      return counting;
    },
    async apply(goLive, actor) {
      if (!goLive && !store.isAny())
        throw new AppError('conflict', 'Nothing is noted, so there is nothing to apply.');
      return deps.jobs().start(APPLY, { goLive }, actor);
    },
    refuseToLeaveBehind({ apply }) {
      if (apply !== 'live' || !store.isAny()) return;
      const { users, groups } = store.counts();
      throw new AppError(
        'conflict',
        `Noted and not applied yet: ${people(users)} and ${teams(groups)}. Apply them first; going live alone would leave them as they are.`,
      );
    },
  };
}

/** The job that applies what observe mode noted, piece by piece. */
export function applyObserved(deps: {
  store: ObserveStore;
  access: Access;
  goLive(actor: string): Promise<unknown>;
}): JobKind<{ goLive: boolean }> {
  const { store, access } = deps;
  return {
    name: APPLY,
    describe: ({ goLive }) => (goLive ? 'Apply what was observed, and go live' : 'Apply what was observed'),
    async run(job) {
      const start = job.cursor as
        | { after: { kind: NotedKind; id: string } | null; changes: number }
        | undefined;
      let after = start?.after ?? null;
      let changes = start?.changes ?? 0;

      async function applyAll(): Promise<void> {
        for (let more = true; more; ) {
          await job.chunk(() => {
            const next = store.next(after, PIECE);
            more = next.length > 0;
            if (!more) return {};
            const { users, groups } = store.counts();
            changes += access.applyNow(touched(next), job.actor).length;
            after = next.at(-1) ?? null;
            return {
              cursor: { after, changes },
              done: job.done + next.length,
              total: Math.max(job.total ?? 0, job.done + users + groups),
              message: `${changes} changes so far.`,
            };
          });
        }
      }

      await applyAll();
      if (job.input.goLive) {
        await deps.goLive(job.actor);
        // What came in before the switch was noted still; from now on nothing is.
        after = null;
        await applyAll();
      }
      const applied = `Applied what the IdP asserted of ${job.done} people and groups: ${changes} changes.`;
      return job.input.goLive ? `${applied} From now on pushes take effect at once.` : applied;
    },
  };
}

function touched(next: readonly { kind: NotedKind; id: string }[]) {
  return {
    users: next.filter(({ kind }) => kind === 'user').map(({ id }) => id),
    groups: next.filter(({ kind }) => kind === 'group').map(({ id }) => id),
  };
}

const people = (count: number) => `${count} ${count === 1 ? 'person' : 'people'}`;
const teams = (count: number) => `${count} ${count === 1 ? 'group' : 'groups'}`;
