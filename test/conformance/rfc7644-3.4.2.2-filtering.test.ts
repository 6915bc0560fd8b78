import { beforeAll, describe, expect, test } from 'vitest';
import { ENTERPRISE, expectError, listed, shareEndpoint, USER } from './endpoint.ts';

/** RFC 7644 section 3.4.2.2: filters, and the superset of them that clients send (protocol reference D2). */
const scim = shareEndpoint();

const people = {
  ann: {
    userName: 'Ann@filter.example',
    name: { givenName: 'Ann', familyName: "O'Neil" },
    title: 'Tour Guide',
    userType: 'Employee',
    active: true,
    externalId: 'Ext-1',
    emails: [
      { value: 'ann@work.example', type: 'work', primary: true },
      { value: 'ann@home.example', type: 'home' },
    ],
    [ENTERPRISE]: { employeeNumber: '007', manager: { value: 'boss-1' } },
  },
  bob: {
    userName: 'bob@filter.example',
    name: { givenName: 'Bob', familyName: 'Jensen' },
    title: 'Head of "Sales" \\ Süd',
    userType: 'Intern',
    active: false,
    externalId: 'ext-1',
    emails: [
      { value: 'bob@home.example', type: 'work' },
      { value: 'bob@work.example', type: 'home', primary: false },
    ],
  },
  cyd: {
    userName: 'cyd@filter.example',
    displayName: 'Çyd ] ) and ( [ or "x" eq .value',
    userType: 'Employee',
    [ENTERPRISE]: { employeeNumber: '7' },
  },
};

const created: Record<string, { id: string; meta: { created: string; lastModified: string } }> = {};

beforeAll(async () => {
  for (const [key, person] of Object.entries(people)) {
    const { password: _, ...body } = { ...person, password: undefined };
    created[key] = await scim.user(body);
  }
});

/** Whom a filter finds, by the first letters of their user names. */
async function find(filter: string): Promise<string[]> {
  const all = await scim.list('/Users', { filter: `userName ew "@filter.example" and (${filter})` });
  const plain = await scim.list('/Users', { filter });
  expect(plain.status).toBe(200);
  return listed(all).map((userName) => userName.slice(0, 3).toLowerCase());
}

const found = (filter: string, expected: string[]) => async () =>
  expect(await find(filter)).toEqual(expected);

describe('Table 3: attribute operators', () => {
  test.each([
    ['userName eq "ann@filter.example"', ['ann']],
    ['userName ne "ann@filter.example"', ['bob', 'cyd']],
    ['userName co "N@FIL"', ['ann']],
    ['userName sw "B"', ['bob']],
    ['userName ew "b@filter.example"', ['bob']],
    ['title pr', ['ann', 'bob']],
    ['userName gt "bob@filter.example"', ['cyd']],
    ['userName ge "bob@filter.example"', ['bob', 'cyd']],
    ['userName lt "bob@filter.example"', ['ann']],
    ['userName le "bob@filter.example"', ['ann', 'bob']],
    ['active eq true', ['ann', 'cyd']],
    ['active eq false', ['bob']],
    ['active ne true', ['bob']],
    ['active pr', ['ann', 'bob', 'cyd']],
    ['title eq null', ['cyd']],
    ['title ne null', ['ann', 'bob']],
    ['title ne "Tour Guide"', ['bob', 'cyd']],
    ['name pr', ['ann', 'bob']],
    ['emails pr', ['ann', 'bob']],
    ['name.familyName eq "jensen"', ['bob']],
    ['title sw ""', ['ann', 'bob']],
    ['title eq ""', []],
  ])('%s', (filter, expected) => found(filter, expected)());
});

