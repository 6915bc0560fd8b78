import type { RequestHandler } from 'express';
import { notFound } from '../scim/error.ts';

/** The path under which the endpoint lives. */
export const SCIM_ROOT = '/scim/v2';

/** Doubled and trailing slashes come from base URLs that were typed by hand; they mean nothing. */
export const normalizePath: RequestHandler = (request, _response, next) => {
  const [path = '/', ...query] = request.url.split('?');
  const normal = path.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
  request.url = query.length === 0 ? normal : `${normal}?${query.join('?')}`;
  next();
};

/**
 * Takes the organization off the path: `/scim/v2/acme/Users` and `/scim/v2/Users` are the same place (M1, D12).
 * @param isEndpoint whether a first path segment is a SCIM endpoint's name, which no organization can have.
 */
export function resolveOrganization(
  organizationId: () => string | undefined,
  isEndpoint: (segment: string) => boolean,
): RequestHandler {
  return (request, _response, next) => {
    const [, first = '', rest = ''] = /^\/([^/?]*)(.*)$/s.exec(request.url) ?? [];
    if (first === '' || isEndpoint(first)) {
      next();
      return;
    }
    if (first.toLowerCase() !== organizationId()) {
      throw notFound(
        `There is nothing at ${request.originalUrl.split('?')[0]}.`,
        "The organization id in the URL is not this install's, or the endpoint does not exist.",
      );
    }
    request.url = rest.startsWith('/') ? rest : `/${rest}`;
    next();
  };
}
