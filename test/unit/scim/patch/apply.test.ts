import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../src/main/scim/json.ts';
import { atOperation } from '../../../../src/main/scim/patch/at-operation.ts';
import {
  BADGE,
  create,
  ENTERPRISE,
  groupType,
  members,
  patch,
  patchGroup,
  patchUser,
  refusal,
  scimTypeOf,
  userType,
} from '../fixtures.ts';

const babs = create(userType, {
  userName: 'babs@contoso.com',
  externalId: 'old',
  displayName: 'x',
  name: { givenName: 'A', familyName: 'B', middleName: 'M' },
  emails: [
    { type: 'work', value: 'old@contoso.com', primary: true },
    { type: 'home', value: 'h@contoso.com' },
  ],
  [ENTERPRISE]: { employeeNumber: '1', manager: 'm1' },
});
const group = create(groupType, { displayName: 'Team', members: members('u1', 'u2') });
const changedBy = (...operations: JsonObject[]) => patch(userType, babs, operations).changed;

// What is not specified is left unchanged (RFC 7644 §3.5.2.3); found by the reference model of test/property.
describe.each(['add', 'replace'])('%s of an object that asks for nothing clears nothing', (op) => {
  test.each([
    ['name', {}],
    ['name', { unknown: 'x' }],
    ['manager', { displayName: 'The boss' }],
    [`${ENTERPRISE}:manager`, {}],
    ['emails', {}],
    ['emails', { unknown: 'x' }],
    ['emails[type eq "work"]', {}],
    ['emails[type eq "fax"]', { unknown: 'x' }],
  ])('%s %j', (path, value) => {
    expect(changedBy({ op, path, value })).toEqual([]);
    expect(changedBy({ op, value: { [path]: value } })).toEqual([]);
  });

  test('members', () => {
    expect(patchGroup(group, { op, path: 'members', value: {} })).toBe(group);
    expect(patchGroup(group, { op, path: 'members', value: { unknown: 'u3' } })).toBe(group);
  });
});

describe('lists of simple values', () => {
  const tagged = create(userType, { userName: 'u', [BADGE]: { tags: ['blue', 'Round', 'old'] } });
  const tagsAfter = (...operations: JsonObject[]) =>
    (patchUser(tagged, ...operations)[BADGE] as JsonObject).tags;

  test('are chosen from by value', () => {
    expect(tagsAfter({ op: 'replace', path: 'tags[value eq "BLUE"]', value: 'red' })).toEqual([
      'red',
      'Round',
      'old',
    ]);
    expect(tagsAfter({ op: 'remove', path: 'tags[value sw "r"]' })).toEqual(['blue', 'old']);
  });

  test('lose what a removal lists, in any case', () => {
    expect(tagsAfter({ op: 'remove', path: 'tags', value: ['round', 'none'] })).toEqual(['blue', 'old']);
  });

  test('never get an element from a filter', () => {
    for (const op of ['add', 'replace']) {
      expect(scimTypeOf(() => tagsAfter({ op, path: 'tags[value eq "new"]', value: 'x' }))).toBe('noTarget');
    }
  });
});

describe('a removal by list', () => {
  const remaining = (name: string, stored: JsonValue, listed: JsonValue) =>
    patchUser(create(userType, { userName: 'u', [name]: stored }), {
      op: 'remove',
      path: name,
      value: listed,
    })[name];

  test('compares values as the attribute does', () => {
    expect(remaining('emails', [{ value: 'A@x' }, { value: 'b@x' }], [{ value: 'a@X' }])).toEqual([
      { value: 'b@x' },
    ]);
    expect(remaining('x509Certificates', [{ value: 'Abc' }], [{ value: 'aBC' }])).toEqual([{ value: 'Abc' }]);
  });

  test('with a type means only those of that type', () => {
    const both = [
      { value: 'a', type: 'work' },
      { value: 'a', type: 'home' },
    ];
    expect(remaining('emails', both, [{ value: 'a', type: 'home' }])).toEqual([{ value: 'a', type: 'work' }]);
    expect(remaining('emails', both, [{ value: 'a' }])).toBeUndefined();
  });

  test('without a value means those that are just so', () => {
    const places: JsonValue = [{ locality: 'Bath' }, { locality: 'Bath', country: 'UK' }];
    expect(remaining('addresses', places, [{ locality: 'Bath' }])).toEqual([
      { locality: 'Bath', country: 'UK' },
    ]);
    expect(remaining('emails', [{ display: 'x' }, { value: 'a' }], [{ display: 'y' }])).toEqual([
      { display: 'x' },
      { value: 'a' },
    ]);
  });
});

