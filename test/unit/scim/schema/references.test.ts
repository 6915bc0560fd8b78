import { expect, test } from 'vitest';
import { readReference, referenceOf, uniqueReferences } from '../../../../src/main/scim/schema/references.ts';
import { groupType } from '../fixtures.ts';

test.each([
  ['https://host/scim/v2/acme/Users/42', { type: 'User', id: '42' }],
  ['../Groups/g', { type: 'Group', id: 'g' }],
  ['Users/42', { type: 'User', id: '42' }],
  ['/users/42', { type: 'User', id: '42' }],
  ['https://host/Users/42?x=/Groups/1', { type: 'User', id: '42' }],
  ['https://host/Users/42#/Groups/1', { type: 'User', id: '42' }],
  ['https://host/Users/a%2Fb%20c', { type: 'User', id: 'a/b c' }],
  ['https://host/Groups/Users/42', { type: 'User', id: '42' }],
  ['https://host/Users/%E0%A4%A', undefined],
  ['https://host/Users/', undefined],
  ['https://host/Devices/42', undefined],
  ['Users', undefined],
  ['42', undefined],
  ['', undefined],
])('%s refers to %j', (uri, wanted) => {
  expect(readReference(uri, groupType)).toEqual(wanted);
});

test.each([
  [{ value: 'a' }, 'a'],
  [{ value: '' }, undefined],
  [{ value: 5 }, undefined],
  [{ value: null }, undefined],
  [{}, undefined],
  ['a', undefined],
  [null, undefined],
  [['a'], undefined],
])('the reference of %j', (element, wanted) => {
  expect(referenceOf(element)).toBe(wanted);
});

test('the first of those with the same value is kept', () => {
  expect(
    uniqueReferences([
      { value: 'a', display: '1' },
      { value: 'b' },
      { value: 'a', display: '2' },
      { value: 'A' },
    ]),
  ).toEqual([{ value: 'a', display: '1' }, { value: 'b' }, { value: 'A' }]);
});
