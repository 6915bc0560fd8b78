import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/main/scim/json.ts';
import { project, readProjection, wants } from '../../../src/main/scim/projection.ts';
import { attribute } from '../../../src/main/scim/schema/definition.ts';
import { createRegistry } from '../../../src/main/scim/schema/registry.ts';
import { BADGE, CORE_USER, ENTERPRISE, groupType, scimTypeOf, userType } from './fixtures.ts';

const user: JsonObject = {
  schemas: [CORE_USER, ENTERPRISE, BADGE],
  id: '1',
  externalId: 'x',
  userName: 'u',
  name: { givenName: 'G', familyName: 'F' },
  emails: [{ value: 'a@x', type: 'work' }, { type: 'home' }],
  [ENTERPRISE]: { department: 'D', costCenter: 'C', manager: { value: 'm', $ref: 'r' } },
  [BADGE]: { floor: 3, secretNote: 's' },
  meta: { resourceType: 'User', created: 'c' },
};

const only = (attributes: string) => project(userType, user, readProjection({ attributes }));
const without = (excludedAttributes: string) =>
  project(userType, user, readProjection({ excludedAttributes }));

describe('attributes', () => {
  test('id and schemas are always there', () => {
    expect(only('userName')).toEqual({ schemas: user.schemas, id: '1', userName: 'u' });
    expect(only('nope')).toEqual({ schemas: user.schemas, id: '1' });
  });

  test('sub-attributes, URN-qualified names, any case', () => {
    expect(only(`NAME.givenname,${ENTERPRISE}:department`)).toEqual({
      schemas: user.schemas,
      id: '1',
      name: { givenName: 'G' },
      [ENTERPRISE]: { department: 'D' },
    });
    expect(only('emails.value').emails).toEqual([{ value: 'a@x' }]);
    expect(only('meta.created').meta).toEqual({ created: 'c' });
    expect(only('name.givenName, name').name).toEqual(user.name);
    expect(only('name,name.givenName').name).toEqual(user.name);
  });

  test('a whole extension, the whole core schema', () => {
    expect(only(ENTERPRISE)[ENTERPRISE]).toEqual(user[ENTERPRISE]);
    expect(Object.keys(only(CORE_USER))).toEqual(['schemas', 'id', 'userName', 'name', 'emails']);
  });

  test('a valuePath still names the attribute (Microsoft’s collection)', () => {
    expect(only('emails[type eq "work"]').emails).toEqual(user.emails);
    expect(only('emails[value eq "a,b]"].type,userName')).toMatchObject({
      emails: [{ type: 'work' }, { type: 'home' }],
      userName: 'u',
    });
  });

  test('returned "request" only when asked for', () => {
    expect(project(userType, user, readProjection({}))[BADGE]).toEqual({ floor: 3 });
    expect(only(`${BADGE}:secretNote`)[BADGE]).toEqual({ secretNote: 's' });
  });

  test('returned "never" not even when asked for', () => {
    expect(
      project(userType, { ...user, password: 'p' }, readProjection({ attributes: 'password' })),
    ).not.toHaveProperty('password');
    expect(project(userType, { ...user, password: 'p' }, readProjection({}))).not.toHaveProperty('password');
  });
});

describe('excludedAttributes', () => {
  test('leaves the rest', () => {
    const { userName: _gone, ...rest } = project(userType, user, readProjection({}));
    expect(without('UserName')).toEqual(rest);
  });

  test('a sub-attribute, an extension', () => {
    expect(without('name.givenName').name).toEqual({ familyName: 'F' });
    expect(without('name.givenName,name.familyName')).not.toHaveProperty('name');
    expect(without(ENTERPRISE)).not.toHaveProperty([ENTERPRISE]);
    expect(without(`${ENTERPRISE}:manager`)[ENTERPRISE]).toEqual({ department: 'D', costCenter: 'C' });
  });

  test('cannot take away what is always returned', () => {
    expect(without('id,schemas,userName')).toMatchObject({ id: '1', schemas: user.schemas });
  });
});

test('both together are refused', () => {
  expect(scimTypeOf(() => readProjection({ attributes: 'a', excludedAttributes: 'b' }))).toBe('invalidValue');
  expect(readProjection({ attributes: '', excludedAttributes: 'b' })).toEqual({
    mode: 'without',
    names: ['b'],
  });
});

test('an empty list of members stays, so that authentik finds one', () => {
  const group = { schemas: [], id: '1', displayName: 'G', members: [] };
  expect(project(groupType, group, readProjection({ attributes: 'members' })).members).toEqual([]);
  expect(project(groupType, group, readProjection({ attributes: 'members.value' })).members).toEqual([]);
});

describe('wants', () => {
  test.each([
    [{}, true],
    [{ excludedAttributes: 'Members' }, false],
    [{ excludedAttributes: 'urn:ietf:params:scim:schemas:core:2.0:Group:members' }, false],
    [{ excludedAttributes: 'members.display' }, true],
    [{ excludedAttributes: 'urn:ietf:params:scim:schemas:core:2.0:Group' }, false],
    [{ attributes: 'id' }, false],
    [{ attributes: 'members.value' }, true],
    [{ attributes: 'displayName,MEMBERS' }, true],
  ])('%j: %j', (parameters, wanted) => {
    expect(wants(groupType, readProjection(parameters), 'members')).toBe(wanted);
  });

  test('an attribute the type does not have', () => {
    expect(wants(groupType, readProjection({}), 'groups')).toBe(false);
  });
});

