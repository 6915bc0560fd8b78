import { defineConfig } from '@playwright/test';

/** The walk through every page that `npm run tour` takes: pictures to look at, not checks. */
export default defineConfig({
  testDir: 'test/tour',
  testMatch: '**/*.tour.ts',
  outputDir: 'test-results/tour-run',
  timeout: 480_000,
  use: { actionTimeout: 4_000 },
  workers: 1,
  reporter: [['list']],
});
