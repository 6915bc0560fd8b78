import type { Random } from '../random.ts';
import { awkward, otherCase, PROTOTYPE_NAMES, text } from './text.ts';

/** JSON as it will be written, which can say more than a JavaScript value: `1e999`, `-0`, a key twice, `__proto__`. */
export type Json = string | number | boolean | null | Json[] | Members | Raw;

/** An object as its members in order; a key may come twice. */
export class Members {
  readonly entries: [string, Json][];
  constructor(entries: [string, Json][]) {
    this.entries = entries;
  }
}

/** Text that goes out as it is. */
export class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** An object from a JavaScript object; undefined members are left out. */
export function object(members: Record<string, Json | undefined>): Members {
  return new Members(
    Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** A parsed value, so that it can be mutated and written again. */
export function toJson(value: unknown): Json {
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value as Json;
  return new Members(Object.entries(value).map(([name, part]) => [name, toJson(part)]));
}

export function write(value: Json): string {
  if (value instanceof Raw) return value.text;
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  if (value instanceof Members) {
    return `{${value.entries.map(([name, part]) => `${JSON.stringify(name)}:${write(part)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** Any JSON value at all; small mostly. */
export function anyJson(random: Random, depth = 0): Json {
  return random.weighted<() => Json>([
    [4, () => text(random)],
    [2, () => random.int(2_000) - 1_000],
    [2, () => random.chance(0.5)],
    [2, () => null],
    [1, () => awkward(random)],
    [1, () => new Raw(random.pick(NUMBERS))],
    [depth > 3 ? 0 : 2, () => random.list(0, 4, () => anyJson(random, depth + 1))],
    [
      depth > 3 ? 0 : 2,
      () => new Members(random.list(0, 4, () => [anyKey(random), anyJson(random, depth + 1)])),
    ],
    [0.3, () => nested(random)],
    [0.02, () => random.list(1_000, 5_000, () => random.int(10))],
  ])();
}

const NUMBERS = [
  '1e999',
  '-1e999',
  '-0',
  '0.1e-400',
  '9007199254740993',
  '123456789012345678901234567890',
  '1E400',
  '4.9e-324',
  '1.7976931348623157e308',
  '-1',
];

function anyKey(random: Random): string {
  return random.weighted<() => string>([
    [
      6,
      () =>
        random.pick(['value', 'type', 'primary', 'display', '$ref', 'op', 'path', 'Operations', 'schemas']),
    ],
    [3, () => random.pick(PROTOTYPE_NAMES)],
    [4, () => text(random)],
  ])();
}

/** Nesting from harmless to far beyond what a recursive reader survives. */
function nested(random: Random): Raw {
  const depth = random.pick([8, 31, 32, 33, 64, 1_000, 20_000]);
  return random.chance(0.5)
    ? new Raw('['.repeat(depth) + ']'.repeat(depth))
    : new Raw(`${'{"value":'.repeat(depth)}1${'}'.repeat(depth)}`);
}

interface Place {
  get(): Json;
  set(value: Json): void;
  holder: Members | Json[] | undefined;
  at: number;
}

/** Changes one place of a value, or a few; the given value is changed itself. */
export function mutate(random: Random, root: Json): Json {
  let current = root;
  const times = random.weighted([
    [6, 1],
    [2, 2],
    [1, 4],
  ]);
  for (let round = 0; round < times; round++) {
    const places: Place[] = [
      {
        get: () => current,
        set: (value) => {
          current = value;
        },
        holder: undefined,
        at: 0,
      },
    ];
    collect(current, places, 0);
    mutatePlace(random, random.pick(places));
  }
  return current;
}

function collect(value: Json, places: Place[], depth: number): void {
  if (depth > 8) return;
  if (Array.isArray(value)) {
    value.slice(0, 50).forEach((part, at) => {
      places.push({
        get: () => value[at] ?? null,
        set: (next) => {
          value[at] = next;
        },
        holder: value,
        at,
      });
      collect(part, places, depth + 1);
    });
  } else if (value instanceof Members) {
    value.entries.slice(0, 50).forEach((entry, at) => {
      places.push({
        get: () => entry[1],
        set: (next) => {
          entry[1] = next;
        },
        holder: value,
        at,
      });
      collect(entry[1], places, depth + 1);
    });
  }
}

function mutatePlace(random: Random, place: Place): void {
  const value = place.get();
  const { holder, at } = place;
  random.weighted<() => unknown>([
    [5, () => place.set(anyJson(random))],
    [3, () => place.set(typeof value === 'string' ? awkward(random) : text(random))],
    [2, () => place.set(null)],
    [2, () => place.set([value])],
    [1, () => place.set([value, value])],
    [1, () => place.set([])],
    [1, () => place.set(new Members([]))],
    [1, () => place.set(new Members([['value', value]]))],
    [1, () => place.set(String(typeof value === 'object' ? 'x' : value))],
    [1, () => place.set(new Raw(random.pick(NUMBERS)))],
    [1, () => place.set(nested(random))],
    [2, () => holder instanceof Members && holder.entries.splice(at, 1)],
    [
      2,
      () =>
        holder instanceof Members && holder.entries.push([holder.entries[at]?.[0] ?? 'x', anyJson(random)]),
    ],
    [2, () => holder instanceof Members && rename(holder, at, (name) => otherCase(random, name))],
    [2, () => holder instanceof Members && rename(holder, at, () => anyKey(random))],
    [2, () => value instanceof Members && value.entries.push([anyKey(random), anyJson(random)])],
    [
      1,
      () => value instanceof Members && value.entries.push(['__proto__', new Members([['polluted', true]])]),
    ],
    [1, () => value instanceof Members && value.entries.reverse()],
    [1, () => Array.isArray(value) && value.push(anyJson(random))],
    [1, () => Array.isArray(holder) && holder.splice(at, 1)],
  ])();
}

function rename(holder: Members, at: number, to: (name: string) => string): void {
  const entry = holder.entries[at];
  if (entry) entry[0] = to(entry[0]);
}

/** The bytes of a text, or of what a broken client makes of it. */
export function encode(random: Random, json: string): Buffer {
  const bytes = Buffer.from(json);
  const cut = random.int(bytes.length + 1);
  return random.weighted<() => Buffer>([
    [40, () => bytes],
    [2, () => bytes.subarray(0, cut)],
    [1, () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes])],
    [0.5, () => Buffer.from(json.slice(0, 100_000), 'utf16le')],
    [1, () => Buffer.concat([bytes.subarray(0, cut), Buffer.from([random.int(256)]), bytes.subarray(cut)])],
    [
      0.5,
      () => Buffer.concat([bytes.subarray(0, cut), Buffer.from([0xed, 0xa0, 0x80]), bytes.subarray(cut)]),
    ],
    [
      0.5,
      () => Buffer.concat([bytes.subarray(0, cut), Buffer.from([0xc0, 0xaf, 0xff]), bytes.subarray(cut)]),
    ],
    [0.5, () => Buffer.concat([bytes, bytes])],
    [0.5, () => Buffer.from(` \n\t${json}\r\n `)],
    [0.5, () => Buffer.from(json.replaceAll('"', "'"))],
    [0.5, () => Buffer.from(json.replace('}', ',}'))],
    [0.5, () => Buffer.from(json.replace(/:/, ': /* note */ '))],
    [0.5, () => Buffer.from(json.replace(/[{[]/, random.pick(['', '[', '{', ']'])))],
    [0.5, () => Buffer.alloc(random.int(20))],
    [0.2, () => Buffer.from('NaN')],
  ])();
}
