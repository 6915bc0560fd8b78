import { describe, expect, test } from 'vitest';
import { endpointNames } from '../../../../src/main/http/scim-router.ts';
import { createRegistry } from '../../../../src/main/scim/schema/registry.ts';
import { organizationCalls, organizationId } from '../../../../src/shared/contract/organization.ts';

const says = (id: string) => organizationId.safeParse(id).error?.issues[0]?.message;

describe('an organization id', () => {
  test.each(['acme', 'a', '7', 'acme-2', 'a--b', 'x'.repeat(63), 'users-inc'])('%s', (id) => {
    expect(says(id)).toBeUndefined();
  });

  test.each([
    'acme_inc',
    'Acme',
    'ACME',
    '',
    '-acme',
    'acme-',
    'x'.repeat(64),
    'a b',
    'a.b',
    'a/b',
    'ümlaut',
    'acme\n',
    '..',
    '%61',
    '.search',
  ])('is not %j', (id) => {
    expect(says(id)).toBe('Use lower-case letters, digits and hyphens, 63 at most.');
  });

  // The address must stay unambiguous: /scim/v2/Users is no organization (D12).
  test('is never a name that the endpoint answers to', () => {
    const names = [...endpointNames(createRegistry())].filter((name) => /^[a-z0-9-]+$/.test(name));
    expect(names).toEqual(expect.arrayContaining(['users', 'groups', 'schemas', 'bulk', 'me']));
    for (const name of [...names, 'resourcetype']) {
      expect(says(name)).toBe('This name is taken by a SCIM endpoint. Choose another.');
    }
  });
});

test.each([
  ['https://scim.example.com', true],
  ['http://10.0.0.1:8080', true],
  [null, true],
  ['ftp://scim.example.com', false],
  ['javascript:alert(1)', false],
  ['scim.example.com', false],
])('a public URL of %s is let through: %s', (publicUrl, ok) => {
  const { input } = organizationCalls['organization.locate'];
  expect(input.safeParse({ location: 'reachable-url', publicUrl }).success).toBe(ok);
});
