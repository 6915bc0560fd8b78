import { describe, expect, it } from 'vitest';
import { pagesBehindFirst } from '../../../src/renderer/src/api/queries/paged-rows.ts';
import { count, counted } from '../../../src/renderer/src/format/number.ts';

describe('counts', () => {
  it('groups thousands and says one or many', () => {
    expect(count(1500)).toBe('1,500');
    expect(counted(1, 'person', 'people')).toBe('1 person');
    expect(counted(0, 'team')).toBe('0 teams');
    expect(counted(1500, 'person', 'people')).toBe('1,500 people');
  });
});

describe('pagesBehindFirst', () => {
  it.each([
    [{ first: 0, last: 40 }, []],
    [{ first: 90, last: 130 }, [1]],
    [{ first: 250, last: 320 }, [2, 3]],
    [{ first: 100, last: 100 }, [1]],
  ])('names the pages of %j', (range, pages) => {
    expect(pagesBehindFirst(range)).toEqual(pages);
  });
});
