import { expect, test } from 'vitest';
import { judgeRun, readPlaywrightReport, readVitestReport } from '../../../scripts/test-counts.ts';

const passing = { counts: { passed: 3, failed: 0, skipped: 1 }, files: ['/a.test.ts'] };

test('a clean run keeps its counts', () => {
  expect(judgeRun(0, passing, ['/a.test.ts'])).toEqual({ counts: passing.counts, notes: [] });
});

test('a run that executes nothing fails, even when everything was skipped', () => {
  const skipped = { counts: { passed: 0, failed: 0, skipped: 9 }, files: [] };
  expect(judgeRun(0, skipped, [])).toEqual({
    counts: { passed: 0, failed: 1, skipped: 9 },
    notes: ['no test was executed'],
  });
});

test('a run without a report fails', () => {
  expect(judgeRun(0, undefined, []).counts.failed).toBe(1);
});

test('an exit code that no test explains fails', () => {
  const { counts, notes } = judgeRun(1, passing, []);
  expect(counts.failed).toBe(1);
  expect(notes[0]).toContain('exit code 1');
});

test('a test file that no project picks up fails by name', () => {
  const { counts, notes } = judgeRun(0, passing, ['/a.test.ts', '/forgotten.test.ts']);
  expect(counts).toEqual({ passed: 3, failed: 1, skipped: 1 });
  expect(notes).toEqual(['not run: /forgotten.test.ts']);
});

test('Vitest: a file that cannot be imported counts as a failure', () => {
  const json = JSON.stringify({
    numPassedTests: 2,
    numFailedTests: 1,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: [
      { name: '/broken.test.ts', status: 'failed', assertionResults: [] },
      { name: '/failing.test.ts', status: 'failed', assertionResults: [{ status: 'failed' }] },
      { name: '/fine.test.ts', status: 'passed', assertionResults: [{ status: 'passed' }] },
    ],
  });
  expect(readVitestReport(json)).toEqual({
    counts: { passed: 2, failed: 2, skipped: 2 },
    files: ['/broken.test.ts', '/failing.test.ts', '/fine.test.ts'],
  });
});

test('Playwright: flaky tests and errors outside tests count as failures', () => {
  const json = JSON.stringify({
    config: { rootDir: '/e2e' },
    suites: [{ file: 'a.spec.ts' }],
    errors: [{}],
    stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 },
  });
  expect(readPlaywrightReport(json)).toEqual({
    counts: { passed: 4, failed: 3, skipped: 2 },
    files: ['/e2e/a.spec.ts'],
  });
});
