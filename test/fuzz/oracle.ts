import { header, type WireAnswer } from './client.ts';
import type { FuzzRequest } from './world.ts';

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';
const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
const SCIM_TYPES: ReadonlySet<unknown> = new Set([
  undefined,
  'invalidFilter',
  'tooMany',
  'uniqueness',
  'mutability',
  'invalidSyntax',
  'invalidPath',
  'noTarget',
  'invalidValue',
  'invalidVers',
  'sensitive',
  'invalidCursor',
  'expiredCursor',
  'invalidCount',
]);
const LIST_KEYS: ReadonlySet<string> = new Set([
  'schemas',
  'totalResults',
  'startIndex',
  'itemsPerPage',
  'nextCursor',
  'previousCursor',
  'Resources',
]);
const MAX_PAGE = 500;

type Body = Record<string, unknown>;

/** What is wrong with an answer, whatever was asked; an empty list when nothing is. */
export function problemsOf(request: FuzzRequest, answer: WireAnswer, paused: boolean): string[] {
  const problems: string[] = [];
  const { status, body } = answer;
  if (!isPermitted(request, status, paused)) problems.push(`status ${status}`);
  for (const name of ['content-type', 'content-length', 'etag', 'location', 'x-request-id']) {
    if (answer.headers.filter(([each]) => each === name).length > 1) problems.push(`two ${name} headers`);
  }
  if (status === 401 && header(answer, 'www-authenticate') === undefined)
    problems.push('401 without WWW-Authenticate');
  if (status === 405 && header(answer, 'allow') === undefined) problems.push('405 without Allow');
  if (status === 503 && header(answer, 'retry-after') === undefined) problems.push('503 without Retry-After');
  if (request.method === 'HEAD') return problems;
  if (body.length === 0) {
    if (status !== 204 && status !== 304) problems.push(`${status} without a body`);
    return problems;
  }
  problems.push(...mediaTypeProblems(request, answer));
  const json = parse(body);
  if (json === undefined) return [...problems, `the body of ${status} is no JSON object`];
  return [
    ...problems,
    ...(status >= 400 ? errorProblems(json, status) : successProblems(request, answer, json)),
  ];
}

/** A body as JSON object. */
export function parse(body: Buffer): Body | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : undefined;
  } catch {
    return undefined;
  }
}

function isPermitted({ target }: FuzzRequest, status: number, paused: boolean): boolean {
  if (status === 501) return /\/me\b/i.test(target);
  if (status === 503) return paused;
  return status >= 200 && status < 500 && (!paused || status >= 400);
}

function mediaTypeProblems({ headers }: FuzzRequest, answer: WireAnswer): string[] {
  const type = header(answer, 'content-type');
  const asksForJson = headers.some(
    ([name, value]) => name === 'Accept' && value.includes('application/json'),
  );
  if (type === 'application/scim+json' || (type === 'application/json' && asksForJson)) return [];
  return [`Content-Type ${type}`];
}

function errorProblems(error: Body, status: number): string[] {
  const problems: string[] = [];
  if (JSON.stringify(error.schemas) !== JSON.stringify([ERROR]))
    problems.push('an error without the Error schema');
  if (error.status !== String(status))
    problems.push(`an error with status ${JSON.stringify(error.status)} in a ${status}`);
  if (typeof error.detail !== 'string' || error.detail === '') problems.push('an error without detail');
  if (!SCIM_TYPES.has(error.scimType))
    problems.push(`the unknown scimType ${JSON.stringify(error.scimType)}`);
  return problems;
}

function successProblems(request: FuzzRequest, answer: WireAnswer, body: Body): string[] {
  const problems = forbiddenParts(body);
  const schemas = body.schemas;
  if (!Array.isArray(schemas) || schemas.length === 0) problems.push('a message without schemas');
  else if (schemas.includes(LIST)) problems.push(...listProblems(body));
  if (answer.status === 201) problems.push(...creationProblems(request, answer, body));
  const version = isObject(body.meta) ? body.meta.version : undefined;
  if (version !== undefined && version !== header(answer, 'etag'))
    problems.push('ETag and meta.version differ');
  return problems;
}

function creationProblems({ method }: FuzzRequest, answer: WireAnswer, body: Body): string[] {
  const location = header(answer, 'location');
  const problems: string[] = [];
  if (method !== 'POST' && method !== '–') problems.push(`201 for ${method}`);
  if (typeof body.id !== 'string' || body.id === '') problems.push('201 without an id');
  if (location === undefined) problems.push('201 without Location');
  else if (isObject(body.meta) && body.meta.location !== undefined && body.meta.location !== location)
    problems.push('Location and meta.location differ');
  if (header(answer, 'etag') === undefined) problems.push('201 without ETag');
  return problems;
}

function listProblems(body: Body): string[] {
  const problems: string[] = [];
  const { totalResults, startIndex, itemsPerPage, Resources } = body;
  const unknown = Object.keys(body).filter((key) => !LIST_KEYS.has(key));
  if (unknown.length > 0) problems.push(`a list with ${unknown.join(', ')}`);
  if (!Array.isArray(Resources)) return [...problems, 'a list without Resources'];
  if (itemsPerPage !== Resources.length) problems.push('itemsPerPage is not the number of Resources');
  if (Resources.length > MAX_PAGE) problems.push('a page above the limit');
  // With cursors, which make startIndex fall away, a server need not count (RFC 9865 §2).
  const uncounted = totalResults === undefined && startIndex === undefined;
  if (!uncounted && (!Number.isSafeInteger(totalResults) || Number(totalResults) < Resources.length))
    problems.push(`totalResults ${totalResults} with ${Resources.length} Resources`);
  if (startIndex !== undefined && !(Number.isSafeInteger(startIndex) && Number(startIndex) >= 1))
    problems.push(`startIndex ${startIndex}`);
  const ids = Resources.map((each: unknown) => (isObject(each) ? each.id : undefined));
  if (new Set(ids).size !== ids.length) problems.push('a resource twice on a page');
  return problems;
}

/** Nothing that answers hold may be null, secret, or named like a part of a prototype. */
function forbiddenParts(value: unknown, depth = 0): string[] {
  if (depth > 12) return ['an answer nested deeper than twelve levels'];
  if (value === null) return ['null in an answer'];
  if (typeof value !== 'object') return [];
  const problems: string[] = [];
  for (const [name, part] of Object.entries(value as object)) {
    // A schema says `password` of its attribute as a value, never as a key.
    if (['__proto__', 'constructor', 'prototype', 'polluted', 'password'].includes(name))
      problems.push(`${name} in an answer`);
    const inner = forbiddenParts(part, depth + 1);
    if (inner.length > 0) problems.push(...inner);
  }
  return problems;
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