describe('Table 4: logical operators, grouping and precedence', () => {
  test.each([
    ['userType eq "Employee" and active eq true', ['ann', 'cyd']],
    ['userType eq "Intern" or title eq "Tour Guide"', ['ann', 'bob']],
    ['not (userType eq "Employee")', ['bob']],
    // "and" binds stronger than "or".
    ['userType eq "Intern" or userType eq "Employee" and title pr', ['ann', 'bob']],
    ['(userType eq "Intern" or userType eq "Employee") and not (title pr)', ['cyd']],
    ['not (title pr) or userName sw "a" and active eq false', ['cyd']],
    ['userType eq "Employee" and (title pr or displayName pr) and not (userName sw "c")', ['ann']],
    ['not (not (title pr))', ['ann', 'bob']],
    ['((((title pr))))', ['ann', 'bob']],
    ['NOT (title PR) AND userName SW "c"', ['cyd']],
    ['not title pr', ['cyd']],
    ['not userName sw "a" and title pr', ['bob']],
  ])('%s', (filter, expected) => found(filter, expected)());
});

describe('Table 5: value paths; all conditions are about the same element', () => {
  test.each([
    ['emails[type eq "work" and value co "@work.example"]', ['ann']],
    ['emails[type eq "home" and value co "@work.example"]', ['bob']],
    ['emails.type eq "work" and emails.value co "@work.example"', ['ann', 'bob']],
    ['emails[type eq "work" or value ew "@work.example"]', ['ann', 'bob']],
    ['emails[not (type eq "work") and value sw "ann"]', ['ann']],
    ['emails[primary eq true]', ['ann']],
    ['emails[primary eq "True" and type eq "WORK"]', ['ann']],
    ['emails[primary pr]', ['ann', 'bob']],
    ['not (emails[type eq "work"])', ['cyd']],
    ['emails[type eq "work"] and userType eq "Intern"', ['bob']],
    ['emails co "work.example"', ['ann', 'bob']],
    ['emails.value eq "bob@work.example"', ['bob']],
    [`name[givenName eq "Ann" and familyName pr]`, ['ann']],
  ])('%s', (filter, expected) => found(filter, expected)());

  test.each([
    ['emails[type eq "work"].value eq "ann@work.example"', ['ann']],
    ['emails[type eq "work"].value eq "ann@home.example"', []],
    ['emails[type eq "work"].value co "@" and active eq true', ['ann']],
    ['emails[type eq "work"] eq "bob@home.example"', ['bob']],
    ['emails[type eq "work"].value pr', ['ann', 'bob']],
    [
      '(emails[type eq "work"].value eq "ann@work.example") or emails[type eq "home"].value eq "bob@work.example"',
      ['ann', 'bob'],
    ],
    ['emails[type eq"work"].value eq"ann@work.example"', ['ann']],
  ])('with something behind the bracket, as Entra sends it: %s', (filter, expected) =>
    found(filter, expected)(),
  );
});

describe('literals', () => {
  test.each([
    ['an escaped quote and backslash', 'title eq "Head of \\"Sales\\" \\\\ Süd"', ['bob']],
    ['a \\u escape', 'title ew "S\\u00fcd"', ['bob']],
    ['brackets, operators and dots inside quotes', 'displayName co "] ) and ( [ or"', ['cyd']],
    ['quotes inside', 'displayName co "\\"x\\" eq .value"', ['cyd']],
    ['Unicode without case', 'displayName sw "çYD"', ['cyd']],
    ['an apostrophe', 'name.familyName eq "o\'neil"', ['ann']],
    ['single quotes, as in the RFC’s own example', "userName sw 'ANN'", ['ann']],
    ['single quotes with an escaped one', "name.familyName eq 'O\\'Neil'", ['ann']],
    ['no quotes at all', 'userName sw bob', ['bob']],
    ['no quotes around an address', 'emails.value eq ann@work.example', ['ann']],
    ['a text for a boolean', 'active eq "True"', ['ann', 'cyd']],
    ['an upper-case boolean', 'active eq FALSE', ['bob']],
    ['a number for a text', `${ENTERPRISE}:employeeNumber eq 7`, ['cyd']],
    ['leading zeros without quotes', `${ENTERPRISE}:employeeNumber eq 007`, ['ann']],
    ['case-exact text', 'externalId eq "ext-1"', ['bob']],
    ['a percent sign is no wildcard', 'userName co "%"', []],
    ['an underscore is no wildcard', 'userName sw "_nn"', []],
    ['an asterisk is no wildcard', 'userName sw "a*"', []],
  ])('%s', (_what, filter, expected) => found(filter, expected)());
});

