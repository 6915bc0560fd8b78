import type { Counts } from '../test-counts.ts';

/** What one check of a foreign suite came to. */
export interface CheckResult {
  /** The suite's name for it; several results may have the same. */
  check: string;
  outcome: 'passed' | 'failed' | 'skipped';
  /** The suite's own words. */
  detail: string;
}

/** A check that Rollcall does not pass, on purpose. */
export interface SuiteException {
  check: string;
  outcome: 'failed' | 'skipped';
  /** A part of the suite's own words, so that it is failed for this and nothing else. */
  detail: string;
  /** The profiles for which it holds; without them, all. */
  profiles?: string[];
  reason: string;
}

/** The file of a suite under test/suites/exceptions. */
export interface KnownSuite {
  /** How many results there are at least: fewer mean that the suite has stopped early. */
  checks: number;
  exceptions: SuiteException[];
}

const PASSED = new Set(['SUCCESS', 'COMPLIANT', 'ACCEPTABLE']);

/** Reads what `scim test` prints: a line `STATUS check` each, the reason in the lines after it. */
export function readScim2Tester(stdout: string): CheckResult[] {
  const results: CheckResult[] = [];
  for (const line of stdout.split(/\r?\n/)) {
    const [, status, title] = /^([A-Z]+) (\w+)$/.exec(line) ?? [];
    const last = results.at(-1);
    if (status !== undefined && title !== undefined) {
      const outcome = PASSED.has(status) ? 'passed' : status === 'SKIPPED' ? 'skipped' : 'failed';
      results.push({ check: title, outcome, detail: '' });
    } else if (last !== undefined && line.trim() !== '') {
      // The attribute that a check was about is part of its name.
      const about = last.detail === '' ? /attribute '([^']+)'/i.exec(line)?.[1] : undefined;
      if (about !== undefined) last.check += ` ${about}`;
      last.detail = last.detail === '' ? line.trim() : `${last.detail} ${line.trim()}`;
    }
  }
  return results;
}

/** Reads what `scim-sanity probe --json-output` prints. A warning is a deviation, and so a failure. */
export function readScimSanity(stdout: string): CheckResult[] {
  const { results } = JSON.parse(stdout) as { results: { name: string; status: string; message?: string }[] };
  return results.map(({ name, status, message = '' }) => ({
    check: name,
    outcome: status === 'pass' ? 'passed' : status === 'skip' ? 'skipped' : 'failed',
    detail: message,
  }));
}

/**
 * Judges a run: a result that is not passed needs an exception for just that, and each exception its result.
 * Excepted results count as skipped.
 */
export function judgeSuite(
  results: readonly CheckResult[],
  known: KnownSuite,
  profile: string,
): { counts: Counts; objections: string[] } {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  const objections: string[] = [];
  const object = (objection: string) => {
    counts.failed++;
    objections.push(objection);
  };
  const exceptions = known.exceptions.filter(({ profiles }) => profiles?.includes(profile) ?? true);
  const occurred = new Set<SuiteException>();
  for (const { check, outcome, detail } of results) {
    const exception = exceptions.find(
      (one) => one.check === check && one.outcome === outcome && detail.includes(one.detail),
    );
    if (outcome === 'passed') counts.passed++;
    else if (exception === undefined) object(`${check} ${outcome}: ${detail}`);
    else {
      occurred.add(exception);
      counts.skipped++;
    }
  }
  for (const exception of exceptions) {
    if (!occurred.has(exception)) {
      object(`${exception.check} is no longer ${exception.outcome}: take it off the list`);
    }
  }
  if (results.length < known.checks) {
    object(`only ${results.length} results; there are ${known.checks}`);
  }
  return { counts, objections };
}
