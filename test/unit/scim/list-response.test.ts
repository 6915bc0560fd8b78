import { expect, test } from 'vitest';
import { listResponse } from '../../../src/main/scim/list-response.ts';

test('exactly the five keys; itemsPerPage is what is returned (ory/polis PR #4054)', () => {
  expect(listResponse({ totalResults: 9, startIndex: 8, resources: [{ id: '1' }, { id: '2' }] })).toEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: 9,
    startIndex: 8,
    itemsPerPage: 2,
    Resources: [{ id: '1' }, { id: '2' }],
  });
});

test('Resources is a list even when there are none', () => {
  const response = listResponse({ totalResults: 0, startIndex: 1, resources: [] });
  expect(response.Resources).toEqual([]);
  expect(response).not.toHaveProperty('nextCursor');
});

test('cursors instead of a startIndex', () => {
  const response = listResponse({ totalResults: 5, resources: [], nextCursor: 'n' });
  expect(Object.keys(response)).toEqual([
    'schemas',
    'totalResults',
    'itemsPerPage',
    'nextCursor',
    'Resources',
  ]);
});

test('both cursors in the middle, no total where nobody counted', () => {
  expect(
    listResponse({ totalResults: undefined, resources: [], nextCursor: 'n', previousCursor: 'p' }),
  ).toEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    itemsPerPage: 0,
    nextCursor: 'n',
    previousCursor: 'p',
    Resources: [],
  });
  expect(Object.keys(listResponse({ totalResults: undefined, resources: [] }))).toEqual([
    'schemas',
    'itemsPerPage',
    'Resources',
  ]);
});
