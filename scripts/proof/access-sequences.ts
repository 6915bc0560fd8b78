import fc from 'fast-check';
import { AccessPlanes, type Seen } from '../../test/property/access/run.ts';
import { accessSequence } from '../../test/property/access/steps.ts';
import { formatDuration, type Report } from '../report.ts';

/** What came of the sequences of the access plane. */
export interface AccessSequences {
  failed: boolean;
  note: string;
}

/**
 * Random sequences of pushes, decisions of people, clock moves and crashes, on both planes and on the reference model of
 * test/model. A failure prints the shortest sequence that was found.
 */
export async function checkAccessSequences(
  report: Report,
  runs: number,
  seed: number,
): Promise<AccessSequences> {
  const start = Date.now();
  const seen: Seen = { steps: 0, trips: 0, recalls: 0, contests: 0, deleted: 0, failures: 0 };
  const planes = new AccessPlanes();
  let done = 0;
  const property = fc.asyncProperty(accessSequence, async (steps) => {
    await planes.run(steps, seen);
    done += 1;
    report.progress(
      `${done} of ${runs} sequences of the access plane, ${formatDuration(Date.now() - start)}`,
    );
  });
  const checked = await fc.check(property, { seed, numRuns: runs });
  await planes.close();
  if (checked.failed) report.say(`${await fc.asyncDefaultReportMessage(checked)}\n${checked.errorInstance}`);
  const note =
    `access plane: ${checked.numRuns} sequences of ${seen.steps} steps together, with ${seen.trips} trips of the guard, ` +
    `${seen.recalls} recalls, ${seen.contests} conflicts, ${seen.deleted} tombstones and ${seen.failures} failed writes, ` +
    `in ${formatDuration(Date.now() - start)}${checked.failed ? '; the last one failed' : ''}`;
  return { failed: checked.failed, note };
}
