import type { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Policy } from '../../shared/contract/policy.ts';
import type { Rule } from '../scim/rules.ts';
import type { TokenRecord } from '../tokens/tokens.ts';

/** What is learnt about one request on its way through: the source of its row in the activity log. */
export interface Exchange {
  requestId: string;
  startedAt: Date;
  /** `performance.now()` at the start, for the duration. */
  startedTicks: number;
  address: string;
  method: string;
  /** Path and query as they came. */
  path: string;
  query: string | null;
  userAgent: string | undefined;
  /** The token it presented, if it is one of ours, live or not. */
  token: TokenRecord | undefined;
  policy: Policy;
  requestText: string;
  responseText: string;
  /** The rules that fired, in order. */
  rules: readonly Rule[];
  /** What was decided, in order; sentences. */
  steps: string[];
  reason: string | null;
  scimType: string | null;
  resourceType: string | null;
  resourceId: string | null;
  subject: string | null;
  changed: readonly string[];
  ignored: readonly string[];
  wrote: boolean;
}

/** A request as every part of the way sees it, with Express or without. */
export type ScimRequest = IncomingMessage & {
  /** The whole URL, where Express has cut off what it has used already. */
  originalUrl?: string;
  body?: unknown;
};

const EXCHANGE = Symbol('exchange');
type WithExchange = ServerResponse & { [EXCHANGE]?: Exchange };

/** Binds an exchange to the response, first of all. */
export function openExchange(response: ServerResponse, exchange: Exchange): void {
  (response as WithExchange)[EXCHANGE] = exchange;
}

/** The exchange that a response belongs to. */
export function exchangeOf(response: ServerResponse): Exchange {
  const exchange = (response as WithExchange)[EXCHANGE];
  if (exchange === undefined) throw new Error('the response belongs to no exchange');
  return exchange;
}

/** Path and query as they came. */
export function urlOf(request: ScimRequest): string {
  return request.originalUrl ?? request.url ?? '/';
}

/** The other end of a connection; an IPv4 address is shown as one, however the socket came by it. */
export function addressOf(socket: Duplex): string {
  const address = socket instanceof Socket ? socket.remoteAddress : undefined;
  return (address ?? 'unknown').replace(/^::ffff:/, '');
}
