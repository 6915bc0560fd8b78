import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prettyBody } from '../../../src/renderer/src/format/json.ts';

describe('prettyBody', () => {
  it('lays an object out like JSON.stringify would', () => {
    const value = { a: 1, b: [true, null, { c: 'x' }], d: {}, e: [] };
    expect(prettyBody(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
  });

  it('agrees with JSON.stringify on any value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(prettyBody(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
      }),
      { seed: 7643 },
    );
  });

  it('leaves numbers and escapes as they were sent', () => {
    const sent = '{"id":12345678901234567890,"rate":1.0,"name":"\\u00fc \\"quoted\\" {,}"}';
    expect(prettyBody(sent)).toBe(
      '{\n  "id": 12345678901234567890,\n  "rate": 1.0,\n  "name": "\\u00fc \\"quoted\\" {,}"\n}',
    );
  });

  it('drops white space between tokens only', () => {
    expect(prettyBody('{ "a" : [ ] , "b c" : { } }')).toBe('{\n  "a": [],\n  "b c": {}\n}');
  });

  it('hands back what is no JSON, or was cut short', () => {
    expect(prettyBody('<html>')).toBe('<html>');
    expect(prettyBody('{"a": [1, 2')).toBe('{"a": [1, 2');
  });
});
