import { beforeAll, describe, expect, test } from 'vitest';
import { expectError, LIST_RESPONSE, listed, shareEndpoint } from './endpoint.ts';

/** RFC 7644 sections 3.4.2, 3.4.2.1 and 3.4.2.4: list responses, the resources that are queried, and index paging. */
const scim = shareEndpoint();

const COUNT = 23;
const PAGED = 'userName sw "paged-"';
const nameOf = (index: number) => `paged-${String(index).padStart(2, '0')}`;

beforeAll(async () => {
  for (let index = 0; index < COUNT; index++) {
    await scim.user({ userName: nameOf(index), title: index % 2 === 0 ? 'even' : 'odd' });
  }
  for (let index = 0; index < 3; index++) await scim.group({ displayName: `paged-group-${index}` });
});

const page = (parameters: Record<string, string | number>) =>
  scim.list('/Users', { filter: PAGED, ...parameters });

describe('3.4.2 the ListResponse', () => {
  test('has exactly schemas, totalResults, startIndex, itemsPerPage and Resources, the totals as numbers', async () => {
    const { status, body } = await page({ count: 5 });
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(
      ['Resources', 'itemsPerPage', 'schemas', 'startIndex', 'totalResults'].sort(),
    );
    expect(body).toMatchObject({
      schemas: [LIST_RESPONSE],
      totalResults: COUNT,
      startIndex: 1,
      itemsPerPage: 5,
    });
  });

  test('"A query that does not return any matches SHALL return success (200) with totalResults set to 0"', async () => {
    for (const endpoint of ['/Users', '/Groups']) {
      const answer = await scim.list(endpoint, { filter: 'displayName eq "no such name"' });
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        schemas: [LIST_RESPONSE],
        totalResults: 0,
        startIndex: 1,
        itemsPerPage: 0,
        Resources: [],
      });
    }
  });

  test('its resources are complete: as GET of each returns them, version and location included', async () => {
    const { Resources } = (await page({ count: 3 })).body;
    for (const resource of Resources) {
      expect(resource.meta.version).toMatch(/^W\/"/);
      expect((await scim.get(resource.meta.location)).body).toEqual(resource);
    }
    const groups = (await scim.get('/Groups')).body.Resources;
    for (const group of groups) expect((await scim.get(group.meta.location)).body).toEqual(group);
  });

  test('"MUST ignore query parameters they do not recognize"', async () => {
    expect(listed(await page({ count: 2, foo: 'bar', 'filter[]': 'x', callback: 'f' }))).toHaveLength(2);
  });

  test('inactive users are listed', async () => {
    const { userName } = await scim.user({ active: false });
    expect(listed(await scim.list('/Users', { count: 500 }))).toContain(userName);
  });
});

describe('3.4.2.1 query endpoints', () => {
  test('each endpoint queries its own type; the base URL all of them', async () => {
    const types = async (path: string) => {
      const { Resources } = (await scim.list(path, { count: 500 })).body;
      return new Set(Resources.map(({ meta }: { meta: { resourceType: string } }) => meta.resourceType));
    };
    expect(await types('/Users')).toEqual(new Set(['User']));
    expect(await types('/Groups')).toEqual(new Set(['Group']));
    expect(await types('/')).toEqual(new Set(['User', 'Group']));
  });

  test('"an attribute … not defined SHALL be treated as if the attribute has no value" across types', async () => {
    const users = await scim.list('/', {
      filter: 'userName sw "paged-" or displayName sw "paged-group"',
      count: 100,
    });
    expect(users.body.totalResults).toBe(COUNT + 3);
    const negated = await scim.list('/', { filter: 'not (userName pr) and displayName sw "paged-group"' });
    expect(listed(negated, 'displayName').toSorted()).toEqual([
      'paged-group-0',
      'paged-group-1',
      'paged-group-2',
    ]);
    const unknown = await scim.list('/', { filter: 'shoeSize gt 3' });
    expect(unknown.body.totalResults).toBe(0);
  });

  test('the examples of the section: meta.resourceType, quoted and not', async () => {
    for (const filter of [
      '(meta.resourceType eq User) or (meta.resourceType eq Group)',
      '(meta.resourceType eq "User") or (meta.resourceType eq "Group")',
    ]) {
      expect((await scim.list('/', { filter })).body.totalResults).toBeGreaterThanOrEqual(COUNT + 3);
    }
    const groups = await scim.list('/', { filter: 'meta.resourceType eq "group"' });
    expect(groups.body.totalResults, 'resourceType is case-exact').toBe(0);
  });

  test('at a single type an unknown attribute is an error, or clients would create duplicates', async () => {
    expectError(await scim.list('/Users', { filter: 'shoeSize gt 3' }), 400, 'invalidFilter');
    expectError(await scim.list('/Groups', { filter: 'userName eq "x"' }), 400, 'invalidFilter');
  });
});

