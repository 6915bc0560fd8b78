import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../src/main/scim/json.ts';
import { readPatch } from '../../../../src/main/scim/patch/read.ts';
import type { Rule } from '../../../../src/main/scim/rules.ts';
import { type AttributeDefinition, attribute } from '../../../../src/main/scim/schema/definition.ts';
import { createRegistry } from '../../../../src/main/scim/schema/registry.ts';
import {
  BADGE,
  ENTERPRISE,
  groupType,
  PATCH_OP,
  recorder,
  refusal,
  scimTypeOf,
  userType,
} from '../fixtures.ts';

const read = (operations: JsonValue, type = userType) =>
  readPatch(type, { schemas: [PATCH_OP], Operations: operations });

/** Operations as [op, key, value]. */
const outline = (operations: JsonValue, type = userType) =>
  read(operations, type).operations.map(({ op, path, value }) => [op, path.key, value]);

function rulesFiredBy(operation: JsonObject, type = userType): Rule[] {
  const { tolerate, fired } = recorder();
  readPatch(type, { schemas: [PATCH_OP], Operations: [operation] }, tolerate);
  return fired;
}

describe('the message', () => {
  test.each([
    [undefined],
    [null],
    [[]],
    [{}],
    [{ Operations: 3 }],
    [{ Operations: [3] }],
    [{ Operations: [{}] }],
    [{ Operations: [{ op: 'move' }] }],
    [{ schemas: ['urn:x'], Operations: [] }],
    [{ schemas: [1], Operations: [] }],
    [{ Operations: ['add'] }],
    [{ Operations: [null] }],
    [{ Operations: [[]] }],
    [{ Operations: [{ op: 5 }] }],
  ])('refuses %j', (body) => {
    expect(scimTypeOf(() => readPatch(userType, body))).toBe('invalidSyntax');
  });

  test('op and keys in any case, other keys ignored, schemas may be missing', () => {
    const body = { operations: [{ Op: 'REPLACE', Path: 'TITLE', Value: 'x', name: 'addMember' }] };
    expect(readPatch(userType, body).operations).toMatchObject([{ op: 'replace', index: 0, value: 'x' }]);
  });

  test('schemas may name others beside PatchOp, in any case, or be empty', () => {
    for (const schemas of [[], ['urn:x', PATCH_OP], [PATCH_OP, 'urn:x'], [PATCH_OP.toUpperCase()]]) {
      expect(readPatch(userType, { schemas, Operations: [] }).operations).toEqual([]);
    }
  });

  test('white space around op and path counts for nothing', () => {
    expect(outline([{ op: ' add ', path: ' title ', value: 'x' }])).toEqual([['add', 'title', 'x']]);
    expect(outline([{ op: 'add', path: '  ', value: { title: 'x' } }])).toEqual([['add', 'title', 'x']]);
    expect(outline([{ op: 'add', path: null, value: { title: 'x' } }])).toEqual([['add', 'title', 'x']]);
  });

  test.each([[5], [true], [['title']], [{}]])('the path %j is refused', (path) => {
    expect(scimTypeOf(() => read([{ op: 'add', path, value: 'x' }]))).toBe('invalidPath');
  });

  test('no operations, no change', () => {
    expect(read([])).toEqual({ operations: [], ignored: [] });
  });

  test('errors name the operation', () => {
    const error = refusal(() =>
      read([
        { op: 'add', path: 'title', value: 'x' },
        { op: 'add', path: 'nope', value: 'x' },
      ]),
    );
    expect(error.detail).toMatch(/^Operations\[1\]: .*nope/);
    expect(error.scimType).toBe('invalidPath');
  });
});

