import { describe, expect, test } from 'vitest';
import { jobProgress, jobState, jobsSummary } from '../../../src/renderer/src/features/jobs/job-state.ts';
import type { Job } from '../../../src/shared/contract/jobs.ts';

const job = (more: Partial<Job>): Job => ({
  id: 'j1',
  kind: 'mail',
  title: 'Send welcome mails',
  state: 'running',
  done: 0,
  total: null,
  message: null,
  cancelRequested: false,
  createdAt: '2026-03-01T12:00:00.000Z',
  createdBy: 'system',
  startedAt: null,
  finishedAt: null,
  ...more,
});

describe('a job in words', () => {
  test('names what it is doing, and that it is stopping', () => {
    expect(jobState(job({})).label).toBe('Running');
    expect(jobState(job({ cancelRequested: true })).label).toBe('Stopping');
    expect(jobState(job({ state: 'cancelled', cancelRequested: true })).label).toBe('Cancelled');
    expect(jobState(job({ state: 'failed' })).tone).toBe('bad');
  });

  test('tells how far it is, as far as that is known', () => {
    expect(jobProgress(job({ done: 300, total: 1200 }))).toBe('300 of 1,200');
    expect(jobProgress(job({ done: 0, total: 4 }))).toBe('0 of 4');
    expect(jobProgress(job({ done: 300 }))).toBe('300');
    expect(jobProgress(job({}))).toBeNull();
  });
});

describe('the line in the status bar', () => {
  const done = job({ state: 'done', finishedAt: '2026-03-01T12:00:00.000Z' });
  test.each([
    ['No jobs', 'idle', []],
    ['No jobs', 'idle', [done]],
    ['Send welcome mails', 'waiting', [job({}), done]],
    ['Send welcome mails: 3 of 9', 'waiting', [job({ done: 3, total: 9 })]],
    ['2 jobs', 'waiting', [job({}), job({ id: 'j2' })]],
    ['1 job waits', 'idle', [job({ state: 'queued' })]],
    ['2 jobs wait', 'idle', [job({ state: 'queued' }), job({ state: 'queued' })]],
    ['Last job failed', 'bad', [{ ...done, state: 'failed' as const }, done]],
    ['No jobs', 'idle', [done, { ...done, state: 'failed' as const }]],
  ])('says "%s"', (words, tone, jobs) => {
    expect(jobsSummary(jobs)).toEqual({ words, tone });
  });
});
