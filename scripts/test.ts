import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isAbandonedByNpm, runInForeground, toolScript } from './child-process.ts';
import {
  type DesktopSession,
  openDesktopSession,
  type SessionOptions,
  sessionNeeds,
} from './desktop-session.ts';
import { type ElectronRuntime, ensureElectronRuntime } from './electron-runtime.ts';
import { checkoutDirectory } from './paths.ts';
import { proofs } from './proof/index.ts';
import { suitesProof } from './proof/suites.ts';
import { createReport, formatDuration, runScript } from './report.ts';
import { ensureSystemPackages } from './system-packages.ts';
import { judgeRun, readPlaywrightReport, readVitestReport, type TestReport } from './test-counts.ts';
import { findTestFiles } from './test-files.ts';
import {
  checkOutcome,
  parseOnly,
  runSteps,
  type Step,
  type StepOutcome,
  selectSteps,
  summaryTable,
  totalCounts,
} from './test-steps.ts';

const report = createReport();

const resultsDirectory = join(checkoutDirectory, 'test-results');
const sessionOptions: SessionOptions = { display: 'private', keyring: 'private' };

let session: DesktopSession | undefined;
let runtime: ElectronRuntime | undefined;
let interrupted = false;

async function sessionEnvironment(): Promise<NodeJS.ProcessEnv> {
  session ??= await openDesktopSession(sessionOptions, report);
  return session.env;
}

async function runTool(
  packageName: string,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const script = toolScript(packageName, command);
  return runInForeground(process.execPath, [script, ...args], { cwd: checkoutDirectory, env });
}

async function checkWith(
  packageName: string,
  command: string,
  args: readonly string[],
): Promise<StepOutcome> {
  return checkOutcome((await runTool(packageName, command, args)) === 0);
}

/** A report file of an earlier run must not stand in for one that this run failed to write. */
function newReportFile(name: string): string {
  mkdirSync(resultsDirectory, { recursive: true });
  const path = join(resultsDirectory, name);
  rmSync(path, { force: true });
  return path;
}

function judge(
  code: number,
  reportFile: string,
  read: (json: string) => TestReport,
  expected: readonly string[],
): StepOutcome {
  const found = existsSync(reportFile) ? read(readFileSync(reportFile, 'utf8')) : undefined;
  return judgeRun(code, found && { ...found, files: found.files.map((file) => resolve(file)) }, expected);
}

async function runVitest(): Promise<StepOutcome> {
  const file = newReportFile('vitest.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  // Vitest colours its output even in a log.
  const colour = process.stdout.isTTY ? {} : { NO_COLOR: '1' };
  const code = await runTool('vitest', 'vitest', args, { ...(await sessionEnvironment()), ...colour });
  return judge(code, file, readVitestReport, findTestFiles().vitest);
}

async function runPlaywright(): Promise<StepOutcome> {
  const file = newReportFile('playwright.json');
  const code = await runTool('@playwright/test', 'playwright', ['test', '--reporter=list,json'], {
    ...(await sessionEnvironment()),
    ...runtime?.env,
    ELECTRON_EXECUTABLE: runtime?.executable,
    ELECTRON_ARGS: JSON.stringify(runtime?.args),
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  return judge(code, file, readPlaywrightReport, findTestFiles().playwright);
}

const steps: readonly Step[] = [
  {
    name: 'packages',
    title: 'system packages for windows, a virtual display and a keyring',
    needs: [],
    stopsAll: true,
    async run() {
      await ensureSystemPackages(sessionNeeds(sessionOptions), report);
      return checkOutcome(true);
    },
  },
  {
    name: 'runtime',
    title: 'the Electron runtime',
    needs: ['packages'],
    async run() {
      runtime = await ensureElectronRuntime(report);
      return checkOutcome(true);
    },
  },
  {
    name: 'typecheck',
    title: 'types, all projects',
    needs: [],
    run: async () =>
      checkOutcome(
        (await runInForeground(process.execPath, [join(import.meta.dirname, 'typecheck.ts')])) === 0,
      ),
  },
  {
    name: 'lint',
    title: 'Biome: rules and format',
    needs: [],
    run: () => checkWith('@biomejs/biome', 'biome', ['check', '--error-on-warnings', '.']),
  },
  {
    name: 'unused',
    title: 'knip: unused files, exports and dependencies',
    needs: [],
    run: () => checkWith('knip', 'knip', []),
  },
  {
    name: 'vitest',
    title: 'unit, layers, property, contract and conformance tests',
    needs: ['packages'],
    run: runVitest,
  },
  suitesProof,
  {
    name: 'build',
    title: 'the application for the end-to-end tests',
    needs: [],
    run: () => checkWith('electron-vite', 'electron-vite', ['build']),
  },
  {
    name: 'e2e',
    title: 'the console in real Electron',
    needs: ['packages', 'runtime', 'build'],
    run: runPlaywright,
  },
];

await runScript(async () => {
  const selected = selectSteps(steps, parseOnly(process.argv.slice(2)));
  const start = Date.now();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      interrupted = true;
    });
  }
  try {
    const results = await runSteps(selected, report, () => interrupted || isAbandonedByNpm());
    const total = totalCounts(results);
    report.say(`\n${summaryTable(results).join('\n')}`);
    report.say(`\nTook ${formatDuration(Date.now() - start)}; ${total.skipped} skipped.`);
    const left = proofs.filter((proof) => !steps.includes(proof)).map(({ name }) => name);
    report.say(`Left to \`npm run proof\`: ${left.join(', ')}.`);
    report.say(`${total.passed} passed, ${total.failed} failed`);
    return total.failed === 0 ? 0 : 1;
  } finally {
    await session?.close();
  }
});
