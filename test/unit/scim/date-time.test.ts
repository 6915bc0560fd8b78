import { describe, expect, test } from 'vitest';
import { compareInstants, parseDateTime } from '../../../src/main/scim/date-time.ts';

const compare = (a: string, b: string): number => {
  const [first, second] = [parseDateTime(a), parseDateTime(b)];
  if (!first || !second) throw new Error('no date-time');
  return Math.sign(compareInstants(first, second));
};

describe('date-times', () => {
  test('offsets count', () => {
    expect(compare('2011-05-13T04:42:34-07:00', '2011-05-13T11:42:34Z')).toBe(0);
    expect(compare('2011-05-13T04:42:34+07:00', '2011-05-12T21:42:34Z')).toBe(0);
  });

  test('seven digits of a second count, trailing zeros do not', () => {
    expect(compare('2020-01-01T00:00:00.8420572Z', '2020-01-01T00:00:00.842Z')).toBe(1);
    expect(compare('2020-01-01T00:00:00.8420000Z', '2020-01-01T00:00:00.842Z')).toBe(0);
    expect(compare('2020-01-01T00:00:00.05Z', '2020-01-01T00:00:00.5Z')).toBe(-1);
  });

  test('the year 1 is before 1970', () => {
    expect(compare('0001-01-03T00:00:00.0000000Z', '1970-01-01T00:00:00Z')).toBe(-1);
  });

  test('a plus that a query string turned into a space', () => {
    expect(compare('2011-05-13T11:42:34 02:00', '2011-05-13T09:42:34Z')).toBe(0);
  });

  test('a date, lower case, no seconds', () => {
    expect(compare('2020-01-01', '2020-01-01T00:00:00Z')).toBe(0);
    expect(compare('2020-01-01t10:00z', '2020-01-01T10:00:00Z')).toBe(0);
  });

  test('without an offset it is UTC', () => {
    expect(compare('2020-01-01T10:00:00', '2020-01-01T10:00:00Z')).toBe(0);
    expect(compare('2020-01-01 10:00', '2020-01-01T10:00:00Z')).toBe(0);
  });

  test.each([
    '',
    'yesterday',
    '2020-13-01T00:00:00Z',
    '2020-01-01T25:00:00Z',
    '1577836800',
    'on 2020-01-01',
    '12020-01-01T00:00:00Z',
    '2020-01-01T00:00:00Z or so',
    '2020-01-01T00:00:00+1',
    '2020-01-012',
  ])('%j is none', (text) => {
    expect(parseDateTime(text)).toBeUndefined();
  });
});

test('white space around, an offset without colon, a space for its plus, negative minutes', () => {
  expect(compare(' 2020-01-01T00:00:00Z\n', '2020-01-01T00:00:00Z')).toBe(0);
  expect(compare('2020-01-01T05:30:00+0530', '2020-01-01T00:00:00Z')).toBe(0);
  expect(compare('2020-01-01T05:30:00 05:30', '2020-01-01T00:00:00Z')).toBe(0);
  expect(compare('2019-12-31T18:30:00-05:30', '2020-01-01T00:00:00Z')).toBe(0);
  expect(parseDateTime('2020-01-01T00:00:00-00:01')).toEqual({ seconds: 1577836860, fraction: '' });
  expect(parseDateTime('2020-01-01T00:00:00.120Z')).toEqual({ seconds: 1577836800, fraction: '12' });
});
