import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, toolScript } from '../child-process.ts';
import { checkoutDirectory } from '../paths.ts';
import { createReport } from '../report.ts';
import { checkOutcome, type Step, type StepOutcome } from '../test-steps.ts';

const resultsDirectory = join(checkoutDirectory, 'test-results', 'mutation');
/** The share of mutants, in percent, that the tests must notice; also `thresholds.break` of stryker.config.mjs. */
const REQUIRED_SCORE = 90;

/**
 * Mutation testing of the SCIM core. `ROLLCALL_MUTATE` limits it to some files (`src/main/scim/filter/**`). Writes
 * `test-results/mutation/`: `mutation.json` (the mutation-testing report schema) and `summary.txt`, which lists every
 * mutant that survived.
 */
export const mutationProof: Step = {
  name: 'mutation',
  title: `mutants of the SCIM core: at least ${REQUIRED_SCORE} % noticed by its tests`,
  needs: [],
  run: runMutation,
};

async function runMutation(): Promise<StepOutcome> {
  const report = createReport();
  const reportFile = join(resultsDirectory, 'mutation.json');
  mkdirSync(resultsDirectory, { recursive: true });
  // A report of an earlier run must not stand in for one that this run failed to write.
  rmSync(reportFile, { force: true });
  const files = process.env.ROLLCALL_MUTATE;
  const result = await capture(
    process.execPath,
    [
      toolScript('@stryker-mutator/core', 'stryker'),
      'run',
      ...(files === undefined ? [] : ['--mutate', files]),
    ],
    {
      cwd: checkoutDirectory,
      onOutput: (text) => {
        const line = text.trim().split('\n').at(-1) ?? '';
        if (line.startsWith('Mutation testing')) report.progress(line);
      },
    },
  );
  writeFileSync(join(resultsDirectory, 'summary.txt'), result.stdout + result.stderr);
  if (!existsSync(reportFile)) {
    report.say(result.stdout.slice(-4000) + result.stderr.slice(-4000));
    return checkOutcome(false, `no report was written (exit code ${result.code})`);
  }
  const scores = scoreByFolder(JSON.parse(readFileSync(reportFile, 'utf8')) as MutationReport);
  const total = scores.at(-1);
  return {
    ...checkOutcome(result.code === 0 && total !== undefined && percentage(total) >= REQUIRED_SCORE),
    notes: scores.map(describeScore),
  };
}

/** The part of the mutation-testing report schema that is read here. */
interface MutationReport {
  files: Record<string, { mutants: { status: string }[] }>;
}

interface Score {
  folder: string;
  noticed: number;
  survived: number;
  ignored: number;
}

const NOTICED: ReadonlySet<string> = new Set(['Killed', 'Timeout']);
const SURVIVED: ReadonlySet<string> = new Set(['Survived', 'NoCoverage']);

/** The folders in order, then all of them together. Mutants that don't compile count for nothing. */
function scoreByFolder(report: MutationReport): Score[] {
  const folders = new Map<string, Score>();
  const all: Score = { folder: 'all', noticed: 0, survived: 0, ignored: 0 };
  for (const [file, { mutants }] of Object.entries(report.files)) {
    const folder = file.split('/').slice(0, -1).join('/');
    const score = folders.get(folder) ?? { folder, noticed: 0, survived: 0, ignored: 0 };
    folders.set(folder, score);
    for (const { status } of mutants) {
      for (const each of [score, all]) {
        if (NOTICED.has(status)) each.noticed++;
        else if (SURVIVED.has(status)) each.survived++;
        else if (status === 'Ignored') each.ignored++;
      }
    }
  }
  return [...[...folders.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1)), all];
}

/** Noticed in percent; nothing to notice is no success. */
function percentage({ noticed, survived }: Score): number {
  return noticed + survived === 0 ? 0 : (100 * noticed) / (noticed + survived);
}

function describeScore(score: Score): string {
  const { folder, noticed, survived, ignored } = score;
  return `${folder}: ${percentage(score).toFixed(1)} % of ${noticed + survived} mutants noticed, ${ignored} in sentences left out`;
}
