/**
 * What Microsoft's SCIM validator sends, as recorded by pranems/SCIMServer (docs/archive/SCIM_VALIDATOR_RESULTS_26…):
 * random words where an IdP would send names, also for locale, timezone, profileUrl and manager, and one boolean as a
 * string, the `primary` of a role.
 */
import { randomUUID } from 'node:crypto';
import { ENTERPRISE, GROUP, USER } from './suite-server.ts';

type Operation = { op: string; path?: string; value?: unknown };

/** Twelve capital letters. */
export function word(): string {
  return Array.from(randomUUID().replaceAll('-', '').slice(0, 12), (digit) =>
    String.fromCharCode(65 + Number.parseInt(digit, 16)),
  ).join('');
}

export function randomEmail(): string {
  return `${word().toLowerCase()}@hermannokuneva.ca`;
}

/** The complete user of every user test but one. */
export function fullUser() {
  return {
    userName: randomEmail(),
    active: true,
    displayName: word(),
    title: word(),
    emails: [{ type: 'work', value: randomEmail(), primary: true }],
    preferredLanguage: 'cy-GB',
    name: {
      givenName: 'Sadye',
      familyName: 'Keaton',
      formatted: 'Matt',
      middleName: 'Marcelo',
      honorificPrefix: 'Caleigh',
      honorificSuffix: 'Catalina',
    },
    addresses: [
      {
        type: 'work',
        formatted: word(),
        streetAddress: '845 Anastacio Radial',
        locality: word(),
        region: word(),
        postalCode: 'zl48 3xh',
        primary: true,
        country: 'Belize',
      },
    ],
    phoneNumbers: [
      { type: 'work', value: '56-357-7743', primary: true },
      { type: 'mobile', value: '56-357-7743' },
      { type: 'fax', value: '56-357-7743' },
    ],
    [ENTERPRISE]: {
      employeeNumber: word(),
      department: word(),
      costCenter: word(),
      organization: word(),
      division: word(),
      manager: { value: word() },
    },
    roles: [{ primary: 'True', display: word(), value: word(), type: word() }],
    userType: word(),
    nickName: word(),
    locale: word(),
    timezone: 'America/Indiana/Knox',
    profileUrl: word(),
    schemas: [USER, ENTERPRISE],
  };
}

export function minimalUser() {
  return { userName: randomEmail(), schemas: [USER] };
}

export function fullGroup() {
  return { displayName: word(), externalId: randomUUID(), schemas: [GROUP] };
}

/** The paths of the validator's "verbose" PATCH requests, in its order: 36 operations, one attribute each. */
const VERBOSE_PATHS: readonly string[] = [
  'active',
  'displayName',
  'title',
  'emails[type eq "work"].value',
  'emails[type eq "work"].primary',
  'preferredLanguage',
  'name.givenName',
  'name.familyName',
  'name.formatted',
  'name.middleName',
  'name.honorificPrefix',
  'name.honorificSuffix',
  'addresses[type eq "work"].formatted',
  'addresses[type eq "work"].streetAddress',
  'addresses[type eq "work"].locality',
  'addresses[type eq "work"].region',
  'addresses[type eq "work"].postalCode',
  'addresses[type eq "work"].primary',
  'addresses[type eq "work"].country',
  'phoneNumbers[type eq "work"].value',
  'phoneNumbers[type eq "work"].primary',
  'phoneNumbers[type eq "mobile"].value',
  'phoneNumbers[type eq "fax"].value',
  `${ENTERPRISE}:employeeNumber`,
  `${ENTERPRISE}:department`,
  `${ENTERPRISE}:costCenter`,
  `${ENTERPRISE}:organization`,
  `${ENTERPRISE}:division`,
  'roles[primary eq "True"].display',
  'roles[primary eq "True"].value',
  'roles[primary eq "True"].type',
  'userType',
  'nickName',
  'locale',
  'timezone',
  'profileUrl',
];

/** "Add Attributes Verbose" and "Replace Attributes Verbose". */
export function verboseOperations(op: 'add' | 'replace'): Operation[] {
  return VERBOSE_PATHS.map((path) => ({ op, path, value: /(^active|primary)$/.test(path) ? true : word() }));
}

/**
 * The value at a path, read as the validator reads it: the first element of which the filter's one term holds, with a
 * boolean compared as text.
 */
// biome-ignore lint/suspicious/noExplicitAny: looks into whatever the server said
export function valueAt(resource: any, path: string): unknown {
  if (path.startsWith(`${ENTERPRISE}:`)) return resource[ENTERPRISE]?.[path.slice(ENTERPRISE.length + 1)];
  const filtered = /^(\w+)\[(\w+) eq "([^"]+)"\]\.(\w+)$/.exec(path);
  if (!filtered) return path.split('.').reduce((value, name) => value?.[name], resource);
  const [, attribute = '', name = '', wanted = '', sub = ''] = filtered;
  const matching = resource[attribute]?.filter(
    (element: Record<string, unknown>) => String(element[name]).toLowerCase() === wanted.toLowerCase(),
  );
  return matching?.[0]?.[sub];
}
