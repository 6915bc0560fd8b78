import type { ServerResponse } from 'node:http';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { AppError } from '../../shared/app-error.ts';
import { badRequest, methodNotAllowed, notFound, ScimError, unsupportedMediaType } from '../scim/error.ts';
import { tooLarge } from './body.ts';
import { exchangeOf } from './exchange.ts';
import { sendError } from './respond.ts';

/** Ends every request that no route took. */
export const refuseUnknown: RequestHandler = (request) => {
  throw notFound(
    `There is nothing at ${request.path}.`,
    'Check the base URL in the IdP: it ends in /scim/v2/ and the organization id.',
  );
};

/**
 * Refuses the other methods of a known route: 405 with `Allow`, never 404, which some IdPs read as "gone" (protocol
 * reference, D9).
 */
export function refuseMethod(...allowed: string[]): RequestHandler {
  return (request, response) => {
    response.setHeader('Allow', allowed.join(', '));
    throw methodNotAllowed(`${request.method} is not offered here. Offered: ${allowed.join(', ')}.`);
  };
}

/** Turns whatever was thrown into a SCIM error; what nobody foresaw is a 500 that says only where to look. */
export function answerErrors(log: (message: string, error?: unknown) => void): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    refuse(response, error, log);
  };
}

/** Answers with what was thrown. */
export function refuse(
  response: ServerResponse,
  error: unknown,
  log: (message: string, error?: unknown) => void,
): void {
  sendError(response, toScimError(error, exchangeOf(response).requestId, log));
}

function toScimError(
  error: unknown,
  requestId: string,
  log: (message: string, error?: unknown) => void,
): ScimError {
  if (error instanceof ScimError) return error;
  switch (typeOf(error)) {
    case 'entity.too.large':
      return tooLarge();
    case 'encoding.unsupported':
      return unsupportedMediaType('This Content-Encoding is not supported. Use gzip, deflate, br or none.');
    case 'request.aborted':
    case 'request.size.invalid':
      return badRequest('invalidSyntax', 'The request ended before its body was complete.');
  }
  if (error instanceof URIError)
    return badRequest('invalidSyntax', 'The path is not valid percent-encoded UTF-8.');
  // What the body parser says of bytes that can't be unpacked; nothing else that is thrown has a status.
  if (error instanceof Error && 'status' in error && error.status === 400)
    return badRequest('invalidSyntax', 'The body is not what its Content-Encoding says.');
  if (isBusy(error)) {
    return new ScimError(503, 'The database is busy. Try again.', {
      hint: 'Another process held the write lock for more than five seconds.',
    });
  }
  log(`request ${requestId} failed`, error instanceof AppError ? error.message : error);
  return new ScimError(
    500,
    `Something went wrong inside Rollcall. The activity log has request ${requestId}.`,
  );
}

function typeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'type' in error ? String(error.type) : '';
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}