describe('path-less values', () => {
  test('Entra with aadOptscim062020: dotted and URN keys', () => {
    expect(
      outline([
        {
          op: 'replace',
          value: { displayName: 'B', 'name.givenName': 'K', [`${ENTERPRISE}:employeeNumber`]: 'A' },
        },
      ]),
    ).toEqual([
      ['replace', 'displayName', 'B'],
      ['replace', 'name.givenName', 'K'],
      ['replace', `${ENTERPRISE}:employeeNumber`, 'A'],
    ]);
  });

  test('a URN with a dot, a whole extension, a whole path', () => {
    expect(outline([{ op: 'add', value: { [`${ENTERPRISE}.manager`]: 'm' } }])).toEqual([
      ['add', `${ENTERPRISE}:manager`, { value: 'm' }],
    ]);
    expect(outline([{ op: 'add', value: { [ENTERPRISE]: { department: 'D', manager: null } } }])).toEqual([
      ['add', `${ENTERPRISE}:department`, 'D'],
      ['remove', `${ENTERPRISE}:manager`, undefined],
    ]);
    expect(outline([{ op: 'replace', value: { 'emails[type eq "work"].value': 'w' } }])).toEqual([
      ['replace', 'emails.value', 'w'],
    ]);
  });

  test('readOnly and unknown keys are ignored and reported (Okta rename, authentik)', () => {
    const { operations, ignored } = read(
      [
        {
          op: 'replace',
          value: { schemas: ['x'], id: '1', meta: {}, externalId: 'ak', displayName: 'N', nope: 1 },
        },
      ],
      groupType,
    );
    expect(operations.map(({ path }) => path.key)).toEqual(['externalId', 'displayName']);
    expect(ignored).toEqual(['x', 'id', 'meta', 'nope']);
  });

  test.each([['text'], [[1]], [null], [undefined]])('the value %j is refused', (value) => {
    expect(scimTypeOf(() => readPatch(userType, { Operations: [{ op: 'add', value }] }))).toBe(
      'invalidValue',
    );
  });
});

test('a key with a filter is a path and nothing else', () => {
  const key = 'emails[type eq "work"].value';
  expect(read([{ op: 'add', value: { [key]: 'x', title: 't' } }])).toMatchObject({
    operations: [{ path: { key: 'emails.value' } }, { path: { key: 'title' } }],
    ignored: [],
  });
});

describe('values', () => {
  test('string booleans of Entra and Keycloak', () => {
    expect(outline([{ op: 'Replace', path: 'active', value: 'False' }])).toEqual([
      ['replace', 'active', false],
    ]);
    expect(rulesFiredBy({ op: 'Replace', path: 'active', value: 'False' })).toEqual([
      'capitalized-op',
      'string-boolean',
    ]);
  });

  test.each([['m'], [{ value: 'm' }], [[{ $ref: 'http://x/Users/m', value: 'm' }]]])(
    'manager as %j, without URN',
    (value) => {
      expect(outline([{ op: 'Add', path: 'manager', value }])).toEqual([
        ['add', `${ENTERPRISE}:manager`, { value: 'm' }],
      ]);
    },
  );

  test.each([[''], [null], [[]]])('%j clears a singular attribute', (value) => {
    expect(outline([{ op: 'replace', path: 'title', value }])).toEqual([['remove', 'title', undefined]]);
  });

  test('null clears one sub-attribute of a complex value', () => {
    expect(outline([{ op: 'replace', path: 'name', value: { familyName: null, givenName: 'G' } }])).toEqual([
      ['replace', 'name', { familyName: null, givenName: 'G' }],
    ]);
    expect(outline([{ op: 'replace', path: 'manager', value: { value: '' } }])).toEqual([
      ['replace', `${ENTERPRISE}:manager`, { value: null }],
    ]);
  });

  test('members as a string, an object, a list', () => {
    for (const value of ['u', { value: 'u' }, [{ value: 'u', $ref: null }]]) {
      expect(outline([{ op: 'add', path: 'members', value }], groupType)).toEqual([
        ['add', 'members', [{ value: 'u' }]],
      ]);
    }
  });

  test('replace with [] is a value (SCIM-SDK #757), add with [] nothing', () => {
    expect(outline([{ op: 'replace', path: 'members', value: [] }], groupType)).toEqual([
      ['remove', 'members', undefined],
    ]);
    expect(outline([{ op: 'replace', path: 'members', value: [null] }], groupType)).toEqual([
      ['remove', 'members', undefined],
    ]);
    expect(outline([{ op: 'add', path: 'members', value: [] }], groupType)).toEqual([]);
  });

  test('manager.$ref is manager.value', () => {
    expect(outline([{ op: 'replace', path: 'manager.$ref', value: 'https://x/Users/m' }])).toEqual([
      ['replace', `${ENTERPRISE}:manager.value`, 'm'],
    ]);
  });

  test('what manager.$ref does not tell is ignored and reported; removing it removes the value', () => {
    expect(read([{ op: 'add', path: 'manager.$ref', value: 'nowhere' }])).toEqual({
      operations: [],
      ignored: ['manager.$ref'],
    });
    expect(outline([{ op: 'remove', path: 'manager.$ref' }])).toEqual([
      ['remove', `${ENTERPRISE}:manager.value`, undefined],
    ]);
  });

  test('a password is checked and dropped', () => {
    expect(outline([{ op: 'replace', value: { password: 'p' } }])).toEqual([]);
    expect(rulesFiredBy({ op: 'replace', path: 'password', value: 'p' })).toEqual(['secret-dropped']);
    expect(scimTypeOf(() => read([{ op: 'replace', path: 'password', value: { x: 1 } }]))).toBe(
      'invalidValue',
    );
  });

  test.each<JsonObject>([
    { op: 'add', path: 'title' },
    { op: 'replace', path: 'active', value: 'maybe' },
    { op: 'replace', path: 'userName', value: '' },
    { op: 'replace', path: 'userName', value: null },
    { op: 'replace', path: 'name', value: 'Ann' },
    { op: 'add', path: 'emails[type eq "work"].value', value: ['a', 'b'] },
    { op: 'add', path: ENTERPRISE, value: 'x' },
  ])('%j is an invalidValue', (operation) => {
    expect(scimTypeOf(() => read([operation]))).toBe('invalidValue');
  });
});

