import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ScimError } from '../../src/main/scim/error.ts';
import type { CompareOperator, Filter, Literal } from '../../src/main/scim/filter/ast.ts';
import { parseFilter } from '../../src/main/scim/filter/parser.ts';
import { printFilter } from '../../src/main/scim/filter/print.ts';
import { resolveFilter } from '../../src/main/scim/filter/resolve.ts';
import { compareText, foldCase } from '../../src/main/scim/fold-case.ts';
import { createRegistry } from '../../src/main/scim/schema/registry.ts';
import { propertyRuns } from '../support/property-runs.ts';

const SEED = { seed: 7644, numRuns: propertyRuns(1000) };
const { userType } = createRegistry();

const operators: readonly CompareOperator[] = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'];

describe('parse and print', () => {
  const name = fc.oneof(
    fc.constantFrom(
      'userName',
      'name.givenName',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value',
      '$ref',
    ),
    fc.stringMatching(/^[a-zA-Z$_][\w$-]{0,8}(\.[a-zA-Z][a-zA-Z0-9]{0,5})?$/),
  );
  const literal: fc.Arbitrary<Literal> = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
    fc.boolean(),
    fc.constant(null),
  );
  const comparison = fc.oneof(
    fc.record({
      kind: fc.constant('compare' as const),
      name,
      operator: fc.constantFrom(...operators),
      value: literal,
    }),
    fc.record({ kind: fc.constant('present' as const), name }),
  );
  const { tree } = fc.letrec<{ tree: Filter }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      comparison,
      fc.record({ kind: fc.constant('not' as const), operand: tie('tree') }),
      fc.record({ kind: fc.constant('valuePath' as const), name, filter: tie('tree') }),
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        operands: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
      }),
    ),
  }));

  // `not` is an operator word; a name that spells it cannot be written down.
  const isWord = (text: string) => /^(?:not|and|or)$/i.test(text);
  const writable = (filter: Filter): boolean => {
    switch (filter.kind) {
      case 'not':
        return writable(filter.operand);
      case 'valuePath':
        return !isWord(filter.name) && writable(filter.filter);
      case 'compare':
      case 'present':
        return !isWord(filter.name);
      default:
        return filter.operands.every(writable);
    }
  };

  test('parse(print(filter)) is the filter', () => {
    fc.assert(
      fc.property(tree.filter(writable), (filter) => {
        const text = printFilter(filter);
        fc.pre(text.length <= 8192);
        expect(parseFilter(text)).toEqual(filter);
      }),
      SEED,
    );
  });

  test('any text is a filter or is refused as one', () => {
    const fragment = fc.constantFrom(
      'userName',
      ' eq ',
      '"x"',
      '(',
      ')',
      '[',
      ']',
      ' and ',
      'not ',
      '.value',
      "'",
      '"',
      '\\',
      ' pr',
      'null',
      '\u0000',
      ' ',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(fragment, { maxLength: 20 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (filter) => {
        try {
          resolveFilter(parseFilter(filter), userType);
        } catch (error) {
          expect(error).toBeInstanceOf(ScimError);
          expect(error).toMatchObject({ status: 400, scimType: 'invalidFilter' });
        }
      }),
      { ...SEED, numRuns: propertyRuns(5000) },
    );
  });
});

