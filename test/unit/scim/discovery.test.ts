import { describe, expect, test } from 'vitest';
import * as discovery from '../../../src/main/scim/discovery.ts';
import type { JsonObject } from '../../../src/main/scim/json.ts';
import { BADGE, BASE, CORE_USER, ENTERPRISE, refusal, registry } from './fixtures.ts';

const serviceProviderConfig = () =>
  discovery.serviceProviderConfig({
    base: BASE,
    maxResults: 500,
    defaultPageSize: 100,
    bulk: { supported: true, maxOperations: 1000, maxPayloadSize: 1048576 },
    cursor: { timeout: 3600 },
  });

describe('ServiceProviderConfig', () => {
  test('every part of RFC 7643 §5 has its type', () => {
    const config = serviceProviderConfig();
    for (const name of ['patch', 'bulk', 'filter', 'changePassword', 'sort', 'etag']) {
      expect(config[name]).toMatchObject({ supported: expect.any(Boolean) });
    }
    expect(config).toMatchObject({
      bulk: { maxOperations: 1000, maxPayloadSize: 1048576 },
      filter: { maxResults: 500 },
      authenticationSchemes: [
        { type: 'oauthbearertoken', name: expect.any(String), description: expect.any(String) },
      ],
      meta: { resourceType: 'ServiceProviderConfig', location: `${BASE}/ServiceProviderConfig` },
    });
  });

  test('pagination of RFC 9865, index being the default', () => {
    expect(serviceProviderConfig().pagination).toEqual({
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: 100,
      maxPageSize: 500,
      cursorTimeout: 3600,
    });
  });
});

describe('ResourceTypes', () => {
  test('users first, with their extensions', () => {
    const [users, groups] = discovery.resourceTypes(registry, BASE);
    expect(users).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
      id: 'User',
      name: 'User',
      description: 'User Account',
      endpoint: '/Users',
      schema: CORE_USER,
      schemaExtensions: [
        { schema: ENTERPRISE, required: false },
        { schema: BADGE, required: false },
      ],
      meta: { resourceType: 'ResourceType', location: `${BASE}/ResourceTypes/User` },
    });
    expect(groups).toMatchObject({ id: 'Group', schemaExtensions: [] });
  });

  test('one by id in any case; 404 otherwise', () => {
    expect(discovery.resourceTypeById(registry, 'group', BASE)).toMatchObject({ id: 'Group' });
    expect(refusal(() => discovery.resourceTypeById(registry, 'Robot', BASE)).status).toBe(404);
  });
});

describe('Schemas', () => {
  test('those of the discovery resources are among them (scim2-tester)', () => {
    const ids = discovery.schemas(registry, BASE).map(({ id }) => id);
    for (const name of ['User', 'Group', 'ServiceProviderConfig', 'ResourceType', 'Schema']) {
      expect(ids).toContain(`urn:ietf:params:scim:schemas:core:2.0:${name}`);
    }
    for (const type of discovery.resourceTypes(registry, BASE)) expect(ids).toContain(type.schema);
  });

  test('one by URN in any case; 404 otherwise', () => {
    const schema = discovery.schemaById(registry, CORE_USER.toUpperCase(), BASE);
    expect(schema).toMatchObject({ id: CORE_USER, name: 'User', description: 'User Account' });
    expect(schema.meta).toEqual({ resourceType: 'Schema', location: `${BASE}/Schemas/${CORE_USER}` });
    expect(refusal(() => discovery.schemaById(registry, 'urn:x', BASE)).status).toBe(404);
  });

  test('externalId is listed, no common attribute besides (scimverify)', () => {
    const names = (discovery.schemaById(registry, CORE_USER, BASE).attributes as JsonObject[]).map(
      ({ name }) => name,
    );
    expect(names).toContain('externalId');
    expect(names).not.toContain('id');
  });

  test('neither nulls nor what steers only us is published', () => {
    const text = JSON.stringify(discovery.schemas(registry, BASE));
    for (const word of ['null', 'defaultValue', 'computed', 'aliases', 'legacyIds'])
      expect(text).not.toContain(word);
  });

  test('complex attributes have neither caseExact nor uniqueness (errata 6004)', () => {
    const attributes = discovery.schemaById(registry, CORE_USER, BASE).attributes as JsonObject[];
    const name = attributes.find((attribute) => attribute.name === 'name');
    expect(Object.keys(name ?? {})).toEqual([
      'name',
      'type',
      'multiValued',
      'description',
      'required',
      'mutability',
      'returned',
      'subAttributes',
    ]);
  });
});