describe('sub-attributes by what their schema says of returned', () => {
  const urn = 'urn:example:params:scim:schemas:extension:locker:2.0:User';
  const { userType: withLocker } = createRegistry([
    {
      resourceType: 'User',
      schema: {
        id: urn,
        name: 'Locker',
        description: 'Where things are kept.',
        attributes: [
          attribute('userName', 'Another one, of the locker.'),
          attribute('locker', 'A locker.', {
            type: 'complex',
            subAttributes: [
              attribute('number', 'Always shown.', { returned: 'always' }),
              attribute('code', 'Never shown.', { returned: 'never' }),
              attribute('size', 'Shown on request.', { returned: 'request' }),
              attribute('colour', 'Shown unless excluded.'),
            ],
          }),
        ],
      },
    },
  ]);
  const stored: JsonObject = {
    schemas: [CORE_USER, urn],
    id: '1',
    userName: 'u',
    [urn]: { userName: 'l', locker: { number: 1, code: 2, size: 3, colour: 4 } },
  };
  const lockerOf = (parameters: Parameters<typeof readProjection>[0]) =>
    (project(withLocker, stored, readProjection(parameters))[urn] as JsonObject | undefined)?.locker;

  test.each([
    [{}, { number: 1, colour: 4 }],
    [{ attributes: `${urn}:locker` }, { number: 1, colour: 4 }],
    [{ attributes: `${urn}:locker.size` }, { number: 1, size: 3 }],
    [{ attributes: `${urn}:locker.size,${urn}:locker.colour` }, { number: 1, size: 3, colour: 4 }],
    [{ attributes: `${urn}:locker.code` }, { number: 1 }],
    [{ attributes: 'userName' }, undefined],
    [{ excludedAttributes: `${urn}:locker.number` }, { number: 1, colour: 4 }],
    [{ excludedAttributes: `${urn}:locker.colour` }, { number: 1 }],
    [{ excludedAttributes: `${urn}:locker` }, undefined],
    [{ excludedAttributes: 'userName' }, { number: 1, colour: 4 }],
  ])('%j', (parameters, locker) => {
    expect(lockerOf(parameters)).toEqual(locker);
  });

  test('an attribute of an extension is another than that of the core with its name', () => {
    expect(project(withLocker, stored, readProjection({ attributes: 'userName' }))).toEqual({
      schemas: stored.schemas,
      id: '1',
      userName: 'u',
    });
    expect(project(withLocker, stored, readProjection({ attributes: `${urn}:userName` }))).toEqual({
      schemas: stored.schemas,
      id: '1',
      [urn]: { userName: 'l' },
    });
  });

  test('what no schema knows is not shown', () => {
    const strange = { ...stored, strange: 1, [urn]: { id: 'x', strange: 2 } };
    expect(project(withLocker, strange, readProjection({}))).toEqual({
      schemas: stored.schemas,
      id: '1',
      userName: 'u',
    });
  });
});

test('an empty list stays, one of which nothing is left goes; what is no object is kept as it is', () => {
  const group = { schemas: [], id: '1', displayName: 'G', members: [] };
  expect(project(groupType, group, readProjection({ attributes: 'members.value' }))).toMatchObject({
    members: [],
  });
  const emails = (list: JsonValue) =>
    project(userType, { id: '1', emails: list }, readProjection({ attributes: 'emails.display' })).emails;
  expect(emails([{ value: 'a' }, { value: 'b' }])).toBeUndefined();
  expect(emails([{ value: 'a' }, { value: 'b', display: 'B' }])).toEqual([{ display: 'B' }]);
  expect(emails(['text'])).toEqual(['text']);
});

test('whether an attribute is wanted at all, in each mode', () => {
  const wanted = (parameters: Parameters<typeof readProjection>[0], name: string, type = groupType) =>
    wants(type, readProjection(parameters), name);
  expect(wanted({}, 'members')).toBe(true);
  expect(wanted({}, 'nope')).toBe(false);
  expect(wanted({ attributes: 'displayName' }, 'members')).toBe(false);
  expect(wanted({ attributes: 'members.value' }, 'members')).toBe(true);
  expect(wanted({ excludedAttributes: 'members' }, 'members')).toBe(false);
  expect(wanted({ excludedAttributes: 'members.value' }, 'members')).toBe(true);
  expect(wanted({ attributes: 'displayName' }, 'id')).toBe(true);
  expect(wanted({}, 'password', userType)).toBe(false);
  expect(wanted({}, `${BADGE}:secretNote`, userType)).toBe(false);
  expect(wanted({ attributes: `${BADGE}:secretNote` }, `${BADGE}:secretNote`, userType)).toBe(true);
});
