import { describe, expect, test } from 'vitest';
import { parsePath, resolvePath } from '../../../src/main/scim/path.ts';
import { ENTERPRISE, groupType, refusal, scimTypeOf, userType } from './fixtures.ts';

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
