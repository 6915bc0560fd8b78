import type { Random } from '../random.ts';
import type { World } from '../world.ts';
import { type Json, Members, object, Raw } from './json.ts';
import { awkward, CORE_GROUP, CORE_USER, ENTERPRISE, otherCase, text, word } from './text.ts';

/** An id to put into a request: mostly one that exists. */
export function anyId(random: Random, known: readonly { id: string }[]): string {
  return random.weighted<() => string>([
    [20, () => (known.length === 0 ? 'nobody' : random.pick(known).id)],
    [1, () => '00000000-0000-4000-8000-000000000000'],
    [1, () => awkward(random)],
    [1, () => text(random)],
    [1, () => (known.length === 0 ? 'x' : random.pick(known).id.toUpperCase())],
  ])();
}

export function anyMemberId(random: Random, world: World): string {
  return anyId(random, random.chance(0.8) ? world.users : world.groups);
}

function booleanAsSent(random: Random): Json {
  return random.weighted<Json>([
    [8, true],
    [6, false],
    [1, 'True'],
    [1, 'False'],
    [1, ' false '],
    [0.5, 'yes'],
    [0.5, 1],
    [0.5, null],
    [0.5, ''],
    [0.5, [true]],
  ]);
}

function element(random: Random, types: readonly string[]): Json {
  return random.chance(0.1)
    ? text(random)
    : object({
        value: random.chance(0.95) ? text(random) : '',
        type: random.chance(0.8) ? random.pick(types) : random.chance(0.3) ? awkward(random) : undefined,
        primary: random.chance(0.4) ? booleanAsSent(random) : undefined,
        display: random.chance(0.2) ? text(random) : undefined,
      });
}

const USER_PARTS: readonly [name: string, make: (random: Random, world: World) => Json][] = [
  ['displayName', text],
  ['nickName', text],
  ['profileUrl', text],
  ['title', text],
  ['userType', text],
  ['preferredLanguage', (random) => random.pick(['en', 'de-CH', ''])],
  ['locale', (random) => random.pick(['en-US', 'x', ''])],
  ['timezone', (random) => random.pick(['Europe/Zurich', ''])],
  ['password', text],
  ['groups', (random) => random.pick<Json>([[], null, [object({ value: 'x' })]])],
  ['externalId', (random) => (random.chance(0.9) ? word(random) + word(random) : awkward(random))],
  ['id', text],
  ['meta', () => object({ resourceType: 'User', version: 'W/"99"' })],
  [
    'name',
    (random) =>
      object({
        givenName: random.chance(0.9) ? text(random) : undefined,
        familyName: random.chance(0.9) ? text(random) : undefined,
        middleName: random.chance(0.5) ? '' : undefined,
        formatted: random.chance(0.3) ? text(random) : undefined,
      }),
  ],
  ['emails', (random) => random.list(0, 3, () => element(random, ['work', 'home', 'other', 'Work']))],
  ['phoneNumbers', (random) => random.list(0, 3, () => element(random, ['work', 'mobile', 'fax']))],
  ['ims', (random) => random.list(0, 2, () => element(random, ['aim', 'xmpp']))],
  ['photos', (random) => random.list(0, 2, () => element(random, ['photo', 'thumbnail']))],
  ['roles', (random) => random.list(0, 3, () => element(random, ['admin', 'x']))],
  ['entitlements', (random) => random.list(0, 2, () => element(random, ['e']))],
  ['x509Certificates', (random) => random.list(0, 2, () => element(random, ['c']))],
  [
    'addresses',
    (random) =>
      random.list(0, 2, () =>
        object({
          type: random.pick(['work', 'home']),
          country: text(random),
          formatted: text(random),
          primary: random.chance(0.3) ? booleanAsSent(random) : undefined,
        }),
      ),
  ],
  [ENTERPRISE, enterprise],
  ['department', text],
  ['name.givenName', text],
  [`${ENTERPRISE}:costCenter`, text],
  ['manager', (random, world) => manager(random, world)],
  [CORE_USER, (random) => object({ title: text(random), nickName: text(random) })],
];

function manager(random: Random, world: World): Json {
  const id = anyId(random, world.users);
  return random.pick<Json>([
    id,
    object({ value: id }),
    [object({ value: id, $ref: `http://x/Users/${id}` })],
    object({ $ref: `../Users/${encodeURIComponent(wellFormed(id))}` }),
    object({ value: '' }),
    null,
  ]);
}

/** `encodeURIComponent` refuses half a surrogate pair. */
export function wellFormed(value: string): string {
  return value.replace(/\p{Surrogate}/gu, '\ufffd');
}

function enterprise(random: Random, world: World): Json {
  return object({
    employeeNumber: random.chance(0.5) ? text(random) : undefined,
    department: random.chance(0.5) ? text(random) : undefined,
    division: random.chance(0.2) ? text(random) : undefined,
    manager: random.chance(0.5) ? manager(random, world) : undefined,
  });
}

/** A user as an IdP would send it. */
export function userBody(random: Random, world: World): Members {
  const entries: [string, Json][] = [
    [
      'schemas',
      random.weighted<Json>([
        [8, [CORE_USER]],
        [4, [CORE_USER, ENTERPRISE]],
        [1, ['urn:scim:schemas:core:1.0']],
        [1, []],
      ]),
    ],
    ['userName', userName(random, world)],
    ['active', random.chance(0.9) ? random.chance(0.7) : booleanAsSent(random)],
  ];
  for (const [name, make] of random.list(0, 6, () => random.pick(USER_PARTS))) {
    entries.push([random.chance(0.9) ? name : otherCase(random, name), make(random, world)]);
  }
  return new Members(entries);
}

function userName(random: Random, world: World): string {
  return random.weighted<() => string>([
    [24, () => `${word(random)}.${word(random)}@example.com`],
    [1, () => (world.users.length === 0 ? 'x' : random.pick(world.users).name)],
    [1, () => (world.users.length === 0 ? 'x' : random.pick(world.users).name.toUpperCase())],
    [3, () => awkward(random)],
    [2, () => word(random) + awkward(random)],
  ])();
}

/** A member of a group in one of the shapes that IdPs send. */
export function member(random: Random, world: World): Json {
  const id = anyMemberId(random, world);
  return random.weighted<Json>([
    [10, object({ value: id })],
    [3, object({ value: id, display: text(random) })],
    [3, object({ $ref: null, value: id })],
    [2, object({ value: id, type: random.pick(['User', 'Group', 'user', 'x']) })],
    [2, object({ $ref: `https://host/scim/v2/Users/${encodeURIComponent(wellFormed(id))}` })],
    [1, id],
    [1, object({ display: 'no value' })],
    [1, object({ value: id, displayName: text(random) })],
    [0.5, new Raw('12')],
  ]);
}

/** A group as an IdP would send it. */
export function groupBody(random: Random, world: World): Members {
  const size = random.weighted([
    [5, 0],
    [6, 3],
    [2, 12],
    [0.05, 400],
  ]);
  const entries: [string, Json][] = [
    ['schemas', [CORE_GROUP]],
    [
      'displayName',
      random.weighted<() => string>([
        [20, () => `${word(random)} ${word(random)}`],
        [1, () => (world.groups.length === 0 ? 'x' : random.pick(world.groups).name.toUpperCase())],
        [3, () => awkward(random)],
      ])(),
    ],
  ];
  if (random.chance(0.7)) entries.push(['members', random.list(0, size, () => member(random, world))]);
  if (random.chance(0.3)) entries.push(['externalId', text(random)]);
  return new Members(entries);
}