describe('3.4.2.4 startIndex', () => {
  test('"A value less than 1 SHALL be interpreted as 1"', async () => {
    for (const startIndex of [0, -1, -100]) {
      const { body } = await page({ startIndex, count: 2 });
      expect(body.startIndex).toBe(1);
      expect(listed({ ...(await page({ startIndex, count: 2 })) })).toEqual([nameOf(0), nameOf(1)]);
    }
  });

  test('is 1-based and echoed', async () => {
    const answer = await page({ startIndex: 5, count: 3 });
    expect(answer.body).toMatchObject({ startIndex: 5, itemsPerPage: 3, totalResults: COUNT });
    expect(listed(answer)).toEqual([nameOf(4), nameOf(5), nameOf(6)]);
  });

  test('past the end is an empty page that still knows the total', async () => {
    const { body } = await page({ startIndex: COUNT + 1, count: 5 });
    expect(body).toMatchObject({
      startIndex: COUNT + 1,
      itemsPerPage: 0,
      totalResults: COUNT,
      Resources: [],
    });
    expect((await page({ startIndex: Number.MAX_SAFE_INTEGER })).body.Resources).toEqual([]);
  });

  test('larger than any number is an empty page too, no error', async () => {
    const answer = await page({ startIndex: '99999999999999999999999999' });
    expect([answer.status, answer.body.Resources]).toEqual([200, []]);
  });
});

describe('3.4.2.4 count', () => {
  test('"A negative value SHALL be interpreted as 0"; "0 indicates that no resource results are to be returned except for totalResults"', async () => {
    for (const count of [0, -1, -50]) {
      expect((await page({ count })).body).toMatchObject({
        totalResults: COUNT,
        itemsPerPage: 0,
        Resources: [],
      });
    }
  });

  test('0 tells the total behind a page that was read before, too', async () => {
    await page({ count: 5 });
    expect((await page({ startIndex: 6, count: 0 })).body).toMatchObject({
      totalResults: COUNT,
      startIndex: 6,
    });
  });

  test('"the service provider MUST NOT return more results than specified"', async () => {
    for (const count of [1, 7, COUNT]) expect(listed(await page({ count }))).toHaveLength(count);
  });

  test('itemsPerPage is what came, not what was asked for', async () => {
    const { body } = await page({ startIndex: COUNT - 1, count: 10 });
    expect([body.itemsPerPage, body.Resources.length]).toEqual([2, 2]);
  });

  test.each(['x', '1.5', '1e1', '0x10', '1,5', 'NaN', 'Infinity'])(
    '%s is no count: invalidValue',
    async (count) => {
      expectError(await page({ count }), 400, 'invalidValue');
      expectError(await page({ startIndex: count }), 400, 'invalidValue');
    },
  );

  test('an empty one, or one with a sign or spaces, is read', async () => {
    expect((await page({ count: '' })).body.itemsPerPage).toBe(COUNT);
    expect((await page({ count: ' +3 ' })).body.itemsPerPage).toBe(3);
  });
});

describe('paging through', () => {
  test.each([1, 4, 7, COUNT])('pages of %i hold everybody once, in one order', async (count) => {
    const seen: string[] = [];
    for (let startIndex = 1; startIndex <= COUNT; startIndex += count) {
      seen.push(...listed(await page({ startIndex, count })));
    }
    expect(seen).toEqual(Array.from({ length: COUNT }, (_, index) => nameOf(index)));
  });

  test('with a filter that SQL cannot decide alone, too', async () => {
    const filter = `${PAGED} and not (title co "ODD")`;
    const seen: string[] = [];
    for (let startIndex = 1; startIndex <= 12; startIndex += 5) {
      const answer = await scim.list('/Users', { filter, startIndex, count: 5 });
      expect(answer.body.totalResults).toBe(12);
      seen.push(...listed(answer));
    }
    expect(seen).toEqual(Array.from({ length: 12 }, (_, index) => nameOf(index * 2)));
  });

  test('sorted, with equal keys: nobody is lost or repeated', async () => {
    const seen: string[] = [];
    for (let startIndex = 1; startIndex <= COUNT; startIndex += 4) {
      seen.push(...listed(await page({ startIndex, count: 4, sortBy: 'title', sortOrder: 'descending' })));
    }
    expect(seen).toHaveLength(COUNT);
    expect(new Set(seen).size).toBe(COUNT);
    expect(seen.slice(0, 11).every((name) => Number(name.slice(-2)) % 2 === 1)).toBe(true);
  });

  test('a change of a resource does not move it', async () => {
    const names = ['m-0', 'm-1', 'm-2'].map((name) => scim.unique(`${name}-moving`));
    const users = [];
    for (const userName of names) users.push(await scim.user({ userName }));
    await scim.patch(`/Users/${users[0].id}`, [{ op: 'replace', path: 'title', value: 'changed' }]);
    expect(listed(await scim.list('/Users', { filter: 'userName co "-moving"' }))).toEqual(names);
  });

  test('one who is deleted between two pages costs nobody else', async () => {
    const names = Array.from({ length: 6 }, (_, index) => scim.unique(`v${index}-vanish`));
    const users = [];
    for (const userName of names) users.push(await scim.user({ userName }));
    const filter = 'userName co "-vanish"';
    const first = listed(await scim.list('/Users', { filter, startIndex: 1, count: 2 }));
    await scim.delete(`/Users/${users[0].id}`);
    const rest = listed(await scim.list('/Users', { filter, startIndex: 3, count: 10 }));
    expect([...first, ...rest]).toEqual(names);
  });
});
