import type { Random } from '../random.ts';

/** Names that mean something to JavaScript, SQL or SCIM when they should mean nothing. */
export const PROTOTYPE_NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '__defineGetter__',
  'valueOf',
] as const;

const AWKWARD = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udc00y',
  '\udbff\udfff',
  '😀👩‍👩‍👧‍👦',
  'e\u0301',
  '\u00e9',
  'İstanbul ıI',
  'ΣΑΣ ς σ',
  'ﬀ ẞ ß SS',
  '\u202eabc\u202c',
  'שלום مرحبا',
  '\ufeffbom',
  '\u2028\u2029',
  '\ufffd',
  '\uffff',
  '%',
  '%25',
  '%00',
  '_',
  "'",
  '"',
  '\\',
  '\\u0000',
  "'; DROP TABLE directory_user; --",
  '{{7*7}}',
  '../../etc/passwd',
  '<script>',
  'null',
  'true',
  'NaN',
  '-0',
  '1e999',
  '0x10',
  'bulkId:a',
  'bulkId:',
  'W/"1"',
  '*',
  'a]b',
  'a.b@c.d',
  'x" or "1" eq "1',
  ...PROTOTYPE_NAMES,
];

/** A word as people and directories have them. */
export function word(random: Random): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  return random.list(3, 9, () => letters[random.int(letters.length)] ?? 'a').join('');
}

/** Text that has broken a program somewhere. */
export function awkward(random: Random): string {
  return random.weighted<() => string>([
    [20, () => random.pick(AWKWARD)],
    [4, () => random.pick(AWKWARD) + random.pick(AWKWARD)],
    [4, () => String.fromCodePoint(...random.list(1, 6, () => random.int(0x3000)))],
    [2, () => String.fromCharCode(...random.list(1, 6, () => random.int(0x10000)))],
    [1, () => 'x'.repeat(random.pick([255, 256, 4096, 65_536]))],
    [0.02, () => 'long '.repeat(200_000)],
  ])();
}

/** Mostly a word, now and then something awkward. */
export function text(random: Random): string {
  return random.chance(0.85) ? word(random) : awkward(random);
}

/** The same name in another spelling of its case. */
export function otherCase(random: Random, name: string): string {
  return random.pick([
    name.toLowerCase(),
    name.toUpperCase(),
    [...name].map((letter) => (random.chance(0.5) ? letter.toUpperCase() : letter)).join(''),
  ]);
}

/** Attribute names in all notations that a request can use, right and wrong. */
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const CORE_USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const CORE_GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

export const USER_ATTRIBUTES = [
  'userName',
  'displayName',
  'nickName',
  'profileUrl',
  'title',
  'userType',
  'preferredLanguage',
  'locale',
  'timezone',
  'active',
  'externalId',
  'name',
  'name.givenName',
  'name.familyName',
  'name.formatted',
  'emails',
  'emails.value',
  'emails.type',
  'emails.primary',
  'phoneNumbers',
  'phoneNumbers.value',
  'ims.value',
  'photos.value',
  'addresses',
  'addresses.country',
  'addresses.formatted',
  'entitlements',
  'roles',
  'roles.value',
  'x509Certificates',
  'x509Certificates.value',
  'groups',
  'groups.value',
  'groups.display',
  'id',
  'meta',
  'meta.created',
  'meta.lastModified',
  'meta.version',
  'meta.resourceType',
  'meta.location',
  'schemas',
  'password',
  'manager',
  'manager.value',
  'manager.$ref',
  'manager.displayName',
  'department',
  `${ENTERPRISE}:department`,
  `${ENTERPRISE}:employeeNumber`,
  `${ENTERPRISE}:manager`,
  `${ENTERPRISE}:manager.value`,
  `${ENTERPRISE}.costCenter`,
  `${CORE_USER}:userName`,
  `${CORE_USER}:name.givenName`,
  ENTERPRISE,
  CORE_USER,
] as const;

export const GROUP_ATTRIBUTES = [
  'displayName',
  'externalId',
  'members',
  'members.value',
  'members.display',
  'members.type',
  'members.$ref',
  'id',
  'meta',
  'meta.created',
  'meta.lastModified',
  'schemas',
  `${CORE_GROUP}:displayName`,
  `${CORE_GROUP}:members`,
  CORE_GROUP,
] as const;

/** A name of an attribute: mostly one that exists. */
export function attributeName(random: Random, type: 'User' | 'Group'): string {
  const name = random.pick<string>(type === 'User' ? USER_ATTRIBUTES : GROUP_ATTRIBUTES);
  return random.weighted<() => string>([
    [16, () => name],
    [3, () => otherCase(random, name)],
    [1, () => random.pick(PROTOTYPE_NAMES)],
    [0.5, () => `${name}.${random.pick(PROTOTYPE_NAMES)}`],
    [0.5, () => `${random.pick(PROTOTYPE_NAMES)}.${random.pick(PROTOTYPE_NAMES)}`],
    [0.5, () => `${ENTERPRISE}:${random.pick(PROTOTYPE_NAMES)}`],
    [0.5, () => `${name}.nope`],
    [0.5, () => `urn:${text(random)}:${name}`],
    [0.5, () => text(random)],
    [0.3, () => `${name}.`],
    [0.3, () => `.${name}`],
    [0.3, () => `${name}.value.value`],
  ])();
}