describe('mutability (RFC 7644 §3.5.2)', () => {
  test.each<JsonObject>([
    { op: 'replace', path: 'id', value: 'x' },
    { op: 'replace', path: 'meta.created', value: '2001-01-01T00:00:00Z' },
    { op: 'add', path: 'groups', value: [{ value: 'g' }] },
    { op: 'remove', path: 'groups' },
    { op: 'replace', path: 'manager.displayName', value: 'x' },
    { op: 'remove', path: 'userName' },
    { op: 'remove', path: 'schemas' },
    { op: 'remove', path: 'urn:ietf:params:scim:schemas:core:2.0:User' },
    { op: 'remove', path: `${BADGE}:serial` },
    { op: 'remove', path: `${BADGE}:holder.code` },
  ])('%j', (operation) => {
    expect(scimTypeOf(() => read([operation]))).toBe('mutability');
  });

  test('the displayName of a group, the value of a member', () => {
    expect(scimTypeOf(() => read([{ op: 'remove', path: 'displayName' }], groupType))).toBe('mutability');
    expect(scimTypeOf(() => read([{ op: 'remove', path: 'members[value eq "x"].value' }], groupType))).toBe(
      'mutability',
    );
  });

  test('remove without path is noTarget', () => {
    expect(scimTypeOf(() => read([{ op: 'remove' }]))).toBe('noTarget');
    expect(scimTypeOf(() => read([{ op: 'remove', path: '', value: { title: 'x' } }]))).toBe('noTarget');
  });

  test('adding to schemas is ignored: they follow from the data', () => {
    expect(read([{ op: 'add', path: 'schemas', value: [ENTERPRISE] }])).toEqual({
      operations: [],
      ignored: ['schemas'],
    });
  });
});

describe('a whole schema as the path', () => {
  test('null replaces an extension with nothing, and adds nothing', () => {
    const keys = outline([{ op: 'replace', path: ENTERPRISE, value: null }]).map(([op, key]) => [op, key]);
    expect(keys).toContainEqual(['remove', `${ENTERPRISE}:manager`]);
    expect(keys).toEqual(outline([{ op: 'remove', path: ENTERPRISE }]).map(([op, key]) => [op, key]));
    expect(outline([{ op: 'remove', path: `  ${ENTERPRISE} ` }]).map(([op, key]) => [op, key])).toEqual(keys);
    expect(scimTypeOf(() => read([{ op: 'add', path: ENTERPRISE, value: null }]))).toBe('invalidValue');
  });

  test('the core schema can be written to, but not removed', () => {
    const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
    expect(outline([{ op: 'add', path: core, value: { title: 'x' } }])).toEqual([['add', 'title', 'x']]);
    expect(scimTypeOf(() => read([{ op: 'remove', path: core }]))).toBe('mutability');
    expect(scimTypeOf(() => read([{ op: 'replace', path: core, value: null }]))).toBe('mutability');
  });
});

