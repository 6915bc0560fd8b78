import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../src/main/scim/json.ts';
import {
  type Change,
  type Choice,
  CORE_USER,
  ENTERPRISE,
  FACTS,
  type Fact,
  GROUP_FACTS,
  type Resource,
} from './reference-patch.ts';

/** An operation as a client writes it, and the changes it means. */
export interface PatchCase {
  readonly operation: JsonObject;
  readonly changes: readonly Change[];
}

const text = fc.constantFrom('a', 'b', 'A', 'work', 'x and y');
const lower = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);
const is = (name: string, wanted: string) => (element: Resource) => lower(element[name]) === lower(wanted);
const has = (name: string) => (element: Resource) =>
  element[name] !== undefined && element[name] !== null && element[name] !== '';

const CHOICES: readonly Choice[] = [
  { text: 'type eq "work"', holds: is('type', 'work'), seed: { type: 'work' } },
  { text: 'Type Eq "home"', holds: is('type', 'home'), seed: { type: 'home' } },
  { text: 'value eq "a"', holds: is('value', 'a'), seed: { value: 'a' } },
  { text: 'primary eq true', holds: ({ primary }) => primary === true, seed: { primary: true } },
  {
    text: 'type eq "work" and (value eq "b" and display eq "D")',
    holds: (element) =>
      is('type', 'work')(element) && is('value', 'b')(element) && is('display', 'D')(element),
    seed: { type: 'work', value: 'b', display: 'D' },
  },
  { text: 'type eq "work" and type eq "home"', holds: () => false, seed: undefined },
  {
    text: 'type eq "work" and value sw "x"',
    holds: (e) => is('type', 'work')(e) && is('value', 'x and y')(e),
    seed: undefined,
  },
  { text: 'not (type eq "home")', holds: (element) => !is('type', 'home')(element), seed: undefined },
  { text: 'value pr', holds: has('value'), seed: undefined },
  { text: 'type ne "work"', holds: (element) => !is('type', 'work')(element), seed: undefined },
  {
    text: 'value eq "x and y" or display pr',
    holds: (e) => is('value', 'x and y')(e) || has('display')(e),
    seed: undefined,
  },
];
const identified =
  (wanted: string) =>
  ({ value }: Resource) =>
    value === wanted;
const MEMBER_CHOICES: readonly Choice[] = [
  { text: 'value eq "a"', holds: identified('a'), seed: { value: 'a' } },
  { text: 'value eq "A"', holds: identified('A'), seed: { value: 'A' } },
  {
    text: 'value eq "a" or value eq "b"',
    holds: (e) => identified('a')(e) || identified('b')(e),
    seed: undefined,
  },
  { text: 'not (value eq "b")', holds: (element) => !identified('b')(element), seed: undefined },
  { text: 'display pr', holds: has('display'), seed: undefined },
];

/** Without the ways of writing that only a lenient profile takes. */
export type Manner = 'lenient' | 'rfc';

const simpleValue = (kind: 'text' | 'boolean', manner: Manner): fc.Arbitrary<JsonValue> => {
  const proper = kind === 'text' ? text : fc.boolean();
  if (manner === 'rfc') return fc.oneof({ weight: 5, arbitrary: proper }, fc.constant(null));
  const dialect = kind === 'text' ? fc.constantFrom('', null) : fc.constantFrom('True', 'False', '', null);
  return fc.oneof({ weight: 4, arbitrary: proper }, dialect);
};

function objectValue(
  parts: { readonly [name: string]: 'text' | 'boolean' },
  manner: Manner,
): fc.Arbitrary<JsonObject> {
  const entries = Object.entries(parts).map(
    ([name, kind]) =>
      [name, name === 'type' ? fc.constantFrom('work', 'home', 'other') : simpleValue(kind, manner)] as const,
  );
  const unknown = manner === 'rfc' ? fc.constant({}) : fc.constantFrom({}, { unknown: 'x' }, { $ref: 'x' });
  return fc
    .tuple(fc.record(Object.fromEntries(entries), { requiredKeys: [] }), unknown)
    .map(([value, more]) => ({ ...value, ...more }) as JsonObject);
}

