import type { Random } from '../random.ts';
import type { World } from '../world.ts';
import { attributeName, awkward, otherCase, text } from './text.ts';

type TypeName = 'User' | 'Group';

const OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
const LISTS = ['emails', 'phoneNumbers', 'roles', 'addresses', 'ims', 'groups', 'members', 'photos'] as const;
/** What an index may answer. */
const LOOKED_UP = [
  'userName',
  'externalId',
  'displayName',
  'emails.value',
  'active',
  'id',
  'groups.value',
] as const;
const LOOKED_UP_GROUP = ['displayName', 'externalId', 'members.value', 'id'] as const;
const PARTS = ['value', 'type', 'primary', 'display', 'country', '$ref', 'VALUE'] as const;

/** A filter of the grammar, over attributes that mostly exist; then perhaps broken. */
export function filter(random: Random, world: World, type: TypeName): string {
  const good = expression(random, world, type, 0);
  return random.chance(0.75) ? good : broken(random, good);
}

function expression(random: Random, world: World, type: TypeName, depth: number): string {
  const deeper = () => expression(random, world, type, depth + 1);
  const stop = depth > 3 ? 0 : 1;
  return random.weighted<() => string>([
    [8, () => comparison(random, world, attributeName(random, type), space(random))],
    [3, () => comparison(random, world, random.pick(type === 'User' ? LOOKED_UP : LOOKED_UP_GROUP), ' ')],
    [3, () => lookUp(random, world, type)],
    [3, () => `${attributeName(random, type)}${space(random)}${random.pick(['pr', 'PR'])}`],
    [2, () => valuePath(random, world)],
    [2 * stop, () => `${deeper()} ${random.pick(['and', 'AND', 'And'])} ${deeper()}`],
    [2 * stop, () => `${deeper()} ${random.pick(['or', 'OR'])} ${deeper()}`],
    [2 * stop, () => `(${deeper()})`],
    [1.5 * stop, () => `${random.pick(['not', 'NOT', 'Not'])}${random.pick([' (', '('])}${deeper()})`],
    [0.2 * stop, () => `not ${deeper()}`],
  ])();
}

/** Somebody who is there, by name, in whatever case, or by a part of it. */
function lookUp(random: Random, world: World, type: TypeName): string {
  const known = type === 'User' ? world.users : world.groups;
  const name = known.length === 0 ? 'x' : random.pick(known).name;
  const start = random.int(name.length);
  const value = random.weighted([
    [2, name],
    [2, otherCase(random, name)],
    [1, otherCase(random, name.slice(start, start + 1 + random.int(6)))],
  ]);
  const operator = random.pick(['eq', 'eq', 'sw', 'co', 'ew', 'ge']);
  return `${type === 'User' ? 'userName' : 'displayName'} ${operator} ${JSON.stringify(value)}`;
}

function comparison(random: Random, world: World, name: string, gap: string): string {
  const operator = random.pick(OPERATORS);
  return `${name}${gap}${random.chance(0.8) ? operator : otherCase(random, operator)}${gap}${literal(random, world)}`;
}

/** What stands in brackets behind a multi-valued attribute. */
export function elementFilter(random: Random, world: World): string {
  const one = () => comparison(random, world, random.pick(PARTS), ' ');
  return random.weighted<() => string>([
    [8, one],
    [5, () => `type eq "${random.pick(['work', 'home', 'mobile', 'Work'])}"`],
    [2, () => `${one()} and ${one()}`],
    [1, () => `${one()} or ${one()}`],
    [1, () => `not (${one()})`],
    [1, () => `${random.pick(PARTS)} pr`],
    [1, () => 'primary eq true'],
    [1, () => 'primary eq "True"'],
    [0.5, () => awkward(random)],
  ])();
}

function valuePath(random: Random, world: World): string {
  const path = `${random.pick(LISTS)}[${elementFilter(random, world)}]`;
  return random.weighted([
    [4, path],
    [3, `${path}.value eq ${literal(random, world)}`],
    [1, `${path} eq ${literal(random, world)}`],
    [1, `${path}.${random.pick(PARTS)} pr`],
  ]);
}

function literal(random: Random, world: World): string {
  const quoted = (value: string) => JSON.stringify(value);
  const known = random.chance(0.7) ? world.users : world.groups;
  return random.weighted<() => string>([
    [6, () => quoted(text(random))],
    [3, () => quoted(known.length === 0 ? 'x' : random.pick(known).name)],
    [1, () => quoted(known.length === 0 ? 'x' : random.pick(known).name.toUpperCase())],
    [1, () => quoted(known.length === 0 ? 'x' : random.pick(known).name.slice(0, 3))],
    [3, () => quoted(known.length === 0 ? 'x' : random.pick(known).id)],
    [2, () => random.pick(['true', 'false', 'null', '"True"', 'True', '1', '-1.5e3', '007', '1e999'])],
    [
      2,
      () =>
        quoted(
          random.pick(['2026-01-01T00:00:00Z', '0001-01-03T00:00:00.0000000Z', '2030-13-45T99:00Z', '2026']),
        ),
    ],
    [1, () => `'${text(random).replaceAll("'", '')}'`],
    [1, () => text(random)],
    [1, () => quoted(awkward(random))],
    [0.5, () => '""'],
    [0.3, () => '"\\ud800"'],
    [0.3, () => '"\\q"'],
    [0.3, () => '"unterminated'],
    [0.2, () => quoted('x'.repeat(9_000))],
  ])();
}

function space(random: Random): string {
  return random.weighted([
    [20, ' '],
    [1, '  '],
    [0.5, '\t'],
    [0.3, '\n'],
    [0.3, ''],
  ]);
}

/** Breaks a filter at one of its tokens, or makes it too much of something. */
function broken(random: Random, good: string): string {
  const tokens = good.match(/"(?:[^"\\]|\\.)*"|[()[\]]|[^\s()[\]"]+/g) ?? [good];
  const at = random.int(tokens.length);
  const edit = (change: (copy: string[]) => void) => {
    const copy: string[] = [...tokens];
    change(copy);
    return copy.join(' ');
  };
  return random.weighted<() => string>([
    [3, () => edit((copy) => copy.splice(at, 1))],
    [3, () => edit((copy) => copy.splice(at, 0, copy[random.int(copy.length)] ?? ''))],
    [
      3,
      () =>
        edit((copy) =>
          copy.splice(at, 1, random.pick(['and', 'or', 'not', '(', ')', '[', ']', '"', '.', 'eq', 'xx'])),
        ),
    ],
    [2, () => edit((copy) => copy.reverse())],
    [2, () => good.slice(0, random.int(good.length))],
    [2, () => tokens.join('')],
    [2, () => tokens.join('   ')],
    [1, () => good + awkward(random)],
    [1, () => awkward(random)],
    [1, () => '('.repeat(random.pick([31, 32, 33, 500, 4_000])) + good],
    [1, () => deep(random, '(', good, ')')],
    [1, () => deep(random, 'not (', good, ')')],
    [1, () => deep(random, 'emails[', good, ']')],
    [
      1,
      () =>
        Array.from({ length: random.pick([99, 100, 101, 400]) }, () => good).join(
          random.pick([' and ', ' or ']),
        ),
    ],
    [0.5, () => `${'not '.repeat(random.pick([10, 100, 2_000]))}${good}`],
  ])();
}

function deep(random: Random, open: string, inside: string, close: string): string {
  const depth = random.pick([2, 15, 31, 32, 33, 1_000]);
  return open.repeat(depth) + inside + close.repeat(depth);
}
