import { describe, expect, test } from 'vitest';
import { readAddress } from '../../../../src/main/mail/address.ts';

describe('an address', () => {
  test.each([
    ['ada@acme.com', 'ada@acme.com', false],
    ['ada.o+tag@mail.acme.com', 'ada.o+tag@mail.acme.com', false],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example', false],
    ['ADA@localhost', 'ADA@localhost', false],
    ['müller@bücher.example', 'müller@xn--bcher-kva.example', true],
    ["o'brien@acme.com", "o'brien@acme.com", false],
  ])('%s is sent to %s', (text, address, isInternational) => {
    expect(readAddress(text)).toEqual({ address, isInternational });
  });

  test.each([
    ['ada@acme.com\r\nBcc: eve@evil.example'],
    ['ada@acme.com\nRCPT TO:<eve@evil.example>'],
    ['ada@acme.com, eve@evil.example'],
    ['ada@acme.com;eve@evil.example'],
    ['Ada <ada@acme.com>'],
    ['"ada"@acme.com'],
    ['ada@eve@acme.com'],
    ['ada acme.com'],
    ['@acme.com'],
    ['ada@'],
    ['.ada@acme.com'],
    ['ad..a@acme.com'],
    ['ada@acme.com\u2028x'],
    [`${'a'.repeat(65)}@acme.com`],
    [`a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(60)}`],
    [''],
  ])('%j is refused with a sentence of one line', (text) => {
    let message = '';
    try {
      readAddress(text);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain('is no e-mail address: ');
    expect(message).not.toMatch(/\p{Cc}/u);
  });
});
