import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyRuns } from '../../support/property-runs.ts';
import { AccessPlanes, type Seen } from './run.ts';
import { accessSequence } from './steps.ts';

/** The slice of the proof (`npm run proof -- --only sequences`) that every test run takes, always the same. */
test('whatever an IdP, people, the clock and crashes do, the access plane is what the reference model says', async () => {
  const seen: Seen = { steps: 0, trips: 0, recalls: 0, contests: 0, deleted: 0, failures: 0 };
  const planes = new AccessPlanes();
  await fc.assert(
    fc.asyncProperty(accessSequence, (sequence) => planes.run(sequence, seen)),
    { seed: 7645, numRuns: propertyRuns(250) },
  );
  await planes.close();
  // Sequences in which nothing happens would prove nothing.
  for (const [what, count] of Object.entries(seen)) expect(`${what} ${count > 10}`).toBe(`${what} true`);
});
