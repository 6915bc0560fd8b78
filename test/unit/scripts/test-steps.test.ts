import { expect, test } from 'vitest';
import type { Report } from '../../../scripts/report.ts';
import {
  checkOutcome,
  parseOnly,
  runSteps,
  type Step,
  selectSteps,
  summaryTable,
  totalCounts,
} from '../../../scripts/test-steps.ts';

const silent: Report = { say: () => {}, progress: () => {} };

function step(name: string, needs: string[] = [], run: Step['run'] = async () => checkOutcome(true)): Step {
  return { name, title: name, needs, run };
}

const list = [step('packages'), step('runtime', ['packages']), step('lint'), step('e2e', ['runtime'])];
const names = (steps: readonly Step[]) => steps.map(({ name }) => name);

test('--only is repeatable, takes lists, and refuses anything else', () => {
  expect(parseOnly([])).toBeUndefined();
  expect(parseOnly(['--only', 'lint,e2e', '--only=runtime'])).toEqual(['lint', 'e2e', 'runtime']);
  expect(() => parseOnly(['--onyl', 'lint'])).toThrow('Unknown argument --onyl');
  expect(() => parseOnly(['--only'])).toThrow('--only NAME');
});

test('a chosen step brings what it needs, in the order of the list', () => {
  expect(names(selectSteps(list, undefined))).toEqual(['packages', 'runtime', 'lint', 'e2e']);
  expect(names(selectSteps(list, ['e2e']))).toEqual(['packages', 'runtime', 'e2e']);
  expect(() => selectSteps(list, ['nothing'])).toThrow(/no step nothing; the steps are packages, runtime/);
});

test('a failure stops only the steps that need it, and those count as failed', async () => {
  const ran: string[] = [];
  const record = (name: string, passed: boolean) => async () => {
    ran.push(name);
    return checkOutcome(passed);
  };
  const results = await runSteps(
    [
      step('packages', [], record('packages', true)),
      step('runtime', ['packages'], record('runtime', false)),
      step('lint', [], record('lint', true)),
      step('e2e', ['runtime'], record('e2e', true)),
    ],
    silent,
    () => false,
  );
  expect(ran).toEqual(['packages', 'runtime', 'lint']);
  expect(results.at(-1)).toMatchObject({ counts: { failed: 1 }, notes: ['not run: needs runtime'] });
  expect(totalCounts(results)).toEqual({ passed: 2, failed: 2, skipped: 0 });
});

test('a step that stops all leaves nothing else to run, and nothing is skipped silently', async () => {
  const missing: Step = {
    ...step('packages', [], async () => checkOutcome(false, 'run this')),
    stopsAll: true,
  };
  const results = await runSteps([missing, step('lint')], silent, () => false);
  expect(results.map(({ notes }) => notes)).toEqual([['run this'], ['not run: packages failed']]);
  expect(totalCounts(results)).toEqual({ passed: 0, failed: 2, skipped: 0 });
});

test('a step that throws is a failure with the message as its note', async () => {
  const failing = step('runtime', [], () => Promise.reject(new Error('no network')));
  const [result] = await runSteps([failing], silent, () => false);
  expect(result?.counts.failed).toBe(1);
  expect(result?.notes[0]).toContain('no network');
});

test('after an interruption nothing more is started', async () => {
  let stopped = false;
  const first = step('first', [], async () => {
    stopped = true;
    return checkOutcome(true);
  });
  const results = await runSteps([first, step('second')], silent, () => stopped);
  expect(results.map(({ notes }) => notes)).toEqual([[], ['not run: interrupted']]);
});

test('the summary has a line for each step and its notes', () => {
  const lines = summaryTable([
    { name: 'lint', milliseconds: 1500, ...checkOutcome(true) },
    { name: 'vitest', milliseconds: 190_000, counts: { passed: 120, failed: 1, skipped: 2 }, notes: ['why'] },
  ]);
  expect(lines).toHaveLength(4);
  expect(lines[2]).toMatch(/^vitest +120 +1 +2 +3 min 10 s$/);
  expect(lines[3]).toBe('vitest: why');
});
