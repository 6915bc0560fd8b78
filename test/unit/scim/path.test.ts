import { describe, expect, test } from 'vitest';
import { parsePath, resolvePath } from '../../../src/main/scim/path.ts';
import type { Attributes } from '../../../src/main/scim/resource.ts';
import { attribute } from '../../../src/main/scim/schema/definition.ts';
import { createRegistry } from '../../../src/main/scim/schema/registry.ts';
import {
  create,
  ENTERPRISE,
  groupType,
  members,
  patchGroup,
  patchUser,
  refusal,
  scimTypeOf,
  userType,
} from './fixtures.ts';

const keyOf = (text: string, type = userType) => resolvePath(parsePath(text), type).path.key;

describe('paths', () => {
  test.each([
    ['userName', 'userName'],
    ['NAME.givenname', 'name.givenName'],
    ['emails[type eq "work"]', 'emails'],
    ['emails[type eq "work"].value', 'emails.value'],
    ['emails[value eq "a.b@c.d] and ("].Type', 'emails.type'],
    ['addresses[type eq "work"].country', 'addresses.country'],
    [`${ENTERPRISE}:manager`, `${ENTERPRISE}:manager`],
    [`${ENTERPRISE}:manager.value`, `${ENTERPRISE}:manager.value`],
    [`${ENTERPRISE}.manager`, `${ENTERPRISE}:manager`],
    ['urn:ietf:params:scim:schemas:core:2.0:User:emails[type eq "work"].value', 'emails.value'],
    ['urn:scim:schemas:core:1.0:userName', 'userName'],
    ['manager', `${ENTERPRISE}:manager`],
    ['meta.created', 'meta.created'],
    ['  displayName ', 'displayName'],
  ])('%s', (text, key) => {
    expect(keyOf(text)).toBe(key);
  });

  test('a member by its id, without a space', () => {
    const { path, filter } = resolvePath(parsePath('members[value eq"x"]'), groupType);
    expect(path.key).toBe('members');
    expect(filter).toMatchObject({ kind: 'compare', operator: 'eq', value: 'x' });
  });

  test.each([
    '',
    '[type eq "x"]',
    'a b',
    'emails[type eq "x"] value',
    'emails[type eq "x"].value.x',
    'emails"x"',
    'nope',
    'emails.nope',
    'emails[type eq "x"].nope',
    'userName[value eq "x"]',
    'name[formatted eq "x"]',
    'emails.value[type eq "x"]',
    'a.b.c',
    '__proto__',
    'constructor.prototype',
    'emails[type eq "x"].__proto__',
    'emails[type eq "x',
    'emails[',
    'emails (type pr]',
    'emails "x" type pr]',
    'emails[type pr] "value"',
    'emails[type pr] ".value"',
    'emails[type pr]xvalue',
    'emails[type pr)',
    'emails[type pr',
    'emails[type pr].value type',
    'userName "x"',
  ])('%j is an invalidPath', (text) => {
    expect(scimTypeOf(() => keyOf(text))).toBe('invalidPath');
  });

  test('a text left open is a fault of the path, not of a filter', () => {
    expect(refusal(() => keyOf('emails[type eq "x')).detail).toBe(
      'Unterminated string at position 14 of the path.',
    );
    expect(refusal(() => keyOf('emails "x"')).detail).toBe('"emails \\"x\\"" is no attribute path.');
    expect(refusal(() => keyOf(`a ${'b'.repeat(200)}`)).detail).toBe(
      `"a ${'b'.repeat(98)}" is no attribute path.`,
    );
  });

  test.each([
    'emails[]',
    'emails[type]',
    'emails[type xx "a"]',
    'emails[nope eq "x"]',
    'emails[primary gt true]',
    'emails[type eq "x" and]',
  ])('%j has an invalidFilter inside', (text) => {
    expect(scimTypeOf(() => keyOf(text))).toBe('invalidFilter');
  });
});

describe('$ref inside brackets, where it only restates value', () => {
  const left = (filter: string) =>
    patchGroup(create(groupType, { displayName: 'G', members: members('a', 'b', 'c') }), {
      op: 'remove',
      path: `members[${filter}]`,
    }).members;

  test.each([
    ['$ref eq "https://x/scim/v2/acme/Users/a"', ['b', 'c']],
    ['$REF eq "Users/a"', ['b', 'c']],
    ['$ref eq "Users/a" or $ref eq "../Groups/b"', ['c']],
    ['$ref eq "Users/a" or value eq "c"', ['b']],
    ['$ref eq "Users/a" and value eq "a"', ['b', 'c']],
    ['not ($ref eq "Users/a")', ['a']],
    ['$ref ne "Users/a"', ['a']],
    ['$ref eq "nowhere"', ['a', 'b', 'c']],
    ['value eq "Users/a"', ['a', 'b', 'c']],
    ['display eq "Users/a"', ['a', 'b', 'c']],
    ['$ref sw "Users/a"', ['a', 'b', 'c']],
    ['not ($ref pr)', ['a', 'b', 'c']],
  ])('%s leaves %j', (filter, wanted) => {
    expect(left(filter)).toEqual(members(...wanted));
  });

  test('every member has one', () => {
    expect(left('$ref pr')).toBeUndefined();
  });

  test('what names no resource is looked for as it is', () => {
    const { filter } = resolvePath(parsePath('members[$ref eq "nowhere"]'), groupType);
    expect(filter).toMatchObject({ operator: 'eq', path: { key: 'members.$ref' }, value: 'nowhere' });
  });

  test('without a value beside it, it is an attribute of its own', () => {
    const urn = 'urn:example:params:scim:schemas:extension:links:2.0:User';
    const links = attribute('links', 'Elsewhere.', {
      type: 'complex',
      multiValued: true,
      subAttributes: [attribute('$ref', 'An address.', { type: 'reference' }), attribute('name', 'A name.')],
    });
    const { userType: withLinks } = createRegistry([
      {
        resourceType: 'User',
        schema: { id: urn, name: 'Links', description: 'Of a user.', attributes: [links] },
      },
    ]);
    const { filter } = resolvePath(parsePath(`${urn}:links[$ref eq "https://x/Users/a"]`), withLinks);
    expect(filter).toMatchObject({ path: { key: `${urn}:links.$ref` }, value: 'https://x/Users/a' });
  });

  test('null and absence can be asked for in brackets', () => {
    const user: Attributes = { userName: 'u', emails: [{ value: 'a' }, { value: 'b', type: 'work' }] };
    expect(patchUser(user, { op: 'remove', path: 'emails[type eq null]' }).emails).toEqual([
      { value: 'b', type: 'work' },
    ]);
    expect(patchUser(user, { op: 'remove', path: 'emails[type pr]' }).emails).toEqual([{ value: 'a' }]);
  });
});
