import { describe, expect, it } from 'vitest';
import {
  lockOf,
  openingView,
  parseView,
  viewAfter,
} from '../../../src/renderer/src/features/identity-setup/steps.ts';
import type { Overview, Setup } from '../../../src/shared/contract/overview.ts';

type Done = Partial<Record<keyof Setup['steps'], boolean>>;

function setupWith(done: Done, current: Setup['current'] = 'organization'): Setup {
  return {
    current,
    steps: {
      organization: { done: done.organization ?? false, location: null },
      sso: { done: done.sso ?? false },
      policy: { done: done.policy ?? false },
      token: { done: done.token ?? false, unacknowledgedId: null },
      connect: { done: done.connect ?? false, firstRequestAt: null },
      review: { done: done.review ?? false, members: 0 },
    },
  };
}

const overviewWith = (organization: boolean, liveTokens: number) =>
  ({
    organization: organization ? { id: 'acme', name: 'Acme', createdAt: '2026-11-22T10:00:00.000Z' } : null,
    liveTokens: Array.from({ length: liveTokens }, () => ({})),
  }) as unknown as Overview;

describe('lockOf', () => {
  it('asks for the organization before anything else', () => {
    const setup = setupWith({});
    expect(lockOf('organization', setup, overviewWith(false, 0))).toBeNull();
    for (const step of ['sso', 'policy', 'token', 'connect', 'review'] as const) {
      expect(lockOf(step, setup, overviewWith(false, 0))?.first, step).toBe('organization');
    }
  });

  it('keeps SCIM locked until a connection is stored (M2)', () => {
    expect(lockOf('token', setupWith({ organization: true }), overviewWith(true, 0))?.first).toBe('sso');
    expect(lockOf('token', setupWith({ organization: true, sso: true }), overviewWith(true, 0))).toBeNull();
  });

  it('has nothing to connect with before there is a token', () => {
    const setup = setupWith({ organization: true, sso: true });
    expect(lockOf('connect', setup, overviewWith(true, 0))?.first).toBe('token');
    expect(lockOf('connect', setup, overviewWith(true, 1))).toBeNull();
  });

  it('lets the other steps be taken in any order', () => {
    for (const step of ['sso', 'policy', 'review'] as const) {
      expect(lockOf(step, setupWith({ organization: true }), overviewWith(true, 0)), step).toBeNull();
    }
  });
});

describe('views', () => {
  it('opens on the first step that is not done, or on what runs once all are', () => {
    expect(openingView(setupWith({ organization: true, sso: true }, 'policy'))).toBe('policy');
    const all = { organization: true, sso: true, policy: true, token: true, connect: true, review: true };
    expect(openingView(setupWith(all, 'review'))).toBe('endpoint');
  });

  it('reads only known views out of the URL', () => {
    expect(parseView('sso')).toBe('sso');
    expect(parseView('endpoint')).toBe('endpoint');
    expect(parseView('nonsense')).toBeNull();
    expect(parseView(null)).toBeNull();
  });

  it('leads from each step to the next', () => {
    expect(viewAfter('organization')).toBe('sso');
    expect(viewAfter('review')).toBe('endpoint');
  });
});
