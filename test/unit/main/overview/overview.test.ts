import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readOverview, readSetup } from '../../../../src/main/overview/overview.ts';
import { overview, setup } from '../../../../src/shared/contract/overview.ts';
import { poll } from '../../../support/poll.ts';
import { type RunningRollcall, startRollcall } from '../../../support/rollcall.ts';

let running: RunningRollcall;
beforeEach(async () => {
  running = await startRollcall();
});
afterEach(() => running.close());

const services = () => running.rollcall.services;
const readAll = () => ({
  overview: readOverview(services().overview),
  setup: readSetup(services().overview),
});

describe('the overview', () => {
  test('follows an install from its first token to its first member', async () => {
    const before = readAll();
    expect(overview.safeParse(before.overview).error).toBeUndefined();
    expect(setup.parse(before.setup)).toEqual(before.setup);
    expect(before.overview).toMatchObject({
      organization: { id: 'acme' },
      endpoint: running.base,
      publicUrl: null,
      endpointState: 'awaiting-first-request',
      listener: { state: 'listening', here: true },
      sso: { protocol: 'saml', tryOut: true, certificateExpiresAt: expect.stringMatching(/Z$/) },
      liveTokens: [{ id: running.token.id, lastUsedAt: null }],
      counts: { pending: 0, active: 0, suspended: 0, deactivated: 0, teams: 0 },
      requests: { firstAuthenticatedAt: null, lastAt: null, lastFailure: null },
      operator: 'local:test',
      dataDirectory: running.dataDirectory,
    });
    expect(JSON.stringify(before)).not.toContain(running.token.token);

    await running.request('GET', '/Users');
    await poll(
      () => (readAll().overview.endpointState === 'reads-only' ? true : undefined),
      'the read in the log',
    );

    await running.request('POST', '/Users', { userName: 'ann@acme.com' });
    await running.request('POST', '/Groups', { displayName: 'Sales' });
    await running.request('POST', '/Groups', { displayName: 'sales' });
    const after = await poll(() => {
      const all = readAll();
      return all.overview.requests.lastHour.total === 4 ? all : undefined;
    }, 'all four requests in the log');
    expect(after.overview).toMatchObject({
      endpointState: 'live-with-errors',
      counts: { active: 1, teams: 1 },
      requests: { lastHour: { total: 4, failed: 1 }, lastFailure: { status: 409 } },
    });
    expect(after.setup.steps.review).toEqual({ done: true, members: 1 });
  });
});

describe('the wizard', () => {
  test('goes on where the data says, not where somebody stopped', async () => {
    const steps = () => readSetup(services().overview);
    expect(steps()).toMatchObject({ current: 'organization', steps: { sso: { done: true } } });
    await services().organization.locate('trying-out', null);
    expect(steps()).toMatchObject({ current: 'policy', steps: { organization: { location: 'trying-out' } } });
    await services().policy.confirm();
    expect(steps()).toMatchObject({
      current: 'token',
      steps: { token: { done: false, unacknowledgedId: running.token.id } },
    });
    await services().tokens.acknowledge(running.token.id);
    expect(steps()).toMatchObject({
      current: 'connect',
      steps: { token: { done: true, unacknowledgedId: null }, connect: { done: false } },
    });
    await running.request('GET', '/Users');
    await poll(() => (steps().current === 'review' ? true : undefined), 'the first request');
    expect(steps().steps.review).toEqual({ done: false, members: 0 });
    await services().tokens.revoke(running.token.id);
    expect(steps()).toMatchObject({ current: 'token' });
  });
});
