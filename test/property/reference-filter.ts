import fc from 'fast-check';

/**
 * Filters as text, each together with what RFC 7644 §3.4.2.2 says about it: a slow and obvious function of the
 * resource. Shares no code with the parser, the resolver or the evaluator.
 */
export interface FilterCase {
  readonly text: string;
  readonly holds: (resource: unknown) => boolean;
}

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
/** The extension of test/unit/scim/fixtures.ts: the kinds of attributes the standard schemas lack. */
const BADGE = 'urn:example:params:scim:schemas:extension:badge:2.0:User';

/** A point in time: how a client may write it, and how many 100 ns it is after the start of 2026. */
const INSTANTS: readonly (readonly [text: string, ticks: number])[] = [
  ['2026-01-01T00:00:00Z', 0],
  ['2026-01-01T00:00:00.000Z', 0],
  ['2026-01-01T01:00:00+01:00', 0],
  ['2025-12-31T19:30:00-04:30', 0],
  ['2026-01-01T00:00:00.0000001Z', 1],
  ['2026-01-01T02:00:00.0000001+02:00', 1],
  ['2026-01-01T00:00:00.5Z', 5_000_000],
  ['2026-01-01T00:00:00.50000Z', 5_000_000],
  ['2026-01-01T00:00:01Z', 10_000_000],
  ['2025-12-31T23:59:59.9999999Z', -1],
  ['2025-12-31T23:00:00-01:00', 0],
];

/** Ties in case, width, composition and sort order, and the separators a careless parser splits at. */
const WORDS = [
  'a',
  'A',
  'ab',
  'Ba',
  'b a',
  'É',
  'e\u0301',
  'ß',
  'İ',
  'ΟΔΟΣ',
  'οδος',
  'x and y',
  'a) or (b',
  '] ',
  '"q"',
  '\\',
  '.',
  '%',
  '😀',
  '\uffee',
  '',
] as const;

type Kind = 'text' | 'exact' | 'boolean' | 'number' | 'instant';

interface Attribute {
  /** Spellings a client may use. */
  readonly names: readonly string[];
  /** Where the values are: own keys from the resource (or from an element) down; lists on the way are looked through. */
  readonly path: readonly string[];
  readonly kind: Kind;
  /** What the name itself denotes where `path` is its `value`: whether that is there is another question. */
  readonly whole?: readonly string[];
}

const ATTRIBUTES: readonly Attribute[] = [
  { names: ['userName', 'username', `${CORE}:userName`], path: ['userName'], kind: 'text' },
  { names: ['title', 'TITLE', `${CORE.toUpperCase()}:Title`], path: ['title'], kind: 'text' },
  { names: ['externalId', 'externalid'], path: ['externalId'], kind: 'exact' },
  { names: ['active', 'Active'], path: ['active'], kind: 'boolean' },
  { names: ['name.familyName', 'NAME.familyname'], path: ['name', 'familyName'], kind: 'text' },
  // `emails co "x"` is an example of the RFC: `value` is meant. `email` is PingOne's.
  { names: ['emails', 'EMAILS', 'email'], path: ['emails', 'value'], kind: 'text', whole: ['emails'] },
  { names: ['emails.value'], path: ['emails', 'value'], kind: 'text' },
  { names: ['emails.type', 'Emails.Type'], path: ['emails', 'type'], kind: 'text' },
  { names: ['emails.primary'], path: ['emails', 'primary'], kind: 'boolean' },
  { names: ['meta.created', `${CORE}:meta.created`], path: ['meta', 'created'], kind: 'instant' },
  {
    names: ['manager', `${ENTERPRISE}:manager`, `${ENTERPRISE}.manager`],
    path: [ENTERPRISE, 'manager', 'value'],
    kind: 'exact',
    whole: [ENTERPRISE, 'manager'],
  },
  {
    names: ['manager.value', `${ENTERPRISE}:manager.value`],
    path: [ENTERPRISE, 'manager', 'value'],
    kind: 'exact',
  },
  { names: ['department', `${ENTERPRISE}:department`], path: [ENTERPRISE, 'department'], kind: 'text' },
  { names: ['floor', `${BADGE}:floor`], path: [BADGE, 'floor'], kind: 'number' },
  { names: ['weight'], path: [BADGE, 'weight'], kind: 'number' },
  { names: ['issued'], path: [BADGE, 'issued'], kind: 'instant' },
  { names: ['tags'], path: [BADGE, 'tags'], kind: 'text' },
];