describe('names', () => {
  test.each([
    ['USERNAME EQ "ann@filter.example"', ['ann']],
    [`${USER}:userName sw "ann"`, ['ann']],
    [`${USER.toUpperCase()}:NAME.GIVENNAME eq "ann"`, ['ann']],
    [`${USER}:emails[type eq "work"].value sw "ann"`, ['ann']],
    [`${ENTERPRISE}:employeeNumber eq "007"`, ['ann']],
    [`${ENTERPRISE}:manager.value eq "boss-1"`, ['ann']],
    ['manager eq "boss-1"', ['ann']],
    ['employeeNumber eq "007"', ['ann']],
    ['email co "ann@work"', ['ann']],
    [`${ENTERPRISE}:manager pr`, ['ann']],
  ])('%s', (filter, expected) => found(filter, expected)());
});

describe('spacing', () => {
  test.each([
    ['  userName   eq   "ann@filter.example"  ', ['ann']],
    ['userName\teq\n"ann@filter.example"', ['ann']],
    ['userName eq"ann@filter.example"', ['ann']],
    ['( userName sw "a" )or( userName sw "b" )', ['ann', 'bob']],
    ['emails[ type eq "work" ]', ['ann', 'bob']],
    ['not(title pr)', ['cyd']],
  ])('%j', (filter, expected) => found(filter, expected)());
});

describe('dates', () => {
  test('"compared … chronologically": offsets, fractions of any length, and the year 1', async () => {
    const at = created.ann?.meta.created ?? '';
    const shifted = `${new Date(Date.parse(at) + 3_600_000).toISOString().slice(0, 23)}+01:00`;
    for (const same of [at, shifted, at.replace('Z', '0000Z'), at.replace('Z', '+00:00'), at.toLowerCase()]) {
      expect(await find(`meta.created eq "${same}" and userName sw "ann"`), same).toEqual(['ann']);
    }
    const later = at.replace('Z', '0001Z');
    expect(await find(`meta.created lt "${later}" and userName sw "ann"`)).toEqual(['ann']);
    expect(await find(`meta.created ge "${later}" and userName sw "ann"`)).toEqual([]);
    expect(await find('meta.lastModified ge "0001-01-03T00:00:00.0000000Z"')).toEqual(['ann', 'bob', 'cyd']);
    expect(await find('meta.lastModified gt "9999-12-31T23:59:59.9999999Z"')).toEqual([]);
  });

  test('Microsoft’s inbound filter, seven digits, any case', async () => {
    const filter =
      '(ActiVe eq true) and meta.lastmodified ge "2020-06-01T10:20:30.8420572Z" and meta.LastModified le "2999-01-01T00:00:00.0000000Z"';
    expect(await find(filter)).toEqual(['ann', 'cyd']);
    expect(await find('meta.created gt 2015-10-10T14:38:21.8617979-07:00')).toEqual(['ann', 'bob', 'cyd']);
  });

  test('the + of an offset that was not encoded is a space by the time it arrives', async () => {
    const answer = await scim.raw(
      'GET',
      '/Users?filter=meta.created%20gt%20"2015-01-01T00:00:00+01:00"&count=1',
    );
    expect(answer.status).toBe(200);
    expect(answer.body.totalResults).toBeGreaterThan(0);
  });
});

