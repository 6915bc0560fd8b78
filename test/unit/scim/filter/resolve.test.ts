import { describe, expect, test } from 'vitest';
import type { ResolvedFilter } from '../../../../src/main/scim/filter/ast.ts';
import { parseFilter } from '../../../../src/main/scim/filter/parser.ts';
import { resolveFilter } from '../../../../src/main/scim/filter/resolve.ts';
import { BADGE, ENTERPRISE, groupType, scimTypeOf, userType } from '../fixtures.ts';

const resolve = (text: string) => resolveFilter(parseFilter(text), userType);

/** A tree of keys instead of definitions, to compare with. */
const outline = (filter: ResolvedFilter): unknown => {
  switch (filter.kind) {
    case 'compare':
      return [filter.path.key, filter.operator, filter.value];
    case 'present':
      return [filter.path.key, 'pr'];
    case 'not':
      return ['not', outline(filter.operand)];
    case 'valuePath':
      return [filter.path.key, outline(filter.filter)];
    case 'constant':
      return filter.value;
    default:
      return [filter.kind, ...filter.operands.map(outline)];
  }
};

describe('names', () => {
  test.each([
    ['USERNAME eq "a"', ['userName', 'eq', 'a']],
    ['name.FamilyName eq Employee', ['name.familyName', 'eq', 'Employee']],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"', ['userName', 'sw', 'J']],
    [`${ENTERPRISE}:manager.value eq "1"`, [`${ENTERPRISE}:manager.value`, 'eq', '1']],
    ['manager eq "1"', [`${ENTERPRISE}:manager.value`, 'eq', '1']],
    ['emails co "x"', ['emails.value', 'co', 'x']],
    ['email Co "x"', ['emails.value', 'co', 'x']],
    ['groups eq "g"', ['groups.value', 'eq', 'g']],
    ['externalId eq "6c75"', ['externalId', 'eq', '6c75']],
    ['emails[TYPE eq "work"]', ['emails', ['emails.type', 'eq', 'work']]],
    [`${BADGE}:tags[value eq "x"]`, [`${BADGE}:tags`, [`${BADGE}:tags`, 'eq', 'x']]],
    ['schemas eq "urn:x"', ['schemas', 'eq', 'urn:x']],
  ])('%s', (text, wanted) => {
    expect(outline(resolve(text))).toEqual(wanted);
  });

  test.each([
    'nope eq "a"',
    'name.nope eq "a"',
    'emails[nope eq "a"]',
    'urn:x:y:z eq "a"',
    'a.b.c pr',
    '__proto__ pr',
    'constructor pr',
  ])('%s is refused where there is one resource type', (text) => {
    expect(scimTypeOf(() => resolve(text))).toBe('invalidFilter');
  });

  test('an unknown attribute has no value where there are several types', () => {
    const among = (text: string) =>
      outline(resolveFilter(parseFilter(text), groupType, { unknown: 'no-value' }));
    expect(among('userName eq "a"')).toBe(false);
    expect(among('userName pr')).toBe(false);
    expect(among('userName ne "a"')).toEqual(['not', false]);
    expect(among('userName eq null')).toEqual(['not', false]);
    expect(among('emails[type eq "work"] or displayName sw "S"')).toEqual([
      'or',
      false,
      ['displayName', 'sw', 'S'],
    ]);
  });

  test('passwords cannot be searched for, anywhere', () => {
    expect(scimTypeOf(() => resolve('password sw "a"'))).toBe('invalidFilter');
    expect(scimTypeOf(() => resolve('password pr'))).toBe('invalidFilter');
    expect(
      scimTypeOf(() => resolveFilter(parseFilter('password eq "a"'), userType, { unknown: 'no-value' })),
    ).toBe('invalidFilter');
  });
});

describe('literals get the type of the attribute', () => {
  test.each([
    ['active eq "True"', ['active', 'eq', true]],
    ['active eq false', ['active', 'eq', false]],
    ['active eq False', ['active', 'eq', false]],
    ['userName eq 123', ['userName', 'eq', '123']],
    ['displayName eq true', ['displayName', 'eq', 'true']],
    [`${BADGE}:floor ge "4"`, [`${BADGE}:floor`, 'ge', 4]],
    [`${BADGE}:weight lt 1.50`, [`${BADGE}:weight`, 'lt', 1.5]],
    ['title ne null', ['not', ['not', ['title', 'pr']]]],
    ['title eq null', ['not', ['title', 'pr']]],
    ['title ne "x"', ['not', ['title', 'eq', 'x']]],
  ])('%s', (text, wanted) => {
    expect(outline(resolve(text))).toEqual(wanted);
  });

  test.each([
    'active eq "maybe"',
    'active eq 1',
    'active gt false',
    'active co "t"',
    'x509Certificates.value lt "a"',
    'meta.created gt "yesterday"',
    `${BADGE}:floor eq "ground"`,
    `${BADGE}:floor co 4`,
    'title gt null',
    'name eq "Ann"',
    'addresses eq "x"',
    'userName[value eq "x"]',
    'emails.value[x eq "y"]',
    'emails[groups[value eq "x"]]',
  ])('%s is refused', (text) => {
    expect(scimTypeOf(() => resolve(text))).toBe('invalidFilter');
  });
});
