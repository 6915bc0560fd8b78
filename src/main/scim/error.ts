/** SCIM error messages: RFC 7644 §3.12, RFC 9865 §2.1. */

const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** The detail error keywords of RFC 7644 Table 9 and RFC 9865 §2.1. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount';

/** The JSON body of an error response. `status` is a string (RFC 7644 §3.12), whatever some suites expect. */
export type ErrorBody = {
  schemas: [typeof ERROR_SCHEMA];
  scimType?: ScimType;
  detail: string;
  status: string;
};

/** A refused request. The only exception the core throws on input, however malformed the input is. */
export class ScimError extends Error {
  readonly status: number;
  readonly scimType: ScimType | undefined;
  /** What the client is told. */
  readonly detail: string;
  /** What only the log is told: the likely cause and what an administrator can do about it. */
  readonly hint: string | undefined;

  constructor(status: number, detail: string, options: { scimType?: ScimType; hint?: string } = {}) {
    super(detail);
    this.name = 'ScimError';
    this.status = status;
    this.detail = detail;
    this.scimType = options.scimType;
    this.hint = options.hint;
  }

  toBody(): ErrorBody {
    return {
      schemas: [ERROR_SCHEMA],
      ...(this.scimType === undefined ? {} : { scimType: this.scimType }),
      detail: this.detail,
      status: String(this.status),
    };
  }
}

const withHint = (hint: string | undefined) => (hint === undefined ? {} : { hint });

/** 400, with the keyword of Table 9 that says which part of the request is wrong. */
export function badRequest(scimType: ScimType, detail: string, hint?: string): ScimError {
  return new ScimError(400, detail, { scimType, ...withHint(hint) });
}

/** 401: no token, or one that is not ours. The `WWW-Authenticate` header is the caller's. */
export function unauthorized(detail: string, hint?: string): ScimError {
  return new ScimError(401, detail, withHint(hint));
}

/** 403: known caller, switched-off operation (or a filter on a discovery endpoint, RFC 7644 §4). */
export function forbidden(detail: string, hint?: string): ScimError {
  return new ScimError(403, detail, withHint(hint));
}

/** 404: no such resource or route. Never for an unsupported method, see {@link methodNotAllowed}. */
export function notFound(detail: string, hint?: string): ScimError {
  return new ScimError(404, detail, withHint(hint));
}

/** 405: authentik reads 404 on PUT as "gone" and recreates the user on each sync (goauthentik/authentik #16678). */
export function methodNotAllowed(detail: string, hint?: string): ScimError {
  return new ScimError(405, detail, withHint(hint));
}

/** 409 `uniqueness`: a `userName` or group `displayName` that another resource holds (RFC 7644 §3.3). */
export function uniqueness(detail: string, hint?: string): ScimError {
  return new ScimError(409, detail, { scimType: 'uniqueness', ...withHint(hint) });
}

/** 409 without keyword: circular bulk references that could not be resolved (RFC 7644 §3.7.1). */
export function conflict(detail: string, hint?: string): ScimError {
  return new ScimError(409, detail, withHint(hint));
}

/** 412: `If-Match` (or a bulk operation's `version`) names an older version (RFC 7644 §3.14). */
export function preconditionFailed(
  detail = 'Failed to update. Resource has changed on the server.',
  hint?: string,
): ScimError {
  return new ScimError(412, detail, withHint(hint));
}

/** 413: `detail` must name the limit that was exceeded (RFC 7644 §3.7.4). */
export function payloadTooLarge(detail: string, hint?: string): ScimError {
  return new ScimError(413, detail, withHint(hint));
}

/** 415: a media type or charset we cannot read. */
export function unsupportedMediaType(detail: string, hint?: string): ScimError {
  return new ScimError(415, detail, withHint(hint));
}

/** 501: specified, but not offered here (`/Me`, RFC 7644 §3.11). */
export function notImplemented(detail: string, hint?: string): ScimError {
  return new ScimError(501, detail, withHint(hint));
}

/** 503: paused or busy. The `Retry-After` header is the caller's. */
export function unavailable(detail: string, hint?: string): ScimError {
  return new ScimError(503, detail, withHint(hint));
}