test('the whole of what is offered', () => {
  expect(serviceProviderConfig()).toEqual({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: true },
    bulk: { supported: true, maxOperations: 1000, maxPayloadSize: 1048576 },
    filter: { supported: true, maxResults: 500 },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    pagination: expect.objectContaining({ cursor: true }),
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: expect.any(String),
        specUri: 'https://www.rfc-editor.org/rfc/rfc6750',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${BASE}/ServiceProviderConfig` },
  });
});

test('a documentation address is shown where there is one; without cursors nothing is said of their timeout', () => {
  const options = {
    base: BASE,
    maxResults: 5,
    defaultPageSize: 2,
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  };
  expect(discovery.serviceProviderConfig({ ...options, documentationUri: 'https://x/docs' })).toMatchObject({
    documentationUri: 'https://x/docs',
    pagination: { cursor: false },
  });
  const plain = discovery.serviceProviderConfig(options);
  expect(plain).not.toHaveProperty('documentationUri');
  expect(plain.pagination).not.toHaveProperty('cursorTimeout');
});

describe('what /Schemas says about an attribute (RFC 7643 §7)', () => {
  const attributesOf = (urn: string): JsonObject[] =>
    discovery.schemaById(registry, urn, BASE).attributes as JsonObject[];
  const find = (attributes: unknown, name: string): JsonObject => {
    const found = (attributes as JsonObject[]).find((each) => each.name === name);
    if (found === undefined) throw new Error(`There is no ${name}.`);
    return found;
  };
  const user = () => attributesOf(CORE_USER);
  const emails = () => find(user(), 'emails');
  const manager = () => find(attributesOf(ENTERPRISE), 'manager');

  test('a string', () => {
    expect(find(emails().subAttributes, 'type')).toEqual({
      name: 'type',
      type: 'string',
      multiValued: false,
      description: expect.any(String),
      required: false,
      canonicalValues: ['work', 'home', 'other'],
      caseExact: false,
      mutability: 'readWrite',
      returned: 'default',
      uniqueness: 'none',
    });
    expect(find(user(), 'userName')).toMatchObject({ required: true, uniqueness: 'server' });
    expect(find(user(), 'password')).toMatchObject({
      caseExact: true,
      mutability: 'writeOnly',
      returned: 'never',
    });
  });

  test('a boolean has neither case nor uniqueness, a complex attribute neither', () => {
    expect(Object.keys(find(user(), 'active')).sort()).toEqual([
      'description',
      'multiValued',
      'mutability',
      'name',
      'required',
      'returned',
      'type',
    ]);
    expect(emails()).not.toHaveProperty('caseExact');
    expect(emails()).not.toHaveProperty('uniqueness');
    expect(emails()).not.toHaveProperty('canonicalValues');
    expect(emails()).toMatchObject({ type: 'complex', multiValued: true });
  });

  test('references, certificates, numbers and dates', () => {
    expect(find(manager().subAttributes, '$ref')).toMatchObject({
      type: 'reference',
      referenceTypes: ['User'],
      caseExact: true,
      uniqueness: 'none',
    });
    const certificate = find(find(user(), 'x509Certificates').subAttributes, 'value');
    expect(certificate).toMatchObject({ type: 'binary', caseExact: true, uniqueness: 'none' });
    expect(certificate).not.toHaveProperty('referenceTypes');
    const badge = attributesOf(BADGE);
    for (const name of ['floor', 'weight', 'issued']) {
      expect(find(badge, name)).not.toHaveProperty('caseExact');
      expect(find(badge, name)).toMatchObject({ uniqueness: 'none' });
    }
    expect(find(badge, 'floor')).not.toHaveProperty('subAttributes');
  });

  test('externalId belongs to the core schemas alone', () => {
    const names = (urn: string) => attributesOf(urn).map(({ name }) => name);
    expect(names(CORE_USER)).toContain('externalId');
    expect(names('urn:ietf:params:scim:schemas:core:2.0:Group')).toContain('externalId');
    expect(names(ENTERPRISE)).not.toContain('externalId');
    expect(names(BADGE)).not.toContain('externalId');
  });

  test('each schema is a resource', () => {
    expect(discovery.schemaById(registry, BADGE.toUpperCase(), BASE)).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
      id: BADGE,
      name: 'Badge',
      meta: { resourceType: 'Schema', location: `${BASE}/Schemas/${BADGE}` },
    });
  });
});
