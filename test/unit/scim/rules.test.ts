import { describe, expect, test } from 'vitest';
import { matches } from '../../../src/main/scim/filter/evaluate.ts';
import { parseFilter } from '../../../src/main/scim/filter/parser.ts';
import { resolveFilter } from '../../../src/main/scim/filter/resolve.ts';
import type { JsonObject } from '../../../src/main/scim/json.ts';
import { applyPatch } from '../../../src/main/scim/patch/apply.ts';
import { readPatch } from '../../../src/main/scim/patch/read.ts';
import type { Tolerate } from '../../../src/main/scim/profile.ts';
import { RULE_NAMES, type Rule } from '../../../src/main/scim/rules.ts';
import type { ResourceType } from '../../../src/main/scim/schema/resource-type.ts';
import { readResource } from '../../../src/main/scim/validate.ts';
import {
  BADGE,
  CORE_USER,
  ENTERPRISE,
  groupType,
  PATCH_OP,
  recorder,
  refusal,
  userType,
} from './fixtures.ts';

const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/** What a client does, under whatever is tolerated. */
type Act = (tolerate: Tolerate) => unknown;

const post =
  (body: JsonObject, type: ResourceType = userType): Act =>
  (tolerate) =>
    readResource(
      type,
      { schemas: [type === groupType ? GROUP : CORE_USER], userName: 'ann', ...body },
      { mode: 'create', tolerate },
    ).attributes;

const patch =
  (operation: JsonObject, before: JsonObject = {}, type: ResourceType = userType): Act =>
  (tolerate) => {
    const { operations } = readPatch(type, { schemas: [PATCH_OP], Operations: [operation] }, tolerate);
    return applyPatch(type, before, operations, tolerate).attributes;
  };

const filter =
  (text: string, resource: JsonObject = {}): Act =>
  (tolerate) =>
    matches(resolveFilter(parseFilter(text, tolerate), userType, { tolerate }), resource);

const HOME = { type: 'home', value: 'h@x.io' };
const WORK = { type: 'work', value: 'w@x.io' };

