import type { ServerResponse } from 'node:http';
import type { ScimError } from '../scim/error.ts';
import { formatVersion } from '../scim/etag.ts';
import { exchangeOf } from './exchange.ts';

const SCIM_JSON = 'application/scim+json';

/** Sends a SCIM message. */
export function sendMessage(response: ServerResponse, status: number, message: object): void {
  sendText(response, status, JSON.stringify(message));
}

/**
 * Sends a SCIM message that is text already. Not `res.json`: that would append a charset, which strict clients refuse, and an ETag of the
 * bytes, which would contradict `meta.version` (protocol reference, 5.1).
 */
export function sendText(response: ServerResponse, status: number, text: string): void {
  exchangeOf(response).responseText = text;
  response.statusCode = status;
  response.setHeader('Content-Type', mediaType(response.req.headers.accept));
  const length = Buffer.byteLength(text);
  response.setHeader('Content-Length', length);
  // Head and body go out in one piece. Text of ASCII alone needs no encoding; and no buffer is made for a large one,
  // which would stay until the collector comes by.
  response.end(text, length === text.length ? 'latin1' : 'utf8');
}

/** Sends one resource with its version and, for a creation, its place. */
export function sendResource(
  response: ServerResponse,
  status: number,
  resource: { text: string; version: number; location: string },
): void {
  response.setHeader('ETag', formatVersion(resource.version));
  // On every answer with a resource, as in the examples of RFC 7644 sections 3.4.1 and 3.5.1; SCIMple asks for it.
  response.setHeader('Location', resource.location);
  if (status !== 201) response.setHeader('Content-Location', resource.location);
  sendText(response, status, resource.text);
}

/** Sends a status without a body: 204 after DELETE, 304 for an unchanged resource. */
export function sendNothing(response: ServerResponse, status: 204 | 304): void {
  response.statusCode = status;
  response.end();
}

/** Sends a SCIM error and leaves its reason in the activity row. */
export function sendError(response: ServerResponse, error: ScimError): void {
  const exchange = exchangeOf(response);
  exchange.reason = error.detail;
  exchange.scimType = error.scimType ?? null;
  if (error.hint !== undefined) exchange.steps.push(error.hint);
  sendMessage(response, error.status, error.toBody());
}

/** `application/json` only for those who ask for it and not for SCIM's own type (RFC 7644 section 3.8). */
function mediaType(accept: string | undefined): string {
  if (accept === undefined) return SCIM_JSON;
  const quality = (type: string): number => {
    const entry = accept.split(',').find((part) => part.split(';')[0]?.trim().toLowerCase() === type);
    return entry === undefined ? 0 : Number(/;\s*q=([\d.]+)/i.exec(entry)?.[1] ?? 1);
  };
  const plain = quality('application/json');
  return plain > 0 && plain > quality(SCIM_JSON) ? 'application/json' : SCIM_JSON;
}
