import type { Job } from '../../../../shared/contract/jobs.ts';
import type { Tone } from '../../components/tone.ts';
import { count } from '../../format/number.ts';

/** A job's state in words. */
export function jobState({ state, cancelRequested }: Job): { label: string; tone: Tone } {
  switch (state) {
    case 'queued':
      return { label: 'Waiting', tone: 'idle' };
    case 'running':
      return cancelRequested ? { label: 'Stopping', tone: 'warning' } : { label: 'Running', tone: 'waiting' };
    case 'done':
      return { label: 'Done', tone: 'good' };
    case 'failed':
      return { label: 'Failed', tone: 'bad' };
    case 'cancelled':
      return { label: 'Cancelled', tone: 'idle' };
  }
}

/** "300 of 1,200", "300", or nothing before the first piece. */
export function jobProgress({ done, total }: Job): string | null {
  if (total !== null) return `${count(done)} of ${count(total)}`;
  return done === 0 ? null : count(done);
}

/** What the status bar says: what runs now, else how the last one ended where that needs somebody. */
export function jobsSummary(jobs: readonly Job[]): { words: string; tone: Tone } {
  const running = jobs.filter(({ state }) => state === 'running');
  const [first] = running;
  if (first && running.length === 1) {
    const progress = jobProgress(first);
    return { words: progress === null ? first.title : `${first.title}: ${progress}`, tone: 'waiting' };
  }
  if (running.length > 1) return { words: `${running.length} jobs`, tone: 'waiting' };
  const waiting = jobs.filter(({ state }) => state === 'queued').length;
  if (waiting > 0) return { words: waiting === 1 ? '1 job waits' : `${waiting} jobs wait`, tone: 'idle' };
  if (jobs[0]?.state === 'failed') return { words: 'Last job failed', tone: 'bad' };
  return { words: 'No jobs', tone: 'idle' };
}
