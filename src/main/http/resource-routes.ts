import type { Router } from 'express';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { readBody } from './body.ts';
import { exchangeOf } from './exchange.ts';
import { refuseMethod } from './refuse.ts';
import { idOf } from './request-context.ts';
import type { ResourceHandlers } from './resource-handlers.ts';

/** The routes of one resource type; every type has the same (RFC 7644 sections 3.3 to 3.6). */
export function resourceRoutes(router: Router, type: ResourceType, handlers: ResourceHandlers): void {
  router.use(type.endpoint, (_request, response, next) => {
    exchangeOf(response).resourceType = type.name;
    next();
  });

  router
    .route(type.endpoint)
    .get(handlers.list)
    .post(readBody, handlers.create)
    .all(refuseMethod('GET', 'POST'));

  router
    .route(`${type.endpoint}/:id`)
    .all((request, response, next) => {
      exchangeOf(response).resourceId = idOf(request);
      next();
    })
    .get((request, response) => handlers.read(request, response, idOf(request)))
    .put(readBody, (request, response) => handlers.replace(request, response, idOf(request)))
    .patch(readBody, (request, response) => handlers.patch(request, response, idOf(request)))
    .delete((request, response) => handlers.remove(request, response, idOf(request)))
    .all(refuseMethod('GET', 'PUT', 'PATCH', 'DELETE'));
}
