/** The bodies of Microsoft's two Postman collections, with their odd capitals, nulls and dangling references. */
import { randomUUID } from 'node:crypto';
import { ENTERPRISE, GROUP, USER } from './suite-server.ts';

/** The simple user of the collection's first folders: `Primary` with a capital. */
export function simpleUser(userName: string, email: string, more: object = {}) {
  return {
    userName,
    active: true,
    displayName: 'BobIsAmazing',
    schemas: [USER],
    externalId: randomUUID(),
    name: { formatted: 'Ryan Leenay', familyName: 'Leenay', givenName: 'Ryan' },
    emails: [
      { Primary: true, type: 'work', value: email },
      { Primary: false, type: 'home', value: 'testinghome@bob.com' },
    ],
    ...more,
  };
}

/** The same with the enterprise URN first, attributes with capitals and a manager who is nobody. */
export function enterpriseUser(userName: string) {
  return simpleUser(userName, 'testing@bob2.com', {
    schemas: [ENTERPRISE, USER],
    [ENTERPRISE]: { Department: 'bob', Manager: { Value: 'SuzzyQ' } },
  });
}

/** The user of the folder "User tests with garbage": nulls, two addresses, timestamps of the client's own. */
export function garbageUser(familyName: string, emails: readonly [string, string], more: object) {
  return {
    active: true,
    addresses: [
      {
        country: 'Bermuda',
        formatted: '9132 Jennifer Way Suite 040\nSouth Nancy, MI 55645',
        locality: 'West Mercedes',
        postalCode: '99265',
        region: 'Montana',
        streetAddress: '4939 Hess Fork',
        type: 'work',
        primary: false,
      },
      {
        country: null,
        formatted: '18522 Lisa Unions\nEast Gregory, CT 52311',
        locality: null,
        postalCode: null,
        region: null,
        streetAddress: null,
        type: 'other',
        primary: false,
      },
    ],
    displayName: 'Kimberly Baker',
    emails: [
      { type: 'work', primary: true, value: emails[0] },
      { type: 'work', primary: false, value: emails[1] },
    ],
    meta: {
      created: '2019-09-18T18:15:26.5788954+00:00',
      lastModified: '2019-09-18T18:15:26.5788976+00:00',
      resourceType: 'User',
    },
    name: {
      formatted: 'Daniel Mcgee',
      familyName,
      givenName: 'Darl',
      honorificPrefix: null,
      honorificSuffix: null,
    },
    phoneNumbers: [
      { type: 'fax', primary: false, value: '312-320-0500' },
      { type: 'mobile', primary: false, value: '312-320-1707' },
      { type: 'work', primary: true, value: '312-320-0932' },
    ],
    preferredLanguage: 'xh',
    roles: [],
    title: 'Site engineer',
    externalId: '22fbc523-6032-4c5f-939d-5d4850cf3e52',
    schemas: [USER],
    ...more,
  };
}

/** Cut off and with a misspelt literal: no JSON at all. */
export const JUNK = '{ "acve": tre, "adadfdresses": [ { "coudftry": "Beruda", "locality": null, les": [] }';

export function group(displayName: string, more: object = {}) {
  return { externalId: randomUUID(), schemas: [GROUP], displayName, members: [], ...more };
}

/** A person of the inbound collection, with e-mail addresses that others have too. */
export function inboundUser(userName: string, more: { manager?: string; active?: boolean } = {}) {
  const { manager, active = true } = more;
  return {
    schemas: [USER, ENTERPRISE],
    externalId: randomUUID(),
    userName,
    name: { givenName: 'Wilma', familyName: 'Woodgrove' },
    active,
    displayName: 'Wilma Woodgrove',
    locale: 'NF',
    userType: 'Employee',
    title: 'Dynamic Division Manager',
    emails: [
      { value: '2021-09-23T19:35:41.842Z', display: 'john@woodgrove.com', type: 'work', primary: true },
      { value: 'john@example.com', display: 'john@example.com', type: 'home' },
    ],
    phoneNumbers: [{ value: '+1 564-777-1234', type: 'work', primary: true }],
    addresses: [
      {
        streetAddress: 'One Microsoft Way',
        locality: 'Redmond',
        region: 'WA',
        postalCode: '98052',
        country: 'US',
        type: 'work',
        primary: true,
      },
    ],
    [ENTERPRISE]: {
      employeeNumber: '701984',
      organization: 'SCIM Corporation',
      department: 'Tools',
      ...(manager === undefined ? {} : { manager: { value: manager } }),
    },
  };
}
