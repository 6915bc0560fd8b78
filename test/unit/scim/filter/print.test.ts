import { expect, test } from 'vitest';
import { parseFilter } from '../../../../src/main/scim/filter/parser.ts';
import { printFilter } from '../../../../src/main/scim/filter/print.ts';

test.each([
  ['userName EQ "a"', 'userName eq "a"'],
  ['a pr or (b pr or c pr)', 'a pr or (b pr or c pr)'],
  ['(a pr or b pr) and c pr', '(a pr or b pr) and c pr'],
  ['(a pr and b pr) or c pr', 'a pr and b pr or c pr'],
  ['not a eq null', 'not (a eq null)'],
  ['emails[type eq work].value pr', 'emails[type eq "work" and value pr]'],
])('%s is printed as %s', (text, printed) => {
  expect(printFilter(parseFilter(text))).toBe(printed);
});
