import { describe, expect, test } from 'vitest';
import { type Attributes, type Envelope, represent } from '../../../src/main/scim/resource.ts';
import { attribute } from '../../../src/main/scim/schema/definition.ts';
import { createRegistry } from '../../../src/main/scim/schema/registry.ts';
import { BASE, CORE_USER, create, ENTERPRISE, groupType, userType } from './fixtures.ts';

const envelope: Envelope = {
  id: 'a b',
  created: '2026-01-01T00:00:00.000Z',
  lastModified: '2026-01-02T00:00:00.000Z',
  version: 7,
  base: BASE,
};

describe('represent', () => {
  test('the whole of a user, in order', () => {
    const attributes = create(userType, {
      title: 'T',
      [ENTERPRISE]: { manager: 'm1', department: 'D' },
      name: { givenName: 'G' },
      userName: 'u',
      externalId: 'x',
    });
    const user = represent(userType, attributes, envelope, {
      readOnly: { groups: [{ value: 'g1', display: 'Team' }] },
    });
    expect(user).toEqual({
      schemas: [CORE_USER, ENTERPRISE],
      id: 'a b',
      externalId: 'x',
      userName: 'u',
      name: { givenName: 'G' },
      title: 'T',
      active: true,
      groups: [{ value: 'g1', $ref: `${BASE}/Groups/g1`, display: 'Team' }],
      [ENTERPRISE]: { department: 'D', manager: { value: 'm1', $ref: `${BASE}/Users/m1` } },
      meta: {
        resourceType: 'User',
        created: '2026-01-01T00:00:00.000Z',
        lastModified: '2026-01-02T00:00:00.000Z',
        location: `${BASE}/Users/a%20b`,
        version: 'W/"7"',
      },
    });
    expect(Object.keys(user)).toEqual([
      'schemas',
      'id',
      'externalId',
      'userName',
      'name',
      'title',
      'active',
      'groups',
      ENTERPRISE,
      'meta',
    ]);
  });

  test('schemas is exactly the core schema without extension data (SCIMple)', () => {
    expect(represent(userType, { userName: 'u', [ENTERPRISE]: {} }, envelope).schemas).toEqual([CORE_USER]);
    expect(represent(userType, { userName: 'u', [ENTERPRISE]: {} }, envelope)).not.toHaveProperty([
      ENTERPRISE,
    ]);
  });

  test('a group without members has an empty list', () => {
    expect(represent(groupType, { displayName: 'G' }, envelope).members).toEqual([]);
  });

  test('members get an absolute $ref and a type', () => {
    const attributes: Attributes = {
      displayName: 'G',
      members: [{ value: 'u/1', display: 'U' }, { value: 'g2' }, { value: 'g3', type: 'Group' }],
    };
    const typeOf = (id: string) => (id === 'g2' ? 'Group' : undefined);
    expect(represent(groupType, attributes, envelope, { typeOf }).members).toEqual([
      { value: 'u/1', $ref: `${BASE}/Users/u%2F1`, display: 'U', type: 'User' },
      { value: 'g2', $ref: `${BASE}/Groups/g2`, type: 'Group' },
      { value: 'g3', $ref: `${BASE}/Groups/g3`, type: 'Group' },
    ]);
  });

  test('the stored attributes stay as they are', () => {
    const attributes = { displayName: 'G', members: [{ value: 'u1' }] };
    represent(groupType, attributes, envelope);
    expect(attributes).toEqual({ displayName: 'G', members: [{ value: 'u1' }] });
  });
});

describe('references', () => {
  const shown = (attributes: Attributes, typeOf?: (id: string) => string | undefined) =>
    represent(userType, { userName: 'u', ...attributes }, envelope, typeOf ? { typeOf } : {});

  test('a manager gets a $ref, and no type, since none of its sub-attributes names one', () => {
    expect(shown({ [ENTERPRISE]: { manager: { value: 'm' } } })[ENTERPRISE]).toEqual({
      manager: { value: 'm', $ref: `${BASE}/Users/m` },
    });
  });

  test('groups get a $ref and keep their own type, which is no resource type', () => {
    const groups = [{ value: 'g', display: 'G', type: 'direct' }];
    const { groups: presented } = represent(userType, { userName: 'u' }, envelope, { readOnly: { groups } });
    expect(presented).toEqual([{ value: 'g', $ref: `${BASE}/Groups/g`, display: 'G', type: 'direct' }]);
  });

  test.each([
    [['User', 'Group'], ['User', 'Group'], { $ref: `${BASE}/Groups/g`, type: 'Group' }],
    [['User', 'Group'], ['User'], { $ref: `${BASE}/Groups/g` }],
    [['Group'], undefined, { $ref: `${BASE}/Groups/g` }],
    [undefined, undefined, { $ref: `${BASE}/Users/g` }],
  ])('a reference to %j whose type is one of %j', (referenceTypes, canonicalValues, shownBeside) => {
    const urn = 'urn:example:params:scim:schemas:extension:desk:2.0:User';
    const owner = attribute('owner', 'Whose it is.', {
      type: 'complex',
      subAttributes: [
        attribute('value', 'An id.'),
        attribute('$ref', 'Its address.', { type: 'reference', ...(referenceTypes && { referenceTypes }) }),
        ...(canonicalValues ? [attribute('type', 'What it is.', { canonicalValues })] : []),
      ],
    });
    const { userType: withDesk } = createRegistry([
      {
        resourceType: 'User',
        schema: { id: urn, name: 'Desk', description: 'Where one sits.', attributes: [owner] },
      },
    ]);
    const attributes = { userName: 'u', [urn]: { owner: { value: 'g' } } };
    const typeOf = () => referenceTypes && 'Group';
    expect(represent(withDesk, attributes, envelope, { typeOf })[urn]).toEqual({
      owner: { value: 'g', ...shownBeside },
    });
  });

  test('what holds no id gets none', () => {
    expect(shown({ [ENTERPRISE]: { manager: { displayName: 'M' } } })[ENTERPRISE]).toEqual({
      manager: { displayName: 'M' },
    });
    expect(shown({ [ENTERPRISE]: { manager: 'm' } })[ENTERPRISE]).toEqual({ manager: 'm' });
  });

  test('values that refer to nothing are shown as they are', () => {
    const emails = [{ value: 'a@x', type: 'work' }];
    expect(shown({ emails }).emails).toEqual(emails);
    expect(shown({})).not.toHaveProperty('externalId');
    expect(shown({ externalId: '' }).externalId).toBe('');
  });
});
