import type { Random } from '../random.ts';
import type { World } from '../world.ts';
import { elementFilter } from './filter.ts';
import { anyJson, type Json, Members, object } from './json.ts';
import { anyMemberId, groupBody, member, userBody } from './resources.ts';
import { attributeName, awkward, CORE_USER, ENTERPRISE, text, word } from './text.ts';

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** The body of a PATCH, in one of the dialects. */
export function patchBody(random: Random, world: World, type: 'User' | 'Group'): Json {
  const make = type === 'User' ? userOperation : groupOperation;
  const count = random.weighted([
    [10, 1],
    [5, 2],
    [2, 5],
    [0.2, 60],
    [0.2, 0],
  ]);
  const operations = random.list(count, count, () => make(random, world));
  return object({
    schemas: random.chance(0.95) ? [PATCH_OP] : random.pick<Json>([[], [CORE_USER], 'x', null]),
    [random.chance(0.95) ? 'Operations' : 'operations']: operations,
  });
}

function kind(random: Random): string {
  return random.weighted([
    [6, 'replace'],
    [5, 'add'],
    [4, 'remove'],
    [2, 'Replace'],
    [2, 'Add'],
    [2, 'Remove'],
    [0.3, 'REPLACE'],
    [0.2, 'move'],
    [0.1, ''],
  ]);
}

function userOperation(random: Random, world: World): Json {
  const boolean = random.pick<Json>([true, false, 'True', 'False', 'true', 'false']);
  const list = random.pick(['emails', 'phoneNumbers', 'roles', 'addresses', 'ims', 'photos', 'entitlements']);
  const part = random.pick(['value', 'type', 'primary', 'display', 'country']);
  return random.weighted<() => Json>([
    [4, () => object({ op: kind(random), path: 'active', value: boolean })],
    [3, () => object({ op: kind(random), value: object({ active: boolean }) })],
    [5, () => object({ op: kind(random), path: attributeName(random, 'User'), value: text(random) })],
    [4, () => object({ op: kind(random), path: attributeName(random, 'User'), value: anyJson(random) })],
    [
      5,
      () =>
        object({
          op: kind(random),
          path: `${list}[type eq "${random.pick(['work', 'home', 'mobile'])}"].${part}`,
          value: part === 'primary' ? boolean : text(random),
        }),
    ],
    [
      3,
      () =>
        object({
          op: kind(random),
          path: `${list}[${elementFilter(random, world)}]`,
          value: anyJson(random),
        }),
    ],
    [
      3,
      () =>
        object({
          op: kind(random),
          path: `${list}[${elementFilter(random, world)}].${part}`,
          value: text(random),
        }),
    ],
    [
      3,
      () =>
        object({
          op: kind(random),
          value: new Members(
            random.list(1, 4, () => [
              attributeName(random, 'User'),
              random.chance(0.7) ? text(random) : anyJson(random),
            ]),
          ),
        }),
    ],
    [2, () => object({ op: kind(random), value: userBody(random, world) })],
    [
      2,
      () =>
        object({
          op: kind(random),
          path: `${ENTERPRISE}:manager`,
          value: random.pick<Json>([word(random), object({ value: '' }), '', null]),
        }),
    ],
    [
      2,
      () =>
        object({
          op: kind(random),
          path: 'emails',
          value: random.list(0, 3, () => object({ value: text(random), type: 'work', primary: boolean })),
        }),
    ],
    [1, () => object({ op: kind(random), path: ENTERPRISE, value: object({ department: text(random) }) })],
    [1, () => object({ op: 'remove', path: attributeName(random, 'User') })],
    [1, () => object({ op: kind(random), path: awkward(random), value: text(random) })],
    [0.5, () => object({ op: kind(random), path: anyJson(random), value: anyJson(random) })],
    [0.5, () => anyJson(random)],
  ])();
}

function groupOperation(random: Random, world: World): Json {
  const members = () => random.list(0, random.chance(0.9) ? 3 : 40, () => member(random, world));
  const id = anyMemberId(random, world);
  return random.weighted<() => Json>([
    [6, () => object({ op: random.pick(['add', 'Add']), path: 'members', value: members() })],
    [4, () => object({ op: random.pick(['remove', 'Remove']), path: 'members', value: members() })],
    [4, () => object({ op: 'remove', path: `members[value eq ${JSON.stringify(id)}]` })],
    [
      1,
      () =>
        object({
          op: 'remove',
          path: `members[value eq "${id.slice(0, 4)}" or value eq ${JSON.stringify(id)}]`,
        }),
    ],
    [2, () => object({ op: 'replace', path: 'members', value: members() })],
    [1, () => object({ op: random.pick(['remove', 'replace']), path: 'members' })],
    [
      3,
      () => object({ op: 'replace', value: object({ id, displayName: `${word(random)} ${word(random)}` }) }),
    ],
    [2, () => object({ op: kind(random), path: 'displayName', value: text(random) })],
    [
      1,
      () =>
        object({
          op: kind(random),
          path: `members[${elementFilter(random, world)}]`,
          value: anyJson(random),
        }),
    ],
    [
      1,
      () =>
        object({
          op: kind(random),
          path: `members[value eq "${id}"].${random.pick(['display', 'type', 'value', '$ref'])}`,
          value: text(random),
        }),
    ],
    [
      1,
      () =>
        object({
          op: kind(random),
          path: `members.${random.pick(['value', 'display', 'type'])}`,
          value: text(random),
        }),
    ],
    [1, () => object({ op: kind(random), path: 'members', value: anyJson(random) })],
    [1, () => object({ op: kind(random), value: object({ members: members() }) })],
    [1, () => object({ op: kind(random), value: groupBody(random, world) })],
    [1, () => object({ op: kind(random), path: attributeName(random, 'Group'), value: anyJson(random) })],
    [0.5, () => anyJson(random)],
  ])();
}