/** Each way in which a request can need a rule: what comes of it with the rule on, how it is refused with it off. */
const CASES: readonly (readonly [Rule, string, Act, unknown, string])[] = [
  ['string-boolean', 'in a resource', post({ active: 'False' }), { active: false }, 'invalidValue'],
  [
    'string-boolean',
    'in a PATCH',
    patch({ op: 'replace', path: 'active', value: ' TRUE ' }),
    { active: true },
    'invalidValue',
  ],
  ['string-boolean', 'in a filter', filter('active eq "True"', { active: true }), true, 'invalidFilter'],
  [
    'string-reference',
    'as manager',
    post({ [ENTERPRISE]: { manager: '42' } }),
    { [ENTERPRISE]: { manager: { value: '42' } } },
    'invalidValue',
  ],
  [
    'string-reference',
    'as member',
    patch({ op: 'add', path: 'members', value: ['a'] }, {}, groupType),
    { members: [{ value: 'a' }] },
    'invalidValue',
  ],
  ['loose-scalar', 'a number as text', post({ title: 7 }), { title: '7' }, 'invalidValue'],
  ['loose-scalar', 'a boolean as text', post({ title: true }), { title: 'true' }, 'invalidValue'],
  [
    'loose-scalar',
    'text as a number',
    post({ [BADGE]: { floor: '7' } }),
    { [BADGE]: { floor: 7 } },
    'invalidValue',
  ],
  ['loose-scalar', 'in a filter', filter('title eq 7', { title: '7' }), true, 'invalidFilter'],
  ['list-for-singular', 'simple', post({ title: ['Dr.'] }), { title: 'Dr.' }, 'invalidValue'],
  [
    'list-for-singular',
    'complex',
    post({ name: [{ givenName: 'Ann' }] }),
    { name: { givenName: 'Ann' } },
    'invalidValue',
  ],
  ['single-for-list', 'in a resource', post({ emails: HOME }), { emails: [HOME] }, 'invalidValue'],
  [
    'single-for-list',
    'in a replace',
    patch({ op: 'replace', path: 'emails', value: HOME }),
    { emails: [HOME] },
    'invalidValue',
  ],
  [
    'single-for-list',
    'as Operations',
    (tolerate) => readPatch(userType, { schemas: [PATCH_OP], Operations: {} }, tolerate),
    undefined,
    'invalidSyntax',
  ],
  [
    'primary-demoted',
    'in a resource',
    post({
      emails: [
        { ...HOME, primary: true },
        { ...WORK, primary: true },
      ],
    }),
    {
      emails: [
        { ...HOME, primary: true },
        { ...WORK, primary: false },
      ],
    },
    'invalidValue',
  ],
  [
    'missing-schemas',
    'in a resource',
    (tolerate) => readResource(userType, { userName: 'ann' }, { mode: 'create', tolerate }).attributes,
    { userName: 'ann' },
    'invalidSyntax',
  ],
  ['missing-schemas', 'empty', post({ schemas: [] }), { userName: 'ann' }, 'invalidSyntax'],
  [
    'missing-schemas',
    'in a PATCH',
    (tolerate) => readPatch(userType, { Operations: [] }, tolerate).operations,
    [],
    'invalidSyntax',
  ],
  [
    'legacy-schema',
    'among the schemas',
    post({ schemas: ['urn:scim:schemas:core:1.0'] }),
    { userName: 'ann' },
    'invalidSyntax',
  ],
  [
    'legacy-schema',
    'around an extension',
    post({ 'urn:scim:schemas:extension:enterprise:1.0': { division: 'x' } }),
    { [ENTERPRISE]: { division: 'x' } },
    'invalidSyntax',
  ],
  [
    'legacy-schema',
    'in a path',
    patch({ op: 'add', path: `${ENTERPRISE}.division`, value: 'x' }),
    { [ENTERPRISE]: { division: 'x' } },
    'invalidPath',
  ],
  [
    'legacy-schema',
    'in a filter',
    filter(`urn:scim:schemas:core:2.0:userName eq "ann"`, { userName: 'ann' }),
    true,
    'invalidFilter',
  ],
  [
    'nested-core',
    'in a resource',
    post({ [CORE_USER]: { title: 'Dr.' } }),
    { title: 'Dr.' },
    'invalidSyntax',
  ],
  [
    'nested-core',
    'in a PATCH',
    patch({ op: 'add', value: { [CORE_USER]: { title: 'Dr.' } } }),
    { title: 'Dr.' },
    'invalidSyntax',
  ],
  [
    'unqualified-extension',
    'in a resource',
    post({ division: 'x' }),
    { [ENTERPRISE]: { division: 'x' } },
    'invalidSyntax',
  ],
  [
    'unqualified-extension',
    'in a path',
    patch({ op: 'add', path: 'division', value: 'x' }),
    { [ENTERPRISE]: { division: 'x' } },
    'invalidPath',
  ],
  [
    'unqualified-extension',
    'in a filter',
    filter('division eq "x"', { [ENTERPRISE]: { division: 'x' } }),
    true,
    'invalidFilter',
  ],
  [
    'alias',
    'of a sub-attribute',
    post({ displayName: 'g', members: [{ value: 'a', displayName: 'Ann' }] }, groupType),
    { members: [{ value: 'a', display: 'Ann' }] },
    'invalidSyntax',
  ],
  ['alias', 'in a filter', filter('email eq "h@x.io"', { emails: [HOME] }), true, 'invalidFilter'],
  [
    'qualified-key',
    'dotted',
    patch({ op: 'add', value: { 'name.givenName': 'Ann' } }),
    { name: { givenName: 'Ann' } },
    'invalidSyntax',
  ],
  [
    'qualified-key',
    'behind a URN',
    patch({ op: 'add', value: { [`${ENTERPRISE}:division`]: 'x' } }),
    { [ENTERPRISE]: { division: 'x' } },
    'invalidSyntax',
  ],
  [
    'capitalized-op',
    'Replace',
    patch({ op: 'Replace', path: 'title', value: 'Dr.' }),
    { title: 'Dr.' },
    'invalidSyntax',
  ],
  [
    'read-only-key',
    'without a path',
    patch({ op: 'replace', value: { id: 'x', title: 'Dr.' } }),
    { title: 'Dr.' },
    'mutability',
  ],
  [
    'read-only-key',
    'schemas by path',
    patch({ op: 'replace', path: 'schemas', value: ['x'] }),
    {},
    'mutability',
  ],
  [
    'listed-removal',
    'of members',
    patch(
      { op: 'remove', path: 'members', value: [{ value: 'a' }] },
      { members: [{ value: 'a' }, { value: 'b' }] },
      groupType,
    ),
    { members: [{ value: 'b' }] },
    'invalidValue',
  ],
  [
    'listed-removal',
    'of nobody',
    patch({ op: 'remove', path: 'members', value: [] }, { members: [{ value: 'a' }] }, groupType),
    { members: [{ value: 'a' }] },
    'invalidValue',
  ],
  [
    'create-on-unmatched-add',
    'with a sub-attribute',
    patch({ op: 'add', path: 'emails[type eq "work"].value', value: 'w@x.io' }, { emails: [HOME] }),
    { emails: [HOME, WORK] },
    'noTarget',
  ],
  [
    'create-on-unmatched-replace',
    'with a sub-attribute',
    patch({ op: 'replace', path: 'emails[type eq "work"].value', value: 'w@x.io' }, { emails: [HOME] }),
    { emails: [HOME, WORK] },
    'noTarget',
  ],
  ['loose-quotes', 'none', filter('userName eq ann', { userName: 'ann' }), true, 'invalidFilter'],
  ['loose-quotes', 'single ones', filter("userName eq 'ann'", { userName: 'ann' }), true, 'invalidFilter'],
  [
    'loose-quotes',
    'in a path',
    patch({ op: 'remove', path: 'emails[type eq home]' }, { emails: [HOME, WORK] }),
    { emails: [WORK] },
    'invalidFilter',
  ],
  [
    'value-path-suffix',
    'with a sub-attribute',
    filter('emails[type eq "home"].value eq "h@x.io"', { emails: [HOME] }),
    true,
    'invalidFilter',
  ],
  [
    'value-path-suffix',
    'without',
    filter('emails[type eq "home"] eq "h@x.io"', { emails: [HOME] }),
    true,
    'invalidFilter',
  ],
];