const ELEMENT: readonly Attribute[] = [
  { names: ['value', 'VALUE'], path: ['value'], kind: 'text' },
  { names: ['type'], path: ['type'], kind: 'text' },
  { names: ['primary'], path: ['primary'], kind: 'boolean' },
];

const TEXTUAL = ['co', 'sw', 'ew'] as const;
const ORDERING = ['gt', 'ge', 'lt', 'le'] as const;
type Operator = 'eq' | 'ne' | (typeof TEXTUAL)[number] | (typeof ORDERING)[number];

const OPERATORS: { readonly [K in Kind]: readonly Operator[] } = {
  text: ['eq', 'ne', ...TEXTUAL, ...ORDERING],
  exact: ['eq', 'ne', ...TEXTUAL, ...ORDERING],
  instant: ['eq', 'ne', ...ORDERING],
  number: ['eq', 'ne', ...ORDERING],
  boolean: ['eq', 'ne'],
};

/** Every value there is at a path; a list stands for its elements. */
function valuesAt(subject: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(subject)) return subject.flatMap((element) => valuesAt(element, path));
  const [first, ...rest] = path;
  if (first === undefined) return [subject];
  if (typeof subject !== 'object' || subject === null || !Object.hasOwn(subject, first)) return [];
  return valuesAt((subject as Record<string, unknown>)[first], rest);
}

/** "has a non-empty or non-null value, or contains a non-empty node for complex attributes" (Table 3). */
function isPresent(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  return typeof value === 'object' ? Object.values(value).some(isPresent) : true;
}

/** One character after the other, so that no rule about the end of a word applies. */
const fold = (text: string): string =>
  [...text.normalize('NFC')]
    .map((character) => (character === 'ς' ? 'σ' : character.toLowerCase()))
    .join('')
    .normalize('NFC');

/** By code points. */
function order(a: string, b: string): number {
  const left = [...a].map((character) => character.codePointAt(0) ?? 0);
  const right = [...b].map((character) => character.codePointAt(0) ?? 0);
  const index = left.findIndex((point, i) => point !== right[i]);
  return index === -1 ? left.length - right.length : (left[index] ?? 0) - (right[index] ?? -1);
}

const ticksOf = (text: unknown): number => {
  const found = INSTANTS.find(([written]) => written === text);
  if (found === undefined) throw new Error(`The model does not know the instant ${text}.`);
  return found[1];
};

/** Table 3 for one value that is there; `wanted` is what the literal means. */
function compare(kind: Kind, actual: unknown, operator: Operator, wanted: unknown): boolean {
  if (kind === 'text' || kind === 'exact') {
    const read = kind === 'text' ? fold : (text: string) => text;
    const [a, b] = [read(String(actual)), read(String(wanted))];
    if (operator === 'co') return a.split(b).length > 1 || b === '';
    if (operator === 'sw') return a.slice(0, b.length) === b;
    if (operator === 'ew') return b === '' || a.slice(-b.length) === b;
    return inOrder(operator, order(a, b));
  }
  const measure = kind === 'instant' ? ticksOf : Number;
  return inOrder(operator, measure(actual) - measure(wanted));
}

function inOrder(operator: Operator, difference: number): boolean {
  if (operator === 'eq') return difference === 0;
  if (operator === 'gt') return difference > 0;
  if (operator === 'ge') return difference >= 0;
  if (operator === 'lt') return difference < 0;
  return difference <= 0;
}

const anyCase = (word: string): fc.Arbitrary<string> =>
  fc.constantFrom(word, word.toUpperCase(), `${word.charAt(0).toUpperCase()}${word.slice(1)}`);

