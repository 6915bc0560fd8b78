import { describe, expect, test } from 'vitest';
import { compareText, foldCase } from '../../../src/main/scim/fold-case.ts';

describe('foldCase', () => {
  test('folds beyond ASCII', () => {
    expect(foldCase('ÄÖÜ Ł Я')).toBe(foldCase('äöü ł я'));
  });

  test('composed and decomposed letters are equal', () => {
    expect(foldCase('Cafe\u0301')).toBe(foldCase('CAFÉ'));
  });

  test('a final sigma folds like any other', () => {
    expect(foldCase('ΟΔΟΣ')).toBe(foldCase('οδοσ'));
    expect(foldCase('ΟΔΟΣΑ').startsWith(foldCase('ΟΔΟΣ'))).toBe(true);
  });
});

test('compareText orders by code point, as SQLite does', () => {
  expect(compareText('a', 'b')).toBeLessThan(0);
  expect(compareText('a', 'ab')).toBeLessThan(0);
  expect(compareText('x', 'x')).toBe(0);
  expect(compareText('\u{1F600}', '\uFF5E')).toBeGreaterThan(0);
  expect('\u{1F600}' < '\uFF5E').toBe(true);
});

test('every border between the ranges of code points is in order', () => {
  const inOrder = ['\u0000', 'z', '\ud7ff', '\ue000', '\ue001', '\uffff', '\u{10000}', '\u{10ffff}'];
  for (const [i, a] of inOrder.entries()) {
    for (const [j, b] of inOrder.entries()) {
      expect(Math.sign(compareText(a, b))).toBe(Math.sign(i - j));
      expect(Math.sign(compareText(`x${a}`, `x${b}`))).toBe(Math.sign(i - j));
    }
    expect(compareText(a, `${a}a`)).toBeLessThan(0);
  }
});
