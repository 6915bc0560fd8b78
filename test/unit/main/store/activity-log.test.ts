import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ActivityStore } from '../../../../src/main/activity/activity.ts';
import { createActivityStore } from '../../../../src/main/store/activity-log.ts';
import { activityEntry as entry } from '../../../support/activity-entry.ts';
import { type OpenDatabases, openDatabases } from '../../../support/databases.ts';

let databases: OpenDatabases;
let store: ActivityStore;
beforeEach(async () => {
  databases = await openDatabases();
  store = createActivityStore(databases.activity);
});
afterEach(() => databases.close());

const seqs = (rows: { seq: number }[]) => rows.map(({ seq }) => seq);
const list = (query: Partial<Parameters<ActivityStore['list']>[0]> = {}) =>
  store.list({ limit: 100, failed: false, ...query });

describe('the request log', () => {
  test('numbers rows in the order in which they came and says the first number', () => {
    expect(store.append([entry(), entry()])).toBe(1);
    expect(store.append([entry()])).toBe(3);
    expect(seqs(list())).toEqual([3, 2, 1]);
  });

  test('gives everything back, lists without bodies', () => {
    const full = entry({
      idp: 'Okta',
      query: 'count=1',
      userAgent: 'Okta SCIM Client',
      status: 409,
      reason: 'Taken.',
      scimType: 'uniqueness',
      resourceType: 'User',
      resourceId: 'u1',
      subject: 'ann@acme.com',
      rules: ['alias', 'string-boolean'],
      steps: ['Authenticated.', 'Looked.'],
      changed: ['title'],
      ignored: ['shoeSize'],
      requestBody: '{"a":1}',
      responseBody: '{}',
    });
    store.append([full]);
    const { wrote: _wrote, ...kept } = full;
    expect(store.get(1)).toEqual({ seq: 1, ...kept });
    const [row] = list();
    expect(row).not.toHaveProperty('requestBody');
    expect(row).toMatchObject({ seq: 1, status: 409, subject: 'ann@acme.com' });
    expect(store.get(2)).toBeUndefined();
  });

  test('pages backwards from a number', () => {
    store.append(Array.from({ length: 5 }, () => entry()));
    expect(seqs(list({ limit: 2 }))).toEqual([5, 4]);
    expect(seqs(list({ limit: 2, before: 4 }))).toEqual([3, 2]);
    expect(seqs(list({ limit: 2, before: 2 }))).toEqual([1]);
  });

  test('follows forwards from a number', () => {
    store.append([entry(), entry({ status: 500 }), entry(), entry({ status: 0 })]);
    expect(seqs(store.since(0, 100, false))).toEqual([1, 2, 3, 4]);
    expect(seqs(store.since(2, 1, false))).toEqual([3]);
    expect(seqs(store.since(0, 100, true))).toEqual([2, 4]);
    expect(seqs(store.since(4, 100, false))).toEqual([]);
  });

  test.each([
    [200, false],
    [304, false],
    [399, false],
    [400, true],
    [503, true],
    [0, true],
  ])('status %s is a failure: %s', (status, failed) => {
    store.append([entry({ status })]);
    expect(list({ failed: true })).toHaveLength(failed ? 1 : 0);
  });

  test.each([
    ['POST', true],
    ['409', true],
    ['ANN@', true],
    ['taken', true],
    ['u-17', true],
    ['okta', true],
    ['nightly', true],
    ['10.0.0.7', true],
    ['filter=', true],
    ['  ann  ', true],
    ['%', false],
    ['nobody', false],
  ])('finds %s: %s', (search, found) => {
    store.append([
      entry({
        method: 'POST',
        status: 409,
        subject: 'Ann@acme.com',
        reason: 'Taken already.',
        resourceId: 'u-17',
        idp: 'Okta',
        tokenName: 'Nightly',
        address: '10.0.0.7',
        query: 'filter=x',
      }),
    ]);
    expect(list({ search })).toHaveLength(found ? 1 : 0);
  });

  test('search, failures and page hold together', () => {
    store.append([entry({ subject: 'ann', status: 400 }), entry({ subject: 'ann' }), entry({ status: 400 })]);
    expect(seqs(list({ search: 'ann', failed: true }))).toEqual([1]);
    expect(seqs(list({ search: 'ann', before: 2 }))).toEqual([1]);
  });

  test('keeps all of a batch or nothing', () => {
    expect(() => store.append([entry(), entry({ method: null as unknown as string })])).toThrow(/NOT NULL/);
    expect(list()).toEqual([]);
    expect(store.lastUse('t1')).toBeUndefined();
  });
});

