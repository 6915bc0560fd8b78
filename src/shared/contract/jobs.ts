import { z } from 'zod';
import { call } from './define.ts';

export const jobState = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']);
export type JobState = z.infer<typeof jobState>;

/** A piece of work that lasts, with what is known of its progress. */
export const job = z.object({
  id: z.string(),
  kind: z.string(),
  /** What it does, in a few words. */
  title: z.string(),
  state: jobState,
  done: z.number(),
  /** Null while nobody knows. */
  total: z.number().nullable(),
  /** What is going on, or how it ended: a sentence. Null where there was nothing to do. */
  message: z.string().nullable(),
  /** Somebody asked it to stop; it does after the piece at hand. */
  cancelRequested: z.boolean(),
  createdAt: z.string(),
  /** `system` for what runs by the clock. */
  createdBy: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
});
export type Job = z.infer<typeof job>;

const id = z.strictObject({ id: z.string().min(1).max(64) });

export const jobCalls = {
  'jobs.list': call(
    z.strictObject({
      /** The most finished ones to answer with; all that run or wait come before them. */
      finished: z.int().min(0).max(500).default(20),
    }),
    z.object({
      items: z.array(job),
      /** The process that runs jobs: the one that listens. Null when nothing listens, so that jobs wait. */
      runner: z.object({ pid: z.number(), here: z.boolean() }).nullable(),
    }),
    'view',
  ),
  'jobs.get': call(id, job, 'view'),
  /** Asks it to stop: a waiting one is cancelled at once, a running one after the piece at hand. */
  'jobs.cancel': call(id, job, 'edit'),
};
