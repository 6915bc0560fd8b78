import fc from 'fast-check';
import { foldCase } from '../../src/main/scim/fold-case.ts';
import type { JsonObject } from '../../src/main/scim/json.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';

/**
 * Case that SQLite can't fold, code points that UTF-16 and UTF-8 order differently, halves of pairs; what means
 * something to LIKE, GLOB, FTS5 and SQL; what could end or part a text.
 */
const PIECES = [
  'a',
  'A',
  'b',
  'ab',
  'ß',
  'SS',
  'ẞ',
  's',
  'ſ',
  'İ',
  'i\u0307',
  'ı',
  'I',
  'Σ',
  'ς',
  'σ',
  'é',
  'e\u0301',
  'É',
  '\u0301',
  'K',
  'ﬀ',
  '😀',
  '\ud83d',
  '\ude00',
  '𐐀',
  '𐐨',
  '\ud7ff',
  '\ue000',
  '\ufffd',
  '\uffff',
  '%',
  '_',
  '*',
  '?',
  '-',
  '^',
  '+',
  ':',
  '\\',
  '"',
  '""',
  "'",
  '(',
  '[a-z]',
  ' AND ',
  'NOT',
  'NEAR',
  'emails',
  '\u0000',
  '\n',
  '\t',
  ' ',
] as const;

/** The ids that the resources get, one that differs in case, and nobody's. */
const IDS = ['u0', 'u1', 'u2', 'U1', 'g0', 'g1', 'nobody'] as const;

/** In the form in which the server keeps them. */
const TIMES = ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.001Z', '2026-01-02T10:30:00.500Z'] as const;

const TIME_LITERALS = [
  ...TIMES,
  '2026-01-01T00:00:00Z',
  '2026-01-01T01:00:00+01:00',
  '2025-12-31T23:00:00-01:00',
  '2026-01-01T00:00:00.0005Z',
  '2026-01-01T00:00:00.0010000Z',
  '2026-01-01T00:00:00.0010001Z',
  '2026-01-02',
  '2026-01-02T10:30:00.5Z',
  '1969-12-31T23:59:59.9999Z',
  '0001-01-01T00:00:00+02:00',
  '9999-12-31T23:59:59-01:00',
] as const;

const ANY_OPERATOR = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
const ORDERING = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;

const USER_TEXTS = [
  'userName',
  'externalId',
  'displayName',
  'nickName',
  'title',
  'userType',
  'locale',
  'profileUrl',
  'name.familyName',
  'name.givenName',
  'emails',
  'emails.value',
  'emails.type',
  'emails.display',
  'phoneNumbers',
  'phoneNumbers.value',
  'phoneNumbers.type',
  'addresses.locality',
  'addresses.streetAddress',
  'roles.value',
  'department',
  `${ENTERPRISE}:employeeNumber`,
  `${ENTERPRISE}:department`,
  `${ENTERPRISE}:manager.displayName`,
  `${CORE}:userName`,
] as const;
const USER_IDS = [
  'id',
  'groups',
  'groups.value',
  'manager',
  'manager.value',
  `${ENTERPRISE}:manager.value`,
] as const;
const USER_PRESENCE = [
  ...USER_TEXTS,
  ...USER_IDS,
  'active',
  'name',
  'addresses',
  'roles',
  `${ENTERPRISE}:manager`,
  'emails.primary',
  'meta',
  'meta.created',
  'groups.display',
  'schemas',
] as const;
const GROUP_TEXTS = ['displayName', 'externalId', 'members.display'] as const;
const GROUP_IDS = ['id', 'members', 'members.value'] as const;
const GROUP_PRESENCE = [...GROUP_TEXTS, ...GROUP_IDS, 'members.type', 'members.$ref', 'meta'] as const;

/** Nested combinations of the given conditions, as a client would write them. */
function filters(leaf: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      tie('tree').map((inner) => `not (${inner})`),
      fc
        .tuple(tie('tree'), fc.constantFrom('and', 'or'), tie('tree'))
        .map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
    ),
  })).tree;
}

