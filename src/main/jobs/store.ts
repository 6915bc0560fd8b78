import type { Job, JobState } from '../../shared/contract/jobs.ts';

/** A job as it lies in SQLite. */
export interface JobRecord extends Omit<Job, 'title'> {
  input: unknown;
  /** Undefined before the first chunk. */
  cursor: unknown;
  /** Who works on it; null unless it is running. */
  runner: string | null;
  pid: number | null;
  heartbeatAt: string | null;
}

/** Where a job stands after a chunk. */
export interface Standing {
  cursor: unknown;
  done: number;
  total: number | null;
  message: string | null;
}

/** Jobs by id; implemented by the store. What changes a row is called inside a write transaction. */
export interface JobStore {
  insert(job: { id: string; kind: string; input: unknown; createdAt: string; createdBy: string }): void;
  get(id: string): JobRecord | undefined;
  /** Queued and running ones, oldest first. */
  unfinished(): JobRecord[];
  /** The latest first. */
  finished(limit: number): JobRecord[];
  /** The latest of a kind that somebody started. */
  last(kind: string, createdBy: string): JobRecord | undefined;
  claim(id: string, runner: string, pid: number, time: string): void;
  /** The job, as long as `runner` holds it. */
  held(id: string, runner: string): JobRecord | undefined;
  save(id: string, standing: Standing, time: string): void;
  heartbeat(id: string, runner: string, time: string): void;
  /** Back into the queue, with what it has done. */
  release(id: string, runner: string): void;
  requestCancel(id: string): void;
  finish(id: string, state: JobState, message: string | null, time: string): void;
  forgetFinishedBefore(time: string): void;
  /** Forgets the others of its kind that the same hand started and that ended with the same words. */
  forgetLike(job: Pick<JobRecord, 'id' | 'kind' | 'createdBy' | 'state' | 'message'>): void;
}
