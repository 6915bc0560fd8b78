/** Versioning of resources: RFC 7644 §3.14. */

/** The weak entity tag for a version: `W/"3"`. It is both the ETag header and `meta.version` (D11). */
export function formatVersion(version: number | string): string {
  return `W/"${version}"`;
}

/**
 * Whether `If-Match` lets an operation on a resource at `version` go on; true without header.
 * RFC 7232 wants a strong comparison here, but every SCIM tag is weak: the opaque tags are compared.
 */
export function matchesIfMatch(header: string | undefined, version: number | string): boolean {
  return header === undefined || listsVersion(header, version);
}

/** Whether `If-None-Match` names `version`, so that a GET is answered with 304; false without header. */
export function matchesIfNoneMatch(header: string | undefined, version: number | string): boolean {
  return header !== undefined && listsVersion(header, version);
}

// A header that is no list of entity tags matches nothing. It is no `invalidVers`: that keyword of Table 9 is about the
// version of the protocol. A bare tag without quotes is what clients that copy values by hand send.
function listsVersion(header: string, version: number | string): boolean {
  if (header.trim() === '*') return true;
  const tags = header.matchAll(/(?:^|,)\s*(?:(?:W\/)?"([^"]*)"|([^",\s]+))\s*(?=,|$)/gi);
  return [...tags].some(([, quoted, bare]) => (quoted ?? bare) === String(version));
}
