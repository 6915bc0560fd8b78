import type { RequestListener } from 'node:http';
import express from 'express';
import type { Policy } from '../../shared/contract/policy.ts';
import type { Activity } from '../activity/activity.ts';
import { createRedaction } from '../activity/redact.ts';
import type { Directory } from '../directory/directory.ts';
import type { Registry } from '../scim/schema/registry.ts';
import type { Tokens } from '../tokens/tokens.ts';
import { authenticate, refuseWhilePaused, refuseWhileTripped } from './authenticate.ts';
import { createDirectRoutes } from './direct-routes.ts';
import { guardHost } from './host-guard.ts';
import { recordActivity } from './record.ts';
import { answerErrors, refuseUnknown } from './refuse.ts';
import { createResourceHandlers } from './resource-handlers.ts';
import { normalizePath, resolveOrganization, SCIM_ROOT } from './scim-address.ts';
import { createScimRouter, endpointNames } from './scim-router.ts';
import { middleware } from './step.ts';

export interface HttpDependencies {
  /** The schemas as they are now: another process may register one. The same object until that happens. */
  registry(): Registry;
  directory(registry: Registry): Directory;
  /** Runs reads that belong together on one state of the database. */
  snapshot<T>(work: () => T): T;
  tokens: Tokens;
  activity: Activity;
  policy(): Policy;
  /** Whether the guard waits for a decision; asked for writes, where the policy stops the line meanwhile. */
  isGuardTripped(): boolean;
  organizationId(): string | undefined;
  publicUrl(): string | null;
  /** The SCIM base URL to write into answers. */
  base(): string;
  boundHost: string;
  now(): Date;
  log(message: string, error?: unknown): void;
}

/**
 * The HTTP side of Rollcall, without a listener. The way of one request, refused ones included: activity row opened,
 * host guard, authentication, pause, organization, route, row closed.
 */
export function createHttpApp(deps: HttpDependencies): RequestListener {
  const { organizationId, log } = deps;
  const stopTheLine = refuseWhileTripped(deps.isGuardTripped);
  const current = latest(deps.registry, (registry) => {
    const directory = deps.directory(registry);
    const handlers = new Map(
      registry.resourceTypes.map((type) => [
        type,
        createResourceHandlers(type, { directory, base: deps.base }),
      ]),
    );
    return {
      endpoints: endpointNames(registry),
      redact: createRedaction(registry),
      handlers,
      router: createScimRouter({ registry, directory, handlers, base: deps.base, stopTheLine }),
    };
  });
  const record = recordActivity({ ...deps, redact: (text) => current.last().redact(text) });
  const guard = guardHost(deps.boundHost, deps.publicUrl);
  const admit = [authenticate(deps.tokens), refuseWhilePaused, stopTheLine];

  const app = express();
  app.set('etag', false);
  app.set('x-powered-by', false);
  app.set('query parser', false);
  app.use(middleware(record));
  app.use(normalizePath);
  app.use(middleware(guard));
  app.use(
    SCIM_ROOT,
    ...admit.map(middleware),
    resolveOrganization(organizationId, (segment) => current.now().endpoints.has(segment.toLowerCase())),
    (request, response, next) => current.now().router(request, response, next),
  );
  app.use(refuseUnknown);
  app.use(answerErrors(log));

  const takesDirectly = createDirectRoutes({
    record,
    steps: [guard, ...admit],
    organizationId,
    handlers: () => current.now().handlers,
    snapshot: deps.snapshot,
    log,
  });
  return (request, response) => {
    if (!takesDirectly(request, response)) app(request, response);
  };
}

/** What is made from the schemas, made again when they have changed. A request ends with what it began with. */
function latest<Made>(registry: () => Registry, make: (registry: Registry) => Made) {
  let last: { registry: Registry; made: Made } | undefined;
  const now = (): Made => {
    const current = registry();
    if (last?.registry !== current) last = { registry: current, made: make(current) };
    return last.made;
  };
  return {
    now,
    /** Without asking again: a row is also written when the database is about to be closed. */
    last: () => last?.made ?? now(),
  };
}
