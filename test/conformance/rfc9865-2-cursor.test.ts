import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Answer } from '../support/rollcall.ts';
import { expectError, type Json, listed, shareEndpoint } from './endpoint.ts';

/** RFC 9865: cursor-based paging. */
const scim = shareEndpoint();

const COUNT = 11;
const FILTER = 'userName sw "cursor-"';
const nameOf = (index: number) => `cursor-${String(index).padStart(2, '0')}`;

beforeAll(async () => {
  for (let index = 0; index < COUNT; index++) {
    await scim.user({ userName: nameOf(index), title: index % 3 === 0 ? 'third' : 'other' });
  }
  for (let index = 0; index < 3; index++) await scim.group({ displayName: `cursor-group-${index}` });
});

const page = (cursor: string, more: Record<string, string | number> = {}) =>
  scim.list('/Users', { filter: FILTER, count: 4, cursor, ...more });

/** Follows cursors to the last page; the pages. */
async function follow(ask: (cursor: string) => Promise<Answer>): Promise<Answer[]> {
  const pages = [await ask('')];
  for (let next = pages[0]?.body.nextCursor; next !== undefined; next = pages.at(-1)?.body.nextCursor) {
    expect(pages.length).toBeLessThan(50);
    pages.push(await ask(next));
  }
  return pages;
}

describe('2 the first page', () => {
  test.each(['cursor', 'cursor=', 'CURSOR='])('is asked for by "%s"', async (cursor) => {
    const answer = await scim.raw('GET', `/Users?filter=userName%20sw%20cursor-&${cursor}&count=4`);
    expect(answer.status).toBe(200);
    expect(answer.body.Resources.map(({ userName }: Json) => userName)).toEqual([0, 1, 2, 3].map(nameOf));
    expect(answer.body.nextCursor).toMatch(/./);
  });

  test('has no previousCursor, and no startIndex, which only index paging has', async () => {
    const { body } = await page('');
    expect(body).not.toHaveProperty('previousCursor');
    expect(body).not.toHaveProperty('startIndex');
    expect(body.itemsPerPage).toBe(4);
  });

  test('without cursor there is index paging: "the default method" stays "index", no cursor in the answer', async () => {
    const { body } = await scim.list('/Users', { filter: FILTER, count: 4 });
    expect(body).toMatchObject({ startIndex: 1, totalResults: COUNT });
    expect(body).not.toHaveProperty('nextCursor');
  });
});

