import { describe, expect, test } from 'vitest';
import {
  generateToken,
  isTokenFormat,
  maskTokens,
  tokenDigest,
  tokenPrefix,
} from '../../../../src/main/tokens/format.ts';

const tokens = Array.from({ length: 200 }, generateToken);

describe('a token', () => {
  test('is a label, 256 bits in base 62 and a checksum', () => {
    for (const token of tokens) expect(token).toMatch(/^rollcall_[0-9A-Za-z]{49}$/);
    expect(new Set(tokens).size).toBe(tokens.length);
  });

  test('is random in every place', () => {
    // 200 draws of 62 letters: a place that stands still has one; the first holds only what 256 bits need.
    for (let place = 9; place < 9 + 43; place++) {
      expect(new Set(tokens.map((token) => token[place])).size).toBeGreaterThan(place === 9 ? 3 : 30);
    }
  });

  test('has the form of one', () => {
    expect(tokens.every(isTokenFormat)).toBe(true);
  });

  test('with any one letter changed has not', () => {
    const [token = ''] = tokens;
    for (let place = 0; place < token.length; place++) {
      const other = token[place] === 'a' ? 'b' : 'a';
      expect(isTokenFormat(token.slice(0, place) + other + token.slice(place + 1))).toBe(false);
    }
  });

  test.each([
    ['cut off', (token: string) => token.slice(0, -1)],
    ['too long', (token: string) => `${token}0`],
    ['with a space', (token: string) => ` ${token}`],
    ['under another label', (token: string) => token.replace('rollcall_', 'rollcall-')],
    ['empty', () => ''],
  ])('%s has not', (_, change) => {
    expect(isTokenFormat(change(tokens[0] ?? ''))).toBe(false);
  });

  test('is known by its SHA-256', () => {
    expect(tokenDigest('abc').toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  test('is shown by its label and four characters', () => {
    expect(tokenPrefix('rollcall_abcdefgh')).toBe('rollcall_abcd');
  });
});

describe('masking', () => {
  const [one = '', two = ''] = tokens;
  const cut = (token: string) => `${token.slice(0, 13)}…`;

  test.each([
    ['alone', one, cut(one)],
    [
      'in JSON',
      JSON.stringify({ a: one, [two]: [one] }),
      JSON.stringify({ a: cut(one), [cut(two)]: [cut(one)] }),
    ],
    ['in a URL', `https://x/${one}?t=${two}#a`, `https://x/${cut(one)}?t=${cut(two)}#a`],
    ['percent-encoded around', `%20${one}%20`, `%20${cut(one)}%20`],
    ['next to words', `Bearer ${one}, and ${two}.`, `Bearer ${cut(one)}, and ${cut(two)}.`],
    ['glued together', `${one}${two}`, cut(one)],
    ['cut off', one.slice(0, 30), cut(one)],
    ['with a typo behind', `${one}xx`, cut(one)],
    ['none', 'rollcall_ is a word, rollcall_abcd… too', 'rollcall_ is a word, rollcall_abcd… too'],
  ])('a token %s', (_, text, masked) => {
    expect(maskTokens(text)).toBe(masked);
    expect(maskTokens(masked)).toBe(masked);
  });
});