/** Needs that turn up only with another rule in play; or that are about the answer, and tested over HTTP. */
const TESTED_ELSEWHERE: readonly Rule[] = [
  'empty-string',
  'secret-dropped',
  'patch-no-content',
  'bare-token',
];

test('every rule has a case', () => {
  const covered = new Set([...CASES.map(([rule]) => rule), ...TESTED_ELSEWHERE]);
  expect(RULE_NAMES.filter((rule) => !covered.has(rule))).toEqual([]);
});

describe.each(CASES)('%s, %s', (rule, _where, act, outcome, scimType) => {
  test('on: it alone fires, and the request means what the client means', () => {
    const { tolerate, fired } = recorder();
    if (outcome === undefined) refusal(() => act(tolerate));
    else if (typeof outcome === 'object' && !Array.isArray(outcome)) {
      expect(act(tolerate)).toMatchObject(outcome as JsonObject);
    } else expect(act(tolerate)).toEqual(outcome);
    expect(fired).toEqual([rule]);
  });

  test('off: 400, and the detail names the rule to switch on', () => {
    const error = refusal(() => act((asked) => asked !== rule));
    expect(error).toMatchObject({ status: 400, scimType });
    expect(error.detail).toContain(`(The rule ${rule} is off.)`);
    expect(error.hint).toContain(`rollcall profile on ${rule}`);
  });
});

describe('nothing fires where nothing departs from the RFC', () => {
  const none: Tolerate = (rule) => {
    throw new Error(`${rule} was asked about`);
  };

  test.each([
    [
      'a resource with everything a client sends',
      post({
        id: 'x',
        meta: { resourceType: 'User' },
        groups: [],
        active: true,
        title: null,
        // Null is no value, wherever it stands (RFC 7643 §2.5).
        division: null,
        name: { givenName: 'Ann' },
        emails: [{ ...HOME, primary: true }, WORK],
        [ENTERPRISE]: { manager: { value: '42' } },
        [BADGE]: { floor: 7 },
      }),
    ],
    ['a path', patch({ op: 'add', path: 'name.givenName', value: 'Ann' })],
    ['a qualified path', patch({ op: 'add', path: `${ENTERPRISE}:division`, value: 'x' })],
    ['a qualified core path', patch({ op: 'add', path: `${CORE_USER.toUpperCase()}:title`, value: 'x' })],
    ['one value that is added to a list', patch({ op: 'add', path: 'emails', value: HOME })],
    ['a null', patch({ op: 'replace', path: 'title', value: null })],
    ['a filter in a path', patch({ op: 'remove', path: 'emails[type eq "work"]' })],
    ['removing what isn’t there', patch({ op: 'remove', path: 'emails[type eq "work"].value' })],
    [
      'a new primary value in place of the old (RFC 7644 §3.5.2)',
      patch(
        { op: 'add', path: 'emails', value: [{ ...WORK, primary: true }] },
        { emails: [{ ...HOME, primary: true }] },
      ),
    ],
    [
      'a filter',
      filter(
        'USERNAME Eq "x" AND (active eq true or not (title pr)) and meta.created gt "2026-01-01T00:00:00Z"',
      ),
    ],
    ['a value path', filter('emails[type eq "work" and value co "@x"]')],
    ['a comparison with null', filter('title eq null')],
    ['a number', filter(`${BADGE}:floor gt 7`)],
  ])('%s', (_what, act) => {
    expect(() => act(none)).not.toThrow();
  });
});

