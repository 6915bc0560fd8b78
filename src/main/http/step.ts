import type { ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import type { ScimRequest } from './exchange.ts';

/** One station on the way of a request, which refuses it by throwing. */
export type Step = (request: ScimRequest, response: ServerResponse) => void;

/** A step as Express takes it. */
export function middleware(step: Step): RequestHandler {
  return (request, response, next) => {
    step(request, response);
    next();
  };
}
