import { describe, expect, test } from 'vitest';

/** A check of a suite that Rollcall does not pass, on purpose. Each is also in docs/conformance.md. */
export interface SuiteException {
  /** What the suite checks, in its own terms. */
  check: string;
  /** Why Rollcall answers otherwise, and where that is written. */
  reason: string;
  source: string;
  /** The suite's own assertions. */
  run(): Promise<void>;
  /** How they fail. */
  fails: RegExp;
}

/** Makes a test of each exception: it must still fail in the suite's way, or it has to leave the list. */
export function documentedExceptions(exceptions: readonly SuiteException[]): void {
  describe('documented exceptions', () => {
    for (const { check, reason, source, run, fails } of exceptions) {
      test(`${check}: not so here, because ${reason} (${source})`, async () => {
        const failure = await run().then(
          () => undefined,
          (error: Error) => error.message,
        );
        expect(failure, 'the check passes now: take it off the list').toBeDefined();
        expect(failure).toMatch(fails);
      });
    }
  });
}
