import { defineConfig } from '@playwright/test';

/** The tests in real Electron. `npm test` provides the runtime, a display and a keyring. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  timeout: 120_000,
  use: { actionTimeout: 10_000 },
  workers: 1,
  reporter: [['list']],
  forbidOnly: true,
});
