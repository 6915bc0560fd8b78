import fc from 'fast-check';
import { brokenInvariants } from '../../test/fuzz/invariants.ts';
import { openStoreView } from '../../test/fuzz/store-view.ts';
import { connectEndpoint } from '../../test/property/sequences/endpoint.ts';
import { runSequence } from '../../test/property/sequences/sequence-run.ts';
import { sequence } from '../../test/property/sequences/steps.ts';
import { createReport, formatDuration, type Report } from '../report.ts';
import { checkOutcome, type Step, type StepOutcome } from '../test-steps.ts';
import { checkAccessSequences } from './access-sequences.ts';
import { readNumber, sayFolder, serveForProof } from './server.ts';

/** Looked at the store itself after so many sequences. */
const CHECK_STORE_EVERY = 500;

/**
 * The sequences run, those of the access plane first. From the environment: `ROLLCALL_SEQUENCES` (10,000 of each unless
 * given), `ROLLCALL_SEQUENCES_SEED` (a new one for each run unless given; it is printed) and `ROLLCALL_SEQUENCES_OF`
 * (`access` or `endpoint`; both unless given).
 */
export const sequencesProof: Step = {
  name: 'sequences',
  title:
    'random sequences of IdP operations and decisions: product and reference models agree after every step',
  needs: [],
  run: () => runSequences(createReport()),
};

async function runSequences(report: Report): Promise<StepOutcome> {
  const runs = readNumber('ROLLCALL_SEQUENCES') ?? 10_000;
  const seed = readNumber('ROLLCALL_SEQUENCES_SEED') ?? Date.now() % 1_000_000_000;
  report.say(`Seed ${seed}: ROLLCALL_SEQUENCES_SEED=${seed} runs the same sequences again.`);
  const of = process.env.ROLLCALL_SEQUENCES_OF;
  const access = of === 'endpoint' ? undefined : await checkAccessSequences(report, runs, seed);
  if (access?.failed || of === 'access') {
    return checkOutcome(!access?.failed, `seed ${seed}; ${access?.note}`);
  }
  const start = Date.now();
  sayFolder(report);
  const { result, problems } = await serveForProof({ profile: 'lenient' }, async (served) => {
    const endpoint = connectEndpoint(served.endpoint, served.token);
    const store = openStoreView(served.dataDirectory);
    let done = 0;
    const property = fc.asyncProperty(sequence, async (steps) => {
      await runSequence(endpoint, steps);
      done += 1;
      if (done % CHECK_STORE_EVERY === 0 || done === runs) {
        const broken = brokenInvariants(store);
        if (broken.length > 0) throw new Error(broken.slice(0, 10).join('\n'));
      }
      report.progress(`${done} of ${runs} sequences, ${formatDuration(Date.now() - start)}`);
    });
    const checked = await fc.check(property, { seed, numRuns: runs });
    endpoint.close();
    store.close();
    if (checked.failed)
      report.say(`${await fc.asyncDefaultReportMessage(checked)}\n${checked.errorInstance}`);
    return { failed: checked.failed, sequences: checked.numRuns, requests: endpoint.requests() };
  });
  for (const problem of problems) report.say(problem);
  const note =
    `seed ${seed}: ${result.sequences} sequences of ${result.requests} requests together ` +
    `in ${formatDuration(Date.now() - start)}${result.failed ? '; the last one failed' : ''}` +
    (access ? `; ${access.note}` : '');
  return checkOutcome(!result.failed && problems.length === 0, note);
}