test.each([
  'emails[type eq "fax" and value sw "x"].display',
  'emails[type eq "fax" or type eq "pager"].value',
  'emails[not (type pr)].value',
  'emails[type ne "work" and type ne "home"].value',
  'emails[type eq "work" and type eq "home"].value',
])('no element can be made for %s', (path) => {
  expect(scimTypeOf(() => patchUser(babs, { op: 'add', path, value: 'x' }))).toBe('noTarget');
});

test('what is no ScimError passes through unchanged', () => {
  const fault = new TypeError('a defect');
  expect(() =>
    atOperation(0, () => {
      throw fault;
    }),
  ).toThrow(fault);
});

test('an element of nothing but cleared sub-attributes is none', () => {
  expect(
    create(userType, { userName: 'u', emails: [{ display: '' }, { type: null }] }).emails,
  ).toBeUndefined();
  expect(patchUser(babs, { op: 'replace', path: 'emails', value: [{ display: '' }] }).emails).toBeUndefined();
  expect(patchUser(babs, { op: 'replace', path: 'emails', value: { value: '' } }).emails).toBeUndefined();
});

describe('add', () => {
  test('a singular attribute is set', () => {
    expect(patchUser(babs, { op: 'Add', path: 'nickName', value: 'Babs' }).nickName).toBe('Babs');
  });

  test('a complex attribute is merged', () => {
    expect(patchUser(babs, { op: 'add', path: 'name', value: { honorificPrefix: 'Ms.' } }).name).toEqual({
      givenName: 'A',
      familyName: 'B',
      middleName: 'M',
      honorificPrefix: 'Ms.',
    });
  });

  test('values are appended, those already there are not', () => {
    const added = patchUser(babs, {
      op: 'add',
      path: 'emails',
      value: [{ value: 'h@contoso.com', type: 'home' }, { value: 'n@x' }],
    });
    expect(added.emails).toEqual([...(babs.emails as JsonObject[]), { value: 'n@x' }]);
  });

  test('a member is one by its value', () => {
    expect(
      patchGroup(group, {
        op: 'add',
        path: 'members',
        value: [{ value: 'u1', display: 'again' }, { value: 'u3' }],
      }).members,
    ).toEqual(members('u1', 'u2', 'u3'));
  });

  test('to a filtered path without a match creates the element (SCIM-SDK #416, MS validator)', () => {
    const patched = patchUser(
      { userName: 'a' },
      { op: 'add', path: 'roles[primary eq "True"].display', value: 'D' },
      { op: 'add', path: 'roles[primary eq "True"].type', value: 'T' },
      { op: 'add', path: 'roles[primary eq "True"].value', value: 'V' },
      { op: 'add', path: 'phoneNumbers[type eq "mobile"].value', value: '1' },
      { op: 'add', path: 'addresses[type eq "work"].country', value: 'DE' },
    );
    expect(patched).toEqual({
      userName: 'a',
      roles: [{ primary: true, display: 'D', type: 'T', value: 'V' }],
      phoneNumbers: [{ type: 'mobile', value: '1' }],
      addresses: [{ type: 'work', country: 'DE' }],
    });
  });

  test('to a filtered element merges into it', () => {
    expect(
      patchUser(babs, { op: 'add', path: 'emails[type eq "home"]', value: { display: 'Home' } }).emails,
    ).toContainEqual({
      type: 'home',
      value: 'h@contoso.com',
      display: 'Home',
    });
  });
});

