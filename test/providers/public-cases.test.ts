import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_POLICY, policy } from '../../src/shared/contract/policy.ts';
// biome-ignore lint/correctness/useImportExtensions: the runner is JavaScript, its types stand beside it
import { type Case, line, runCase } from '../cases/run-cases.mjs';
import { type RunningRollcall, startRollcall } from '../support/rollcall.ts';

/** Requests recorded from real IdPs, with what each needs in return. */
const { cases } = JSON.parse(readFileSync('test/cases/cases-public.json', 'utf8')) as { cases: Case[] };
/** What a case calls its settings, and what the policy calls them. */
const POLICY_KEYS: Record<string, string> = {
  idpProfile: 'profile',
  bulkMaxOperations: 'bulk.maxOperations',
  cursorPagination: 'pagination.cursor',
};

describe('recorded IdP requests', () => {
  let running: RunningRollcall;

  beforeAll(async () => {
    running = await startRollcall();
    // Many IdPs and every suite send plain names (D11).
    await running.rollcall.services.policy.set({ 'userName.email': false });
  });
  afterEach(() => running.rollcall.services.policy.set({ ...DEFAULT_POLICY, 'userName.email': false }));
  afterAll(() => running.close());

  test('all of them are here', () => {
    expect(cases.length).toBeGreaterThanOrEqual(71);
  });

  for (const one of cases) {
    test(`${one.id} is answered as it must be`, async () => {
      const connection = { base: running.base, token: running.token.token };
      const configs: Parameters<typeof runCase>[2] = [];
      for (const { config } of one.given) {
        if (!config) continue;
        const change = Object.fromEntries(
          Object.entries(config).map(([key, value]) => [POLICY_KEYS[key] ?? key, value]),
        );
        const known = policy.partial().safeParse(change);
        if (known.success) await running.rollcall.services.policy.set(known.data);
        configs.push({ config, ...connection });
      }
      const result = await runCase(one, connection, configs);
      expect(result.ok, result.ok ? '' : line(result)).toBe(true);
    });
  }
});
