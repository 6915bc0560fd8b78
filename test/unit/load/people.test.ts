import { describe, expect, test } from 'vitest';
import { PEOPLE, partOfTen, person, prefixOfTen, userBody } from '../../load/people.ts';

/** One of each ten who share a name. */
const userNames = Array.from({ length: PEOPLE / 10 }, (_, ten) => person(ten * 10).userName);

describe('the made-up people', () => {
  test('are more than a million; ten share a name and differ by a digit', () => {
    expect(PEOPLE).toBeGreaterThan(1_000_000);
    expect(new Set(userNames).size).toBe(PEOPLE / 10);
    const ten = Array.from({ length: 10 }, (_, digit) => person(500 + digit).userName);
    expect(new Set(ten).size).toBe(10);
    expect(ten.every((userName) => userName.startsWith(prefixOfTen(500)))).toBe(true);
  });

  test.each([0, 9999, 123_456, PEOPLE - 1])(
    'nobody else has the prefix or the part of number %i',
    (index) => {
      const prefix = prefixOfTen(index);
      const part = partOfTen(index);
      expect(userNames.filter((userName) => userName.startsWith(prefix))).toHaveLength(1);
      expect(userNames.filter((userName) => userName.includes(part))).toHaveLength(1);
      expect(prefix.startsWith(part)).toBe(false);
    },
  );

  test('are as long as users of real directories', () => {
    expect(JSON.stringify(userBody(123_456)).length).toBeGreaterThan(600);
    expect(JSON.stringify(userBody(123_456)).length).toBeLessThan(900);
  });
});