describe('replace', () => {
  test('Entra’s many operations at once', () => {
    const patched = patchUser(
      babs,
      { op: 'Replace', path: 'displayName', value: 'Pvlo' },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'new@contoso.com' },
      { op: 'Replace', path: 'name.givenName', value: 'Gtfd' },
      { op: 'Replace', path: `${ENTERPRISE}:employeeNumber`, value: 'Eqpj' },
    );
    expect(patched).toMatchObject({
      displayName: 'Pvlo',
      emails: [
        { type: 'work', value: 'new@contoso.com', primary: true },
        { type: 'home', value: 'h@contoso.com' },
      ],
      name: { givenName: 'Gtfd', familyName: 'B', middleName: 'M' },
      [ENTERPRISE]: { employeeNumber: 'Eqpj', manager: { value: 'm1' } },
    });
  });

  test('a complex attribute is merged, null clears', () => {
    expect(
      patchUser(babs, {
        op: 'replace',
        path: 'name',
        value: { familyName: null, middleName: '', formatted: 'A' },
      }).name,
    ).toEqual({
      givenName: 'A',
      formatted: 'A',
    });
  });

  test('a list is replaced as a whole', () => {
    expect(patchUser(babs, { op: 'replace', path: 'emails', value: [{ value: 'n@x' }] }).emails).toEqual([
      { value: 'n@x' },
    ]);
    expect(patchUser(babs, { op: 'replace', path: 'emails', value: [] })).not.toHaveProperty('emails');
  });

  test('a filtered element is replaced and keeps what chose it', () => {
    expect(
      patchUser(babs, { op: 'replace', path: 'emails[type eq "work"]', value: { value: 'n@x' } }).emails,
    ).toEqual([
      { type: 'work', value: 'n@x' },
      { type: 'home', value: 'h@contoso.com' },
    ]);
  });

  test('a filter of more than eq terms fixes nothing of the element that takes its place', () => {
    const path = 'emails[type eq "work" and value sw "old"]';
    expect(patchUser(babs, { op: 'replace', path, value: { display: 'D' } }).emails).toEqual([
      { display: 'D' },
      { type: 'home', value: 'h@contoso.com' },
    ]);
  });

  test('a filter without a match creates the element, except under the RFC profile', () => {
    const operation = { op: 'replace', path: 'emails[type eq "other"].value', value: 'o@x' };
    expect(patchUser(babs, operation).emails).toContainEqual({ type: 'other', value: 'o@x' });
    expect(scimTypeOf(() => patch(userType, babs, [operation], 'rfc'))).toBe('noTarget');
    expect(scimTypeOf(() => patch(userType, babs, [{ ...operation, op: 'add' }], 'rfc'))).toBe('noTarget');
  });

  test.each([
    'emails[type co "oth"].value',
    'emails[not (type pr)].value',
    'emails[type eq "a" or type eq "b"].value',
    'emails[type eq "a" and type eq "b"].value',
    'emails[type eq "a" and value pr].value',
  ])('%s fixes no element to create', (path) => {
    expect(scimTypeOf(() => patchUser(babs, { op: 'replace', path, value: 'x' }))).toBe('noTarget');
  });

  test('what a filter fixes is spelled as if it had been sent as a value', () => {
    const created = patchUser(
      { userName: 'a' },
      { op: 'add', path: 'emails[type eq "WORK"].value', value: 'x' },
    );
    expect(created.emails).toEqual([{ type: 'work', value: 'x' }]);
    const replaced = patchUser(created, {
      op: 'replace',
      path: 'emails[type eq "Work"]',
      value: { value: 'y' },
    });
    expect(replaced.emails).toEqual([{ type: 'work', value: 'y' }]);
  });

  test.each([
    'emails[type eq ""].value',
    'emails[display eq "" and type eq "work"].value',
    String.raw`emails[type eq "\ud800"].value`,
  ])('%s names what is never stored, so it fixes no element to create', (path) => {
    expect(scimTypeOf(() => patchUser({ userName: 'a' }, { op: 'add', path, value: 'x' }))).toBe('noTarget');
  });

  test('manager cleared with "" (MS validator)', () => {
    for (const value of ['', { value: '' }, null]) {
      expect(patchUser(babs, { op: 'replace', path: `${ENTERPRISE}:manager`, value })[ENTERPRISE]).toEqual({
        employeeNumber: '1',
      });
    }
  });

  test('a sub-attribute of all elements', () => {
    expect(patchUser(babs, { op: 'replace', path: 'emails.display', value: 'D' }).emails).toMatchObject([
      { display: 'D' },
      { display: 'D' },
    ]);
  });
});