describe('2 following', () => {
  test('"nextCursor … absent on the last page"; everybody comes once, in one order', async () => {
    const pages = await follow((cursor) => page(cursor));
    expect(pages.map(({ body }) => body.itemsPerPage)).toEqual([4, 4, 3]);
    expect(pages.flatMap((each) => listed(each))).toEqual(
      Array.from({ length: COUNT }, (_, index) => nameOf(index)),
    );
  });

  test('a list that ends with a full page has no empty page behind it', async () => {
    const pages = await follow((cursor) => page(cursor, { count: COUNT }));
    expect(pages).toHaveLength(1);
    expect(await follow((cursor) => page(cursor, { count: 1 }))).toHaveLength(COUNT);
  });

  test('totalResults, where it is said, is true on every page', async () => {
    for (const { body } of await follow((cursor) => page(cursor))) {
      if (body.totalResults !== undefined) expect(body.totalResults).toBe(COUNT);
    }
  });

  test('cursors are of unreserved characters only (RFC 3986 section 2.3)', async () => {
    for (const filter of [FILTER, 'userName sw "cursor-" and displayName ne "ü?&=/+ %"']) {
      const { nextCursor } = (await scim.list('/Users', { filter, count: 2, cursor: '' })).body;
      expect(nextCursor).toMatch(/^[A-Za-z0-9._~-]+$/);
    }
  });

  test('a cursor can be followed twice, to the same page', async () => {
    const { nextCursor } = (await page('')).body;
    expect((await page(nextCursor)).body.Resources).toEqual((await page(nextCursor)).body.Resources);
  });

  test('sorted, with equal keys and missing ones', async () => {
    for (const sortOrder of ['ascending', 'descending']) {
      for (const sortBy of ['title', 'nickName', 'userName', 'meta.created', 'name.familyName']) {
        const more = { sortBy, sortOrder };
        const names = (await follow((cursor) => page(cursor, more))).flatMap((each) => listed(each));
        const whole = listed(await scim.list('/Users', { filter: FILTER, count: 100, ...more }));
        expect(names, `${sortBy} ${sortOrder}`).toEqual(whole);
      }
    }
  });

  test('with a filter that SQL cannot decide alone', async () => {
    const more = { filter: `${FILTER} and not (title co "HIRD")` };
    const names = (await follow((cursor) => page(cursor, { ...more, count: 3 }))).flatMap((each) =>
      listed(each),
    );
    expect(names).toEqual([1, 2, 4, 5, 7, 8, 10].map(nameOf));
  });

  test('of groups, and across types at the base URL', async () => {
    const groups = await follow((cursor) => scim.list('/Groups', { cursor, count: 2 }));
    expect(groups.flatMap((each) => listed(each, 'displayName'))).toEqual(
      [0, 1, 2].map((index) => `cursor-group-${index}`),
    );
    const filter = 'userName sw "cursor-" or displayName sw "cursor-group"';
    const all = await follow((cursor) => scim.list('/', { filter, cursor, count: 5 }));
    const ids = all.flatMap((each) => listed(each, 'id'));
    expect([ids.length, new Set(ids).size]).toEqual([COUNT + 3, COUNT + 3]);
  });

  test('attributes are honoured on every page', async () => {
    for (const { body } of await follow((cursor) => page(cursor, { attributes: 'userName' }))) {
      for (const resource of body.Resources)
        expect(Object.keys(resource).sort()).toEqual(['id', 'schemas', 'userName']);
    }
  });

  test('who is deleted or created in between costs nobody else', async () => {
    const users = [];
    for (let index = 0; index < 6; index++)
      users.push(await scim.user({ userName: scim.unique(`gone${index}-moving`) }));
    const ask = (cursor: string) =>
      scim.list('/Users', { filter: 'userName co "-moving"', cursor, count: 2 });
    const first = await ask('');
    await scim.delete(`/Users/${users[0].id}`);
    await scim.delete(`/Users/${users[1].id}`);
    await scim.delete(`/Users/${users[2].id}`);
    const second = await ask(first.body.nextCursor);
    expect(listed(second)).toEqual([users[3].userName, users[4].userName]);
    const later = await scim.user({ userName: scim.unique('later-moving') });
    const third = await ask(second.body.nextCursor);
    expect(listed(third)).toEqual([users[5].userName, later.userName]);
  });

  test('count 0 has no resources', async () => {
    const answer = await page('', { count: 0 });
    expect([answer.status, answer.body.Resources, answer.body.itemsPerPage]).toEqual([200, [], 0]);
    expect((await page('', { count: -3 })).body.Resources, 'a negative count is 0').toEqual([]);
  });

  test('nothing found is one empty page without nextCursor', async () => {
    const { body } = await page('', { filter: 'userName eq "nobody at all"' });
    expect(body.Resources).toEqual([]);
    expect(body).not.toHaveProperty('nextCursor');
  });
});

