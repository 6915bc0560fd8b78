import { AppError } from '../../shared/app-error.ts';
import type { Job, Jobs } from '../jobs/jobs.ts';

/**
 * Waits until a job is over: run here when no process listens, watched where one does.
 * @throws {AppError} `conflict` with the job's own sentence when it failed or was cancelled
 */
export async function finished(jobs: Jobs, { id }: Job): Promise<Job> {
  const job = await jobs.wait(id);
  if (job.state === 'done') return job;
  throw new AppError('conflict', job.message ?? `${job.title}: ${job.state}.`);
}
