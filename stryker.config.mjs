import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Mutation testing of the SCIM core: `npm run proof -- --only mutation`; one folder of it:
 * `npx stryker run --mutate 'src/main/scim/filter/**'`. docs/mutation.md says what is left out, and what survives.
 */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', './test/mutation/prose.mjs'],
  // related: false, since which tests reach a mutant is measured (perTest) and need not be guessed from imports.
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false, pool: 'threads' },
  coverageAnalysis: 'perTest',
  mutate: ['src/main/scim/**/*.ts'],
  // Sentences for people: see the plugin for what counts as one, and why.
  ignorers: ['prose'],
  // The sandbox is a copy outside the working tree, of the core and its tests only.
  tempDirName: join(tmpdir(), 'rollcall-mutation'),
  ignorePatterns: [
    '**',
    '!src/main/scim/**/*.ts',
    '!src/shared/**/*.ts',
    '!test/mutation/**/*',
    '!test/property/**/*.ts',
    '!test/support/**/*.ts',
    '!test/unit/scim/**/*.ts',
  ],
  concurrency: 2,
  timeoutMS: 10_000,
  incremental: false,
  allowConsoleColors: false,
  disableTypeChecks: false,
  checkers: [],
  reporters: ['progress-append-only', 'clear-text', 'json'],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: 'test-results/mutation/mutation.json' },
  thresholds: { high: 95, low: 90, break: 90 },
};