describe('remove', () => {
  test('an attribute, a sub-attribute, a whole extension', () => {
    const patched = patchUser(
      babs,
      { op: 'Remove', path: 'displayName' },
      { op: 'remove', path: 'name.middleName' },
      { op: 'remove', path: ENTERPRISE },
    );
    expect(patched).not.toHaveProperty('displayName');
    expect(patched.name).toEqual({ givenName: 'A', familyName: 'B' });
    expect(patched).not.toHaveProperty([ENTERPRISE]);
  });

  test('the last attribute takes its extension along', () => {
    expect(
      patchUser({ userName: 'a', [ENTERPRISE]: { department: 'D' } }, { op: 'remove', path: 'department' }),
    ).toEqual({ userName: 'a' });
  });

  test('the elements a filter chooses; none is a success', () => {
    expect(patchUser(babs, { op: 'remove', path: 'emails[type eq "work"]' }).emails).toEqual([
      { type: 'home', value: 'h@contoso.com' },
    ]);
    expect(changedBy({ op: 'remove', path: 'emails[type eq "other"]' })).toEqual([]);
    expect(changedBy({ op: 'remove', path: 'emails[type eq "other"].value' })).toEqual([]);
  });

  test('an e-mail without its value is none', () => {
    expect(patchUser(babs, { op: 'remove', path: 'emails[type eq "work"].value' }).emails).toEqual([
      { type: 'home', value: 'h@contoso.com' },
    ]);
    const labelled = { userName: 'a', roles: [{ value: 'r', display: 'R' }] };
    expect(patchUser(labelled, { op: 'remove', path: 'roles.value' }).roles).toEqual([{ display: 'R' }]);
  });

  test('listed members only; an empty list removes nobody (D5)', () => {
    expect(patchGroup(group, { op: 'Remove', path: 'members', value: [{ value: 'u1' }] }).members).toEqual(
      members('u2'),
    );
    expect(patchGroup(group, { op: 'remove', path: 'members', value: [] }).members).toEqual(
      members('u1', 'u2'),
    );
    expect(
      patchGroup(group, { op: 'remove', path: 'members', value: [{ value: 'stranger' }] }).members,
    ).toEqual(members('u1', 'u2'));
    expect(patchGroup(group, { op: 'remove', path: 'members' })).not.toHaveProperty('members');
  });

  test('listed e-mails, whatever their case, and their type if given', () => {
    expect(
      patchUser(babs, { op: 'remove', path: 'emails', value: [{ value: 'OLD@contoso.com' }] }).emails,
    ).toHaveLength(1);
    expect(
      patchUser(babs, { op: 'remove', path: 'emails', value: [{ value: 'old@contoso.com', type: 'home' }] })
        .emails,
    ).toHaveLength(2);
    expect(
      patchUser(babs, { op: 'remove', path: 'emails', value: [{ value: 'old@contoso.com', type: 'work' }] })
        .emails,
    ).toHaveLength(1);
  });
});

describe('primary', () => {
  test('a new primary demotes the old one', () => {
    expect(
      patchUser(babs, { op: 'add', path: 'emails', value: [{ value: 'b@x', primary: true }] }).emails,
    ).toMatchObject([{ primary: false }, {}, { value: 'b@x', primary: true }]);
  });

  test('so does setting it on another element', () => {
    expect(
      patchUser(babs, { op: 'replace', path: 'emails[type eq "home"].primary', value: 'True' }).emails,
    ).toMatchObject([
      { type: 'work', primary: false },
      { type: 'home', primary: true },
    ]);
  });

  test('set on all, the first has it', () => {
    const primaries = (
      patchUser(babs, { op: 'replace', path: 'emails.primary', value: true }).emails as JsonObject[]
    ).map(({ primary }) => primary);
    expect(primaries).toEqual([true, false]);
  });
});