const singleQuoted = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

interface Literal {
  readonly text: string;
  readonly meaning: unknown;
}

/** The ways to write a value of a kind, the RFC's and those that are tolerated. */
function literal(kind: Kind): fc.Arbitrary<Literal> {
  switch (kind) {
    case 'boolean':
      return fc.boolean().chain((meaning) =>
        fc
          .oneof(
            anyCase(String(meaning)),
            anyCase(String(meaning)).map((word) => `"${word}"`),
          )
          .map((text) => ({ text, meaning })),
      );
    case 'number':
      return fc
        .constantFrom(0, 1, 2, -1, 1.5, 10)
        .chain((meaning) => fc.constantFrom(`${meaning}`, `"${meaning}"`).map((text) => ({ text, meaning })));
    case 'instant':
      return fc.constantFrom(...INSTANTS).map(([text]) => ({ text: `"${text}"`, meaning: text }));
    default:
      return fc
        .constantFrom(...WORDS)
        .chain((meaning) =>
          fc
            .constantFrom(
              JSON.stringify(meaning),
              singleQuoted(meaning),
              /^\w+$/.test(meaning) ? meaning : JSON.stringify(meaning),
            )
            .map((text) => ({ text, meaning })),
        );
  }
}

/** `a pr`, `a eq null`, `a op literal` on one of the attributes. */
function condition(attributes: readonly Attribute[]): fc.Arbitrary<FilterCase> {
  return fc.constantFrom(...attributes).chain(({ names, path, kind, whole = path }) => {
    const name = fc.constantFrom(...names);
    const present = (subject: unknown) => valuesAt(subject, whole).some(isPresent);
    return fc.oneof(
      {
        weight: 1,
        arbitrary: fc.tuple(name, anyCase('pr')).map(([n, op]) => ({ text: `${n} ${op}`, holds: present })),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(name, fc.constantFrom('eq', 'ne')).map(([n, op]) => ({
          text: `${n} ${op} null`,
          holds: (subject: unknown) => present(subject) === (op === 'ne'),
        })),
      },
      {
        weight: 6,
        arbitrary: fc
          .tuple(name, fc.constantFrom(...OPERATORS[kind]), literal(kind))
          .chain(([n, operator, { text, meaning }]) =>
            anyCase(operator).map((word) => ({
              text: `${n} ${word} ${text}`,
              // `ne` is "not eq" for absent and multi-valued attributes too (protocol reference 3.3).
              holds: (subject: unknown) =>
                operator === 'ne'
                  ? !valuesAt(subject, path).some((value) => compare(kind, value, 'eq', meaning))
                  : valuesAt(subject, path).some((value) => compare(kind, value, operator, meaning)),
            })),
          ),
      },
    );
  });
}

/** `name` has no `value`: it can't be compared, but it can be present. */
const presence = fc.constantFrom('pr', 'eq null', 'ne null').map((operator) => ({
  text: `name ${operator}`,
  holds: (subject: unknown) => valuesAt(subject, ['name']).some(isPresent) === (operator !== 'eq null'),
}));

type Shape = 'atom' | 'and' | 'or';
type Shaped = FilterCase & { readonly shape: Shape };

/** Needs parentheses where a looser operator would stand inside a tighter one; elsewhere they are there by chance. */
const inside = ({ text, shape }: Shaped, around: Shape, decorated: boolean): string =>
  decorated || shape === 'or' || (shape === 'and' && around === 'atom') ? `( ${text})` : text;

