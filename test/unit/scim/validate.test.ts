import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/main/scim/json.ts';
import type { Rule } from '../../../src/main/scim/rules.ts';
import { attribute } from '../../../src/main/scim/schema/definition.ts';
import { createRegistry } from '../../../src/main/scim/schema/registry.ts';
import { readResource } from '../../../src/main/scim/validate.ts';
import {
  BADGE,
  CORE_USER,
  create,
  ENTERPRISE,
  groupType,
  recorder,
  refusal,
  replace,
  scimTypeOf,
  userType,
} from './fixtures.ts';

const ignoredIn = (body: JsonObject) => readResource(userType, body, { mode: 'create' }).ignored;

function rulesFiredBy(body: JsonObject, type = userType): Rule[] {
  const { tolerate, fired } = recorder();
  readResource(type, body, { mode: 'create', tolerate });
  return fired;
}

describe('create', () => {
  test('Okta’s body: password dropped, groups ignored, schemas not stored', () => {
    const body = {
      schemas: [CORE_USER],
      userName: 'test.user@okta.local',
      name: { givenName: 'Test', familyName: 'User', middleName: '' },
      emails: [{ primary: true, value: 'test.user@okta.local', type: 'work' }],
      externalId: '00ujl29u0le5T6Aj10h7',
      groups: [],
      password: '1mz050nq',
      active: true,
    };
    expect(create(userType, body)).toEqual({
      userName: 'test.user@okta.local',
      name: { givenName: 'Test', familyName: 'User' },
      emails: [{ primary: true, value: 'test.user@okta.local', type: 'work' }],
      externalId: '00ujl29u0le5T6Aj10h7',
      active: true,
    });
    expect(rulesFiredBy(body).sort()).toEqual(['empty-string', 'secret-dropped']);
  });

  test('Entra’s nulls, unqualified extension attributes and misspelt schema', () => {
    const body = {
      schemas: [CORE_USER, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User'],
      userName: 'j',
      addresses: null,
      title: null,
      department: null,
      manager: null,
      unknown: null,
    };
    expect(create(userType, body)).toEqual({ userName: 'j', active: true });
    expect(ignoredIn(body)).toEqual([]);
    expect(rulesFiredBy(body)).toContain('legacy-schema');
  });

  test('names in any case, as in Microsoft’s collection', () => {
    expect(
      create(userType, {
        USERNAME: 'a',
        Emails: [{ Primary: 'True', VALUE: 'a@x', Type: 'WORK' }],
        Department: 'D',
        Manager: { Value: 'm1' },
      }),
    ).toEqual({
      userName: 'a',
      active: true,
      emails: [{ primary: true, value: 'a@x', type: 'work' }],
      [ENTERPRISE]: { department: 'D', manager: { value: 'm1' } },
    });
  });

  test('string booleans become booleans (ssoready #155, MS validator roles)', () => {
    const stored = create(userType, {
      userName: 'a',
      active: 'False',
      roles: [{ primary: 'True', value: 'r' }],
    });
    expect(stored).toMatchObject({ active: false, roles: [{ primary: true, value: 'r' }] });
  });

  test.each([
    ['m1'],
    [{ value: 'm1' }],
    [[{ value: 'm1' }]],
    [{ $ref: 'https://x/scim/Users/m1' }],
    [{ $ref: '../Users/m1', displayName: 'Boss' }],
  ])('manager as %j', (manager) => {
    expect(create(userType, { userName: 'a', [ENTERPRISE]: { manager } })[ENTERPRISE]).toEqual({
      manager: { value: 'm1' },
    });
  });

  test.each([['u1'], [{ value: 'u1' }], [['u1']], [[{ value: 'u1', $ref: null }]], [[{ $ref: 'Users/u1' }]]])(
    'members as %j',
    (members) => {
      const stored = create(groupType, { displayName: 'G', members });
      expect(stored.members).toMatchObject([{ value: 'u1' }]);
      expect(stored.members).toHaveLength(1);
    },
  );

  test('a $ref tells the type of a member', () => {
    expect(
      create(groupType, { displayName: 'G', members: [{ value: 'g2', $ref: 'https://x/Groups/g2' }] })
        .members,
    ).toEqual([{ value: 'g2', type: 'Group' }]);
  });

  test('OneLogin’s single e-mail object, and legacy schema URNs as keys', () => {
    expect(
      create(userType, {
        schemas: ['urn:scim:schemas:core:1.0'],
        userName: 'a',
        emails: { value: 'a@x' },
        'urn:scim:schemas:extension:enterprise:1.0': { department: 'D' },
      }),
    ).toEqual({ userName: 'a', active: true, emails: [{ value: 'a@x' }], [ENTERPRISE]: { department: 'D' } });
  });

  test('attributes nested under the core URN (scimverify), URN-qualified and dotted keys', () => {
    expect(
      create(userType, {
        [CORE_USER]: { userName: 'a', name: { givenName: 'G' } },
        'name.familyName': 'F',
        [`${BADGE}:floor`]: '3',
      }),
    ).toEqual({
      userName: 'a',
      active: true,
      name: { givenName: 'G', familyName: 'F' },
      [BADGE]: { floor: 3 },
    });
  });

  test('unknown attributes and schemas are ignored and named', () => {
    expect(
      ignoredIn({
        schemas: [CORE_USER, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
        userName: 'a',
        adreses: [],
        shoeSize: 43,
        'urn:unknown:2.0:User': { x: 1 },
        name: { nick: 'x' },
      }),
    ).toEqual([
      'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
      'shoeSize',
      'urn:unknown:2.0:User',
      'name.nick',
    ]);
  });

  test('readOnly values are ignored: id, meta, groups (agent-bom #3533)', () => {
    const body = { userName: 'a', id: 'stolen', meta: { created: '2001' }, groups: [{ value: 'admins' }] };
    expect(create(userType, body)).toEqual({ userName: 'a', active: true });
    expect(ignoredIn(body)).toEqual(['id', 'meta', 'groups']);
  });

  test('PingOne’s two primaries: the first is kept', () => {
    const emails = [
      { value: 'a@x', primary: true },
      { value: 'a@x', primary: true },
    ];
    expect(create(userType, { userName: 'a', emails }).emails).toEqual([
      { value: 'a@x', primary: true },
      { value: 'a@x', primary: false },
    ]);
    expect(rulesFiredBy({ userName: 'a', emails })).toContain('primary-demoted');
  });

  test('a template without data leaves no element behind', () => {
    const phoneNumbers = [
      { type: 'mobile', value: '' },
      { type: 'work', value: '1' },
      null,
      {},
      { type: 'fax', value: null },
    ];
    expect(create(userType, { userName: 'a', phoneNumbers }).phoneNumbers).toEqual([
      { type: 'work', value: '1' },
    ]);
  });

  test('a member is a member once', () => {
    expect(
      create(groupType, {
        displayName: 'G',
        members: [{ value: 'a' }, { value: 'b' }, { value: 'a', display: 'x' }],
      }).members,
    ).toEqual([{ value: 'a' }, { value: 'b' }]);
  });

  test('displayName of a member is its display (Microsoft’s collection)', () => {
    expect(
      create(groupType, { displayName: 'G', members: [{ value: 'a', displayName: 'Ann' }] }).members,
    ).toEqual([{ value: 'a', display: 'Ann' }]);
    expect(
      create(groupType, { displayName: 'G', members: [{ value: 'a', displayName: 'no', display: 'yes' }] })
        .members,
    ).toEqual([{ value: 'a', display: 'yes' }]);
  });

  test('one-element lists for singular attributes, numbers for texts', () => {
    expect(
      create(userType, { userName: ['a'], active: ['false'], [ENTERPRISE]: { employeeNumber: 701984 } }),
    ).toEqual({
      userName: 'a',
      active: false,
      [ENTERPRISE]: { employeeNumber: '701984' },
    });
  });

  test('any text is a profileUrl, a photo, a certificate, a locale (MS validator)', () => {
    const random = {
      profileUrl: 'BAPN',
      photos: [{ value: 'x y' }],
      x509Certificates: [{ value: '!' }],
      locale: '??',
    };
    expect(create(userType, { userName: 'a', ...random })).toMatchObject(random);
  });

  test('active is true unless the client says otherwise (Okta SPEC reads it)', () => {
    expect(create(userType, { userName: 'a' }).active).toBe(true);
    expect(create(userType, { userName: 'a', active: false }).active).toBe(false);
  });

  test.each([
    [{}],
    [{ userName: '' }],
    [{ userName: null }],
    [{ userame: 'a' }],
    [{ userName: ['a', 'b'] }],
    [{ userName: { value: 'a' } }],
    [{ userName: '\ud800' }],
    [{ userName: 'a', active: 'maybe' }],
    [{ userName: 'a', active: 1 }],
    [{ userName: 'a', name: 'Ann' }],
    [{ userName: 'a', emails: [['a@x']] }],
    [{ userName: 'a', emails: [{ value: { x: 1 } }] }],
    [{ userName: 'a', addresses: ['Main Street'] }],
    [{ userName: 'a', [BADGE]: { floor: 1.5 } }],
    [{ userName: 'a', [BADGE]: { floor: 'x' } }],
    [{ userName: 'a', [BADGE]: { weight: true } }],
    [{ userName: 'a', [BADGE]: { issued: 'yesterday' } }],
    [{ userName: 'a', [BADGE]: { holder: { note: 'no code' } } }],
  ])('refuses %j', (body) => {
    expect(scimTypeOf(() => create(userType, body))).toBe('invalidValue');
  });

  test('a group needs a displayName, and a member its value', () => {
    expect(scimTypeOf(() => create(groupType, { members: [] }))).toBe('invalidValue');
    expect(scimTypeOf(() => create(groupType, { displayName: 'G', members: [{ display: 'x' }] }))).toBe(
      'invalidValue',
    );
  });

  test.each([[undefined], [null], ['text'], [[]]])('refuses the body %j', (body) => {
    expect(scimTypeOf(() => create(userType, body))).toBe('invalidSyntax');
  });

  test('the detail names the attribute as the client wrote it', () => {
    expect(refusal(() => create(userType, { userName: 'a', Emails: [{ Primary: 'x' }] })).detail).toContain(
      'Emails[0].Primary',
    );
  });

  test('keys that pollute prototypes are unknown attributes', () => {
    const body = JSON.parse(
      '{"userName":"a","__proto__":{"polluted":1},"name":{"__proto__":{"polluted":1},"givenName":"G"},"constructor":{"prototype":{"polluted":1}}}',
    );
    const stored = create(userType, body);
    expect(stored).toEqual({ userName: 'a', active: true, name: { givenName: 'G' } });
    expect(Object.getPrototypeOf(stored.name)).toBe(Object.prototype);
    expect(({} as JsonObject).polluted).toBeUndefined();
  });
});

describe('what an extension requires', () => {
  const urn = 'urn:example:params:scim:schemas:extension:parking:2.0:User';
  const createWith = (body: JsonObject) => {
    const { userType: withParking } = createRegistry([
      {
        resourceType: 'User',
        schema: {
          id: urn,
          name: 'Parking',
          description: 'Where the car is.',
          attributes: [
            attribute('plate', 'Of the car.', { required: true }),
            attribute('row', 'Assigned here.', { required: true, mutability: 'readOnly' }),
            attribute('colour', 'Of the car.'),
            attribute('driver', 'Who else drives.', {
              type: 'complex',
              subAttributes: [attribute('licence', 'A number.', { required: true })],
            }),
          ],
        },
      },
    ]);
    return create(withParking, { userName: 'u', ...body });
  };

  test('is due once it is used, and not before', () => {
    expect(createWith({})).toEqual({ userName: 'u', active: true });
    expect(scimTypeOf(() => createWith({ [urn]: { colour: 'red' } }))).toBe('invalidValue');
  });

  test('is not asked of the client where it is readOnly, nor within what is not there', () => {
    expect(createWith({ [urn]: { plate: 'RC 1' } })[urn]).toEqual({ plate: 'RC 1' });
  });
});

describe('replace', () => {
  const current = create(userType, {
    userName: 'a',
    title: 'T',
    active: false,
    [BADGE]: { serial: 'S1', floor: 3 },
  });

  test('what is not given goes; active stays (RFC 7644 §3.5.1)', () => {
    expect(replace(userType, { userName: 'a' }, current)).toEqual({
      userName: 'a',
      active: false,
      [BADGE]: { serial: 'S1' },
    });
  });

  test('active can be given', () => {
    expect(replace(userType, { userName: 'a', active: true }, current).active).toBe(true);
  });

  test('an immutable attribute must match', () => {
    expect(replace(userType, { userName: 'a', [BADGE]: { serial: 'S1' } }, current)[BADGE]).toEqual({
      serial: 'S1',
    });
    expect(scimTypeOf(() => replace(userType, { userName: 'a', [BADGE]: { serial: 'S2' } }, current))).toBe(
      'mutability',
    );
  });

  test('an immutable attribute can be set once', () => {
    expect(replace(userType, { userName: 'a', [BADGE]: { serial: 'S9' } }, { userName: 'a' })[BADGE]).toEqual(
      { serial: 'S9' },
    );
  });

  test('a required attribute cannot be left out', () => {
    expect(scimTypeOf(() => replace(userType, { title: 'x' }, current))).toBe('invalidValue');
  });

  test('a group’s members are replaced, not merged', () => {
    const group = create(groupType, { displayName: 'G', members: [{ value: 'a' }] });
    expect(replace(groupType, { displayName: 'G2', members: [{ value: 'b' }] }, group)).toEqual({
      displayName: 'G2',
      members: [{ value: 'b' }],
    });
    expect(replace(groupType, { displayName: 'G', members: [] }, group)).toEqual({ displayName: 'G' });
  });

  test('the current attributes stay as they are', () => {
    const before = structuredClone(current);
    replace(userType, { userName: 'b', [BADGE]: { floor: 9 } }, current);
    expect(current).toEqual(before);
  });
});