describe('"MUST decline to filter results" it does not understand: 400 invalidFilter', () => {
  test.each([
    'userName',
    'userName eq',
    'eq "x"',
    'userName xx "x"',
    'userName eq "x',
    'userName eq "x" and',
    'and userName eq "x"',
    '(userName eq "x"',
    'userName eq "x")',
    'userName eq "x" userName eq "y"',
    'emails[type eq "work"',
    'emails type eq "work"]',
    'emails[]',
    'emails[type eq "work"].',
    'emails[emails[type eq "work"]]',
    'userName[value eq "x"]',
    'not',
    '()',
    'userName eq "\\x"',
    'userName eq "a" or or userName eq "b"',
    'userName pr "x"',
    '1userName eq "x"',
    'user name eq "x"',
    'emails[type eq "work"].nothing eq "x"',
    'name.nothing eq "x"',
    'nothing pr',
    'userName.value eq "x"',
    'name eq "x"',
    'urn:example:unknown:attribute eq "x"',
    '__proto__ pr',
    'constructor eq "x"',
  ])('%s', async (filter) => {
    expectError(await scim.list('/Users', { filter }), 400, 'invalidFilter');
  });

  test.each([
    'active gt true',
    'active le false',
    'active co "r"',
    'active sw true',
    'emails.primary ge true',
    'x509Certificates.value gt "a"',
    'active eq "perhaps"',
    'active eq 1',
    'meta.created gt "yesterday"',
    'meta.created gt 5',
    'title gt null',
    'title co null',
    'password eq "x"',
  ])('an operator or literal that does not fit the type: %s', async (filter) => {
    expectError(await scim.list('/Users', { filter }), 400, 'invalidFilter');
  });
});

describe('limits: 400 invalidFilter instead of a hang', () => {
  test('of depth', async () => {
    const nested = (levels: number) => `${'('.repeat(levels)}title pr${')'.repeat(levels)}`;
    expect(await find(nested(20))).toEqual(['ann', 'bob']);
    for (const filter of [
      nested(1000),
      `${'not '.repeat(1000)}title pr`,
      '('.repeat(4000),
      'emails['.repeat(1000),
    ]) {
      expectError(await scim.search('/Users/.search', { filter }), 400, 'invalidFilter');
    }
  });

  test('of length', async () => {
    const filter = `userName eq "${'x'.repeat(9000)}"`;
    expectError(await scim.search('/Users/.search', { filter }), 400, 'invalidFilter');
    expectError(await scim.list('/Users', { filter }), 400, 'invalidFilter');
  });

  test('of count: a hundred comparisons are answered, more are refused', async () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => `userName eq "u${index}"`).join(' or ');
    expect((await scim.list('/Users', { filter: many(100) })).status).toBe(200);
    expectError(await scim.list('/Users', { filter: many(101) }), 400, 'invalidFilter');
  });

  test('a pattern made to backtrack is answered at once', async () => {
    const started = performance.now();
    for (const filter of [
      `title co "${'a'.repeat(4000)}"`,
      `title eq "${'\\\\'.repeat(3000)}`,
      `${'a'.repeat(8000)} eq "x"`,
      `${'a.'.repeat(4000)} eq "x"`,
      `title eq '${"\\'".repeat(3000)}`,
    ]) {
      expect([200, 400]).toContain((await scim.search('/Users/.search', { filter })).status);
    }
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

test('the examples of Figure 2 are answered', async () => {
  for (const filter of [
    'userName Eq "john"',
    'Username eq "john"',
    'userName eq "bjensen"',
    'name.familyName co "O\'Malley"',
    'userName sw "J"',
    `${USER}:userName sw "J"`,
    'title pr',
    'meta.lastModified gt "2011-05-13T04:42:34Z"',
    'meta.lastModified ge "2011-05-13T04:42:34Z"',
    'meta.lastModified lt "2011-05-13T04:42:34Z"',
    'meta.lastModified le "2011-05-13T04:42:34Z"',
    'title pr and userType eq "Employee"',
    'title pr or userType eq "Intern"',
    `schemas eq "${ENTERPRISE}"`,
    'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")',
    'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")',
    'userType eq "Employee" and (emails.type eq "work")',
    'userType eq "Employee" and emails[type eq "work" and value co "@example.com"]',
    'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
  ]) {
    expect((await scim.list('/Users', { filter })).status, filter).toBe(200);
  }
});