describe('the last use of a token', () => {
  test('is when and where it was let in last, whatever the order of the rows', () => {
    store.append([
      entry({ time: '2026-01-02T00:00:00.000Z', address: 'b' }),
      entry({ time: '2026-01-01T00:00:00.000Z', address: 'a' }),
      entry({ time: '2026-01-03T00:00:00.000Z', address: 'c', status: 401 }),
    ]);
    expect(store.lastUse('t1')).toEqual({ lastUsedAt: '2026-01-02T00:00:00.000Z', lastUsedFrom: 'b' });
  });

  test('a refused token was not used', () => {
    store.append([entry({ status: 401 })]);
    expect(store.lastUse('t1')).toBeUndefined();
  });
});

describe('the summary', () => {
  test('of nothing is nothing', () => {
    expect(store.summary('2026-01-01')).toEqual({
      firstAuthenticatedAt: null,
      lastWriteAt: null,
      lastAt: null,
      lastFailure: null,
      lastHour: { total: 0, failed: 0, ours: 0 },
    });
  });

  test('tells the firsts, the lasts and the last hour', () => {
    store.append([
      entry({ time: '2026-01-01T01:00:00.000Z', tokenId: null, status: 401 }),
      // A revoked token of ours is named, but not let in.
      entry({ time: '2026-01-01T02:00:00.000Z', status: 401 }),
      entry({ time: '2026-01-01T03:00:00.000Z', wrote: true }),
      entry({ time: '2026-01-01T04:00:00.000Z', wrote: true, status: 201 }),
      entry({ time: '2026-01-01T05:00:00.000Z', status: 500, reason: 'Oh.' }),
      entry({ time: '2026-01-01T05:30:00.000Z', status: 401, tokenId: null }),
      entry({ time: '2026-01-01T06:00:00.000Z' }),
    ]);
    expect(store.summary('2026-01-01T04:00:00.000Z')).toEqual({
      firstAuthenticatedAt: '2026-01-01T03:00:00.000Z',
      lastWriteAt: '2026-01-01T04:00:00.000Z',
      lastAt: '2026-01-01T06:00:00.000Z',
      lastFailure: { time: '2026-01-01T05:30:00.000Z', status: 401, reason: null },
      lastHour: { total: 4, failed: 2, ours: 1 },
    });
  });
});

describe('the rules that fired', () => {
  test('come with the rows, in lists too', () => {
    store.append([entry({ rules: ['alias'] }), entry()]);
    expect(list().map(({ rules }) => rules)).toEqual([[], ['alias']]);
    expect(store.since(0, 10, false).map(({ rules }) => rules)).toEqual([['alias'], []]);
  });

  test('narrow the log to the requests that needed one', () => {
    store.append([
      entry({ rules: ['alias'] }),
      entry(),
      entry({ rules: ['string-boolean', 'alias'], status: 400 }),
      entry({ rules: ['create-on-unmatched-add'] }),
    ]);
    expect(seqs(list({ rule: 'alias' }))).toEqual([3, 1]);
    expect(seqs(list({ rule: 'alias', before: 3 }))).toEqual([1]);
    expect(seqs(list({ rule: 'alias', failed: true }))).toEqual([3]);
    expect(seqs(store.since(1, 10, false, 'alias'))).toEqual([3]);
    // A part of a name is no name.
    expect(seqs(list({ rule: 'create-on-unmatched' }))).toEqual([]);
  });

  test('are counted by rule and IdP, with their last time', () => {
    expect(store.ruleUses()).toEqual([]);
    const at = (time: string, idp: string | null, ...rules: string[]) => entry({ time, idp, rules });
    store.append([
      at('2026-01-02T00:00:00.000Z', 'Okta', 'alias'),
      // Rows are written in the order in which requests end, not in which they came.
      at('2026-01-01T00:00:00.000Z', 'Okta', 'alias', 'string-boolean'),
      at('2026-01-03T00:00:00.000Z', null, 'alias'),
      entry(),
    ]);
    store.append([
      at('2026-01-01T12:00:00.000Z', 'Okta', 'alias'),
      at('2026-01-05T00:00:00.000Z', null, 'string-boolean'),
    ]);
    expect(store.ruleUses()).toEqual([
      { rule: 'alias', idp: 'Okta', fired: 3, lastFiredAt: '2026-01-02T00:00:00.000Z' },
      { rule: 'alias', idp: null, fired: 1, lastFiredAt: '2026-01-03T00:00:00.000Z' },
      { rule: 'string-boolean', idp: null, fired: 1, lastFiredAt: '2026-01-05T00:00:00.000Z' },
      { rule: 'string-boolean', idp: 'Okta', fired: 1, lastFiredAt: '2026-01-01T00:00:00.000Z' },
    ]);
  });

  test('stay counted when their rows are purged', () => {
    store.append([entry({ rules: ['alias'] })]);
    databases.activity.exec('DELETE FROM request');
    expect(store.ruleUses()).toMatchObject([{ rule: 'alias', fired: 1 }]);
  });

  test('are counted with their rows or not at all', () => {
    expect(() =>
      store.append([entry({ rules: ['alias'] }), entry({ requestId: null as unknown as string })]),
    ).toThrow();
    expect(store.ruleUses()).toEqual([]);
    expect(list()).toEqual([]);
  });
});
