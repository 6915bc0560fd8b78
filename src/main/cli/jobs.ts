import { Command } from 'commander';
import { AppError } from '../../shared/app-error.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { print, table } from './print.ts';
import { action } from './session.ts';

/** How many finished jobs a list is whole with: more are not kept. */
const ALL = 1_000_000;

/** `jobs list · show ID · cancel ID · run`: work that lasts, done by the process that listens. */
export function jobsCommand(): Command {
  const command = new Command('jobs').description('work that lasts, done by the process that listens');
  command
    .command('list')
    .description('what waits and runs, then what is over (kept for 30 days)')
    .action(
      action(({ services }, options) => {
        const jobs = services.jobs.list(ALL);
        print(options, jobs, () => (jobs.length === 0 ? 'There are no jobs.' : asTable(jobs)));
      }, 'view'),
    );
  command
    .command('show <id>')
    .description('one job with its progress')
    .action(
      action<[string]>(({ services }, options, id) => {
        const job = services.jobs.get(id);
        if (!job) throw new AppError('not-found', `There is no job ${id}.`);
        print(options, job, () => inWords(job));
      }, 'view'),
    );
  command
    .command('cancel <id>')
    .description('stop a job; a running one stops after the piece at hand')
    .action(
      action<[string]>(async ({ services }, options, id) => {
        const job = await services.jobs.cancel(id, services.overview.operator());
        print(options, job, () =>
          job.state === 'cancelled' ? 'Cancelled.' : 'It stops after the piece at hand.',
        );
      }),
    );
  command
    .command('run')
    .description('run what waits or is due now, where no process listens')
    .action(
      action(async ({ services }, options) => {
        const listener = services.listener.state();
        if (listener.state === 'listening') {
          throw new AppError(
            'data-directory-held',
            `Process ${listener.pid} serves this data directory and runs its jobs. Nothing was run here.`,
          );
        }
        const done = await services.jobs.runDue();
        print(options, done, () => (done.length === 0 ? 'Nothing waits, nothing is due.' : asTable(done)));
        const failed = done.filter(({ state }) => state === 'failed').length;
        if (failed > 0) throw new AppError('conflict', `${failed} of ${done.length} jobs failed.`);
      }),
    );
  return command;
}

function asTable(jobs: readonly Job[]): string {
  return table(jobs, {
    id: ({ id }) => id,
    job: ({ title }) => title,
    state: ({ state, cancelRequested }) => (cancelRequested && state === 'running' ? 'stopping' : state),
    progress,
    message: ({ message }) => message,
    since: ({ finishedAt, startedAt, createdAt }) => finishedAt ?? startedAt ?? createdAt,
  });
}

function progress({ done, total }: Job): string {
  return total === null ? String(done) : `${done} of ${total}`;
}

function inWords(job: Job): string {
  return [
    `${job.title} (${job.kind}): ${job.state}${job.cancelRequested && job.state === 'running' ? ', stopping' : ''}`,
    `Progress  ${progress(job)}`,
    `Message   ${job.message ?? '–'}`,
    `Made      ${job.createdAt} by ${job.createdBy}`,
    `Started   ${job.startedAt ?? '–'}`,
    `Over      ${job.finishedAt ?? '–'}`,
  ].join('\n');
}
