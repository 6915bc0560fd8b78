import { describe, expect, test } from 'vitest';
import type { ActivitySummary } from '../../../../src/main/activity/activity.ts';
import { endpointStateOf } from '../../../../src/main/overview/endpoint-state.ts';
import type { Token } from '../../../../src/shared/contract/tokens.ts';
import { ENDPOINT_STATES, endpointState } from '../../../../src/shared/endpoint-state.ts';

const T1 = '2026-01-01T00:00:00.000Z';
const T2 = '2026-01-02T00:00:00.000Z';
const T3 = '2026-01-03T00:00:00.000Z';

const token = (more: Partial<Token> = {}): Token => ({
  id: 't',
  name: 'Okta',
  prefix: 'rollcall_abcd',
  state: 'active',
  createdAt: T2,
  createdBy: 'local:ann',
  expiresAt: null,
  revokedAt: null,
  revokedBy: null,
  lastUsedAt: null,
  lastUsedFrom: null,
  acknowledged: true,
  copy: 'none',
  profile: null,
  ...more,
});
const used = token({ lastUsedAt: T3 });
const requests = (more: Partial<ActivitySummary> = {}): ActivitySummary => ({
  firstAuthenticatedAt: null,
  lastWriteAt: null,
  lastAt: null,
  lastFailure: null,
  lastHour: { total: 0, failed: 0, ours: 0 },
  ...more,
});
const failedAt = (time: string) => requests({ lastFailure: { time, status: 401, reason: null } });
const wrote = requests({ lastWriteAt: T3 });

const stateOf = (facts: Partial<Parameters<typeof endpointStateOf>[0]>) =>
  endpointStateOf({
    tokens: [],
    decommissionedAt: null,
    paused: false,
    guardTripped: false,
    observing: false,
    requests: requests(),
    ...facts,
  });

describe('the endpoint is', () => {
  test.each([
    ['not-configured', 'without a token', {}],
    ['not-configured', 'with revoked tokens only', { tokens: [token({ state: 'revoked' })] }],
    ['not-configured', 'paused, but without a token', { paused: true }],
    [
      'token-expired',
      'with expired tokens only',
      { tokens: [token({ state: 'revoked' }), token({ state: 'expired' })] },
    ],
    [
      'decommissioned',
      'after its configuration was deleted',
      { decommissionedAt: T3, tokens: [token({ state: 'revoked' })] },
    ],
    ['decommissioned', 'deleted before there ever was a token', { decommissionedAt: T1 }],
    [
      'reads-only',
      'with a token made after that, whatever earlier ones wrote',
      {
        decommissionedAt: T2,
        tokens: [token({ createdAt: T3, lastUsedAt: T3 })],
        requests: requests({ lastWriteAt: T1 }),
      },
    ],
    ['awaiting-first-request', 'with a token made after that', { decommissionedAt: T1, tokens: [token()] }],
    [
      'not-configured',
      'when that token was revoked again',
      { decommissionedAt: T1, tokens: [token({ state: 'revoked' })] },
    ],
    ['awaiting-first-request', 'with a token that nobody used', { tokens: [token()] }],
    [
      'awaiting-first-request',
      'when others failed before it was made',
      { tokens: [token()], requests: failedAt(T1) },
    ],
    ['rejected', 'when somebody was refused since', { tokens: [token()], requests: failedAt(T3) }],
    ['rejected', 'when that was in the same moment', { tokens: [token()], requests: failedAt(T2) }],
    ['reads-only', 'when it was used to read', { tokens: [used] }],
    [
      'reads-only',
      'when it was used to read and others are refused',
      { tokens: [used], requests: failedAt(T3) },
    ],
    ['live', 'when something was written', { tokens: [used], requests: wrote }],
    [
      'live',
      'through a retiring token too',
      { tokens: [token({ state: 'retiring', lastUsedAt: T3 }), token()], requests: wrote },
    ],
    [
      'live',
      'when only strangers fail',
      { tokens: [used], requests: { ...wrote, lastHour: { total: 5, failed: 5, ours: 0 } } },
    ],
    [
      'live-with-errors',
      'when the IdP’s own requests fail',
      { tokens: [used], requests: { ...wrote, lastHour: { total: 5, failed: 1, ours: 1 } } },
    ],
    ['guard-tripped', 'while a decision is due', { tokens: [used], requests: wrote, guardTripped: true }],
    ['observing', 'writes are recorded only', { tokens: [used], requests: wrote, observing: true }],
    ['reads-only', 'nothing is recorded yet', { tokens: [used], observing: true }],
    ['paused', 'whatever else, while it is paused', { tokens: [used], requests: wrote, paused: true }],
  ] as const)('%s %s', (state, _, facts) => {
    expect(stateOf(facts)).toBe(state);
  });
});

test('every state has a label, a sentence and a next action of its own', () => {
  expect(Object.keys(ENDPOINT_STATES).sort()).toEqual([...endpointState.options].sort());
  const labels = Object.values(ENDPOINT_STATES).map(({ label }) => label);
  expect(new Set(labels).size).toBe(labels.length);
  for (const { sentence, next } of Object.values(ENDPOINT_STATES)) {
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(next).toMatch(/^[A-Z].*\.$/);
  }
});
