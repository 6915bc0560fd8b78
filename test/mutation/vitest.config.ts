import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Unit tests before property tests: most mutants fail one of them at once, and the first failure ends the run. */
class UnitFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => Number(moduleId.includes('/property/'));
    return [...files].sort((a, b) => rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1));
  }
}

/** What Stryker runs against each mutant (stryker.config.mjs): the tests of the core alone, none of which does I/O. */
export default defineConfig({
  test: {
    include: [
      'test/unit/scim/**/*.test.ts',
      'test/property/scim-*.test.ts',
      'test/property/differential-*.test.ts',
    ],
    environment: 'node',
    env: { PROPERTY_RUNS: '0.03' },
    setupFiles: ['test/mutation/no-shrinking.ts'],
    isolate: false,
    sequence: { sequencer: UnitFirst },
    testTimeout: 10_000,
  },
});
