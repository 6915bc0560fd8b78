import { describe, expect, it } from 'vitest';
import { explainRequest, shortPath } from '../../../src/renderer/src/format/request.ts';
import { activityRow } from './activity-row.ts';

describe('shortPath', () => {
  it.each([
    ['/scim/v2/acme/Users/42', '/Users/42'],
    ['/scim/v2/acme/Users?count=1', '/Users?count=1'],
    ['/scim/v2/acme', '/scim/v2/acme'],
    ['/favicon.ico', '/favicon.ico'],
  ])('shortens %s to %s', (path, short) => {
    expect(shortPath(path)).toBe(short);
  });
});

describe('explainRequest', () => {
  it("prefers the server's own sentence", () => {
    expect(explainRequest(activityRow({ status: 409, reason: 'userName is taken.' }))).toBe(
      'userName is taken.',
    );
  });

  it.each([
    [{ status: 0 }, /hung up/],
    [{ status: 401 }, /token/],
    [{ status: 500 }, /Refused/],
    [{ path: '/scim/v2/acme/ServiceProviderConfig' }, /what this endpoint can do/],
    [{ path: '/scim/v2/acme/Schemas' }, /attributes/],
    [{ path: '/scim/v2/acme/ResourceTypes/User' }, /kinds of resources/],
    [{}, /Looked for people/],
    [{ path: '/scim/v2/acme/Groups' }, /Looked for groups/],
    [{ path: '/scim/v2/acme/Users/1', resourceId: '1', resourceType: 'User', subject: 'Ada' }, /Read Ada\./],
    [{ method: 'POST', status: 201, resourceType: 'User', subject: 'Ada' }, /Created Ada\./],
    [{ method: 'PATCH', resourceType: 'Group' }, /Changed a group\./],
    [{ method: 'DELETE', status: 204, resourceType: 'User' }, /Deleted a person\./],
    [{ method: 'POST', path: '/scim/v2/acme/Bulk' }, /several operations/],
    [{ method: 'POST', path: '/scim/v2/acme/Users/.search' }, /Searched/],
  ])('says what %j was about', (over, words) => {
    expect(explainRequest(activityRow(over))).toMatch(words);
  });
});