/** `and`, `or` and `not` over the conditions: with and without parentheses, so that precedence counts. */
function combinations(leaf: fc.Arbitrary<FilterCase>): fc.Arbitrary<FilterCase> {
  const { tree } = fc.letrec<{ tree: Shaped }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf.map((found) => ({ ...found, shape: 'atom' as const })),
      fc.tuple(tie('tree'), anyCase('not'), fc.boolean()).map(([operand, not, decorated]) => ({
        text: `${not} ${inside(operand, 'atom', decorated)}`,
        holds: (subject: unknown) => !operand.holds(subject),
        shape: 'atom' as const,
      })),
      fc
        .tuple(
          fc.constantFrom('and' as const, 'or' as const),
          fc.array(fc.tuple(tie('tree'), fc.boolean()), { minLength: 2, maxLength: 3 }),
        )
        .chain(([kind, operands]) =>
          anyCase(kind).map((word) => ({
            text: operands
              .map(([operand, decorated]) =>
                kind === 'or' && operand.shape !== 'or' && !decorated
                  ? operand.text
                  : inside(operand, kind, decorated),
              )
              .join(`  ${word} `),
            holds: (subject: unknown) =>
              kind === 'and'
                ? operands.every(([operand]) => operand.holds(subject))
                : operands.some(([operand]) => operand.holds(subject)),
            shape: kind,
          })),
        ),
    ),
  }));
  return tree;
}

const elementsOf = (subject: unknown, path: readonly string[]): unknown[] => valuesAt(subject, path);

/** `emails[…]`, all of it about one element, also what follows as `.value eq "x"` (Entra). */
const valuePath = fc
  .tuple(combinations(condition(ELEMENT)), fc.option(condition(ELEMENT), { nil: undefined }), fc.boolean())
  .map(([inner, suffix, spaced]) => ({
    text: `emails${spaced ? ' [ ' : '['}${inner.text}]${suffix === undefined ? '' : `.${suffix.text}`}`,
    holds: (subject: unknown) =>
      elementsOf(subject, ['emails']).some(
        (element) => inner.holds(element) && (suffix === undefined || suffix.holds(element)),
      ),
  }));

/** A complex attribute without list is one element; so is each value of a simple list. */
const otherValuePaths = fc.oneof(
  fc.constantFrom(...WORDS).map((word) => ({
    text: `name[familyName eq ${JSON.stringify(word)} or givenName pr]`,
    holds: (subject: unknown) =>
      elementsOf(subject, ['name']).some(
        (element) =>
          valuesAt(element, ['familyName']).some((value) => compare('text', value, 'eq', word)) ||
          valuesAt(element, ['givenName']).some(isPresent),
      ),
  })),
  fc.constantFrom(...WORDS).map((word) => ({
    text: `tags[value sw ${JSON.stringify(word)}]`,
    holds: (subject: unknown) =>
      elementsOf(subject, [BADGE, 'tags']).some((value) => compare('text', value, 'sw', word)),
  })),
);

/** Filters on a user of test/unit/scim/fixtures.ts. */
export const filterCases: fc.Arbitrary<FilterCase> = combinations(
  fc.oneof(
    { weight: 6, arbitrary: condition(ATTRIBUTES) },
    { weight: 1, arbitrary: presence },
    { weight: 3, arbitrary: valuePath },
    { weight: 1, arbitrary: otherValuePaths },
  ),
);

const word = fc.constantFrom(...WORDS);
const instant = fc.constantFrom(...INSTANTS).map(([text]) => text);
const some = { requiredKeys: [] };

/** Users to filter, with and without each attribute, and with values that `pr` must not count. */
export const filteredUsers: fc.Arbitrary<unknown> = fc
  .record(
    {
      userName: word,
      title: word,
      externalId: word,
      active: fc.boolean(),
      name: fc.record({ familyName: word, givenName: word }, some),
      emails: fc.array(fc.record({ value: word, type: word, primary: fc.boolean() }, some), { maxLength: 3 }),
      meta: fc.record({ created: instant }),
      [ENTERPRISE]: fc.record({ department: word, manager: fc.record({ value: word }, some) }, some),
      [BADGE]: fc.record(
        {
          floor: fc.constantFrom(0, 1, 2, -1),
          weight: fc.constantFrom(0, 1.5, 10),
          issued: instant,
          tags: fc.array(word, { maxLength: 2 }),
        },
        some,
      ),
    },
    some,
  )
  .map((user) => JSON.parse(JSON.stringify(user)) as unknown);
