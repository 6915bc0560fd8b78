import { describe, expect, test } from 'vitest';
import * as errors from '../../../src/main/scim/error.ts';

describe('error body (RFC 7644 §3.12)', () => {
  test('status is a string and scimType is there only when it applies', () => {
    expect(errors.badRequest('invalidFilter', 'No.').toBody()).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      scimType: 'invalidFilter',
      detail: 'No.',
      status: '400',
    });
    expect(Object.keys(errors.notFound('Gone.').toBody())).toEqual(['schemas', 'detail', 'status']);
  });

  test('the hint never reaches the client', () => {
    const error = errors.badRequest('invalidValue', 'Bad.', 'Look at the mapping.');
    expect(error.hint).toBe('Look at the mapping.');
    expect(JSON.stringify(error.toBody())).not.toContain('mapping');
  });

  test.each([
    [errors.unauthorized('x'), 401],
    [errors.forbidden('x'), 403],
    [errors.notFound('x'), 404],
    [errors.methodNotAllowed('x'), 405],
    [errors.uniqueness('x'), 409],
    [errors.conflict('x'), 409],
    [errors.preconditionFailed(), 412],
    [errors.payloadTooLarge('x'), 413],
    [errors.unsupportedMediaType('x'), 415],
    [errors.notImplemented('x'), 501],
    [errors.unavailable('x'), 503],
  ])('%s has its status', (error, status) => {
    expect(error.status).toBe(status);
    expect(error.toBody().detail).not.toBe('');
  });

  test('a stack trace in the log begins with what kind of error it is', () => {
    expect(String(errors.notFound('Gone.'))).toBe('ScimError: Gone.');
  });

  test('a duplicate carries the keyword uniqueness', () => {
    expect(errors.uniqueness('Taken.').toBody().scimType).toBe('uniqueness');
  });
});
