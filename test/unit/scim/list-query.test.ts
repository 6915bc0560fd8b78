import { describe, expect, test } from 'vitest';
import { readListQuery, readSearchRequest } from '../../../src/main/scim/list-query.ts';
import { scimTypeOf } from './fixtures.ts';

const read = (query: string) => readListQuery(new URLSearchParams(query));

describe('query parameters', () => {
  test('defaults', () => {
    expect(read('')).toEqual({
      filter: undefined,
      startIndex: 1,
      count: undefined,
      cursor: undefined,
      sortBy: undefined,
      sortOrder: 'ascending',
      projection: { mode: 'default', names: [] },
    });
  });

  test('names in any case: startindex of Microsoft’s inbound collection', () => {
    expect(read('startindex=7&COUNT=5&SortBy=userName&sortorder=Descending')).toMatchObject({
      startIndex: 7,
      count: 5,
      sortBy: 'userName',
      sortOrder: 'descending',
    });
  });

  test('OneLogin’s plus signs and trailing ampersand', () => {
    expect(read('filter=userName+eq+%22u01%22&').filter).toBe('userName eq "u01"');
  });

  test('startIndex below 1 is 1, a negative count is 0', () => {
    expect(read('startIndex=0&count=-3')).toMatchObject({ startIndex: 1, count: 0 });
    expect(read('startIndex=-5').startIndex).toBe(1);
  });

  test('the last of several wins', () => {
    expect(read('filter=a&filter=b').filter).toBe('b');
  });

  test('a bare cursor is the first page (RFC 9865)', () => {
    expect(read('cursor&count=2').cursor).toBe('');
    expect(read('cursor=abc').cursor).toBe('abc');
  });

  test('a % that is no escape is just text (scimgateway #110)', () => {
    expect(read('filter=title eq "100%"').filter).toBe('title eq "100%"');
  });

  test.each(['startIndex=x', 'count=1.5', 'count=ten', 'sortOrder=up', 'cursor=a&startIndex=1'])(
    'refuses %s',
    (query) => {
      expect(scimTypeOf(() => read(query))).toBe('invalidValue');
    },
  );

  test('both projections are refused', () => {
    expect(scimTypeOf(() => read('attributes=a&excludedAttributes=b'))).toBe('invalidValue');
  });

  test('unknown parameters are ignored', () => {
    expect(read('aadOptscim062020&x=y')).toEqual(read(''));
  });
});

describe('SearchRequest', () => {
  test('attributes is a list', () => {
    const query = readSearchRequest({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      attributes: ['displayName', 'userName'],
      filter: 'displayName sw "smith"',
      startIndex: 1,
      count: 10,
    });
    expect(query.projection).toEqual({ mode: 'only', names: ['displayName', 'userName'] });
    expect(query).toMatchObject({ filter: 'displayName sw "smith"', startIndex: 1, count: 10 });
  });

  test.each([[{ filter: 3 }], [{ count: '1.5' }], [{ attributes: [1] }], [{ startIndex: true }]])(
    'refuses %j',
    (body) => {
      expect(scimTypeOf(() => readSearchRequest(body))).toBe('invalidValue');
    },
  );

  test('refuses what is no object', () => {
    expect(scimTypeOf(() => readSearchRequest([]))).toBe('invalidSyntax');
  });
});

test.each([
  ['count=+7', 7],
  ['count=%2B7', 7],
  ['count=%207%20', 7],
  ['count=007', 7],
  ['count=120', 120],
  ['count=', undefined],
  ['count=-0', 0],
  ['count=99999999999999999999', Number.MAX_SAFE_INTEGER],
])('%s', (query, count) => {
  expect(read(query).count === 0 ? 0 : read(query).count).toBe(count);
});

test.each(['count=x7', 'count=7x', 'count=7.0', 'count=7 8', 'count=1e3', 'count=0x7', 'count=%20'])(
  '%s is no integer',
  (query) => {
    expect(scimTypeOf(() => read(query))).toBe('invalidValue');
  },
);

test('white space around a filter and a sort attribute counts for nothing', () => {
  expect(read('filter=%20title%20pr%20&sortBy=%20title%20&sortOrder=%20Descending%20')).toMatchObject({
    filter: 'title pr',
    sortBy: 'title',
    sortOrder: 'descending',
  });
  expect(read('filter=%20&sortBy=%20&sortOrder=%20')).toMatchObject({
    filter: undefined,
    sortBy: undefined,
    sortOrder: 'ascending',
  });
});

test('the names of a search request are a list of texts, or one text', () => {
  const names = (attributes: unknown) => readSearchRequest({ attributes } as never).projection.names;
  expect(names(['userName', 'title'])).toEqual(['userName', 'title']);
  expect(names('userName,title')).toEqual(['userName', 'title']);
  expect(scimTypeOf(() => names(['userName', 5]))).toBe('invalidValue');
  expect(scimTypeOf(() => names([5]))).toBe('invalidValue');
  expect(scimTypeOf(() => names({}))).toBe('invalidValue');
  expect(scimTypeOf(() => readSearchRequest({ count: [1] }))).toBe('invalidValue');
  expect(readSearchRequest({ count: 2, startIndex: 3 })).toMatchObject({ count: 2, startIndex: 3 });
});