describe('mutability of members', () => {
  test('value is immutable, display is not', () => {
    expect(
      scimTypeOf(() =>
        patchGroup(group, { op: 'replace', path: 'members[value eq "u1"].value', value: 'u9' }),
      ),
    ).toBe('mutability');
    expect(
      scimTypeOf(() =>
        patchGroup(group, {
          op: 'replace',
          path: 'members[value eq "u1"].$ref',
          value: 'https://x/Users/u9',
        }),
      ),
    ).toBe('mutability');
    expect(
      patchGroup(group, { op: 'replace', path: 'members[value eq "u1"].display', value: 'U' }).members,
    ).toEqual([{ value: 'u1', display: 'U' }, { value: 'u2' }]);
  });

  test('an immutable type can be set where there is none', () => {
    expect(
      patchGroup(group, { op: 'add', path: 'members[value eq "u1"].type', value: 'user' }).members,
    ).toContainEqual({ value: 'u1', type: 'User' });
  });

  test('naming a stranger makes no member of them', () => {
    expect(
      scimTypeOf(() =>
        patchGroup(group, { op: 'replace', path: 'members[value eq "u9"].display', value: 'U' }),
      ),
    ).toBe('noTarget');
    expect(
      scimTypeOf(() =>
        patchGroup(group, { op: 'add', path: 'members[value eq "u9"]', value: { display: 'U' } }),
      ),
    ).toBe('noTarget');
  });

  test('an immutable attribute: once, and the same again', () => {
    const set = { op: 'add', path: `${BADGE}:serial`, value: 'S1' };
    const badged = patchUser(babs, set);
    expect(patch(userType, badged, [set]).changed).toEqual([]);
    expect(scimTypeOf(() => patchUser(badged, { ...set, value: 'S2' }))).toBe('mutability');
  });
});

describe('the whole', () => {
  test('operations see what earlier ones did: remove, add, replace', () => {
    const patched = patchUser(
      babs,
      { op: 'remove', path: 'displayName' },
      { op: 'add', path: 'displayName', value: 'one' },
      { op: 'replace', path: 'displayName', value: 'two' },
    );
    expect(patched.displayName).toBe('two');
  });

  test('Entra’s rename, add and remove of one member in one request', () => {
    expect(
      patch(groupType, create(groupType, { displayName: 'T', members: members('u2') }), [
        { op: 'Replace', path: 'displayName', value: 'New' },
        { op: 'Add', path: 'members', value: [{ $ref: null, value: 'u1' }] },
        { op: 'Remove', path: 'members', value: [{ $ref: null, value: 'u1' }] },
      ]),
    ).toEqual({ attributes: { displayName: 'New', members: members('u2') }, changed: ['displayName'] });
  });

  test('all or nothing, and the error names the operation', () => {
    const before = structuredClone(babs);
    const error = refusal(() =>
      patchUser(
        babs,
        { op: 'replace', path: 'title', value: 'after' },
        { op: 'replace', path: 'emails[value co "zzz"].type', value: 'x' },
      ),
    );
    expect(error.scimType).toBe('noTarget');
    expect(error.detail).toMatch(/^Operations\[1\]:/);
    expect(babs).toEqual(before);
  });

  test('changed names canonical keys, and only what differs', () => {
    expect(
      changedBy({
        op: 'replace',
        value: { DISPLAYNAME: 'x', TITLE: 'T', 'NAME.givenname': 'Z', [`${ENTERPRISE}:department`]: 'D' },
      }).toSorted(),
    ).toEqual(['name', 'title', `${ENTERPRISE}:department`]);
  });

  test('a no-op returns the very same attributes', () => {
    const result = patch(userType, babs, [
      { op: 'add', path: 'emails', value: [{ type: 'home', value: 'h@contoso.com' }] },
      { op: 'replace', path: 'name', value: { givenName: 'A' } },
      { op: 'remove', path: 'nickName' },
    ]);
    expect(result.changed).toEqual([]);
    expect(result.attributes).toBe(babs);
  });
});
