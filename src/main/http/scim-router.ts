import { Router } from 'express';
import type { Directory } from '../directory/directory.ts';
import { notImplemented } from '../scim/error.ts';
import type { Registry } from '../scim/schema/registry.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { bulkRoute } from './bulk-route.ts';
import { discoveryRoutes } from './discovery-routes.ts';
import type { ResourceHandlers } from './resource-handlers.ts';
import { resourceRoutes } from './resource-routes.ts';
import { searchRoutes } from './search-routes.ts';
import type { Step } from './step.ts';

/** What the routes need; `base` is the SCIM base URL from the configuration, never from a Host header. */
export interface ScimRouterDependencies {
  registry: Registry;
  directory: Directory;
  handlers: ReadonlyMap<ResourceType, ResourceHandlers>;
  base(): string;
  /** Refuses a write while the guard waits for a decision, where the policy says so. */
  stopTheLine: Step;
}

/** The SCIM routes, relative to the base URL. */
export function createScimRouter(deps: ScimRouterDependencies): Router {
  const router = Router({ caseSensitive: false });
  discoveryRoutes(router, deps);
  searchRoutes(router, deps);
  bulkRoute(router, deps);
  for (const [type, handlers] of deps.handlers) resourceRoutes(router, type, handlers);
  router.all('/Me', () => {
    throw notImplemented('A provisioning token belongs to no user, so there is no /Me.');
  });
  return router;
}

/** The first path segments that are endpoints, lower case. */
export function endpointNames(registry: Registry): Set<string> {
  const types = registry.resourceTypes.map(({ endpoint }) => endpoint.slice(1).toLowerCase());
  return new Set([
    ...types,
    'serviceproviderconfig',
    'serviceconfiguration',
    'schemas',
    'resourcetypes',
    'me',
    'bulk',
    '.search',
  ]);
}
