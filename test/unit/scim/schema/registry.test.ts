import { describe, expect, test } from 'vitest';
import { createRegistry } from '../../../../src/main/scim/schema/registry.ts';
import { BADGE, CORE_USER, ENTERPRISE, groupType, registry, userType } from '../fixtures.ts';

describe('registry', () => {
  test('users come first (Microsoft’s collection reads Resources[0])', () => {
    expect(registry.resourceTypes.map(({ endpoint }) => endpoint)).toEqual(['/Users', '/Groups']);
  });

  test('endpoints and names in any case', () => {
    expect(registry.resourceTypeByEndpoint('users')).toBe(userType);
    expect(registry.resourceTypeByEndpoint('/Groups')).toBe(groupType);
    expect(registry.resourceTypeByEndpoint('/Me')).toBeUndefined();
    expect(registry.resourceTypeByName('USER')).toBe(userType);
  });

  test('an extension belongs to its resource type and is listed once', () => {
    expect(userType.extensions.map(({ schema }) => schema.id)).toEqual([ENTERPRISE, BADGE]);
    expect(groupType.extensions).toEqual([]);
    expect(createRegistry().schemas.map(({ id }) => id)).not.toContain(BADGE);
    expect(registry.schemas.filter(({ id }) => id === BADGE)).toHaveLength(1);
  });
});

describe('resolve', () => {
  test.each([
    ['id', 'id'],
    ['externalid', 'externalId'],
    ['META.LastModified', 'meta.lastModified'],
    [`${CORE_USER}:id`, 'id'],
    [CORE_USER.toUpperCase().concat(':NAME.familyname'), 'name.familyName'],
    ['urn:scim:schemas:extension:enterprise:2.0:department', `${ENTERPRISE}:department`],
    ['urn:ietf:params:scim:schemas:extension:enterprise:2.0User:department', `${ENTERPRISE}:department`],
    ['serial', `${BADGE}:serial`],
    [`${BADGE}:holder.code`, `${BADGE}:holder.code`],
  ])('%s', (name, key) => {
    expect(userType.resolve(name)?.key).toBe(key);
  });

  test.each([
    '',
    'nope',
    'name.',
    '.name',
    'name.givenName.x',
    `${ENTERPRISE}:userName`,
    ENTERPRISE,
    'members',
    '__proto__',
    'hasOwnProperty',
    'urn:other:2.0:User:userName',
  ])('%j denotes nothing', (name) => {
    expect(userType.resolve(name)).toBeUndefined();
  });

  test('schemas by URN, legacy URN and misspelt URN', () => {
    expect(userType.resolveSchema(ENTERPRISE.toUpperCase())?.id).toBe(ENTERPRISE);
    expect(userType.resolveSchema('urn:scim:schemas:core:1.0')?.id).toBe(CORE_USER);
    expect(groupType.resolveSchema('urn:scim:schemas:core:2.0')?.name).toBe('Group');
    expect(userType.resolveSchema('urn:ietf:params:scim:schemas:core:2.0:Group')).toBeUndefined();
  });
});

describe('what the errata and the suites need', () => {
  const find = (type: typeof userType, name: string) => {
    const path = type.resolve(name);
    return path?.subAttribute ?? path?.attribute;
  };

  test('displayName of a group is required (errata 5368)', () => {
    expect(find(groupType, 'displayName')?.required).toBe(true);
  });

  test('members have a display, and the rest of them is immutable', () => {
    expect(find(groupType, 'members.display')?.mutability).toBe('readWrite');
    for (const name of ['value', '$ref', 'type'])
      expect(find(groupType, `members.${name}`)?.mutability).toBe('immutable');
  });

  test('id and externalId are case-exact, userName is not and is unique', () => {
    expect(find(userType, 'id')?.caseExact).toBe(true);
    expect(find(userType, 'externalId')).toMatchObject({ caseExact: true, uniqueness: 'none' });
    expect(find(userType, 'userName')).toMatchObject({
      caseExact: false,
      uniqueness: 'server',
      required: true,
    });
  });

  test('every attribute of RFC 7643 §4.1 and §4.3 is there', () => {
    const names = (schema: typeof userType.schema) => schema.attributes.map(({ name }) => name);
    expect(names(userType.schema)).toEqual(
      (
        'userName name displayName nickName profileUrl title userType preferredLanguage locale timezone active password ' +
        'emails phoneNumbers ims photos addresses groups entitlements roles x509Certificates'
      ).split(' '),
    );
    expect(names(registry.schemas.find(({ id }) => id === ENTERPRISE) as typeof userType.schema)).toEqual(
      'employeeNumber costCenter organization division department manager'.split(' '),
    );
  });
});
