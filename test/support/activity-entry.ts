import type { ActivityEntry } from '../../src/main/activity/activity.ts';

/** A row of the request log as the listener hands it in; `more` says what is special about it. */
export function activityEntry(more: Partial<ActivityEntry> = {}): ActivityEntry {
  return {
    requestId: 'r1',
    time: '2026-01-01T00:00:00.000Z',
    idp: null,
    tokenId: 't1',
    tokenName: 'Okta',
    address: '127.0.0.1',
    method: 'GET',
    path: '/scim/v2/acme/Users',
    query: null,
    userAgent: null,
    status: 200,
    reason: null,
    scimType: null,
    durationMs: 1.25,
    resourceType: null,
    resourceId: null,
    subject: null,
    rules: [],
    steps: [],
    changed: [],
    ignored: [],
    requestBody: null,
    responseBody: null,
    wrote: false,
    ...more,
  };
}
