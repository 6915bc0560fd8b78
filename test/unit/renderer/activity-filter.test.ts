import { describe, expect, it } from 'vitest';
import { matchesFilter } from '../../../src/renderer/src/features/activity/activity-filter.ts';
import { activityRow } from './activity-row.ts';

describe('matchesFilter', () => {
  it('lets everything through without a filter', () => {
    expect(matchesFilter(activityRow(), {})).toBe(true);
  });

  it.each([
    [200, false],
    [304, false],
    [400, true],
    [503, true],
    [0, true],
  ])('counts status %i as failed: %s', (status, failed) => {
    expect(matchesFilter(activityRow({ status }), { failed: true })).toBe(failed);
  });

  it('searches subject, path, reason, token, IdP and address in any case', () => {
    const row = activityRow({ subject: 'Ada@example.com', reason: 'userName is taken.' });
    for (const search of ['ADA@', '/users', 'TAKEN', 'production', 'okta', '203.0']) {
      expect(matchesFilter(row, { search }), search).toBe(true);
    }
    expect(matchesFilter(row, { search: 'grace' })).toBe(false);
  });

  it('finds the requests on which a rule fired', () => {
    const row = activityRow({ rules: ['alias', 'string-boolean'] });
    expect(matchesFilter(row, { rule: 'alias' })).toBe(true);
    expect(matchesFilter(row, { rule: 'loose-quotes' })).toBe(false);
  });

  it('needs both the state and the search', () => {
    expect(matchesFilter(activityRow({ status: 200, subject: 'ada' }), { failed: true, search: 'ada' })).toBe(
      false,
    );
  });
});
