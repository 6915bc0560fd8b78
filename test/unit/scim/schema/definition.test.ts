import { describe, expect, test } from 'vitest';
import {
  attribute,
  findAlias,
  findAttribute,
  findSubAttribute,
  hasDerivedReference,
  isNeverStored,
  isReferenceList,
} from '../../../../src/main/scim/schema/definition.ts';
import { groupType, userType } from '../fixtures.ts';

const attributeOf = (name: string, type = userType) => {
  const found = type.resolve(name)?.attribute;
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
};

test('an attribute has the defaults of RFC 7643 §2.2', () => {
  expect(attribute('x', 'What x is.')).toEqual({
    name: 'x',
    type: 'string',
    multiValued: false,
    description: 'What x is.',
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
  });
});

describe('names', () => {
  const one = attribute('One', '');
  const two = attribute('two', '', { aliases: ['zwei', 'Deux'], subAttributes: [one] });
  const three = attribute('three', '', { aliases: ['drei'] });
  const all = [one, two, three];

  test('are found in any case', () => {
    expect(findAttribute(all, 'ONE')).toBe(one);
    expect(findAttribute(all, 'TWO')).toBe(two);
    expect(findAttribute(all, 'zwei')).toBeUndefined();
    expect(findSubAttribute(two, 'oNE')).toBe(one);
    expect(findSubAttribute(one, 'one')).toBeUndefined();
  });

  test('aliases are asked for apart', () => {
    expect(findAlias(all, 'ZWEI')).toBe(two);
    expect(findAlias(all, 'deux')).toBe(two);
    expect(findAlias(all, 'drei')).toBe(three);
    expect(findAlias(all, 'two')).toBeUndefined();
  });
});

test('what is never stored: what may never be shown, or only be written', () => {
  expect(isNeverStored(attribute('x', '', { mutability: 'writeOnly' }))).toBe(true);
  expect(isNeverStored(attribute('x', '', { returned: 'never' }))).toBe(true);
  expect(isNeverStored(attribute('x', '', { mutability: 'immutable', returned: 'request' }))).toBe(false);
});

test('lists of references, and references whose $ref only restates the value', () => {
  expect(isReferenceList(attributeOf('members', groupType))).toBe(true);
  expect(isReferenceList(attributeOf('emails'))).toBe(false);
  expect(isReferenceList(attributeOf('manager'))).toBe(false);
  expect(isReferenceList(attributeOf('userName'))).toBe(false);
  expect(
    isReferenceList(
      attribute('x', '', { subAttributes: [attribute('value', '', { mutability: 'immutable' })] }),
    ),
  ).toBe(false);
  for (const [name, type] of [
    ['members', groupType],
    ['manager', userType],
    ['groups', userType],
  ] as const) {
    expect(hasDerivedReference(attributeOf(name, type))).toBe(true);
  }
  for (const name of ['emails', 'name', 'userName'])
    expect(hasDerivedReference(attributeOf(name))).toBe(false);
  expect(hasDerivedReference(attribute('x', '', { subAttributes: [attribute('$ref', '')] }))).toBe(false);
});
