import type { Router } from 'express';
import type { Directory, RequestContext, WriteOutcome } from '../directory/directory.ts';
import { type BulkAction, readBulkRequest } from '../scim/bulk/request.ts';
import { type BulkOutcome, bulkSteps } from '../scim/bulk/steps.ts';
import { ScimError } from '../scim/error.ts';
import { DEFAULT_PROJECTION } from '../scim/projection.ts';
import { readBody } from './body.ts';
import { type Exchange, exchangeOf } from './exchange.ts';
import { refuseMethod } from './refuse.ts';
import { requestContext } from './request-context.ts';
import { sendMessage } from './respond.ts';
import type { ScimRouterDependencies } from './scim-router.ts';

/**
 * `POST /Bulk` (RFC 7644 section 3.7). Each operation is a transaction of its own, as the RFC has it: what succeeded
 * stays, whatever comes after.
 */
export function bulkRoute(
  router: Router,
  { registry, directory, base, stopTheLine }: ScimRouterDependencies,
): void {
  router
    .route('/Bulk')
    .post(readBody, async (request, response) => {
      const exchange = exchangeOf(response);
      const maxOperations = exchange.policy['bulk.maxOperations'];
      const bulk = readBulkRequest(registry, request.body, { maxOperations });
      const context = requestContext(request, response, base());
      const steps = bulkSteps(bulk, base());
      let step = steps.next();
      while (!step.done) {
        const action = step.value;
        const carriedOut = await carryOut(
          directory,
          action,
          {
            ...context,
            projection: DEFAULT_PROJECTION,
            ifMatch: action.version,
            wantsResource: false,
          },
          // An operation before this one may have tripped the guard.
          () => stopTheLine(request, response),
        );
        note(exchange, action, carriedOut);
        step = steps.next(carriedOut.outcome);
      }
      exchange.reason = `${bulk.operations.length} bulk operations.`;
      sendMessage(response, 200, step.value);
    })
    .all(refuseMethod('POST'));
}

/** An outcome for the response, and what the activity row has to tell of it. */
interface CarriedOut extends Pick<WriteOutcome, 'changed' | 'ignored' | 'effects'> {
  outcome: BulkOutcome;
  wrote: boolean;
}

async function carryOut(
  directory: Directory,
  action: BulkAction,
  context: RequestContext,
  admit: () => void,
): Promise<CarriedOut> {
  const { method, type, data } = action;
  const id = action.id ?? '';
  try {
    admit();
    switch (method) {
      case 'POST':
        return done(201, await directory.create(type, data, context));
      case 'PUT':
        return done(200, await directory.replace(type, id, data, context));
      case 'PATCH':
        return done(200, await directory.patch(type, id, data, context));
      case 'DELETE': {
        const { effects } = await directory.remove(type, id, context);
        return { outcome: { status: 204, id }, wrote: true, changed: [], ignored: [], effects };
      }
    }
  } catch (error) {
    // Only what is wrong with this operation is its result; anything else fails the request.
    if (error instanceof ScimError) {
      return { outcome: error, wrote: false, changed: [], ignored: [], effects: [] };
    }
    throw error;
  }
}

function done(status: number, { id, version, changed, ignored, effects }: WriteOutcome): CarriedOut {
  return { outcome: { status, id, version }, wrote: changed.length > 0, changed, ignored, effects };
}

function note(
  exchange: Exchange,
  { method, type, id }: BulkAction,
  { outcome, wrote, changed, ignored, effects }: CarriedOut,
): void {
  const failed = outcome instanceof ScimError;
  const target = failed ? id : (outcome.id ?? id);
  exchange.steps.push(
    `${method} ${type.endpoint}${target === undefined ? '' : `/${target}`}: ${outcome.status}${failed ? ` ${outcome.detail}` : ''}`,
    ...effects,
  );
  if (ignored.length > 0) exchange.steps.push(`Ignored: ${ignored.join(', ')}.`);
  exchange.changed = [...new Set([...exchange.changed, ...changed])];
  exchange.ignored = [...new Set([...exchange.ignored, ...ignored])];
  exchange.wrote ||= wrote;
}
