import { describe, expect, test } from 'vitest';
import {
  allOf,
  choiceOf,
  isSelected,
  NOBODY,
  sizeOf,
  toggled,
} from '../../../src/renderer/src/features/guard/selection.ts';

describe('choosing whom the guard holds', () => {
  test('person by person', () => {
    const two = toggled(toggled(NOBODY, 'ann'), 'bob');
    expect(sizeOf(two, 50)).toBe(2);
    expect(choiceOf(two)).toEqual({ memberIds: ['ann', 'bob'] });
    const one = toggled(two, 'ann');
    expect([isSelected(one, 'ann'), isSelected(one, 'bob')]).toEqual([false, true]);
    expect(sizeOf(NOBODY, 50)).toBe(0);
  });

  test('all of a search but some, however many pages that are', () => {
    const most = toggled(allOf('sales'), 'ann');
    expect(sizeOf(most, 3000)).toBe(2999);
    expect([isSelected(most, 'ann'), isSelected(most, 'bob')]).toEqual([false, true]);
    expect(choiceOf(most)).toEqual({ search: 'sales', except: ['ann'] });
    expect(choiceOf(toggled(most, 'ann'))).toEqual({ search: 'sales' });
    expect(choiceOf(allOf(''))).toEqual({});
  });
});
