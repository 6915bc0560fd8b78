import { type Random, randomFor } from '../random.ts';
import type { FuzzRequest, Known, World } from '../world.ts';
import { bulkBody } from './bulk.ts';
import { bodyHeaders, commonHeaders, condition } from './headers.ts';
import { anyJson, encode as encodeBody, type Json, mutate, write } from './json.ts';
import { patchBody } from './patch.ts';
import { encode, listQuery, projectionQuery, rough, searchBody } from './query.ts';
import { anyId, groupBody, userBody, wellFormed } from './resources.ts';
import { awkward, CORE_USER, otherCase, text } from './text.ts';
import { wireBytes } from './wire.ts';

interface Draft {
  kind: string;
  method: string;
  /** Below the base URL, query included. */
  path: string;
  headers?: [string, string][];
  body?: Json;
}

/** Request `index` of the run with `seed`, aimed at what `world` says there is. */
export function makeRequest(seed: number, index: number, world: World): FuzzRequest {
  const random = randomFor(seed, index);
  if (random.chance(0.012)) {
    const wire = wireBytes(random, world);
    return { index, kind: 'wire', method: '–', target: '–', headers: [], body: undefined, wire };
  }
  const draft = random.weighted(DRAFTS)(random, world);
  const { kind, method } = draft;
  const headers = [...commonHeaders(random, world), ...(draft.headers ?? [])];
  const target = address(random, world, draft.path);
  if (draft.body === undefined) {
    // Clients leave a Content-Type on requests without a body (Okta).
    if (random.chance(0.05)) headers.push(['Content-Type', 'application/scim+json; charset=utf-8']);
    if (method !== 'GET' && random.chance(0.3)) headers.push(['Content-Length', '0']);
    return { index, kind, method, target, headers, body: undefined };
  }
  const json = random.chance(0.3) ? mutate(random, draft.body) : draft.body;
  const bytes = random.chance(0.9) ? Buffer.from(write(json)) : encodeBody(random, write(json));
  const { headers: describing, body } = bodyHeaders(random, bytes);
  headers.push(...describing, ['Content-Length', String(body.length)]);
  return { index, kind, method, target, headers, body };
}

type TypeName = 'User' | 'Group';
const endpointOf = (type: TypeName) => (type === 'User' ? '/Users' : '/Groups');
const knownOf = (world: World, type: TypeName) => (type === 'User' ? world.users : world.groups);
const anyType = (random: Random): TypeName => (random.chance(0.65) ? 'User' : 'Group');

/** The path of one resource, and what is known of it. */
function one(random: Random, world: World, type: TypeName): { path: string; known: Known | undefined } {
  const id = anyId(random, knownOf(world, type));
  const known = knownOf(world, type).find((each) => each.id === id);
  const segment = random.chance(0.97)
    ? encodeURIComponent(wellFormed(id))
    : random.pick([rough(id), encode(random, id)]);
  return { path: `${endpointOf(type)}/${segment}`, known };
}

function conditions(random: Random, known: Known | undefined): [string, string][] {
  return random.chance(0.15) ? [condition(random, 'If-Match', known)] : [];
}

const create = (random: Random, world: World): Draft => {
  const type = anyType(random);
  return {
    kind: `create ${type}`,
    method: 'POST',
    path: endpointOf(type) + (random.chance(0.1) ? projectionQuery(random, type) : ''),
    body: type === 'User' ? userBody(random, world) : groupBody(random, world),
  };
};

const replace = (random: Random, world: World): Draft => {
  const type = anyType(random);
  const { path, known } = one(random, world, type);
  return {
    kind: `replace ${type}`,
    method: 'PUT',
    path: path + (random.chance(0.1) ? projectionQuery(random, type) : ''),
    headers: conditions(random, known),
    body: type === 'User' ? userBody(random, world) : groupBody(random, world),
  };
};

const patch = (random: Random, world: World): Draft => {
  const type = anyType(random);
  const { path, known } = one(random, world, type);
  return {
    kind: `patch ${type}`,
    method: 'PATCH',
    path: path + (random.chance(0.1) ? projectionQuery(random, type) : ''),
    headers: conditions(random, known),
    body: patchBody(random, world, type),
  };
};

const remove = (random: Random, world: World): Draft => {
  const type = anyType(random);
  const { path, known } = one(random, world, type);
  return { kind: `delete ${type}`, method: 'DELETE', path, headers: conditions(random, known) };
};

const read = (random: Random, world: World): Draft => {
  const type = anyType(random);
  const { path, known } = one(random, world, type);
  return {
    kind: `read ${type}`,
    method: random.chance(0.95) ? 'GET' : 'HEAD',
    path: path + (random.chance(0.5) ? projectionQuery(random, type) : ''),
    headers: random.chance(0.2) ? [condition(random, 'If-None-Match', known)] : [],
  };
};

