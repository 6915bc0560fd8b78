import type { Random } from '../random.ts';
import type { World } from '../world.ts';
import { anyJson, type Json, object, toJson } from './json.ts';
import { patchBody } from './patch.ts';
import { anyId, groupBody, userBody } from './resources.ts';
import { awkward, word } from './text.ts';

const BULK_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

/** The body of a bulk request: operations of all kinds that refer to each other, forwards and in circles too. */
export function bulkBody(random: Random, world: World): Json {
  return object({
    schemas: [BULK_REQUEST],
    failOnErrors: random.weighted<Json | undefined>([
      [8, undefined],
      [3, 1],
      [1, 0],
      [1, -1],
      [0.5, 'x'],
      [0.5, 1.5],
    ]),
    Operations: random.weighted<() => Json>([
      [
        14,
        () =>
          mixed(
            random,
            world,
            random.list(1, 5, () => word(random)),
          ),
      ],
      [3, () => circle(random)],
      [0.3, () => chain(random)],
      [0.1, () => tooMany(random)],
      [
        0.2,
        () =>
          mixed(
            random,
            world,
            random.list(20, 50, () => word(random)),
          ),
      ],
      [1, () => anyJson(random)],
    ])(),
  });
}

function mixed(random: Random, world: World, bulkIds: string[]): Json {
  const reference = () => `bulkId:${random.chance(0.85) ? random.pick(bulkIds) : awkward(random)}`;
  return bulkIds.map((bulkId) => {
    const endpoint = random.pick(['Users', 'Users', 'Groups', 'users']);
    const type = endpoint === 'Groups' ? 'Group' : 'User';
    const known = type === 'User' ? world.users : world.groups;
    const id = random.chance(0.7) ? anyId(random, known) : reference();
    return random.weighted<() => Json>([
      [
        5,
        () =>
          object({
            method: 'POST',
            path: `/${endpoint}`,
            bulkId,
            data: type === 'User' ? userBody(random, world) : groupWith(random, reference),
          }),
      ],
      [
        2,
        () => object({ method: 'PATCH', path: `/${endpoint}/${id}`, data: patchBody(random, world, type) }),
      ],
      [2, () => object({ method: 'PATCH', path: `/Groups/${id}`, bulkId, data: addMember(reference()) })],
      [
        1,
        () =>
          object({
            method: 'PUT',
            path: `/${endpoint}/${id}`,
            data: type === 'User' ? userBody(random, world) : groupBody(random, world),
            version: random.pick(['W/"1"', '*', 'W/"2"']),
          }),
      ],
      [1, () => object({ method: 'DELETE', path: `/${endpoint}/${id}`, bulkId })],
      [
        1,
        () =>
          object({
            method: random.pick(['GET', 'post', 'Patch', '', 'OPTIONS']),
            path: random.pick(['/Me', '/Bulk', '/Users/1/2', '', '//', '/Schemas', awkward(random)]),
            bulkId,
            data: anyJson(random),
          }),
      ],
      [0.5, () => anyJson(random)],
    ])();
  });
}

function groupWith(random: Random, reference: () => string): Json {
  return object({
    displayName: `${word(random)} ${word(random)}`,
    members: random.list(0, 4, () => object({ value: reference(), type: random.pick(['User', 'Group']) })),
  });
}

function addMember(value: string): Json {
  return toJson({ Operations: [{ op: 'add', path: 'members', value: [{ value }] }] });
}

/** Groups that are each other's members, with someone who may not be creatable in between. */
function circle(random: Random): Json {
  const names = random.list(2, 4, () => word(random));
  const bad = random.chance(0.3) ? random.int(names.length) : -1;
  return names.map((bulkId, at) =>
    object({
      method: 'POST',
      path: '/Groups',
      bulkId,
      data: object({
        displayName: at === bad ? '' : `${bulkId} ${word(random)}`,
        members: [object({ value: `bulkId:${names[(at + 1) % names.length]}` })],
      }),
    }),
  );
}

/** Each refers to the next one: the last must be carried out first. */
function chain(random: Random): Json {
  const length = random.pick([10, 60]);
  const tag = word(random);
  return Array.from({ length }, (_, at) =>
    object({
      method: 'POST',
      path: '/Groups',
      bulkId: `${tag}${at}`,
      data: object({ displayName: `${tag} ${at}`, members: [object({ value: `bulkId:${tag}${at + 1}` })] }),
    }),
  );
}

/** Thousands of operations, about the limit; none of them does anything. */
function tooMany(random: Random): Json {
  const length = random.pick([999, 1_000, 1_001, 3_000]);
  return Array.from({ length }, () => object({ method: 'GET', path: '/Users/x' }));
}
