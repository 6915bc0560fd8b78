/** What a step found. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** A runner's report, reduced to what the summary needs. */
export interface TestReport {
  counts: Counts;
  /** Absolute or relative paths of the test files that the runner executed. */
  files: string[];
}

/** The part of Vitest's JSON report that is read here. */
interface VitestJson {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[];
}

/** Reads Vitest's JSON report. A file that fails without a failed test, as when it cannot be imported, counts as one. */
export function readVitestReport(json: string): TestReport {
  const report = JSON.parse(json) as VitestJson;
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    counts: {
      passed: report.numPassedTests,
      failed: report.numFailedTests + brokenFiles.length,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    files: report.testResults.map((file) => file.name),
  };
}

interface PlaywrightSuite {
  file: string;
  suites?: PlaywrightSuite[];
}

/** The part of Playwright's JSON report that is read here. */
interface PlaywrightJson {
  config: { rootDir: string };
  suites: PlaywrightSuite[];
  errors: unknown[];
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

/** Reads Playwright's JSON report. A test that passed only on a retry counts as failed; so does an error outside tests. */
export function readPlaywrightReport(json: string): TestReport {
  const { stats, errors, suites, config } = JSON.parse(json) as PlaywrightJson;
  return {
    counts: {
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky + errors.length,
      skipped: stats.skipped,
    },
    files: suites.map((suite) => `${config.rootDir}/${suite.file}`),
  };
}

/** What a runner's step comes to. */
export interface RunnerOutcome {
  counts: Counts;
  notes: string[];
}

/**
 * Judges a run of a test runner: its own exit code, no executed test, and test files that it did not pick up each
 * make it fail even where the report lists no failed test.
 * @param report undefined when the runner wrote none
 * @param expectedFiles test files that exist; paths in the same form as in the report
 */
export function judgeRun(
  exitCode: number,
  report: TestReport | undefined,
  expectedFiles: readonly string[],
): RunnerOutcome {
  if (report === undefined) {
    return {
      counts: { passed: 0, failed: 1, skipped: 0 },
      notes: [`no report was written (exit code ${exitCode})`],
    };
  }
  const counts = { ...report.counts };
  const notes: string[] = [];
  const ran = new Set(report.files);
  const left = expectedFiles.filter((file) => !ran.has(file));
  if (left.length > 0) {
    counts.failed += left.length;
    notes.push(`not run: ${left.join(', ')}`);
  }
  if (report.counts.passed + report.counts.failed === 0) {
    counts.failed += 1;
    notes.push('no test was executed');
  }
  if (exitCode !== 0 && counts.failed === 0) {
    counts.failed += 1;
    notes.push(`ended with exit code ${exitCode} although no test failed`);
  }
  return { counts, notes };
}
