import { describe, expect, test } from 'vitest';
import { APP_ERROR_CODES, AppError, fromWireError, toWireError } from '../../../src/shared/app-error.ts';

describe('an error on its way through a process boundary', () => {
  test.each(APP_ERROR_CODES)('%s keeps its code and sentence', (code) => {
    const wire = toWireError(new AppError(code, 'A sentence.'));
    expect(JSON.parse(JSON.stringify(wire))).toEqual({ code, message: 'A sentence.' });
    expect(fromWireError(wire)).toMatchObject({
      name: 'AppError',
      code,
      message: 'A sentence.',
      field: undefined,
    });
  });

  test('keeps its field, and neither hint, cause nor stack', () => {
    const error = new AppError('invalid-input', 'No.', {
      field: 'a.b',
      hint: 'row 7',
      cause: new Error('sql'),
    });
    const wire = toWireError(error);
    expect(wire).toEqual({ code: 'invalid-input', message: 'No.', field: 'a.b' });
    const back = fromWireError(wire);
    expect(back).toMatchObject({ field: 'a.b', hint: undefined });
    expect(back.cause).toBeUndefined();
    expect(toWireError(back)).toEqual(wire);
    expect(error.cause).toBeInstanceOf(Error);
  });

  test.each([
    [new Error('at /home/ann')],
    [new TypeError('x')],
    ['text'],
    [undefined],
    [{ code: 'conflict', message: 'x' }],
  ])('what nobody foresaw says nothing of itself', (thrown) => {
    expect(toWireError(thrown)).toEqual({
      code: 'internal',
      message: 'Something went wrong inside Rollcall. The log has the details.',
    });
  });
});

test('codes are told apart', () => {
  expect(new Set(APP_ERROR_CODES).size).toBe(APP_ERROR_CODES.length);
});
