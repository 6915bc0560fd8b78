import { describe, expect, test } from 'vitest';
import { createRedaction } from '../../../../src/main/activity/redact.ts';
import { attribute } from '../../../../src/main/scim/schema/definition.ts';
import { enterpriseUser } from '../../../../src/main/scim/schema/enterprise-user.ts';
import { createRegistry } from '../../../../src/main/scim/schema/registry.ts';
import { generateToken, tokenPrefix } from '../../../../src/main/tokens/format.ts';

const redact = createRedaction(createRegistry());
const SECRET = 'hunter2';
const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const kept = (value: unknown) => JSON.parse(redact(JSON.stringify(value))) as unknown;
const patch = (...Operations: unknown[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
});

describe('a password leaves nothing but its name', () => {
  test.each([
    ['in a POST', { userName: 'ann', password: SECRET }],
    ['in any case', { userName: 'ann', Password: SECRET, PASSWORD: SECRET }],
    ['as an object', { password: { value: SECRET } }],
    ['as a list', { password: [SECRET] }],
    ['by its URN', { [`${CORE}:password`]: SECRET }],
    ['under the core URN', { [CORE]: { password: SECRET } }],
    ['in a PATCH by path', patch({ op: 'replace', path: 'password', value: SECRET })],
    ['in a PATCH by path in any case', patch({ Op: 'Replace', PATH: 'PassWord', VALUE: SECRET })],
    ['in a PATCH by URN', patch({ op: 'add', path: `${CORE}:password`, value: SECRET })],
    ['in a PATCH by an object', patch({ op: 'add', path: 'password', value: { a: SECRET } })],
    ['in a PATCH by a list', patch({ op: 'add', path: 'password', value: [{ value: SECRET }] })],
    ['in a PATCH without a path', patch({ op: 'replace', value: { password: SECRET, title: 'x' } })],
    ['in a PATCH without a path, by URN', patch({ op: 'replace', value: { [`${CORE}:password`]: SECRET } })],
    ['in a bulk request', { Operations: [{ method: 'POST', path: '/Users', data: { password: SECRET } }] }],
    ['in a list', [{ password: SECRET }]],
    ['in a filter’s path', patch({ op: 'add', path: 'emails[type eq "work"].password', value: SECRET })],
    ['deep down', { name: { password: SECRET } }],
  ])('%s', (_, body) => {
    const text = redact(JSON.stringify(body));
    expect(text).not.toContain(SECRET);
    expect(text).toContain('[not kept]');
  });
});

describe('with schemas that were registered', () => {
  const URN = 'urn:acme:2.0:User';
  const redactWith = createRedaction(
    createRegistry([
      {
        resourceType: 'User',
        schema: {
          id: URN,
          name: 'Acme',
          description: '',
          attributes: [
            attribute('badge', ''),
            attribute('password', ''),
            attribute('desk', '', { type: 'complex', subAttributes: [attribute('room', '')] }),
          ],
        },
      },
    ]),
  );
  const keptWith = (value: unknown) => JSON.parse(redactWith(JSON.stringify(value))) as unknown;

  test.each([
    ['attributes under the URN', { [URN]: { badge: 'B1', desk: { room: 'A' } } }],
    ['a qualified key', { [`${URN}:badge`]: 'B1' }],
    ['a qualified path', patch({ op: 'add', path: `${URN}:desk.room`, value: 'A' })],
  ])('their values are kept: %s', (_, body) => {
    expect(keptWith(body)).toEqual(body);
    expect(redact(JSON.stringify(body))).toContain('[not kept]');
  });

  test.each([
    ['the core’s', { password: SECRET }],
    ['the extension’s', { [URN]: { password: SECRET } }],
    ['a path', patch({ op: 'add', path: `${URN}:password`, value: SECRET })],
  ])('a password stays hidden even where an extension has one: %s', (_, body) => {
    expect(redactWith(JSON.stringify(body))).not.toContain(SECRET);
  });
});

describe('what the schemas know is kept', () => {
  test.each([
    [
      'a user',
      {
        schemas: [CORE],
        userName: 'ann',
        externalId: 'e1',
        active: true,
        name: { givenName: 'Ann' },
        emails: [{ value: 'ann@acme.com', type: 'work', primary: true }],
        [enterpriseUser.id]: { department: 'R&D', manager: { value: 'u9' } },
        meta: { resourceType: 'User', created: 'x', lastModified: 'y', location: 'z', version: 'w' },
      },
    ],
    [
      'a group',
      { displayName: 'Sales', members: [{ value: 'u1', display: 'Ann', $ref: 'x', type: 'User' }] },
    ],
    ['a patch', patch({ op: 'replace', path: 'name.givenName', value: 'Ann' })],
    ['a patch by filter', patch({ op: 'add', path: 'emails[type eq "work"].value', value: 'a@x.com' })],
    ['a patch by URN', patch({ op: 'add', path: `${enterpriseUser.id}:manager.value`, value: 'u9' })],
    ['an error', { schemas: ['x'], status: '409', scimType: 'uniqueness', detail: 'Taken.' }],
    ['a list', { totalResults: 1, startIndex: 1, itemsPerPage: 1, Resources: [{ id: 'u1' }] }],
  ])('%s', (_, body) => {
    expect(kept(body)).toEqual(body);
  });

  test('what they do not know leaves its name', () => {
    expect(kept({ userName: 'ann', shoeSize: 42, urn: { secret: SECRET }, ssn: [1] })).toEqual({
      userName: 'ann',
      shoeSize: '[not kept]',
      urn: '[not kept]',
      ssn: '[not kept]',
    });
    expect(kept(patch({ op: 'add', path: 'shoeSize', value: 42 }))).toEqual(
      patch({ op: 'add', path: 'shoeSize', value: '[not kept]' }),
    );
    expect(kept(patch({ op: 'add', path: `${enterpriseUser.id}:salary`, value: 1 }))).toMatchObject({
      Operations: [{ value: '[not kept]' }],
    });
  });

  test('what lies deeper than any message is left out', () => {
    const deep = JSON.stringify('x');
    const text = redact('{"value":'.repeat(40) + deep + '}'.repeat(40));
    expect(text).toContain('[not kept]');
    expect(text).not.toContain(deep);
  });
});

test('a token is cut wherever it stands', () => {
  const token = generateToken();
  const text = redact(JSON.stringify({ userName: token, [token]: 1, emails: [{ value: `x ${token} y` }] }));
  expect(text).not.toContain(token);
  expect(text.split(`${tokenPrefix(token)}…`)).toHaveLength(4);
});

test.each([
  ['{', '[1 characters that are not JSON]'],
  ['user=ann&password=hunter2', '[25 characters that are not JSON]'],
  ['', ''],
  ['null', 'null'],
  ['"hunter"', '"hunter"'],
])('%j is kept as %j', (body, text) => {
  expect(redact(body)).toBe(text);
});

test('a long body is cut, and says by how much', () => {
  const text = redact(JSON.stringify({ displayName: 'x'.repeat(20_000) }));
  expect(text).toHaveLength(16_384 + '… [3634 more characters]'.length);
  expect(text).toMatch(/… \[3634 more characters\]$/);
});

test('a name that is a property of every object is not taken for a known one', () => {
  expect(kept(JSON.parse('{"__proto__":{"a":1},"constructor":"x","toString":"y"}'))).toEqual(
    JSON.parse('{"__proto__":"[not kept]","constructor":"[not kept]","toString":"[not kept]"}'),
  );
});
