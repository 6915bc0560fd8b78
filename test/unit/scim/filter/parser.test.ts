import { describe, expect, test } from 'vitest';
import type { Filter } from '../../../../src/main/scim/filter/ast.ts';
import { parseFilter } from '../../../../src/main/scim/filter/parser.ts';
import { scimTypeOf } from '../fixtures.ts';

const eq = (name: string, value: string | number | boolean | null): Filter => ({
  kind: 'compare',
  name,
  operator: 'eq',
  value,
});

describe('RFC 7644 §3.4.2.2', () => {
  test('and binds tighter than or, not applies to its parentheses', () => {
    expect(parseFilter('a eq 1 or b pr and not (c eq 2)')).toEqual({
      kind: 'or',
      operands: [
        eq('a', 1),
        {
          kind: 'and',
          operands: [
            { kind: 'present', name: 'b' },
            { kind: 'not', operand: eq('c', 2) },
          ],
        },
      ],
    });
  });

  test('grouping', () => {
    expect(parseFilter('(a eq 1 and (b eq 2 or c eq 3)) or d eq 4')).toEqual({
      kind: 'or',
      operands: [
        { kind: 'and', operands: [eq('a', 1), { kind: 'or', operands: [eq('b', 2), eq('c', 3)] }] },
        eq('d', 4),
      ],
    });
  });

  test('every operator', () => {
    for (const operator of ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']) {
      expect(parseFilter(`a ${operator} "x"`)).toEqual({ kind: 'compare', name: 'a', operator, value: 'x' });
    }
  });

  test('values: null, booleans, numbers, JSON escapes', () => {
    expect(parseFilter('a eq null')).toEqual(eq('a', null));
    expect(parseFilter('a eq true')).toEqual(eq('a', true));
    expect(parseFilter('a eq -1.5')).toEqual(eq('a', -1.5));
    expect(parseFilter(String.raw`a eq "a\"b\\c\u00e9"`)).toEqual(eq('a', 'a"b\\cé'));
  });

  test('URN-qualified names hold colons and dots', () => {
    const name = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value';
    expect(parseFilter(`${name} eq "1"`)).toEqual(eq(name, '1'));
  });

  test('what separates may also stand in a literal', () => {
    expect(parseFilter('a eq "x] and (y.z) or not \\"q\\""')).toEqual(eq('a', 'x] and (y.z) or not "q"'));
  });

  test('valuePath', () => {
    expect(parseFilter('emails[type eq "work" and value co "@x"]')).toMatchObject({
      kind: 'valuePath',
      name: 'emails',
      filter: { kind: 'and', operands: [eq('type', 'work'), { operator: 'co' }] },
    });
  });
});

describe('what real clients send', () => {
  test('PingOne: operators with capitals', () => {
    expect(parseFilter('userName Eq "x" AND NOT (title PR)')).toMatchObject({ kind: 'and' });
  });

  test('Entra: a sub-attribute behind the valuePath is about the same element (FusionAuth #2456)', () => {
    const wanted = {
      kind: 'valuePath',
      name: 'emails',
      filter: { kind: 'and', operands: [eq('type', 'work'), eq('value', 'x')] },
    };
    expect(parseFilter('emails[type eq "work"].value eq "x"')).toEqual(wanted);
    expect(parseFilter('emails[type eq "work"] eq "x"')).toEqual(wanted);
  });

  test('no space before a string, many before an operator', () => {
    expect(parseFilter('members[value eq"x"]')).toEqual({
      kind: 'valuePath',
      name: 'members',
      filter: eq('value', 'x'),
    });
    expect(parseFilter('  a   eq   "x"  ')).toEqual(eq('a', 'x'));
  });

  test('literals without quotes, or in single ones', () => {
    expect(parseFilter('externalId eq jyoung')).toEqual(eq('externalId', 'jyoung'));
    expect(parseFilter('meta.Created gt 2015-10-10T14:38:21.8617979-07:00')).toMatchObject({
      value: '2015-10-10T14:38:21.8617979-07:00',
    });
    expect(parseFilter("displayName sw 'Group \"A\" it\\'s'")).toMatchObject({ value: 'Group "A" it\'s' });
    expect(parseFilter('(meta.resourceType eq User) or (meta.resourceType eq Group)')).toMatchObject({
      kind: 'or',
    });
  });

  test('an escape in single quotes', () => {
    expect(parseFilter("a eq 'x\\\\y\\u00e9'")).toEqual(eq('a', 'x\\yé'));
  });

  test('a dot that does not begin a sub-attribute, or goes on behind one, is no suffix', () => {
    for (const suffix of ['.value.type', 'x.value', '..value']) {
      expect(scimTypeOf(() => parseFilter(`emails[type pr]${suffix} eq "x"`))).toBe('invalidFilter');
    }
  });

  test('digits that are no JSON number keep their text (scimmy #16)', () => {
    expect(parseFilter('externalId eq 007')).toEqual(eq('externalId', '007'));
    expect(parseFilter('externalId eq 1.0')).toEqual(eq('externalId', '1.0'));
  });

  test('a value that holds "eq " (ory/polis #3136)', () => {
    expect(parseFilter('userName eq "a eq b"')).toEqual(eq('userName', 'a eq b'));
  });
});

describe('refused as invalidFilter', () => {
  test.each([
    '',
    'userName',
    'userName eq',
    'userName xx "a"',
    'userName eq "a',
    'userName eq "\\x"',
    'eq "a"',
    '"userName" eq "a"',
    'userName eq "a" and',
    'userName eq "a" userName',
    '(userName eq "a"',
    'userName eq "a")',
    'emails[type eq "work"',
    'emails[]',
    'emails[type eq "a"].',
    'not',
    'a eq (b)',
    'a..b eq 1',
    '1a eq 1',
  ])('%j', (text) => {
    expect(scimTypeOf(() => parseFilter(text))).toBe('invalidFilter');
  });

  test('too long, too deep, too many comparisons', () => {
    expect(scimTypeOf(() => parseFilter(`a eq "${'x'.repeat(9000)}"`))).toBe('invalidFilter');
    expect(scimTypeOf(() => parseFilter(`${'('.repeat(40)}a pr${')'.repeat(40)}`))).toBe('invalidFilter');
    expect(scimTypeOf(() => parseFilter(`${'not '.repeat(40)}a pr`))).toBe('invalidFilter');
    expect(scimTypeOf(() => parseFilter(Array(101).fill('a pr').join(' or ')))).toBe('invalidFilter');
    expect(parseFilter(Array(100).fill('a pr').join(' or '))).toMatchObject({ kind: 'or' });
    expect(parseFilter(`${'('.repeat(31)}a pr${')'.repeat(31)}`)).toMatchObject({ kind: 'present' });
  });
});
