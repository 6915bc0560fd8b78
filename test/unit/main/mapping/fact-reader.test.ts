import { describe, expect, test } from 'vitest';
import { compileMapping } from '../../../../src/main/mapping/fact-reader.ts';
import type { Attributes } from '../../../../src/main/scim/resource.ts';
import { createRegistry } from '../../../../src/main/scim/schema/registry.ts';
import type { AttributeMapping } from '../../../../src/shared/contract/mapping.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const registry = () => createRegistry();
const ann: Attributes = {
  userName: 'ann@acme.com',
  active: true,
  title: 'Chief',
  name: { givenName: 'Ann', familyName: 'Ash' },
  emails: [
    { value: 'home@ann.example', type: 'home', primary: true },
    { value: 'ann@work.example', type: 'work' },
  ],
  roles: [{ value: 'Admin' }],
  [ENTERPRISE]: { department: 'Sales', manager: { value: 'boss' } },
};
const member = (mapping: AttributeMapping, attributes = ann, userNameIsEmail = true) =>
  compileMapping(mapping, userNameIsEmail, registry()).member(attributes);

describe('an edited mapping', () => {
  test('reads one of several values by a filter', () => {
    expect(member({ email: ['emails[type eq "work"].value'] }).email).toBe('ann@work.example');
  });

  test('takes the first source that has a value', () => {
    expect(member({ displayName: ['nickName', 'title', 'userName'] }).displayName).toBe('Chief');
  });

  test('fills text with paths in braces, and leaves no gaps where one has no value', () => {
    const sources = { displayName: ['{name.familyName}, {name.givenName} {name.middleName} ({title})'] };
    expect(member(sources).displayName).toBe('Ash, Ann (Chief)');
    expect(member({ displayName: ['{nickName} {name.middleName}'] }).displayName).toBe('ann@acme.com');
  });

  test('reads extensions by their URN', () => {
    expect(member({ firstName: [`${ENTERPRISE}:department`] }).firstName).toBe('Sales');
  });

  test('takes access from another attribute', () => {
    const reader = compileMapping({ isActive: ['userType'] }, true, registry());
    expect(reader.isActive({ ...ann, userType: 'true' })).toBe(true);
    expect(reader.isActive({ ...ann, userType: 'contractor' })).toBe(false);
    expect(reader.isActive(ann)).toBe(false);
  });
});

describe('a source that can not be read', () => {
  test.each([
    ['nonsense', /no attribute nonsense/],
    ['name', /Name the one that is meant, such as name\.formatted/],
    ['emails[type eq "work"', /no attribute path|filter/],
    ['title[type eq "x"].value', /not multi-valued/],
    ['{title', /without its other half/],
    ['{title} }', /without its other half/],
    ['emails[nope eq "x"].value', /nope/],
  ])('%s is refused', (source, sentence) => {
    expect(() => compileMapping({ title: [source] }, true, registry())).toThrow(sentence);
  });
});
