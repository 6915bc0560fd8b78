import type { JobKind } from '../jobs/jobs.ts';
import type { Access } from './access.ts';

/** In one piece of work: some milliseconds. */
const PIECE = 50;

/** What was decided about the people when the SCIM configuration was deleted (D3), until it is done. */
export interface Decommission {
  people: 'manual' | 'suspend';
  actor: string;
}

/** Where the decision is kept: it is written in the transaction in which the tokens die. */
export interface DecommissionStore {
  pending(): Decommission | undefined;
  done(): void;
}

/**
 * The job that does with the people what was decided when the SCIM configuration was deleted. It starts by itself
 * wherever somebody listens, and after a crash it goes on where it was.
 */
export function createDecommissionKind(deps: {
  store: DecommissionStore;
  access: Pick<Access, 'release'>;
}): JobKind<Record<string, never>> {
  const { store, access } = deps;
  return {
    name: 'decommission',
    describe: () => 'Release the members of the deleted SCIM configuration',
    async run(job) {
      let { after, changed } = (job.cursor as { after: number; changed: number } | undefined) ?? {
        after: 0,
        changed: 0,
      };
      const decision = store.pending();
      if (!decision) return null;
      for (let goesOn = true; goesOn; ) {
        await job.chunk(() => {
          const piece = access.release(decision.people, after, PIECE, decision.actor);
          goesOn = piece.last !== undefined;
          if (!goesOn) store.done();
          after = piece.last ?? after;
          changed += piece.changed;
          return { cursor: { after, changed }, done: changed };
        });
      }
      const became = decision.people === 'manual' ? 'are manual now' : 'were suspended';
      return `${changed} members ${became}.`;
    },
    schedule: { input: {}, everyMinutes: 0, isDue: () => store.pending() !== undefined },
  };
}
