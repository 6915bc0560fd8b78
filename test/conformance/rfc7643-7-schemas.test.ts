import { describe, expect, test } from 'vitest';
import { ENTERPRISE, expectError, GROUP, type Json, LIST_RESPONSE, shareEndpoint, USER } from './endpoint.ts';
import { type PublishedAttribute, readPublished } from './published-schemas.ts';

/** RFC 7643 section 7: what /Schemas says, and how it says it. That it is true is tested by the characteristics. */
const { schemas } = await readPublished();
const scim = shareEndpoint();

const META_SCHEMAS = ['ServiceProviderConfig', 'ResourceType', 'Schema'].map(
  (name) => `urn:ietf:params:scim:schemas:core:2.0:${name}`,
);

describe('the list', () => {
  test('is a ListResponse of all schemas, those of the discovery resources included', async () => {
    const { body } = await scim.get('/Schemas');
    expect(body).toMatchObject({ schemas: [LIST_RESPONSE], totalResults: 6, startIndex: 1, itemsPerPage: 6 });
    const ids = body.Resources.map(({ id }: Json) => id);
    expect(ids.toSorted()).toEqual([USER, GROUP, ENTERPRISE, ...META_SCHEMAS].sort());
  });

  test('holds the description that Microsoft’s collection looks for', async () => {
    expect(JSON.stringify((await scim.get('/Schemas')).body)).toContain('User Account');
  });

  test('an unknown schema is 404', async () => {
    expectError(await scim.get('/Schemas/urn:ietf:params:scim:schemas:core:2.0:Device'), 404);
  });
});