test.each([
  ['title', 'x'],
  ['name', { givenName: 'x' }],
  ['name.givenName', 'x'],
  ['emails.type', ['work']],
  ['emails[type eq "work"]', [{ value: 'a' }]],
  ['emails[type eq "work"].display', ['a']],
])('remove of %s does not look at a value', (path, value) => {
  expect(read([{ op: 'remove', path, value }]).operations).toMatchObject([
    { op: 'remove', value: undefined },
  ]);
  expect(rulesFiredBy({ op: 'remove', path, value })).not.toContain('listed-removal');
});

describe('removal with a value', () => {
  test.each([
    [[{ value: 'u1', $ref: null }], [{ value: 'u1' }]],
    [{ value: 'u1' }, [{ value: 'u1' }]],
    ['u1', [{ value: 'u1' }]],
    [{ members: [{ value: 'u1' }] }, [{ value: 'u1' }]],
    [[], []],
    [[null], []],
    [[{}], []],
    [[{ display: 'x' }], []],
    ['', []],
    [null, undefined],
  ])('%j lists %j', (value, listed) => {
    expect(outline([{ op: 'Remove', path: 'members', value }], groupType)).toEqual([
      ['remove', 'members', listed],
    ]);
  });

  test('a whole extension', () => {
    const keys = outline([{ op: 'remove', path: ENTERPRISE }]).map(([, key]) => key);
    expect(keys).toHaveLength(6);
    expect(keys).toContain(`${ENTERPRISE}:manager`);
  });
});

test('an operation keeps its place in the request, also as the removal that null stands for', () => {
  const operations = [
    { op: 'add', path: 'members', value: [] },
    { op: 'replace', path: 'externalId', value: null },
    { op: 'add', path: 'displayName', value: 'N' },
  ];
  expect(read(operations, groupType).operations).toMatchObject([
    { op: 'remove', index: 1, path: { key: 'externalId' }, value: undefined },
    { op: 'add', index: 2, path: { key: 'displayName' }, value: 'N' },
  ]);
});

describe('an extension with required and readOnly parts', () => {
  const urn = 'urn:example:params:scim:schemas:extension:locker:2.0:User';
  const row = attribute('row', 'Assigned here.', { mutability: 'readOnly' });
  const colour = attribute('colour', 'Of the door.');
  const lockers = attribute('lockers', 'All of them.', {
    type: 'complex',
    multiValued: true,
    required: true,
    subAttributes: [
      attribute('number', 'On the door.'),
      attribute('opened', 'Counted here.', { mutability: 'readOnly' }),
    ],
  });
  const typeWith = (...attributes: AttributeDefinition[]) =>
    createRegistry([
      { resourceType: 'User', schema: { id: urn, name: 'Locker', description: 'For things.', attributes } },
    ]).userType;

  test('removing all of it leaves what is readOnly', () => {
    expect(outline([{ op: 'remove', path: urn }], typeWith(row, colour))).toEqual([
      ['remove', `${urn}:colour`, undefined],
    ]);
  });

  test('one value of a required list can be removed, not the list', () => {
    const path = `${urn}:lockers[number eq "7"]`;
    expect(outline([{ op: 'remove', path }], typeWith(lockers))).toEqual([
      ['remove', `${urn}:lockers`, undefined],
    ]);
    expect(scimTypeOf(() => read([{ op: 'remove', path: `${urn}:lockers` }], typeWith(lockers)))).toBe(
      'mutability',
    );
  });

  test('a chosen value that is replaced by nothing but readOnly parts stays as it is', () => {
    const path = `${urn}:lockers[number eq "7"]`;
    for (const op of ['add', 'replace']) {
      expect(outline([{ op, path, value: { opened: '3' } }], typeWith(lockers))).toEqual([]);
    }
  });
});

test('keys that pollute prototypes are never attributes', () => {
  const value = JSON.parse('{"__proto__":{"x":1},"constructor":{"x":1},"title":"T"}');
  expect(outline([{ op: 'add', value }])).toEqual([['add', 'title', 'T']]);
  for (const path of ['__proto__.x', 'constructor', 'name.__proto__', 'emails[__proto__ eq "x"].value']) {
    expect(refusal(() => read([{ op: 'add', path, value: 1 }])).status).toBe(400);
  }
  expect(({} as JsonObject).x).toBeUndefined();
});
