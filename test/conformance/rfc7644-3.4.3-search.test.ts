import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningRollcall, startRollcall } from '../support/rollcall.ts';

const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

/** RFC 7644 sections 3.4.2.1 and 3.4.3: searching by POST, and across resource types. */
describe('searching', () => {
  let running: RunningRollcall;
  beforeAll(async () => {
    running = await startRollcall();
    for (const name of ['ann', 'bob', 'cyd']) {
      await running.request('POST', '/Users', {
        userName: `${name}@search.example`,
        displayName: `Search ${name}`,
      });
    }
    for (const name of ['one', 'two'])
      await running.request('POST', '/Groups', { displayName: `Search ${name}` });
  });
  afterAll(() => running.close());

  const search = (path: string, query: object) =>
    running.request('POST', path, { schemas: [SEARCH], ...query });
  const names = (body: { Resources: { displayName: string }[] }) =>
    body.Resources.map(({ displayName }) => displayName);

  test('across types, users first, as one list that pages without a gap or a repetition', async () => {
    const all = await search('/.search', { filter: 'displayName sw "search"' });
    expect(all.body).toMatchObject({ totalResults: 5, startIndex: 1, itemsPerPage: 5 });
    const paged: string[] = [];
    for (let startIndex = 1; startIndex <= 5; startIndex += 2) {
      const page = await search('/.search', { filter: 'displayName sw "search"', startIndex, count: 2 });
      expect(page.body.totalResults).toBe(5);
      paged.push(...names(page.body));
    }
    expect(paged).toEqual(names(all.body));
    expect(
      all.body.Resources.map(({ meta }: { meta: { resourceType: string } }) => meta.resourceType),
    ).toEqual(['User', 'User', 'User', 'Group', 'Group']);
  });

  test('an attribute that one type lacks has no value there; at a single type it is an error', async () => {
    const across = await search('/.search', { filter: 'userName sw "ann"' });
    expect(across.body.totalResults).toBe(1);
    const groups = await search('/Groups/.search', { filter: 'userName sw "ann"' });
    expect([groups.status, groups.body.scimType]).toEqual([400, 'invalidFilter']);
  });

  test('sorted across types', async () => {
    const sorted = await search('/.search', {
      sortBy: 'displayName',
      sortOrder: 'descending',
      count: 2,
      attributes: ['displayName'],
    });
    expect(names(sorted.body)).toEqual(['Search two', 'Search one']);
    expect(Object.keys(sorted.body.Resources[0]).sort()).toEqual(['displayName', 'id', 'schemas']);
  });

  test('GET of the base URL queries all types, and of a type’s .search is 405', async () => {
    const root = await running.request(
      'GET',
      `/?filter=${encodeURIComponent('meta.resourceType eq "Group"')}`,
    );
    expect(root.body.totalResults).toBe(2);
    const got = await running.request('GET', '/Users/.search');
    expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
  });
});
