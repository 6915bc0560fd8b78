import type { ActivityRow } from '../../../src/shared/contract/activity.ts';

/** A plain successful read, with what a test cares about put over it. */
export function activityRow(over: Partial<ActivityRow> = {}): ActivityRow {
  return {
    seq: 1,
    requestId: 'request-1',
    time: '2026-11-22T10:00:00.000Z',
    idp: 'Okta',
    tokenId: 'token-1',
    tokenName: 'Okta production',
    address: '203.0.113.7',
    method: 'GET',
    path: '/scim/v2/acme/Users',
    status: 200,
    reason: null,
    scimType: null,
    durationMs: 1.5,
    resourceType: null,
    resourceId: null,
    subject: null,
    rules: [],
    ...over,
  };
}
