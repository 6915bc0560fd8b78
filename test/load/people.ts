/** The made-up people of the benchmark: the same for every server, from nothing but their number. */

const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE_SCHEMA = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';

const FIRST_ONE = ['Mar', 'Jo', 'Ste', 'Eli', 'Cor', 'Wil', 'Pau', 'Ann'];
const FIRST_TWO = ['ka', 'ri', 'len', 'dor', 'mi', 'sa', 'tin', 'bel'];
const FIRST_THREE = ['na', 'ro', 'us', 'et', 'a'];
const LAST_ONE = ['Ber', 'Hoff', 'Lind', 'Kra', 'Sut', 'Wen', 'Zim', 'Oak'];
const LAST_TWO = ['ger', 'man', 'ner', 'ley', 'ton', 'wick', 'dal', 'ham'];
const LAST_THREE = ['son', 'sen', 'er', 'ski', 'o'];

const NAMES = 320;

/** How many different people there are. */
export const PEOPLE = NAMES * NAMES * 10;

interface Person {
  first: string;
  last: string;
  /** Ten people share a name; the digit tells them apart. */
  digit: number;
  userName: string;
}

/** The person with this number, from 0 to {@link PEOPLE} - 1. */
export function person(index: number): Person {
  const name = Math.floor(index / 10);
  const digit = index % 10;
  const firstNumber = name % NAMES;
  const first = pick(FIRST_ONE, FIRST_TWO, FIRST_THREE, firstNumber);
  const last = pick(LAST_ONE, LAST_TWO, LAST_THREE, (Math.floor(name / NAMES) + name) % NAMES);
  return { first, last, digit, userName: `${first}.${last}.${digit}@acme.example`.toLowerCase() };
}

function pick(one: string[], two: string[], three: string[], number: number): string {
  const a = one[number % one.length] ?? '';
  const b = two[Math.floor(number / one.length) % two.length] ?? '';
  const c = three[Math.floor(number / (one.length * two.length)) % three.length] ?? '';
  return a + b + c;
}

/** A prefix of `userName` that ten people have, given that all ten are stored. */
export function prefixOfTen(index: number): string {
  const { first, last } = person(index);
  return `${first}.${last}.`.toLowerCase();
}

/** A part of `userName`, not at its start, that the same ten people have and nobody else. */
export function partOfTen(index: number): string {
  return prefixOfTen(index).slice(1);
}

/** A user as an IdP sends it; some 700 bytes. `userName` for people beyond the stored ones. */
export function userBody(index: number, changes: { userName?: string; title?: string } = {}) {
  const { first, last, digit, userName: own } = person(index);
  const userName = changes.userName ?? own;
  return {
    schemas: [USER_SCHEMA, ENTERPRISE_SCHEMA],
    externalId: `00u${userName.split('@')[0]}`,
    userName,
    name: { formatted: `${first} ${last}`, familyName: last, givenName: first },
    displayName: `${first} ${last} ${digit}`,
    title: changes.title ?? 'Senior Account Manager',
    preferredLanguage: 'en-US',
    active: true,
    emails: [{ value: userName, type: 'work', primary: true }],
    phoneNumbers: [{ value: `+1 555 ${String(index).padStart(7, '0')}`, type: 'work' }],
    [ENTERPRISE_SCHEMA]: {
      employeeNumber: String(100_000 + index),
      department: `Department ${index % 40}`,
      costCenter: `CC-${index % 100}`,
    },
  };
}

/** The body of a PATCH request. */
export function patchBody(...operations: object[]) {
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations };
}

/** The body of a new group. */
export function groupBody(displayName: string, members: readonly string[] = []) {
  return { schemas: [GROUP_SCHEMA], displayName, members: members.map((value) => ({ value })) };
}

/** What a server that stores whole representations keeps for a user; as long as what Rollcall answers. */
export function representation<Body extends object>(
  type: 'User' | 'Group',
  id: string,
  body: Body,
  base: string,
  version = 1,
) {
  const { schemas, ...attributes } = body as { schemas: string[] };
  const now = new Date().toISOString();
  return {
    schemas,
    id,
    ...attributes,
    ...(type === 'User' && { groups: [] }),
    meta: {
      resourceType: type,
      created: now,
      lastModified: now,
      location: `${base}/${type}s/${id}`,
      version: `W/"${version}"`,
    },
  };
}
