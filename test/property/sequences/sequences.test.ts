import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brokenInvariants } from '../../fuzz/invariants.ts';
import { openStoreView } from '../../fuzz/store-view.ts';
import { fastFolder } from '../../support/data-directory.ts';
import { type RunningRollcall, startRollcall } from '../../support/rollcall.ts';
import { connectEndpoint } from './endpoint.ts';
import { runSequence } from './sequence-run.ts';
import { sequence } from './steps.ts';

/** The slice of the proof (`npm run proof -- --only sequences`) that every test run takes, always the same. */
const SLICE = { seed: 7643, numRuns: 150 };

let running: RunningRollcall;
beforeAll(async () => {
  running = await startRollcall(fastFolder());
  await running.rollcall.services.policy.set({ 'userName.email': false });
});
afterAll(() => running.close());

test('whatever an IdP does, the server answers and keeps what the reference model says', async () => {
  const endpoint = connectEndpoint(running.base, running.token.token);
  await fc.assert(
    fc.asyncProperty(sequence, (steps) => runSequence(endpoint, steps)),
    SLICE,
  );
  expect(endpoint.requests()).toBeGreaterThan(SLICE.numRuns * 10);
  endpoint.close();
  const store = openStoreView(running.dataDirectory);
  expect(brokenInvariants(store)).toEqual([]);
  store.close();
  expect(running.log).toEqual([]);
});
