import { formatDuration, type Report, SetupError } from './report.ts';
import type { Counts } from './test-counts.ts';

/** What running a step came to. */
export interface StepOutcome {
  counts: Counts;
  /** Shown in the summary, for example why a step was not run. */
  notes: string[];
}

/** One part of the test command. */
export interface Step {
  /** The name for `--only`. */
  name: string;
  title: string;
  /** Names of steps that must have passed, which come earlier in the list. */
  needs: readonly string[];
  /** When it fails, the person must act first: nothing after it is run. */
  stopsAll?: boolean;
  run(): Promise<StepOutcome>;
}

/** A step that is over. */
export interface StepResult extends StepOutcome {
  name: string;
  milliseconds: number;
}

/** A step that is a single check: passed or failed. */
export function checkOutcome(passed: boolean, note?: string): StepOutcome {
  return {
    counts: { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 },
    notes: note === undefined ? [] : [note],
  };
}

/** The names after `--only`, which may be repeated or hold a comma-separated list; undefined for all steps. */
export function parseOnly(args: readonly string[]): string[] | undefined {
  const names: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? '';
    const value = argument === '--only' ? args[++index] : /^--only=(.+)$/.exec(argument)?.[1];
    if (value === undefined)
      throw new SetupError(`Unknown argument ${argument}; use: npm test -- --only NAME[,NAME]`);
    names.push(...value.split(','));
  }
  return names.length === 0 ? undefined : names;
}

/** The named steps together with everything they need, in the order of the list. */
export function selectSteps(steps: readonly Step[], only: readonly string[] | undefined): Step[] {
  if (only === undefined) return [...steps];
  const chosen = new Set<string>();
  const choose = (name: string) => {
    const step = steps.find((candidate) => candidate.name === name);
    if (step === undefined) {
      throw new SetupError(
        `There is no step ${name}; the steps are ${steps.map((each) => each.name).join(', ')}.`,
      );
    }
    chosen.add(name);
    step.needs.forEach(choose);
  };
  only.forEach(choose);
  return steps.filter((step) => chosen.has(step.name));
}

/**
 * Runs steps one after the other and goes on after a failure, unless the step stops all. A step that is not run,
 * because its needs failed or the run was stopped or interrupted, counts as one failure.
 */
export async function runSteps(
  steps: readonly Step[],
  report: Report,
  interrupted: () => boolean,
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  let stoppedBy: string | undefined;
  for (const [index, step] of steps.entries()) {
    if (stoppedBy !== undefined || interrupted()) {
      const note = `not run: ${stoppedBy === undefined ? 'interrupted' : `${stoppedBy} failed`}`;
      results.push({ name: step.name, milliseconds: 0, ...checkOutcome(false, note) });
      continue;
    }
    report.say(`\n== ${index + 1}/${steps.length} ${step.name}: ${step.title}`);
    const start = Date.now();
    const outcome = await runStep(step, results);
    const milliseconds = Date.now() - start;
    results.push({ name: step.name, milliseconds, ...outcome });
    if (step.stopsAll && outcome.counts.failed > 0) stoppedBy = step.name;
    for (const note of outcome.notes) report.say(note);
    report.say(
      `== ${step.name} ${outcome.counts.failed === 0 ? 'passed' : 'FAILED'} in ${formatDuration(milliseconds)}`,
    );
  }
  return results;
}

async function runStep(step: Step, earlier: readonly StepResult[]): Promise<StepOutcome> {
  const broken = earlier.filter((result) => step.needs.includes(result.name) && result.counts.failed > 0);
  if (broken.length > 0)
    return checkOutcome(false, `not run: needs ${broken.map(({ name }) => name).join(', ')}`);
  try {
    return await step.run();
  } catch (error) {
    return checkOutcome(
      false,
      error instanceof SetupError ? error.message : String((error as Error).stack ?? error),
    );
  }
}

/** The summary as lines: a table, then what was noted. */
export function summaryTable(results: readonly StepResult[]): string[] {
  const rows = [
    ['step', 'passed', 'failed', 'skipped', 'time'],
    ...results.map(({ name, counts, milliseconds }) => [
      name,
      String(counts.passed),
      String(counts.failed),
      String(counts.skipped),
      formatDuration(milliseconds),
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  return [...lines, ...results.flatMap(({ name, notes }) => notes.map((note) => `${name}: ${note}`))];
}

/** Adds up all steps. */
export function totalCounts(results: readonly StepResult[]): Counts {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { counts } of results) {
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  return total;
}
