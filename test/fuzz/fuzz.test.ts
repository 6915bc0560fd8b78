import { afterAll, beforeAll, expect, test } from 'vitest';
import { fastFolder } from '../support/data-directory.ts';
import { type RunningRollcall, startRollcall } from '../support/rollcall.ts';
import { describeFinding } from './findings.ts';
import { fuzz } from './run.ts';

/** The slice of the proof (`npm run proof -- --only fuzz`) that every test run sends, always the same. */
const SEED = 7643;
const REQUESTS = 5_000;

let running: RunningRollcall;
beforeAll(async () => {
  running = await startRollcall(fastFolder());
  await running.rollcall.services.policy.set({ 'userName.email': false });
});
afterAll(() => running.close());

test(`${REQUESTS} generated requests: no 5xx, no hang, no change on a 4xx, invariants hold`, async () => {
  const pristine = Object.getOwnPropertyNames(Object.prototype).sort();
  const { hostname, port, pathname } = new URL(running.base);
  const result = await fuzz(
    {
      host: hostname,
      port: Number(port),
      base: pathname,
      token: running.token.token,
      dataDirectory: running.dataDirectory,
      profile: 'lenient',
      ended: () => undefined,
    },
    { seed: SEED, from: 0, to: REQUESTS, exactShare: 0.4, connections: 8 },
  );
  expect(result.findings.map(describeFinding).join('\n')).toBe('');
  expect(result.sent).toBe(REQUESTS);
  // Requests that are all refused would prove nothing.
  expect(result.statuses.get(200)).toBeGreaterThan(REQUESTS / 5);
  expect(result.statuses.get(201)).toBeGreaterThan(REQUESTS / 50);
  expect(result.statuses.get(400)).toBeGreaterThan(REQUESTS / 10);
  // The server runs in this very process, so whatever it polluted shows here.
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(pristine);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(running.log).toEqual([]);
});