const compare = (
  names: readonly string[],
  wanted: fc.Arbitrary<string>,
  operators: readonly string[] = ANY_OPERATOR,
): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(...operators), wanted)
    .map(([name, operator, value]) => `${name} ${operator} ${value}`);

const presence = (names: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...names), fc.constantFrom('pr', 'eq null', 'ne null'))
    .map(([name, operator]) => `${name} ${operator}`);

const id = fc.constantFrom(...IDS).map((value) => JSON.stringify(value));
const timestamps = compare(
  ['meta.created', 'meta.lastModified'],
  fc.constantFrom(...TIME_LITERALS).map((text) => JSON.stringify(text)),
  ORDERING,
);
/** Also as text, which a date-time is as well. */
const timeTexts = compare(
  ['meta.created', 'meta.lastModified'],
  fc.constantFrom('"2026"', '"2026-01-01t"', '"z"', '""', '".00"'),
  ['co', 'sw', 'ew'],
);
const metaTexts = compare(
  ['meta.resourceType', 'meta.version', 'meta.location', 'schemas'],
  fc.constantFrom('"User"', '"user"', '"Group"', `"W/\\"1\\""`, '"Users/u1"', `"${CORE}"`, `"${ENTERPRISE}"`),
);

/** People, groups and filters that share a few pieces of text, so that they meet. */
function populationOf(text: fc.Arbitrary<string>) {
  const literal = text.map((value) => JSON.stringify(value));
  const some = { requiredKeys: [] };
  const email = fc.record(
    { value: text, type: fc.constantFrom('work', 'home', 'WORK'), primary: fc.boolean(), display: text },
    some,
  );
  const attributes = fc.record(
    {
      userName: text,
      externalId: text,
      displayName: text,
      nickName: text,
      active: fc.boolean(),
      title: text,
      userType: text,
      name: fc.record({ givenName: text, familyName: text }, some),
      emails: fc.array(email, { maxLength: 3 }),
      phoneNumbers: fc.array(fc.record({ value: text, type: fc.constantFrom('work', 'mobile') }, some), {
        maxLength: 2,
      }),
      addresses: fc.array(fc.record({ locality: text, streetAddress: text, primary: fc.boolean() }, some), {
        maxLength: 2,
      }),
      roles: fc.array(fc.record({ value: text }), { maxLength: 2 }),
      [ENTERPRISE]: fc.record(
        {
          employeeNumber: text,
          department: text,
          manager: fc.record({ value: fc.constantFrom(...IDS) }, some),
        },
        some,
      ),
    },
    { requiredKeys: ['userName'] },
  );
  const members = fc.uniqueArray(
    fc.record({ value: fc.constantFrom(...IDS), display: text }, { requiredKeys: ['value'] }),
    { selector: ({ value }) => value, maxLength: 4 },
  );
  const groupAttributes = fc.record(
    { displayName: text, externalId: text },
    { requiredKeys: ['displayName'] },
  );
  const times = {
    created: fc.constantFrom(...TIMES),
    lastModified: fc.constantFrom(...TIMES),
  };
  const rare = { nil: undefined, freq: 3 };

  const userLeaf = fc.oneof(
    { weight: 6, arbitrary: compare(USER_TEXTS, literal) },
    // Those with a column, a side table or a trigram index once more.
    {
      weight: 6,
      arbitrary: compare(['userName', 'displayName', 'emails', 'emails.value', 'externalId'], literal),
    },
    { weight: 2, arbitrary: compare(USER_IDS, id) },
    { weight: 2, arbitrary: presence(USER_PRESENCE) },
    {
      weight: 1,
      arbitrary: compare(['active', 'emails.primary'], fc.constantFrom('true', 'false', '"True"'), [
        'eq',
        'ne',
      ]),
    },
    { weight: 2, arbitrary: timestamps },
    { weight: 1, arbitrary: fc.oneof(timeTexts, metaTexts) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(
          fc.constantFrom('emails', 'phoneNumbers', 'Emails'),
          compare(['value', 'type', 'display'], literal),
          fc.constantFrom('work', 'home', 'mobile'),
        )
        .chain(([list, value, type]) =>
          fc.constantFrom(
            `${list}[${value}]`,
            `${list}[type eq "${type}" and ${value}]`,
            `${list}[type eq "${type}" or ${value}]`,
            `${list}[not (${value})]`,
            `${list}[type eq "${type}" and not (${value})]`,
            `${list}[type eq "${type}"].${value}`,
            `${list}[primary eq true and ${value}]`,
            `${list}[value pr and ${value}]`,
            `${list}[value ne null and ${value}]`,
          ),
        ),
    },
    { weight: 1, arbitrary: compare(['value'], id).map((value) => `groups[${value}]`) },
    { weight: 1, arbitrary: compare(['value'], id).map((value) => `manager[${value}]`) },
    { weight: 1, arbitrary: compare(['familyName'], literal).map((value) => `name[${value}]`) },
  );
  const groupLeaf = fc.oneof(
    { weight: 4, arbitrary: compare(GROUP_TEXTS, literal) },
    { weight: 3, arbitrary: compare(GROUP_IDS, id) },
    {
      weight: 3,
      arbitrary: compare(['value'], id).chain((value) =>
        fc.constantFrom(
          `members[${value}]`,
          `members[not (${value})]`,
          `members[type eq "User" and ${value}]`,
          `members[${value} and display pr]`,
          `members[${value}].display pr`,
        ),
      ),
    },
    { weight: 2, arbitrary: presence(GROUP_PRESENCE) },
    { weight: 1, arbitrary: fc.oneof(timestamps, timeTexts, metaTexts) },
    { weight: 1, arbitrary: fc.constantFrom('members.type eq "Group"', 'members.type ne "User"') },
  );

  return fc.record({
    users: fc.uniqueArray(
      fc.record({
        ...times,
        attributes,
        /** What was stored at first, if anything else was. */
        earlier: fc.option(attributes, rare),
      }),
      { selector: ({ attributes: { userName } }) => keyOf(userName), minLength: 1, maxLength: 8 },
    ),
    groups: fc.uniqueArray(
      fc.record({
        ...times,
        attributes: groupAttributes,
        earlier: fc.option(groupAttributes, rare),
        members,
      }),
      { selector: ({ attributes: { displayName } }) => keyOf(displayName), minLength: 1, maxLength: 4 },
    ),
    userFilters: fc.array(filters(userLeaf), { minLength: 10, maxLength: 10 }),
    groupFilters: fc.array(filters(groupLeaf), { minLength: 6, maxLength: 6 }),
  });
}

/** What the unique column can tell apart: SQLite stores half a surrogate pair as U+FFFD. */
function keyOf(name: string): string {
  return Buffer.from(foldCase(name)).toString();
}

/** Texts of up to three pieces, and some long enough that an index of trigrams can be asked. */
export const populations = fc
  .uniqueArray(fc.constantFrom(...PIECES), { minLength: 2, maxLength: 5 })
  .chain((pieces) => {
    const joined = (maxLength: number) =>
      fc.array(fc.constantFrom(...pieces), { maxLength, size: 'max' }).map((parts) => parts.join(''));
    return populationOf(
      fc.oneof(
        { weight: 6, arbitrary: joined(3) },
        { weight: 4, arbitrary: joined(7) },
        { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 3 }) },
      ),
    );
  });

/** As it would be stored: without undefined, and without half a surrogate pair, which no request gets in. */
export const stored = (value: unknown): JsonObject =>
  JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === 'string' ? part.replace(/\p{Surrogate}/gu, '\ufffd') : part,
  ) as JsonObject;
