import { expect, test } from 'vitest';
import { parseFilter } from '../../../../src/main/scim/filter/parser.ts';
import { resolveFilter } from '../../../../src/main/scim/filter/resolve.ts';
import { groupType, refusal, userType } from '../fixtures.ts';

/** What an administrator reads in the request log when a filter is refused: where, what, and what was due instead. */
test.each([
  ['userName', 'The filter ends where an operator after userName was expected.'],
  ['userName eq', 'The filter ends where a value after userName eq was expected.'],
  ['userName eq "x" and', 'The filter ends where an attribute name was expected.'],
  ['(title pr', 'The filter ends where ")" was expected.'],
  ['emails[type pr', 'The filter ends where "]" was expected.'],
  ['userName "eq" 1', 'Found a string at position 9 of the filter instead of an operator after userName.'],
  ['userName like "x"', 'Found "like" at position 9 of the filter instead of an operator after userName.'],
  ['userName  eq\t(', 'Found "(" at position 13 of the filter instead of a value after userName eq.'],
  ['"x" eq "y"', 'Found a string at position 0 of the filter instead of an attribute name.'],
  ['title pr and [', 'Found "[" at position 13 of the filter instead of an attribute name.'],
  ['(title pr]', 'Found "]" at position 9 of the filter instead of ")".'],
  ['(title pr "x"', 'Found a string at position 10 of the filter instead of ")".'],
  ['emails[type pr)', 'Found ")" at position 14 of the filter instead of "]".'],
  ['title pr)', 'Found ")" at position 8 of the filter instead of the end of the filter.'],
  ["title pr 'x'", 'Found a string at position 9 of the filter instead of the end of the filter.'],
  [
    `title pr ${'b'.repeat(60)}`,
    `Found "${'b'.repeat(40)}" at position 9 of the filter instead of the end of the filter.`,
  ],
  ['userName eq "\\x"', 'The string at position 12 of the filter is no JSON string.'],
  ["userName eq '\\x'", 'The string at position 12 of the filter is no JSON string.'],
  ['  userName eq "x', 'Unterminated string at position 13 of the filter.'],
  ['nope pr', 'There is no attribute nope in a User.'],
  ['emails[nope pr]', 'There is no attribute nope in emails.'],
  ['tags[other pr]', 'There is no attribute other in tags.'],
  ['password pr', 'password is never returned and cannot be used in a filter.'],
  ['active gt true', 'gt cannot be used with active, which is a boolean.'],
  ['active ge true', 'ge cannot be used with active, which is a boolean.'],
  ['active lt true', 'lt cannot be used with active, which is a boolean.'],
  ['active le true', 'le cannot be used with active, which is a boolean.'],
  ['active co true', 'co cannot be used with active, which is a boolean.'],
  ['active sw true', 'sw cannot be used with active, which is a boolean.'],
  ['active ew true', 'ew cannot be used with active, which is a boolean.'],
  ['floor co 1', 'co cannot be used with floor, which is a integer.'],
  ['weight sw 1', 'sw cannot be used with weight, which is a decimal.'],
  ['x509Certificates.value le "a"', 'le cannot be used with x509Certificates.value, which is a binary.'],
  ['floor eq "x"', '"x" cannot be compared with floor, which is a integer.'],
  ['floor eq ""', '"" cannot be compared with floor, which is a integer.'],
  ['floor eq " "', '" " cannot be compared with floor, which is a integer.'],
  ['floor eq true', 'true cannot be compared with floor, which is a integer.'],
  ['weight eq "Infinity"', '"Infinity" cannot be compared with weight, which is a decimal.'],
  ['active eq "maybe"', '"maybe" cannot be compared with active, which is a boolean.'],
  ['issued gt "yesterday"', '"yesterday" cannot be compared with issued, which is a dateTime.'],
  ['title co null', 'null can be compared with eq and ne only, not with co.'],
  ['emails[emails[type pr]]', 'emails[…] stands inside another […].'],
  ['emails[value[value pr]]', 'value[…] stands inside another […].'],
  ['userName[value pr]', 'userName has no values that […] could choose.'],
  ['emails.value[value pr]', 'emails.value has no values that […] could choose.'],
  ['name gt "a"', 'name is complex; compare one of its sub-attributes.'],
])('%s', (text, detail) => {
  expect(refusal(() => resolveFilter(parseFilter(text), userType))).toMatchObject({
    status: 400,
    scimType: 'invalidFilter',
    detail,
  });
});

test('names the resource type that lacks the attribute', () => {
  expect(refusal(() => resolveFilter(parseFilter('emails pr'), groupType)).detail).toBe(
    'There is no attribute emails in a Group.',
  );
});

test.each([
  ['the longest', `title eq "${'x'.repeat(8192 - 11)}"`, true],
  ['one character longer', `title eq "${'x'.repeat(8192 - 10)}"`, false],
  ['the deepest', `${'('.repeat(31)}title pr${')'.repeat(31)}`, true],
  ['one level deeper', `${'('.repeat(32)}title pr${')'.repeat(32)}`, false],
  ['32 times one after the other', Array(40).fill('(title pr)').join(' and '), true],
  ['the most comparisons', Array(100).fill('title pr').join(' or '), true],
  ['one comparison more', Array(101).fill('title pr').join(' or '), false],
])('limits: %s', (_what, text, allowed) => {
  if (allowed) expect(parseFilter(text)).toBeDefined();
  else expect(refusal(() => parseFilter(text)).scimType).toBe('invalidFilter');
});