describe.each(schemas.map((schema: Json) => [schema.id, schema] as const))('%s', (id, schema) => {
  test('answers by itself, at its location, in any case of its URN, percent-encoded or not', async () => {
    for (const path of [
      `/Schemas/${id}`,
      `/Schemas/${encodeURIComponent(id)}`,
      `/Schemas/${id.toUpperCase()}`,
    ]) {
      const { status, body } = await scim.get(path);
      expect([status, body.id]).toEqual([200, id]);
    }
    const { body } = await scim.get(`/Schemas/${id}`);
    expect((await scim.get(body.meta.location)).body).toEqual(body);
    expect(body.meta).toEqual({ resourceType: 'Schema', location: `${scim.running.base}/Schemas/${id}` });
  });

  test('"id", "name" and "attributes" are there', () => {
    expect(schema).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
      id: expect.stringMatching(/^urn:/),
      name: expect.stringMatching(/\S/),
      description: expect.stringMatching(/\S/),
    });
    expect(schema.attributes.length).toBeGreaterThan(0);
    expect(JSON.stringify(schema)).not.toContain('null');
  });

  const attributes: PublishedAttribute[] = schema.attributes;
  const all = attributes.flatMap((attribute) => [
    [attribute.name, attribute] as const,
    ...(attribute.subAttributes ?? []).map((sub) => [`${attribute.name}.${sub.name}`, sub] as const),
  ]);

  test.each(all)('%s has every characteristic that its type needs, and legal ones', (name, attribute) => {
    // ATTRNAME = ALPHA *(nameChar), section 2.1.
    expect(attribute.name).toMatch(/^(\$ref|[A-Za-z][\w-]*)$/);
    expect([
      'string',
      'boolean',
      'decimal',
      'integer',
      'dateTime',
      'binary',
      'reference',
      'complex',
    ]).toContain(attribute.type);
    expect(attribute.description).toMatch(/\S/);
    expect(typeof attribute.multiValued).toBe('boolean');
    expect(typeof attribute.required).toBe('boolean');
    expect(['readOnly', 'readWrite', 'immutable', 'writeOnly']).toContain(attribute.mutability);
    expect(['always', 'never', 'default', 'request']).toContain(attribute.returned);
    const isText = ['string', 'reference', 'binary'].includes(attribute.type);
    if (isText) expect(typeof attribute.caseExact).toBe('boolean');
    // "no case sensitivity" for all others; "is case exact" for these two: section 2.3.
    else expect(attribute).not.toHaveProperty('caseExact');
    if (attribute.type === 'reference' || attribute.type === 'binary') expect(attribute.caseExact).toBe(true);
    if (attribute.uniqueness !== undefined) {
      expect(['none', 'server', 'global']).toContain(attribute.uniqueness);
    }
    // "If the attribute is writeOnly, it SHALL NOT be returned": a writeOnly attribute is returned never.
    if (attribute.mutability === 'writeOnly') expect(attribute.returned).toBe('never');
    if (attribute.type === 'reference') expect(attribute.referenceTypes?.length).toBeGreaterThan(0);
    else expect(attribute).not.toHaveProperty('referenceTypes');
    if (attribute.type === 'complex') expect(attribute.subAttributes?.length).toBeGreaterThan(0);
    else expect(attribute).not.toHaveProperty('subAttributes');
    if (attribute.canonicalValues)
      expect(new Set(attribute.canonicalValues).size).toBe(attribute.canonicalValues.length);
    // "complex attributes SHALL NOT contain sub-attributes that have sub-attributes", but for the schema of schemas.
    if (name.includes('.') && id !== META_SCHEMAS[2]) expect(attribute.type).not.toBe('complex');
  });

  test('no name appears twice, in any case', () => {
    for (const list of [attributes, ...attributes.map(({ subAttributes }) => subAttributes ?? [])]) {
      const names = list.map(({ name }) => name.toLowerCase());
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

describe('what the RFC says of single attributes', () => {
  const find = (id: string, path: string): PublishedAttribute => {
    const [name, sub] = path.split('.');
    const attribute = schemas
      .find((schema: Json) => schema.id === id)
      ?.attributes.find((each: PublishedAttribute) => each.name === name);
    return sub === undefined
      ? attribute
      : attribute.subAttributes.find((each: PublishedAttribute) => each.name === sub);
  };

  test.each([
    [USER, 'userName', { required: true, uniqueness: 'server', caseExact: false, mutability: 'readWrite' }],
    [USER, 'password', { mutability: 'writeOnly', returned: 'never' }],
    [USER, 'groups', { mutability: 'readOnly', multiValued: true, type: 'complex' }],
    [USER, 'active', { type: 'boolean' }],
    [USER, 'externalId', { caseExact: true, mutability: 'readWrite' }],
    [USER, 'emails.type', { canonicalValues: ['work', 'home', 'other'] }],
    [USER, 'phoneNumbers.type', { canonicalValues: ['work', 'home', 'mobile', 'fax', 'pager', 'other'] }],
    [USER, 'ims.type', { canonicalValues: ['aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo'] }],
    [USER, 'photos.type', { canonicalValues: ['photo', 'thumbnail'] }],
    [USER, 'photos.value', { type: 'reference' }],
    [USER, 'addresses.type', { canonicalValues: ['work', 'home', 'other'] }],
    [USER, 'groups.type', { canonicalValues: ['direct', 'indirect'], mutability: 'readOnly' }],
    [USER, 'x509Certificates.value', { type: 'binary', caseExact: true }],
    [GROUP, 'displayName', { required: true, uniqueness: 'server' }],
    [GROUP, 'members', { multiValued: true, type: 'complex', mutability: 'readWrite' }],
    [GROUP, 'members.value', { mutability: 'immutable' }],
    [GROUP, 'members.$ref', { mutability: 'immutable', referenceTypes: ['User', 'Group'] }],
    [GROUP, 'members.type', { mutability: 'immutable', canonicalValues: ['User', 'Group'] }],
    [ENTERPRISE, 'manager.$ref', { type: 'reference', referenceTypes: ['User'] }],
    [ENTERPRISE, 'manager.displayName', { mutability: 'readOnly' }],
    [ENTERPRISE, 'employeeNumber', { type: 'string', required: false }],
  ])('%s %s', (id, path, characteristics) => {
    expect(find(id, path)).toMatchObject(characteristics);
  });

  test.each([
    [
      USER,
      'userName name displayName nickName profileUrl title userType preferredLanguage locale timezone active password emails phoneNumbers ims photos addresses groups entitlements roles x509Certificates externalId',
    ],
    [GROUP, 'displayName members externalId'],
    [ENTERPRISE, 'employeeNumber costCenter organization division department manager'],
  ])('%s has every attribute of section 4', (id, names) => {
    const schema = schemas.find((each: Json) => each.id === id);
    expect(schema.attributes.map(({ name }: Json) => name).toSorted()).toEqual(names.split(' ').sort());
  });
});

test('every attribute of every resource that is returned is published', async () => {
  const user = await scim.user({
    externalId: 'e',
    title: 't',
    emails: [{ value: 'a', type: 'work', primary: true, display: 'd' }],
    [ENTERPRISE]: { manager: { value: 'm' } },
  });
  await scim.group({ members: [{ value: user.id, display: 'd' }] });
  const read = (await scim.get(`/Users/${user.id}`)).body;
  const published = schemas
    .find((schema: Json) => schema.id === USER)
    .attributes.map(({ name }: Json) => name);
  for (const name of Object.keys(read)) {
    expect([...published, 'schemas', 'id', 'meta', ENTERPRISE]).toContain(name);
  }
});
