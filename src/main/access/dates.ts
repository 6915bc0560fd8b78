import type { JobKind } from '../jobs/jobs.ts';
import type { Access } from './access.ts';

/** Members in one piece of work: a few milliseconds. */
const PIECE = 25;

/**
 * The job that lets dates come by the clock: suspensions that become deactivations, and deactivations whose retention
 * is over. Whom the guard holds stays as they are.
 */
export function memberDates(access: Pick<Access, 'applyDates' | 'isAnyDateDue'>): JobKind<null> {
  return {
    name: 'member-dates',
    describe: () => 'Deactivate and delete people whose date has come',
    async run(job) {
      for (let more = true; more; ) {
        await job.chunk(() => {
          const looked = access.applyDates(PIECE, job.actor);
          more = looked > 0;
          return { done: job.done + looked };
        });
      }
      if (job.done === 0) return null;
      return `The date of ${job.done} ${job.done === 1 ? 'person' : 'people'} had come.`;
    },
    schedule: { input: null, everyMinutes: 5, isDue: () => access.isAnyDateDue() },
  };
}
