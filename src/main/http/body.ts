import { isUtf8 } from 'node:buffer';
import type { ServerResponse } from 'node:http';
import express, { type Request, type Response } from 'express';
import { badRequest, payloadTooLarge, type ScimError, unsupportedMediaType } from '../scim/error.ts';
import { type Exchange, exchangeOf, type ScimRequest } from './exchange.ts';

/** A group of 100,000 members, sent whole, is 5 MB. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;

const readBytes = express.raw({ type: () => true, limit: MAX_BODY_BYTES });

/**
 * Reads a JSON body into `request.body`. Bytes first, because Express's JSON parser leaves a body with an unknown
 * media type silently unread (protocol reference, 5.1).
 */
export function readBody(
  request: ScimRequest,
  response: ServerResponse,
  next: (error?: unknown) => void,
): void {
  // Body-parser reads what is too large to its end, so that a client which is still sending gets to read the answer.
  // Nobody is heard out for much more than that.
  if (Number(request.headers['content-length']) > 10 * MAX_BODY_BYTES) {
    next(tooLarge());
    return;
  }
  // Body-parser asks nothing of Express.
  readBytes(request as Request, response as Response, (error?: unknown) => {
    // Called from a stream's event: what is thrown here would reach nobody but the process.
    next(error ?? parseInto(request, exchangeOf(response)));
  });
}

/** 413, naming the limit (RFC 7644 section 3.7.4). */
export function tooLarge(): ScimError {
  return payloadTooLarge(`The size of the request exceeds the maxPayloadSize (${MAX_BODY_BYTES}).`);
}

/** Replaces the bytes in `request.body` by what they say; returns what is wrong with them. */
function parseInto(request: ScimRequest, exchange: Exchange): ScimError | undefined {
  const bytes: unknown = request.body;
  const text = Buffer.isBuffer(bytes) ? bytes.toString('utf8').replace(/^\uFEFF/, '') : '';
  exchange.requestText = text;
  const refusal = refusalOfType(request.headers['content-type']);
  if (refusal) return refusal;
  // Decoding would put U+FFFD in place of what it can't read, and a name would be stored wrong without a word.
  if (Buffer.isBuffer(bytes) && !isUtf8(bytes))
    return badRequest('invalidSyntax', 'The body is not valid UTF-8.');
  try {
    request.body = JSON.parse(text);
    return undefined;
  } catch {
    return badRequest(
      'invalidSyntax',
      text === '' ? 'The request has no body.' : 'The body is not valid JSON.',
    );
  }
}

/** A missing type is taken for JSON: what else would a SCIM client send. */
function refusalOfType(contentType: string | undefined): ScimError | undefined {
  if (contentType === undefined) return undefined;
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  if (!/^(application\/(json|[\w.-]+\+json)|text\/json)$/.test(type.trim())) {
    return unsupportedMediaType(`A body of type ${type.trim()} can't be read. Send application/scim+json.`);
  }
  const charset = parameters
    .map((parameter) => /^\s*charset\s*=\s*"?([\w-]+)/.exec(parameter)?.[1])
    .find(Boolean);
  if (charset !== undefined && !['utf-8', 'utf8', 'us-ascii'].includes(charset)) {
    return unsupportedMediaType(`The charset ${charset} can't be read. Send UTF-8.`);
  }
  return undefined;
}