function listValue(
  fact: Extract<Fact, { kind: 'list' | 'references' }>,
  manner: Manner,
): fc.Arbitrary<JsonValue> {
  const { primary: _primary, ...parts } = fact.parts as { readonly [name: string]: 'text' | 'boolean' };
  const element =
    manner === 'rfc'
      ? objectValue({ ...parts }, manner)
      : fc.oneof({ weight: 6, arbitrary: objectValue(fact.parts, manner) }, text);
  const list = fc.array(element, { maxLength: 3 });
  return manner === 'rfc' ? list : fc.oneof({ weight: 5, arbitrary: list }, element, fc.constant(null));
}

/** The whole attribute, one part of it, or what a filter chooses. */
function target(fact: Fact): fc.Arbitrary<{ choice?: Choice | undefined; part?: string | undefined }> {
  if (fact.kind === 'text' || fact.kind === 'boolean') return fc.constant({});
  const part = fc.option(fc.constantFrom(...Object.keys(fact.parts)), { nil: undefined });
  if (fact.kind === 'complex') return part.map((chosen) => ({ part: chosen }));
  const choices = fact.kind === 'list' ? CHOICES : MEMBER_CHOICES;
  return fc.record({ choice: fc.option(fc.constantFrom(...choices), { nil: undefined, freq: 3 }), part });
}

function valueFor(
  fact: Fact,
  change: Pick<Change, 'choice' | 'part'>,
  manner: Manner,
): fc.Arbitrary<JsonValue> {
  if (fact.kind === 'text' || fact.kind === 'boolean') return simpleValue(fact.kind, manner);
  if (change.part === 'type') return fc.constantFrom('work', 'home', 'other');
  if (change.part !== undefined) return simpleValue(fact.parts[change.part] ?? 'text', manner);
  if (fact.kind === 'complex' || change.choice !== undefined) {
    return fc.oneof({ weight: 5, arbitrary: objectValue(fact.parts, manner) }, fc.constant(null));
  }
  return listValue(fact, manner);
}

/** How a path or a key may name the attribute. */
function spellings(place: string, urn: string, manner: Manner): readonly string[] {
  const [holder, extended] = place.split(' ');
  if (extended !== undefined && holder !== undefined) {
    const proper = [`${holder}:${extended}`];
    return manner === 'rfc'
      ? proper
      : [...proper, extended, `${holder.toUpperCase()}:${extended.toUpperCase()}`, `${holder}.${extended}`];
  }
  return [place, place.toUpperCase(), `${urn}:${place}`];
}

const opWord = (op: Change['op'], manner: Manner): fc.Arbitrary<string> =>
  manner === 'rfc' ? fc.constant(op) : fc.constantFrom(op, `${op.charAt(0).toUpperCase()}${op.slice(1)}`);

function pathText(name: string, { choice, part }: Pick<Change, 'choice' | 'part'>): string {
  return `${name}${choice === undefined ? '' : `[${choice.text}]`}${part === undefined ? '' : `.${part}`}`;
}

export interface World {
  readonly facts: { readonly [place: string]: Fact };
  readonly urn: string;
}

function withPath({ facts, urn }: World, manner: Manner): fc.Arbitrary<PatchCase> {
  return fc
    .tuple(fc.constantFrom(...Object.entries(facts)), fc.constantFrom('add', 'replace', 'remove'))
    .chain(([[place, fact], op]) =>
      target(fact).chain((where) =>
        fc
          .record({
            word: opWord(op, manner),
            name: fc.constantFrom(...spellings(place, urn, manner)),
            value:
              op !== 'remove'
                ? valueFor(fact, where, manner)
                : (fact.kind === 'list' || fact.kind === 'references') && manner === 'lenient'
                  ? fc.option(valueFor(fact, where, manner), { nil: undefined })
                  : fc.constant(undefined),
          })
          .map(({ word, name, value }) => ({
            operation: {
              op: word,
              path: pathText(name, where),
              ...(value === undefined ? {} : { value }),
            },
            changes: [{ op, place, ...where, value }],
          })),
      ),
    );
}

