import { defineConfig } from '@playwright/test';

/** The walk through every page that `npm run tour` takes: pictures to look at, not checks. */
export default defineConfig({
  testDir: 'test/tour',
  testMatch: '**/*.tour.ts',
  outputDir: 'test-results/tour-run',
  timeout: 240_000,
  use: { actionTimeout: 10_000 },
  workers: 1,
  reporter: [['list']],
});
