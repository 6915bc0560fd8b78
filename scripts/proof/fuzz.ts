import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeFinding, type Finding } from '../../test/fuzz/findings.ts';
import { fuzz, replay } from '../../test/fuzz/run.ts';
import type { FuzzTarget } from '../../test/fuzz/session.ts';
import { checkoutDirectory } from '../paths.ts';
import { createReport, formatDuration, type Report } from '../report.ts';
import type { Step, StepOutcome } from '../test-steps.ts';
import { readNumber, sayFolder, serveForProof } from './server.ts';

/** Each round has a fresh data directory and a server process of its own, and pushes in another profile. */
const ROUND = 100_000;
const PROFILES = [
  'lenient',
  'entra',
  'okta',
  'rfc',
  'keycloak',
  'lenient',
  'onelogin',
  'authentik',
  'jumpcloud',
  'ping',
];
const SHOWN = 20;

/**
 * The fuzz run. From the environment: `ROLLCALL_FUZZ_REQUESTS` (1,000,000 unless given), `ROLLCALL_FUZZ_SEED` (a new one
 * for each run unless given; it is printed), `ROLLCALL_FUZZ_ONLY` (the index of one request to send again, alone).
 */
export const fuzzProof: Step = {
  name: 'fuzz',
  title: 'generated requests to a real server: no 5xx, no crash, no hang, no change on a 4xx',
  needs: [],
  run: () => runFuzz(createReport()),
};

async function runFuzz(report: Report): Promise<StepOutcome> {
  const requests = readNumber('ROLLCALL_FUZZ_REQUESTS') ?? 1_000_000;
  const seed = readNumber('ROLLCALL_FUZZ_SEED') ?? Date.now() % 1_000_000_000;
  const only = readNumber('ROLLCALL_FUZZ_ONLY');
  sayFolder(report);
  report.say(`Seed ${seed}: ROLLCALL_FUZZ_SEED=${seed} sends the same requests again.`);
  if (only !== undefined) return replayOne(report, seed, only);

  const start = Date.now();
  const statuses = new Map<number, number>();
  const findings: Finding[] = [];
  let [sent, followUps, slowest] = [0, 0, 0];
  for (let from = 0, round = 0; from < requests; from += ROUND, round++) {
    const to = Math.min(from + ROUND, requests);
    const profile = PROFILES[round % PROFILES.length] ?? 'lenient';
    const result = await withServer(profile, findings, (target) =>
      fuzz(target, {
        seed,
        from,
        to,
        exactShare: 0.4,
        connections: 6,
        progress: (done) =>
          report.progress(
            `${(from + done).toLocaleString('en')} of ${requests.toLocaleString('en')} requests, profile ${profile}, ` +
              `${findings.length} findings so far, ${formatDuration(Date.now() - start)}`,
          ),
      }),
    );
    sent += result.sent;
    followUps += result.followUps;
    slowest = Math.max(slowest, result.slowest);
    for (const [status, times] of result.statuses) statuses.set(status, (statuses.get(status) ?? 0) + times);
    findings.push(...result.findings);
  }
  const seconds = (Date.now() - start) / 1000;
  const histogram = [...statuses].sort(([a], [b]) => a - b).map(([status, times]) => `${status}: ${times}`);
  const notes = [
    `seed ${seed}: ${sent} requests and ${followUps} that checked on them in ${formatDuration(seconds * 1000)} ` +
      `(${Math.round((sent + followUps) / seconds)} a second), slowest answer ${Math.round(slowest)} ms`,
    `answers by status: ${histogram.join(', ')}`,
  ];
  if (findings.length > 0) notes.push(writeFindings(report, findings));
  return { counts: { passed: sent - findings.length, failed: findings.length, skipped: 0 }, notes };
}

async function replayOne(report: Report, seed: number, index: number): Promise<StepOutcome> {
  const profile = PROFILES[Math.floor(index / ROUND) % PROFILES.length] ?? 'lenient';
  const findings: Finding[] = [];
  const { said, findings: found } = await withServer(profile, findings, (target) =>
    replay(target, seed, index),
  );
  findings.push(...found);
  report.say(`Request ${index} of seed ${seed}, profile ${profile}:\n${said}`);
  if (findings.length > 0) report.say(writeFindings(report, findings));
  return {
    counts: { passed: findings.length === 0 ? 1 : 0, failed: findings.length, skipped: 0 },
    notes: [],
  };
}

/** Fuzzes a server of its own; what the process itself does wrong is a finding like any other. */
async function withServer<Result>(
  profile: string,
  findings: Finding[],
  work: (target: FuzzTarget) => Promise<Result>,
): Promise<Result> {
  const { result, problems } = await serveForProof(
    { profile },
    ({ endpoint, token, dataDirectory, ended }) => {
      const { hostname, port, pathname } = new URL(endpoint);
      return work({
        host: hostname,
        port: Number(port),
        base: pathname,
        token,
        dataDirectory,
        profile,
        ended,
      });
    },
  );
  findings.push(...problems.map(ofServer));
  return result;
}

function ofServer(problem: string): Finding {
  return { index: -1, kind: 'server', problem, times: 1, request: '', answer: '' };
}

function writeFindings(report: Report, findings: readonly Finding[]): string {
  const folder = join(checkoutDirectory, 'test-results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'fuzz-findings.json'), `${JSON.stringify(findings, null, 2)}\n`);
  for (const finding of findings.slice(0, SHOWN)) report.say(describeFinding(finding));
  return `${findings.length} findings, all in test-results/fuzz-findings.json; ROLLCALL_FUZZ_ONLY=index sends one again`;
}