/** `value` is an object of names, dotted names, URNs or whole paths with filter. */
function withoutPath({ facts, urn }: World, manner: Manner): fc.Arbitrary<PatchCase> {
  const entry = fc.constantFrom(...Object.entries(facts)).chain(([place, fact]) =>
    (manner === 'rfc' ? fc.constant({}) : target(fact)).chain((where: Pick<Change, 'choice' | 'part'>) =>
      fc.record({
        place: fc.constant(place),
        where: fc.constant(where),
        name: fc.constantFrom(...(manner === 'rfc' ? [place] : spellings(place, urn, manner))),
        value: valueFor(fact, where, manner),
      }),
    ),
  );
  return fc
    .record({
      op: fc.constantFrom('add' as const, 'replace' as const),
      entries: fc.uniqueArray(entry, { selector: ({ place }) => place, minLength: 1, maxLength: 3 }),
      ignored: fc.constantFrom<JsonObject>({}, { id: 'other', nickname2: 1, meta: { version: 'x' } }),
    })
    .chain(({ op, entries, ignored }) => {
      // Keys with a filter are carried out first.
      const ordered = [
        ...entries.filter(({ where }) => where.choice !== undefined),
        ...entries.filter(({ where }) => where.choice === undefined),
      ];
      const value: JsonObject = manner === 'rfc' ? {} : { ...ignored };
      for (const each of ordered) {
        const [holder, extended] = each.name.split(' ');
        if (holder !== undefined && extended !== undefined) {
          value[holder] = { ...(value[holder] as JsonObject | undefined), [extended]: each.value };
        } else value[pathText(each.name, each.where)] = each.value;
      }
      return opWord(op, manner).map((word) => ({
        operation: { op: word, value },
        changes: ordered.map(({ place, where, value: wanted }) => ({ op, place, ...where, value: wanted })),
      }));
    });
}

/** The whole enterprise extension at once. */
const extensionAtOnce: fc.Arbitrary<PatchCase> = fc.oneof(
  fc.constant<PatchCase>({
    operation: { op: 'remove', path: ENTERPRISE },
    changes: ['department', 'manager'].map((name) => ({ op: 'remove', place: `${ENTERPRISE} ${name}` })),
  }),
  fc.tuple(fc.constantFrom('add' as const, 'replace' as const), text).map(([op, value]) => ({
    operation: { op, path: ENTERPRISE, value: { department: value, manager: { value } } },
    changes: [
      { op, place: `${ENTERPRISE} department`, value },
      { op, place: `${ENTERPRISE} manager`, value: { value } },
    ],
  })),
);

export const users: fc.Arbitrary<JsonObject> = fc
  .record(
    {
      title: text,
      externalId: text,
      name: fc.record({ givenName: text, familyName: text }, { requiredKeys: [] }),
      emails: listValue(FACTS.emails as Extract<Fact, { kind: 'list' }>, 'lenient'),
      roles: listValue(FACTS.roles as Extract<Fact, { kind: 'list' }>, 'lenient'),
      [ENTERPRISE]: fc.record(
        { department: text, manager: fc.record({ value: text }) },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ['emails'] },
  )
  .map((attributes) => JSON.parse(JSON.stringify({ userName: 'u', ...attributes })) as JsonObject);

export const groups: fc.Arbitrary<JsonObject> = fc
  .array(fc.record({ value: fc.constantFrom('a', 'b', 'c'), display: text }, { requiredKeys: ['value'] }), {
    maxLength: 4,
  })
  .map((list) => JSON.parse(JSON.stringify({ displayName: 'G', members: list })) as JsonObject);

export const USER: World = { facts: FACTS, urn: CORE_USER };
export const GROUP: World = { facts: GROUP_FACTS, urn: 'urn:ietf:params:scim:schemas:core:2.0:Group' };

/** The operations of one request. */
export const casesOf = (world: World, manner: Manner): fc.Arbitrary<PatchCase[]> =>
  fc.array(
    fc.oneof(
      { weight: 8, arbitrary: withPath(world, manner) },
      { weight: 3, arbitrary: withoutPath(world, manner) },
      ...(world === USER ? [{ weight: 1, arbitrary: extensionAtOnce }] : []),
    ),
    { minLength: 1, maxLength: 4, size: 'max' },
  );
