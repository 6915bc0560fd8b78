import type { ReactNode } from 'react';
import { useJobs } from '../../api/queries/jobs.ts';
import { Callout } from '../../components/callout.tsx';
import { jobProgress } from './job-state.ts';
import styles from './jobs.module.css';

/** What one job is doing or how it ended; nothing once it is forgotten. */
export function JobNote({ id, actions }: { id: string; actions?: ReactNode }) {
  const { data } = useJobs();
  const job = data?.items.find((one) => one.id === id);
  if (!job) return null;
  const isOver = job.finishedAt !== null;
  const progress = jobProgress(job);
  const tone = !isOver ? 'waiting' : job.state === 'done' ? 'good' : 'bad';
  return (
    <Callout tone={tone} title={job.title} actions={isOver ? actions : undefined}>
      {!isOver && (
        <progress
          className={styles.progress}
          aria-label={`Progress of: ${job.title}`}
          {...(job.total !== null && { value: job.done, max: Math.max(job.total, 1) })}
        />
      )}
      <span role="status">
        {isOver ? (job.message ?? 'There was nothing to do.') : (progress ?? 'It begins in a moment.')}
      </span>
    </Callout>
  );
}
