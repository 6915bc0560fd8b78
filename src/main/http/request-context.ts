import type { ServerResponse } from 'node:http';
import type { Request } from 'express';
import type { RequestContext, WriteOutcome } from '../directory/directory.ts';
import { notFound } from '../scim/error.ts';
import { readProjection } from '../scim/projection.ts';
import { type Exchange, exchangeOf, type ScimRequest, urlOf } from './exchange.ts';
import { tolerate } from './tolerate.ts';

/** The id in the path, decoded by Express. */
export function idOf(request: Request): string {
  const { id } = request.params;
  if (typeof id !== 'string') throw notFound('The path names no resource.');
  return id;
}

/** Query parameters, decoded once, names without case; the last of several wins (protocol reference, 3.4). */
export function parametersOf(request: ScimRequest): Map<string, string> {
  const url = urlOf(request);
  const start = url.indexOf('?');
  if (start < 0) return new Map();
  const query = url.slice(start + 1);
  return new Map([...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase(), value]));
}

/**
 * What the directory needs to know of a request beside its body. Rules that fire are noted in the row.
 * @throws ScimError 400 when `attributes` and `excludedAttributes` are both given
 */
export function requestContext(request: ScimRequest, response: ServerResponse, base: string): RequestContext {
  const exchange = exchangeOf(response);
  const parameters = parametersOf(request);
  return {
    actor: `token:${exchange.token?.id ?? 'none'}`,
    base,
    userNameIsEmail: exchange.policy['userName.email'],
    operations: exchange.policy,
    projection: readProjection({
      attributes: parameters.get('attributes') ?? undefined,
      excludedAttributes: parameters.get('excludedattributes') ?? undefined,
    }),
    ifMatch: request.headers['if-match'],
    wantsResource: true,
    tolerate: (rule) => tolerate(exchange, rule),
  };
}

/** Leaves what a write did in the request's row. */
export function noteOutcome(exchange: Exchange, outcome: WriteOutcome, verb: string): void {
  const { id, subject, changed, ignored, effects } = outcome;
  const didChange = changed.length > 0;
  const reason = didChange ? `${verb}: ${changed.join(', ')}.` : 'Nothing changed: it was so already.';
  Object.assign(exchange, { resourceId: id, subject, changed, ignored, wrote: didChange, reason });
  exchange.steps.push(...effects);
  if (ignored.length > 0) exchange.steps.push(`Ignored: ${ignored.join(', ')}.`);
}
