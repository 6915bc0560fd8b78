import type { ServerResponse } from 'node:http';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { readBody } from './body.ts';
import { exchangeOf, type ScimRequest } from './exchange.ts';
import { refuse } from './refuse.ts';
import type { ResourceHandlers } from './resource-handlers.ts';
import type { Step } from './step.ts';

/** A URL that needs no decoding, no normalizing and no second thought: nearly all that IdPs send. */
const PLAIN_URL = /^\/scim\/v2\/(?:([a-z0-9-]+)\/)?(Users|Groups)(?:\/([0-9A-Za-z-]+))?(?:\?|$)/;

/**
 * Takes the requests for single resources and lists past Express's router, which costs as much as everything else that
 * such a request needs (docs/performance.md). The steps and handlers are the same ones; whatever is not plain is left
 * to Express.
 *
 * @returns whether it took the request
 */
export function createDirectRoutes(deps: {
  record: Step;
  /** What may refuse a request before it is known what it asks for. */
  steps: readonly Step[];
  organizationId(): string | undefined;
  handlers(): ReadonlyMap<ResourceType, ResourceHandlers>;
  snapshot<T>(work: () => T): T;
  log(message: string, error?: unknown): void;
}): (request: ScimRequest, response: ServerResponse) => boolean {
  return (request, response) => {
    const [, organization, endpoint, id] = PLAIN_URL.exec(request.url ?? '') ?? [];
    if (endpoint === undefined) return false;
    const route = routeOf(request.method, id);
    if (route === undefined) return false;
    // Token, policy and resource are read as they stand at one moment.
    return deps.snapshot(() => {
      if (organization !== undefined && organization !== deps.organizationId()) return false;
      take(request, response, endpoint, route, id);
      return true;
    });
  };

  function take(
    request: ScimRequest,
    response: ServerResponse,
    endpoint: string,
    route: keyof ResourceHandlers,
    id: string | undefined,
  ): void {
    deps.record(request, response);
    const fail = (error: unknown) => refuse(response, error, deps.log);
    try {
      for (const step of deps.steps) step(request, response);
      for (const [type, handlers] of deps.handlers()) {
        if (type.endpoint.slice(1) === endpoint) handle(type, handlers, route, request, response, id, fail);
      }
    } catch (error) {
      fail(error);
    }
  }
}

function routeOf(method: string | undefined, id: string | undefined): keyof ResourceHandlers | undefined {
  switch (method) {
    case 'GET':
      return id === undefined ? 'list' : 'read';
    case 'POST':
      return id === undefined ? 'create' : undefined;
    case 'PUT':
      return id === undefined ? undefined : 'replace';
    case 'PATCH':
      return id === undefined ? undefined : 'patch';
    case 'DELETE':
      return id === undefined ? undefined : 'remove';
    default:
      return undefined;
  }
}

function handle(
  type: ResourceType,
  handlers: ResourceHandlers,
  route: keyof ResourceHandlers,
  request: ScimRequest,
  response: ServerResponse,
  id: string | undefined,
  fail: (error: unknown) => void,
): void {
  const exchange = exchangeOf(response);
  exchange.resourceType = type.name;
  exchange.resourceId = id ?? null;
  const run = () => {
    Promise.resolve(handlers[route](request, response, id ?? '')).catch(fail);
  };
  if (route === 'list' || route === 'read' || route === 'remove') {
    run();
    return;
  }
  readBody(request, response, (error) => {
    if (error === undefined || error === null) run();
    else fail(error);
  });
}
