import { expect, test } from 'vitest';
import { commonAttributes } from '../../../../src/main/scim/schema/common.ts';
import type { AttributeDefinition } from '../../../../src/main/scim/schema/definition.ts';
import { createRegistry } from '../../../../src/main/scim/schema/registry.ts';

/**
 * What RFC 7643 section 8.7 says of each attribute, a line each, with the errata and the decisions of the protocol
 * reference (3.10). Left out where it is the default: single, optional, case-insensitive, readWrite, returned by default,
 * not unique. Behind `alias:` and `default:` what is ours and not published.
 */
const WANTED: { readonly [name: string]: string } = {
  common: `
    schemas reference multiValued required returned:always computed
    id string required caseExact readOnly returned:always unique:server
    externalId string caseExact
    meta complex readOnly
    meta.resourceType string caseExact readOnly
    meta.created dateTime readOnly
    meta.lastModified dateTime readOnly
    meta.location reference caseExact readOnly
    meta.version string caseExact readOnly
  `,
  'urn:ietf:params:scim:schemas:core:2.0:User': `
    userName string required unique:server
    name complex
    name.formatted string
    name.familyName string
    name.givenName string
    name.middleName string
    name.honorificPrefix string
    name.honorificSuffix string
    displayName string
    nickName string
    profileUrl reference caseExact ->external
    title string
    userType string
    preferredLanguage string
    locale string
    timezone string
    active boolean default:true
    password string caseExact writeOnly returned:never
    emails complex multiValued alias:email
    emails.value string
    emails.display string
    emails.type string [work home other]
    emails.primary boolean
    phoneNumbers complex multiValued
    phoneNumbers.value string
    phoneNumbers.display string
    phoneNumbers.type string [work home mobile fax pager other]
    phoneNumbers.primary boolean
    ims complex multiValued
    ims.value string
    ims.display string
    ims.type string [aim gtalk icq xmpp msn skype qq yahoo]
    ims.primary boolean
    photos complex multiValued
    photos.value reference caseExact ->external
    photos.display string
    photos.type string [photo thumbnail]
    photos.primary boolean
    addresses complex multiValued
    addresses.formatted string
    addresses.streetAddress string
    addresses.locality string
    addresses.region string
    addresses.postalCode string
    addresses.country string
    addresses.type string [work home other]
    addresses.primary boolean
    groups complex multiValued readOnly
    groups.value string caseExact readOnly
    groups.$ref reference caseExact readOnly ->Group
    groups.display string readOnly
    groups.type string readOnly [direct indirect]
    entitlements complex multiValued
    entitlements.value string
    entitlements.display string
    entitlements.type string
    entitlements.primary boolean
    roles complex multiValued
    roles.value string
    roles.display string
    roles.type string
    roles.primary boolean
    x509Certificates complex multiValued
    x509Certificates.value binary caseExact
    x509Certificates.display string
    x509Certificates.type string
    x509Certificates.primary boolean
  `,
  'urn:ietf:params:scim:schemas:core:2.0:Group': `
    displayName string required unique:server
    members complex multiValued
    members.value string caseExact immutable
    members.$ref reference caseExact immutable ->User|Group
    members.type string immutable [User Group]
    members.display string alias:displayName
  `,
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': `
    employeeNumber string
    costCenter string
    organization string
    division string
    department string
    manager complex
    manager.value string caseExact
    manager.$ref reference caseExact ->User
    manager.displayName string readOnly
  `,
  'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig': `
    documentationUri reference caseExact readOnly ->external
    patch complex required readOnly
    patch.supported boolean required readOnly
    bulk complex required readOnly
    bulk.supported boolean required readOnly
    bulk.maxOperations integer required readOnly
    bulk.maxPayloadSize integer required readOnly
    filter complex required readOnly
    filter.supported boolean required readOnly
    filter.maxResults integer required readOnly
    changePassword complex required readOnly
    changePassword.supported boolean required readOnly
    sort complex required readOnly
    sort.supported boolean required readOnly
    etag complex required readOnly
    etag.supported boolean required readOnly
    pagination complex readOnly
    pagination.cursor boolean required readOnly
    pagination.index boolean required readOnly
    pagination.defaultPaginationMethod string readOnly [cursor index]
    pagination.defaultPageSize integer readOnly
    pagination.maxPageSize integer readOnly
    pagination.cursorTimeout integer readOnly
    authenticationSchemes complex multiValued required readOnly
    authenticationSchemes.type string required readOnly [oauth oauth2 oauthbearertoken httpbasic httpdigest]
    authenticationSchemes.name string required readOnly
    authenticationSchemes.description string required readOnly
    authenticationSchemes.specUri reference caseExact readOnly ->external
    authenticationSchemes.documentationUri reference caseExact readOnly ->external
    authenticationSchemes.primary boolean readOnly
  `,
  'urn:ietf:params:scim:schemas:core:2.0:ResourceType': `
    name string required caseExact readOnly
    description string readOnly
    endpoint reference required caseExact readOnly ->uri
    schema reference required caseExact readOnly ->uri
    schemaExtensions complex multiValued readOnly
    schemaExtensions.schema reference required caseExact readOnly ->uri
    schemaExtensions.required boolean required readOnly
  `,
  'urn:ietf:params:scim:schemas:core:2.0:Schema': `
    name string required readOnly
    description string readOnly
    attributes complex multiValued required readOnly
    attributes.name string required caseExact readOnly
    attributes.type string required caseExact readOnly [string complex boolean decimal integer dateTime reference binary]
    attributes.multiValued boolean required readOnly
    attributes.description string readOnly
    attributes.required boolean required readOnly
    attributes.canonicalValues string multiValued caseExact readOnly
    attributes.caseExact boolean readOnly
    attributes.mutability string caseExact readOnly [readOnly readWrite immutable writeOnly]
    attributes.returned string caseExact readOnly [always never default request]
    attributes.uniqueness string caseExact readOnly [none server global]
    attributes.referenceTypes string multiValued caseExact readOnly
    attributes.subAttributes complex multiValued readOnly
    attributes.subAttributes.name string required caseExact readOnly
    attributes.subAttributes.type string required caseExact readOnly [string complex boolean decimal integer dateTime reference binary]
    attributes.subAttributes.multiValued boolean required readOnly
    attributes.subAttributes.description string readOnly
    attributes.subAttributes.required boolean required readOnly
    attributes.subAttributes.canonicalValues string multiValued caseExact readOnly
    attributes.subAttributes.caseExact boolean readOnly
    attributes.subAttributes.mutability string caseExact readOnly [readOnly readWrite immutable writeOnly]
    attributes.subAttributes.returned string caseExact readOnly [always never default request]
    attributes.subAttributes.uniqueness string caseExact readOnly [none server global]
    attributes.subAttributes.referenceTypes string multiValued caseExact readOnly
  `,
};

function linesOf(definitions: readonly AttributeDefinition[], prefix = ''): string[] {
  return definitions.flatMap((each) => {
    const words = [
      `${prefix}${each.name}`,
      each.type,
      each.multiValued ? 'multiValued' : '',
      each.required ? 'required' : '',
      each.caseExact ? 'caseExact' : '',
      each.mutability === 'readWrite' ? '' : each.mutability,
      each.returned === 'default' ? '' : `returned:${each.returned}`,
      each.uniqueness === 'none' ? '' : `unique:${each.uniqueness}`,
      each.canonicalValues ? `[${each.canonicalValues.join(' ')}]` : '',
      each.referenceTypes ? `->${each.referenceTypes.join('|')}` : '',
      each.aliases ? `alias:${each.aliases.join(',')}` : '',
      each.defaultValue === undefined ? '' : `default:${String(each.defaultValue)}`,
      each.computed ? 'computed' : '',
    ];
    const line = words.filter((word) => word !== '').join(' ');
    return [line, ...linesOf(each.subAttributes ?? [], `${prefix}${each.name}.`)];
  });
}

const trimmed = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim());

const { schemas, resourceTypes } = createRegistry();

test.each(schemas.map((schema) => [schema.id, schema.attributes] as const))('%s', (urn, attributes) => {
  expect(linesOf(attributes)).toEqual(trimmed(WANTED[urn] ?? ''));
});

test('the attributes every resource has (RFC 7643 §3.1)', () => {
  expect(linesOf(commonAttributes)).toEqual(trimmed(WANTED.common ?? ''));
});

test('the schemas by name, with the names that older clients use', () => {
  expect(schemas.map(({ id, name, legacyIds = [] }) => [id, name, ...legacyIds])).toEqual([
    [
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'User',
      'urn:scim:schemas:core:1.0',
      'urn:scim:schemas:core:1.0:User',
      'urn:scim:schemas:core:2.0',
      'urn:scim:schemas:core:2.0:User',
    ],
    [
      'urn:ietf:params:scim:schemas:core:2.0:Group',
      'Group',
      'urn:scim:schemas:core:1.0',
      'urn:scim:schemas:core:2.0',
      'urn:scim:schemas:core:2.0:Group',
    ],
    [
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
      'EnterpriseUser',
      'urn:scim:schemas:extension:enterprise:1.0',
      'urn:scim:schemas:extension:enterprise:1.0:User',
      'urn:scim:schemas:extension:enterprise:2.0',
      'urn:scim:schemas:extension:enterprise:2.0:User',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0User',
    ],
    ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig', 'Service Provider Configuration'],
    ['urn:ietf:params:scim:schemas:core:2.0:ResourceType', 'ResourceType'],
    ['urn:ietf:params:scim:schemas:core:2.0:Schema', 'Schema'],
  ]);
});

test('the resource types', () => {
  expect(
    resourceTypes.map(({ id, name, description, endpoint, schema, extensions, endpoints }) => ({
      id,
      name,
      description,
      endpoint,
      schema: schema.id,
      extensions: extensions.map((each) => [each.schema.name, each.required]),
      endpoints: [...endpoints],
    })),
  ).toEqual(
    [
      { name: 'User', description: 'User Account', extensions: [['EnterpriseUser', false]] },
      { name: 'Group', description: 'Group', extensions: [] },
    ].map((each) => ({
      ...each,
      id: each.name,
      endpoint: `/${each.name}s`,
      schema: `urn:ietf:params:scim:schemas:core:2.0:${each.name}`,
      endpoints: [
        ['User', '/Users'],
        ['Group', '/Groups'],
      ],
    })),
  );
});
