import type { Request, Response, Router } from 'express';
import { CURSOR_TIMEOUT_SECONDS } from '../directory/cursor.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../directory/list.ts';
import * as discovery from '../scim/discovery.ts';
import { forbidden } from '../scim/error.ts';
import { listResponse } from '../scim/list-response.ts';
import { MAX_BODY_BYTES } from './body.ts';
import { exchangeOf } from './exchange.ts';
import { refuseMethod } from './refuse.ts';
import { idOf, parametersOf } from './request-context.ts';
import { sendMessage } from './respond.ts';
import type { ScimRouterDependencies } from './scim-router.ts';

/** What the service provider says about itself (RFC 7644 section 4): read only, never filtered. */
export function discoveryRoutes(router: Router, { registry, base }: ScimRouterDependencies): void {
  const offer = (path: string, answer: (request: Request, response: Response) => object) =>
    router
      .route(path)
      .get((request, response) => {
        if (parametersOf(request).has('filter')) {
          throw forbidden('Discovery endpoints can’t be filtered (RFC 7644, section 4).');
        }
        sendMessage(response, 200, answer(request, response));
      })
      .all(refuseMethod('GET'));
  const everything = (resources: ReturnType<typeof discovery.schemas>) =>
    listResponse({ totalResults: resources.length, startIndex: 1, resources });

  const configuration = (_request: Request, response: Response) =>
    discovery.serviceProviderConfig({
      base: base(),
      maxResults: MAX_PAGE_SIZE,
      defaultPageSize: DEFAULT_PAGE_SIZE,
      cursor: exchangeOf(response).policy['pagination.cursor']
        ? { timeout: CURSOR_TIMEOUT_SECONDS }
        : undefined,
      bulk: {
        supported: true,
        maxOperations: exchangeOf(response).policy['bulk.maxOperations'],
        maxPayloadSize: MAX_BODY_BYTES,
      },
    });
  offer('/ServiceProviderConfig', configuration);
  // The name that Microsoft's own collection uses (protocol reference, 2.3).
  offer('/serviceConfiguration', configuration);
  offer('/Schemas', () => everything(discovery.schemas(registry, base())));
  offer('/Schemas/:id', (request) => discovery.schemaById(registry, idOf(request), base()));
  offer('/ResourceTypes', () => everything(discovery.resourceTypes(registry, base())));
  offer('/ResourceTypes/:id', (request) => discovery.resourceTypeById(registry, idOf(request), base()));
}
