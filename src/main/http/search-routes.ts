import type { ServerResponse } from 'node:http';
import type { Router } from 'express';
import { badRequest } from '../scim/error.ts';
import { type ListQuery, readListQuery, readSearchRequest } from '../scim/list-query.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { readBody } from './body.ts';
import { exchangeOf, type ScimRequest } from './exchange.ts';
import { refuseMethod } from './refuse.ts';
import { parametersOf } from './request-context.ts';
import { sendText } from './respond.ts';
import type { ScimRouterDependencies } from './scim-router.ts';
import { tolerate } from './tolerate.ts';

/**
 * `POST /.search` for all types and for each (RFC 7644 section 3.4.3), and the query of the base URL itself (3.4.2.1).
 * To be registered before the routes of single resources, which would take `.search` for an id.
 */
export function searchRoutes(router: Router, deps: ScimRouterDependencies): void {
  const { resourceTypes } = deps.registry;
  const search = (path: string, types: readonly ResourceType[]) =>
    router
      .route(path)
      .post(readBody, (request, response) => answer(deps, types, readSearchRequest(request.body), response))
      .all(refuseMethod('POST'));
  search('/.search', resourceTypes);
  for (const type of resourceTypes) search(`${type.endpoint}/.search`, [type]);
  router
    .route('/')
    .get((request, response) => answerList(deps, resourceTypes, request, response))
    .all(refuseMethod('GET'));
}

/** Answers `GET` of a list, with what its query parameters ask for. */
export function answerList(
  deps: Pick<ScimRouterDependencies, 'directory' | 'base'>,
  types: readonly ResourceType[],
  request: ScimRequest,
  response: ServerResponse,
): Promise<void> {
  return answer(deps, types, readListQuery(parametersOf(request)), response);
}

async function answer(
  { directory, base }: Pick<ScimRouterDependencies, 'directory' | 'base'>,
  types: readonly ResourceType[],
  query: ListQuery,
  response: ServerResponse,
): Promise<void> {
  const exchange = exchangeOf(response);
  if (query.cursor !== undefined && !exchange.policy['pagination.cursor']) {
    throw badRequest('invalidCursor', 'Cursors are switched off; page with startIndex and count.');
  }
  const page = await directory.list(
    types,
    { ...query, tolerate: (rule) => tolerate(exchange, rule) },
    { base: base(), reader: exchange.token?.id ?? '', isAbandoned: () => response.destroyed },
  );
  const found = page.totalResults === undefined ? '' : `${page.totalResults} found, `;
  exchange.steps.push(`${found}${page.itemsPerPage} returned.`);
  sendText(response, 200, page.text);
}
