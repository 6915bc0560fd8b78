import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type PreparedOrganization,
  prepareOrganization,
  startSuiteServer,
} from '../../test/suites/suite-server.ts';
import { removeDataDirectory } from '../../test/support/data-directory.ts';
import type { CommandResult } from '../child-process.ts';
import { checkoutDirectory } from '../paths.ts';
import type { Report } from '../report.ts';
import { checkOutcome, type StepOutcome } from '../test-steps.ts';
import { ensurePythonSuites, runPython, UnavailableError } from './python-environment.ts';
import {
  type CheckResult,
  judgeSuite,
  type KnownSuite,
  readScim2Tester,
  readScimSanity,
} from './suite-results.ts';

/** A conformance suite that others wrote and published, run as it is. */
interface ForeignSuite {
  name: string;
  run(python: string, server: { base: string; token: string }): Promise<CommandResult>;
  read(stdout: string): CheckResult[];
}

const SUITES: readonly ForeignSuite[] = [
  {
    name: 'scim2-tester',
    run: (python, { base, token }) =>
      runPython(python, ['-c', 'from scim2_cli import cli; cli()', '--url', base, 'test'], {
        SCIM_CLI_HEADERS: `Authorization: Bearer ${token}`,
      }),
    read: readScim2Tester,
  },
  {
    name: 'scim-sanity',
    run: (python, { base, token }) =>
      runPython(python, [
        ...['-m', 'scim_sanity', 'probe', base, '--token', token],
        ...['--i-accept-side-effects', '--json-output', '--strict'],
      ]),
    read: readScimSanity,
  },
];

/** The connections on which the suites are run: the default, the RFC's letter, and PATCH answered with 204. */
const PROFILES = ['lenient', 'rfc', 'entra'];

/**
 * Runs the suites that PyPI has against `rollcall serve`, each on a server of its own. Where there is no Python or no
 * PyPI they count as skipped, one a run, and a note says why.
 */
export async function runForeignSuites(report: Report): Promise<StepOutcome> {
  let python: string;
  try {
    python = await ensurePythonSuites(report);
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    const counts = { passed: 0, failed: 0, skipped: SUITES.length * PROFILES.length };
    return { counts, notes: [`scim2-tester and scim-sanity were not run: ${error.message}`] };
  }
  const total = { counts: { passed: 0, failed: 0, skipped: 0 }, notes: [] as string[] };
  const organization = await prepareOrganization();
  try {
    for (const suite of SUITES) {
      for (const profile of PROFILES) {
        const { counts, notes } = await runSuite(suite, profile, python, organization);
        const { passed, failed, skipped } = counts;
        report.say(
          `${suite.name}, profile ${profile}: ${passed} passed, ${failed} failed, ${skipped} excepted`,
        );
        total.counts.passed += passed;
        total.counts.failed += failed;
        total.counts.skipped += skipped;
        total.notes.push(...notes);
      }
    }
  } finally {
    await removeDataDirectory(organization.dataDirectory);
  }
  return total;
}

async function runSuite(
  suite: ForeignSuite,
  profile: string,
  python: string,
  organization: PreparedOrganization,
): Promise<StepOutcome> {
  const server = await startSuiteServer(organization, [`profile=${profile}`]);
  const label = `${suite.name}, profile ${profile}`;
  try {
    const { code, stdout, stderr } = await suite.run(python, server);
    const results = readResults(suite, stdout);
    if (results === undefined || results.length === 0) {
      const reason = stderr.trim().split('\n').at(-1);
      return checkOutcome(false, `${label}: no results (exit code ${code}) ${reason}`);
    }
    const known = JSON.parse(readFileSync(exceptionsFile(suite.name), 'utf8')) as KnownSuite;
    const { counts, objections } = judgeSuite(results, known, profile);
    return { counts, notes: objections.map((objection) => `${label}: ${objection}`) };
  } finally {
    await server.stop();
  }
}

function readResults(suite: ForeignSuite, stdout: string): CheckResult[] | undefined {
  try {
    return suite.read(stdout);
  } catch {
    return undefined;
  }
}

function exceptionsFile(name: string): string {
  return join(checkoutDirectory, 'test', 'suites', 'exceptions', `${name}.json`);
}