const list = (random: Random, world: World): Draft => {
  const type = anyType(random);
  const root = random.chance(0.08);
  return {
    kind: root ? 'list root' : `list ${type}`,
    method: random.chance(0.98) ? 'GET' : 'HEAD',
    path: (root ? '' : endpointOf(type)) + listQuery(random, world, type),
  };
};

const search = (random: Random, world: World): Draft => {
  const type = anyType(random);
  return {
    kind: 'search',
    method: 'POST',
    path: `${random.chance(0.4) ? '' : endpointOf(type)}/.search`,
    body: searchBody(random, world, type),
  };
};

const bulk = (random: Random, world: World): Draft => ({
  kind: 'bulk',
  method: 'POST',
  path: '/Bulk',
  body: bulkBody(random, world),
});

const discovery = (random: Random): Draft => ({
  kind: 'discovery',
  method: random.weighted([
    [12, 'GET'],
    [1, 'POST'],
    [1, 'DELETE'],
    [1, 'HEAD'],
  ]),
  path: random.pick([
    '/ServiceProviderConfig',
    '/serviceConfiguration',
    '/Schemas',
    '/ResourceTypes',
    '/ResourceTypes/User',
    `/ResourceTypes/${encode(random, awkward(random))}`,
    `/Schemas/${CORE_USER}`,
    `/Schemas/${encode(random, awkward(random))}`,
    '/Schemas/__proto__',
    '/ResourceTypes/constructor',
    '/Schemas?filter=id+eq+%22x%22',
    '/ResourceTypes?startIndex=x&count=-1&attributes=id',
    '/ServiceProviderConfig?attributes=patch&excludedAttributes=bulk',
  ]),
});

const METHODS = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'QUERY',
  'LOCK',
  'PURGE',
];

const elsewhere = (random: Random, world: World): Draft => {
  const id = encodeURIComponent(wellFormed(anyId(random, world.users)));
  const path = random.weighted<() => string>([
    [2, () => '/Me'],
    [1, () => '/Me/x'],
    [2, () => `/Users/${id}/emails`],
    [1, () => `/Users/${id}%2F..%2F${id}`],
    [1, () => `/Users/${id}/`],
    [1, () => `/Users/${id}?`],
    [1, () => `//Users//${id}`],
    [1, () => `/Users/../Groups`],
    [1, () => `/Users/%2e%2e/Groups`],
    [1, () => '/Users/..;/x'],
    [1, () => '/Users/.'],
    [1, () => '/Users/%00'],
    [1, () => '/Users/%E0%A4%A'],
    [1, () => '/Users/.search/x'],
    [1, () => '/Bulk/x'],
    [1, () => '/Users%2F'],
    [1, () => `/${otherCase(random, 'Users')}`],
    [2, () => `/${encode(random, awkward(random))}`],
    [1, () => `/${rough(text(random))}/${rough(awkward(random))}`],
    [0.3, () => `/Users/${'x'.repeat(10_000)}`],
    [0.3, () => `/${'a/'.repeat(3_000)}`],
  ])();
  const method = random.pick(METHODS);
  const takesBody = ['POST', 'PUT', 'PATCH', 'DELETE', 'QUERY'].includes(method) && random.chance(0.5);
  return { kind: 'elsewhere', method, path, ...(takesBody && { body: anyJson(random) }) };
};

/** Any method on any route, with any body. */
const anything = (random: Random, world: World): Draft => {
  const type = anyType(random);
  const path = random.pick([
    endpointOf(type),
    one(random, world, type).path,
    '/Bulk',
    '/.search',
    '',
    '/Users/.search',
  ]);
  const method = random.pick(METHODS);
  return {
    kind: 'anything',
    method,
    path,
    ...(random.chance(0.6) && method !== 'TRACE' && { body: anyJson(random) }),
  };
};

const DRAFTS: readonly (readonly [number, (random: Random, world: World) => Draft])[] = [
  [14, create],
  [10, replace],
  [24, patch],
  [4, remove],
  [11, read],
  [18, list],
  [5, search],
  [3, bulk],
  [3, discovery],
  [4, elsewhere],
  [3, anything],
];

/** The whole request target: mostly the base URL and the path, sometimes another way to say it, or to miss it. */
function address(random: Random, { base }: World, path: string): string {
  const withoutOrganization = base.replace(/\/[^/]+$/, '');
  return random.weighted<() => string>([
    [60, () => base + path],
    [4, () => withoutOrganization + path],
    [1, () => otherCase(random, base) + path],
    [0.5, () => `${base}/${path}`],
    [0.3, () => `/${base}${path}`],
    [0.3, () => `${withoutOrganization}/nobody${path}`],
    [0.3, () => `${withoutOrganization}/__proto__${path}`],
    [0.3, () => `${withoutOrganization}/%61cme${path}`],
    [0.2, () => (path === '' ? '/' : path)],
    [0.2, () => `/scim${path}`],
    [0.2, () => `/scim/v1${path}`],
  ])();
}