describe('2.1 errors', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each(['nonsense', '%', '!!!', 'AAAA', '..', '0', '-1', `${'x'.repeat(5000)}`, '"', 'null'])(
    'invalidCursor: %s',
    async (cursor) => {
      expectError(await page(cursor), 400, 'invalidCursor');
    },
  );

  test('invalidCursor: one that was changed by a letter, cut off or made longer', async () => {
    const { nextCursor } = (await page('')).body;
    for (const cursor of [
      nextCursor.slice(0, -1),
      nextCursor.slice(1),
      `${nextCursor}A`,
      `${nextCursor}=`,
      nextCursor.replace(/.$/, (last: string) => (last === 'A' ? 'B' : 'A')),
      nextCursor.toLowerCase(),
    ]) {
      expectError(await page(cursor), 400, 'invalidCursor');
    }
  });

  test('"all query parameters MUST be the same": another filter, order or endpoint is invalidCursor', async () => {
    const { nextCursor } = (await page('')).body;
    expectError(await page(nextCursor, { filter: 'userName sw "c"' }), 400, 'invalidCursor');
    expectError(await page(nextCursor, { sortBy: 'title' }), 400, 'invalidCursor');
    expectError(await scim.list('/Groups', { cursor: nextCursor, count: 4 }), 400, 'invalidCursor');
    expectError(await scim.list('/', { filter: FILTER, cursor: nextCursor, count: 4 }), 400, 'invalidCursor');
  });

  test('invalidCount: another count than on the first page, or more than maxPageSize', async () => {
    const { nextCursor } = (await page('')).body;
    expectError(await page(nextCursor, { count: 5 }), 400, 'invalidCount');
    const { maxPageSize } = (await scim.get('/ServiceProviderConfig')).body.pagination;
    expectError(await page('', { count: maxPageSize + 1 }), 400, 'invalidCount');
    expect((await page('', { count: maxPageSize })).status).toBe(200);
  });

  test('expiredCursor: after cursorTimeout', async () => {
    const { nextCursor } = (await page('')).body;
    const { cursorTimeout } = (await scim.get('/ServiceProviderConfig')).body.pagination;
    const later = (seconds: number) =>
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
    later(cursorTimeout - 60);
    expect((await page(nextCursor)).status).toBe(200);
    later(120);
    expectError(await page(nextCursor), 400, 'expiredCursor');
  });

  test('cursor and startIndex together: 400', async () => {
    for (const cursor of ['', 'x']) {
      const answer = await page(cursor, { startIndex: 1 });
      expect([answer.status, answer.body.status]).toEqual([400, '400']);
    }
    expect((await scim.search('/Users/.search', { cursor: '', startIndex: 1 })).status).toBe(400);
  });

  test('a cursor that is no text in a search: invalidValue or invalidCursor', async () => {
    for (const cursor of [1, {}, [''], true]) {
      const answer = await scim.search('/Users/.search', { cursor });
      expect(answer.status).toBe(400);
    }
  });
});

describe('3 querying with POST', () => {
  test.each(['/Users/.search', '/.search'])('%s takes "cursor": "" and follows', async (path) => {
    const pages = await follow((cursor) =>
      scim.search(path, { filter: FILTER, count: 4, cursor, attributes: ['userName'] }),
    );
    expect(pages.flatMap((each) => listed(each))).toEqual(
      Array.from({ length: COUNT }, (_, index) => nameOf(index)),
    );
  });
});

describe('4 the Service Provider Config', () => {
  test('has pagination: cursor, index, defaultPaginationMethod, defaultPageSize, maxPageSize, cursorTimeout', async () => {
    const { pagination } = (await scim.get('/ServiceProviderConfig')).body;
    expect(pagination).toEqual({
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: expect.any(Number),
      maxPageSize: expect.any(Number),
      cursorTimeout: expect.any(Number),
    });
    expect(pagination.defaultPageSize).toBeLessThanOrEqual(pagination.maxPageSize);
  });

  test('says false while cursors are switched off, and they are refused', async () => {
    const { policy } = scim.running.rollcall.services;
    await policy.set({ 'pagination.cursor': false });
    try {
      const { pagination } = (await scim.get('/ServiceProviderConfig')).body;
      expect(pagination.cursor).toBe(false);
      expect(pagination).not.toHaveProperty('cursorTimeout');
      expectError(await page(''), 400, 'invalidCursor');
      expect((await scim.list('/Users', { count: 1 })).status).toBe(200);
    } finally {
      await policy.set({ 'pagination.cursor': true });
    }
  });
});
