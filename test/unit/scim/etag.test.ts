import { describe, expect, test } from 'vitest';
import { formatVersion, matchesIfMatch, matchesIfNoneMatch } from '../../../src/main/scim/etag.ts';

test('versions are weak entity tags', () => {
  expect(formatVersion(3)).toBe('W/"3"');
});

describe('If-Match', () => {
  test.each([
    [undefined, true],
    ['*', true],
    ['W/"3"', true],
    ['"3"', true],
    ['3', true],
    ['"1", W/"3"', true],
    ['"1" , "a,b", w/"3"', true],
    ['W/"33"', false],
    ['W/"2"', false],
    ['"1", "2"', false],
    ['"a,3,b"', false],
    ['', false],
    ['"3', false],
    ['"3"x', false],
    ['"3" "4"', false],
  ])('%j lets version 3 pass: %j', (header, passes) => {
    expect(matchesIfMatch(header, 3)).toBe(passes);
  });
});

describe('If-None-Match', () => {
  test.each([
    [undefined, false],
    ['*', true],
    ['W/"3"', true],
    ['"1", "3"', true],
    ['W/"4"', false],
  ])('%j names version 3: %j', (header, names) => {
    expect(matchesIfNoneMatch(header, 3)).toBe(names);
  });
});

test('white space around, and bare tags of more than one character', () => {
  expect(matchesIfMatch(' * ', 3)).toBe(true);
  expect(matchesIfMatch(' 33 , 44 ', 44)).toBe(true);
  expect(matchesIfMatch('33', 3)).toBe(false);
});
