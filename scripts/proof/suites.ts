import { createReport } from '../report.ts';
import { runForeignSuites } from '../suites/foreign-suites.ts';
import type { Step } from '../test-steps.ts';

/** Conformance suites that others publish, against `rollcall serve`. Short enough for `npm test`, which runs it too. */
export const suitesProof: Step = {
  name: 'suites',
  title: 'published conformance suites: scim2-tester, scim-sanity',
  needs: [],
  run: () => runForeignSuites(createReport()),
};