describe('a damaged filter', () => {
  type Token = {
    readonly kind: 'name' | 'operator' | 'pr' | 'literal' | 'bracket' | 'link';
    readonly text: string;
  };
  const token = (kind: Token['kind'], text: string): Token => ({ kind, text });
  const literalText = fc.oneof(
    fc.constantFrom('x', 'a b', '(', ']', 'and').map((text) => `"${text}"`),
    fc.constantFrom('5', 'true', 'null', '-1.5'),
  );
  const nameText = fc.constantFrom('userName', 'title', 'name.givenName', 'value');
  const condition = fc.oneof(
    nameText.map((name) => [token('name', name), token('pr', 'pr')]),
    fc
      .tuple(nameText, fc.constantFrom('eq', 'ne'), literalText)
      .map(([name, operator, value]) => [
        token('name', name),
        token('operator', operator),
        token('literal', value),
      ]),
  );
  const enclosed = (open: string, inner: readonly Token[], close: string) => [
    token('bracket', open),
    ...inner,
    token('bracket', close),
  ];
  const { tokens } = fc.letrec<{ tokens: Token[] }>((tie) => ({
    tokens: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      condition,
      tie('tokens').map((inner) => [token('link', 'not'), ...enclosed('(', inner, ')')]),
      tie('tokens').map((inner) => [token('name', 'emails'), ...enclosed('[', inner, ']')]),
      fc
        .tuple(tie('tokens'), fc.constantFrom('and', 'or'), tie('tokens'))
        .map(([left, link, right]) => [
          ...enclosed('(', left, ')'),
          token('link', link),
          ...enclosed('(', right, ')'),
        ]),
    ),
  }));

  /** Each makes of a token what no filter can have in its place. */
  const DAMAGES: { readonly [what: string]: (token: Token) => readonly string[] | undefined } = {
    'without a bracket': ({ kind }) => (kind === 'bracket' ? [] : undefined),
    'with a bracket twice': ({ kind, text }) =>
      kind === 'bracket' && text !== '(' ? [text, text] : undefined,
    'without an operator': ({ kind }) => (kind === 'operator' || kind === 'pr' ? [] : undefined),
    'with an operator nobody knows': ({ kind }) =>
      kind === 'operator' || kind === 'pr' ? ['like'] : undefined,
    'with an operator as a string': ({ kind, text }) =>
      kind === 'operator' || kind === 'pr' ? [`"${text}"`] : undefined,
    'without a literal': ({ kind }) => (kind === 'literal' ? [] : undefined),
    'with two literals': ({ kind, text }) => (kind === 'literal' ? [text, text] : undefined),
    'with a string left open': ({ kind, text }) =>
      kind === 'literal' && text.endsWith('"') ? [text.slice(0, -1)] : undefined,
    'with a name as a string': ({ kind, text }) => (kind === 'name' ? [`"${text}"`] : undefined),
    'with a name twice': ({ kind, text }) => (kind === 'name' ? [text, text] : undefined),
    'with an impossible name': ({ kind, text }) => (kind === 'name' ? [`.${text}`] : undefined),
    'with a link twice': ({ kind, text }) => (kind === 'link' && text !== 'not' ? [text, text] : undefined),
  };

  const refusalOf = (filter: string): unknown => {
    try {
      parseFilter(filter);
    } catch (error) {
      return error;
    }
    return undefined;
  };
  const isRefused = { status: 400, scimType: 'invalidFilter' };

  test('the undamaged ones are filters', () => {
    fc.assert(
      fc.property(tokens, (given) => {
        const text = given.map((each) => each.text).join(' ');
        fc.pre(text.length < 2000);
        expect({ text, refusal: refusalOf(text) }).toEqual({ text, refusal: undefined });
      }),
      SEED,
    );
  });

  test.each(Object.entries(DAMAGES))('%s is refused', (_what, damage) => {
    fc.assert(
      fc.property(tokens, fc.nat(), (given, chosen) => {
        const places = given.flatMap((each, index) => (damage(each) === undefined ? [] : [index]));
        fc.pre(places.length > 0);
        const place = places[chosen % places.length];
        const text = given
          .flatMap((each, index) => (index === place ? (damage(each) ?? []) : [each.text]))
          .join(' ');
        fc.pre(text.length < 2000);
        expect({ text, refusal: refusalOf(text) }).toMatchObject({ text, refusal: isRefused });
      }),
      { ...SEED, numRuns: propertyRuns(400) },
    );
  });

  test.each([')', ']', '(', '[', '"x"', 'eq', 'and', 'title', '"'])(
    'with %s behind it is refused',
    (excess) => {
      fc.assert(
        fc.property(tokens, (given) => {
          const text = [...given.map((each) => each.text), excess].join(' ');
          fc.pre(text.length < 2000);
          expect({ text, refusal: refusalOf(text) }).toMatchObject({ text, refusal: isRefused });
        }),
        { ...SEED, numRuns: propertyRuns(200) },
      );
    },
  );
});

describe('text', () => {
  const text = fc.string({ unit: 'binary' });

  test('folding is idempotent and keeps prefixes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        expect(foldCase(foldCase(value))).toBe(foldCase(value));
        expect(foldCase(value.toUpperCase().toLowerCase())).toBe(foldCase(value.toUpperCase()));
      }),
      SEED,
    );
  });

  test('compareText is the order of UTF-8 bytes', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareText(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
      SEED,
    );
  });
});