describe('empty-string', () => {
  const strict: Tolerate = (rule) => rule !== 'empty-string';

  test('on: empty text clears', () => {
    const { tolerate, fired } = recorder();
    expect(patch({ op: 'replace', path: 'title', value: '' }, { title: 'Dr.' })(tolerate)).toEqual({});
    expect(fired).toEqual(['empty-string']);
  });

  test('off: empty text is a text like any other', () => {
    expect(patch({ op: 'replace', path: 'title', value: '' }, { title: 'Dr.' })(strict)).toEqual({
      title: '',
    });
    expect(post({ name: { givenName: 'Ann', middleName: '' } })(strict)).toMatchObject({
      name: { givenName: 'Ann', middleName: '' },
    });
  });

  test.each([
    ['a required attribute', post({ userName: '' })],
    [
      'a required attribute in a PATCH',
      patch({ op: 'replace', path: 'userName', value: '' }, { userName: 'ann' }),
    ],
    ['a boolean', post({ active: '' })],
    ['a number', post({ [BADGE]: { floor: '' } })],
    ['a date', post({ [BADGE]: { issued: '' } })],
    ['nobody as a member', post({ displayName: 'g', members: [{ value: '' }] }, groupType)],
  ])('off: never %s', (_what, act) => {
    expect(refusal(() => act(strict))).toMatchObject({ status: 400, scimType: 'invalidValue' });
  });

  test('off: a listed removal of nobody still removes nobody', () => {
    const remove = patch(
      { op: 'remove', path: 'members', value: [{ value: '' }] },
      { members: [{ value: 'a' }] },
      groupType,
    );
    expect(remove(strict)).toEqual({ members: [{ value: 'a' }] });
  });
});

describe('secret-dropped', () => {
  test.each([
    ['a resource', post({ password: 's3cret' })],
    ['a PATCH', patch({ op: 'replace', path: 'password', value: 's3cret' })],
  ])('a password in %s is dropped whatever the rules say, and noted', (_what, act) => {
    const fired: Rule[] = [];
    const refuseAll: Tolerate = (rule) => {
      fired.push(rule);
      return false;
    };
    expect(act(refuseAll)).not.toHaveProperty('password');
    expect(fired).toEqual(['secret-dropped']);
  });
});

describe('what no rule lets through', () => {
  const all: Tolerate = () => true;

  test.each([
    ['a list of two where one value is due', post({ title: ['a', 'b'] }), 'invalidValue'],
    ['text that is no boolean', post({ active: 'maybe' }), 'invalidValue'],
    ['text that is no number', post({ [BADGE]: { floor: 'ground' } }), 'invalidValue'],
    ['an unknown op', patch({ op: 'move', path: 'title' }), 'invalidSyntax'],
    ['a read-only path', patch({ op: 'replace', path: 'id', value: 'x' }), 'mutability'],
    [
      'a filter that isn’t eq terms joined by and, on nothing',
      patch({ op: 'add', path: 'emails[type co "work"].value', value: 'x' }),
      'noTarget',
    ],
    [
      'somebody who isn’t in a group',
      patch({ op: 'add', path: 'members[value eq "x"].display', value: 'X' }, {}, groupType),
      'noTarget',
    ],
  ])('%s', (_what, act, scimType) => {
    const error = refusal(() => act(all));
    expect(error).toMatchObject({ status: 400, scimType });
    expect(error.detail).not.toContain('rule');
  });
});
