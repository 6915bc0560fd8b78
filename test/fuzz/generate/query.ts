import type { Random } from '../random.ts';
import type { World } from '../world.ts';
import { filter } from './filter.ts';
import { type Json, type Members, object } from './json.ts';
import { wellFormed } from './resources.ts';
import { attributeName, awkward, otherCase, text } from './text.ts';

type TypeName = 'User' | 'Group';

const NUMBERS = [
  '0',
  '1',
  '2',
  '10',
  '100',
  '500',
  '501',
  '-1',
  '-999999999999',
  '99999999999999999999',
  'NaN',
  '1.5',
];
const MORE_NUMBERS = ['', ' 3 ', '+4', '%2B4', '1e3', '0x10', 'ten', 'Infinity', '٣', '2147483648'];

/** The query string of a list, with `?`, or nothing. */
export function listQuery(random: Random, world: World, type: TypeName): string {
  const parameters = random.list(0, 4, () => parameter(random, world, type));
  return join(random, parameters);
}

/** `attributes` or `excludedAttributes`, as every operation takes them. */
export function projectionQuery(random: Random, type: TypeName): string {
  return join(
    random,
    random.list(1, random.chance(0.95) ? 1 : 3, () => projection(random, type)),
  );
}

function join(random: Random, parameters: readonly string[]): string {
  if (parameters.length === 0) return random.chance(0.1) ? '?' : '';
  const text = parameters.join(random.chance(0.98) ? '&' : random.pick(['&&', ';', '?', '&=&', '%26']));
  return `?${text}${random.chance(0.05) ? random.pick(['&', '&&', '=', '%', '#']) : ''}`;
}

function parameter(random: Random, world: World, type: TypeName): string {
  const number = () => random.pick(random.chance(0.8) ? NUMBERS : MORE_NUMBERS);
  return random.weighted<() => string>([
    [8, () => `${name(random, 'filter')}=${encode(random, filter(random, world, type))}`],
    [3, () => `${name(random, 'startIndex')}=${number()}`],
    [3, () => `${name(random, 'count')}=${number()}`],
    [2, () => `${name(random, 'sortBy')}=${encode(random, attributeName(random, type))}`],
    [
      1,
      () => `${name(random, 'sortOrder')}=${random.pick(['ascending', 'descending', 'Descending', 'x', ''])}`,
    ],
    [3, () => projection(random, type)],
    [2, () => (random.chance(0.3) ? 'cursor' : `cursor=${cursor(random, world)}`)],
    [1, () => `${encode(random, text(random))}=${encode(random, awkward(random))}`],
    [0.3, () => '__proto__=1&constructor=2'],
  ])();
}

function projection(random: Random, type: TypeName): string {
  const names = random.list(1, random.chance(0.95) ? 4 : 200, () =>
    random.chance(0.95) ? attributeName(random, type) : 'emails[type eq "work"]',
  );
  return `${name(random, random.pick(['attributes', 'excludedAttributes']))}=${encode(random, names.join(','))}`;
}

function name(random: Random, parameterName: string): string {
  return random.chance(0.9) ? parameterName : otherCase(random, parameterName);
}

/** A cursor of this server, one with a byte changed, or something that never was one. */
function cursor(random: Random, world: World): string {
  if (world.cursors.length === 0 || random.chance(0.2)) return encode(random, awkward(random));
  const real = random.pick(world.cursors);
  const at = random.int(real.length);
  return random.weighted([
    [6, real],
    [3, `${real.slice(0, at)}${random.pick([...'AZaz09-_.~'])}${real.slice(at + 1)}`],
    [1, real.slice(0, at)],
    [1, real + real],
    [0.5, Buffer.from(random.list(1, 60, () => random.int(256))).toString('base64url')],
  ]);
}

/** Percent-encoding as done well, by a form, or not at all. */
export function encode(random: Random, value: string): string {
  return random.weighted<() => string>([
    [12, () => encodeURIComponent(wellFormed(value))],
    [5, () => new URLSearchParams({ x: value }).toString().slice(2)],
    [1, () => rough(value)],
    [0.5, () => `${encodeURIComponent(wellFormed(value)).slice(0, -1)}%`],
    [0.3, () => `${encodeURIComponent(wellFormed(value))}%ZZ%E0%A4%A`],
    [0.3, () => `%ff%fe${encodeURIComponent(wellFormed(value))}`],
    [0.3, () => encodeURIComponent(encodeURIComponent(wellFormed(value)))],
  ])();
}

/** Whatever may stand in a request line goes as it is. */
export function rough(value: string): string {
  return [...value].map((one) => (/^[!-~]$/.test(one) ? one : encodeURIComponent(wellFormed(one)))).join('');
}

/** The body of `POST /.search`. */
export function searchBody(random: Random, world: World, type: TypeName): Members {
  const number = () =>
    random.weighted<Json>([
      [6, random.int(20)],
      [1, -1],
      [1, '5'],
      [0.5, 1.5],
      [0.5, 'x'],
      [0.5, null],
      [0.5, [1]],
    ]);
  const names = () => random.list(0, 3, () => attributeName(random, type));
  return object({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
    filter: random.chance(0.6) ? filter(random, world, type) : undefined,
    startIndex: random.chance(0.3) ? number() : undefined,
    count: random.chance(0.4) ? number() : undefined,
    sortBy: random.chance(0.2) ? attributeName(random, type) : undefined,
    sortOrder: random.chance(0.2) ? random.pick(['ascending', 'descending', 'x']) : undefined,
    attributes: random.chance(0.3) ? names() : undefined,
    excludedAttributes: random.chance(0.1) ? names() : undefined,
    cursor: random.chance(0.2) ? (random.chance(0.5) ? '' : cursor(random, world)) : undefined,
  });
}
