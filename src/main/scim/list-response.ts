import type { JsonObject } from './json.ts';

const LIST_RESPONSE_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

export type ListPage = {
  /** Undefined where it is not known: RFC 9865 §2 lets cursors do without. */
  readonly totalResults: number | undefined;
  /** Echoed even past the end; undefined with cursors (RFC 9865 §2). */
  readonly startIndex?: number | undefined;
  readonly resources: readonly JsonObject[];
  /** How many are returned, when `resources` stays empty for text to be put in. */
  readonly itemsPerPage?: number;
  readonly nextCursor?: string | undefined;
  readonly previousCursor?: string | undefined;
};

/**
 * A ListResponse message (RFC 7644 §3.4.2): exactly these keys, `Resources` always an array, `itemsPerPage` what is
 * returned and not what was asked for (ory/polis PR #4054).
 */
export function listResponse(page: ListPage): JsonObject {
  return {
    schemas: [LIST_RESPONSE_SCHEMA],
    ...(page.totalResults === undefined ? {} : { totalResults: page.totalResults }),
    ...(page.startIndex === undefined ? {} : { startIndex: page.startIndex }),
    itemsPerPage: page.itemsPerPage ?? page.resources.length,
    ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }),
    ...(page.previousCursor === undefined ? {} : { previousCursor: page.previousCursor }),
    Resources: [...page.resources],
  };
}
