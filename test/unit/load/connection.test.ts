import { describe, expect, test } from 'vitest';
import { readAnswer } from '../../load/client/connection.ts';

const bytes = (text: string) => Buffer.from(text, 'utf8');

describe('an answer', () => {
  test('with a length is read when it is whole, and leaves what follows', () => {
    const text = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n{"ä"';
    const whole = bytes(`${text}HTTP/1.1`);
    expect(readAnswer(whole.subarray(0, 20))).toBeUndefined();
    expect(readAnswer(bytes(text).subarray(0, -2))).toBeUndefined();
    const answer = readAnswer(whole);
    expect(answer?.status).toBe(200);
    expect(answer?.body).toEqual(bytes('{"ä"').subarray(0, 4));
    expect(answer?.length).toBe(bytes(text).length - 1);
  });

  test('in chunks is put together when the last one is there', () => {
    const text =
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{"a\r\na\r\n":"bcdefg"\r\n0\r\n\r\n';
    expect(readAnswer(bytes(text.slice(0, -3)))).toBeUndefined();
    expect(readAnswer(bytes(text))).toEqual({
      status: 200,
      body: bytes('{"a":"bcdefg"'),
      length: text.length,
    });
  });

  test('of 204 has no body', () => {
    const text = 'HTTP/1.1 204 No Content\r\nETag: W/"2"\r\n\r\n';
    expect(readAnswer(bytes(text))).toEqual({ status: 204, body: Buffer.alloc(0), length: text.length });
  });

  test('that is none is refused', () => {
    expect(() => readAnswer(bytes('SSH-2.0-OpenSSH\r\n\r\n'))).toThrow('no HTTP/1.1');
    expect(() => readAnswer(bytes('HTTP/1.1 200 OK\r\n\r\nuntil the end'))).toThrow('without a length');
  });
});
