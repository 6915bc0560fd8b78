import { defineConfig } from 'vitest/config';

/** One project a folder of test/. The Electron tests are Playwright's. */
const project = (
  name: string,
  more: { fileParallelism?: boolean; testTimeout?: number; globalSetup?: string } = {},
) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], environment: 'node', ...more },
});

export default defineConfig({
  test: {
    projects: [
      project('architecture'),
      project('unit'),
      project('property', { testTimeout: 60_000 }),
      project('contract'),
      project('conformance', { testTimeout: 20_000 }),
      project('providers', { testTimeout: 20_000 }),
      // Real processes, real ports, a real keyring.
      project('integration', { testTimeout: 60_000 }),
      // Seeded slices of `npm run proof`: generated requests, one after the other through a real server.
      project('fuzz', { testTimeout: 60_000 }),
      // What outside conformance suites check, against `rollcall serve`.
      project('suites', { testTimeout: 20_000, globalSetup: 'test/suites/prepare-organization.ts' }),
    ],
  },
});
