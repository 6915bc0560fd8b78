import { describe, expect, test } from 'vitest';
import type { Attributes } from '../../../../../src/main/scim/resource.ts';
import { enterpriseUser } from '../../../../../src/main/scim/schema/enterprise-user.ts';
import { ANN } from '../../../../support/plan-slices.ts';
import { standardFacts } from '../../../../support/standard-facts.ts';

const reader = standardFacts(true);
const record = (attributes: Attributes) => reader.employee(attributes, reader.member(attributes));

describe('facts of a member', () => {
  test('the e-mail is the user name while it must be one', () => {
    const attributes = { ...ANN, emails: [{ value: 'other@acme.com', primary: true }] };
    expect(reader.member(attributes).email).toBe('ann@acme.com');
  });

  test.each([
    ['the primary one', [{ value: 'a@x.com' }, { value: 'b@x.com', primary: true }], 'b@x.com'],
    ['none when none is primary', [{ value: 'a@x.com' }], null],
    ['none when the primary one has no value', [{ type: 'work', primary: true }], null],
    ['none when the primary one is empty', [{ value: '', primary: true }], null],
    ['none without e-mails', undefined, null],
  ])('otherwise it is %s', (_, emails, email) => {
    const attributes = { userName: 'ann', ...(emails && { emails }) } as Attributes;
    expect(standardFacts(false).member(attributes).email).toBe(email);
  });

  test.each([
    [{ displayName: 'Ann L.', name: { givenName: 'Ann', familyName: 'Lee' } }, 'Ann L.'],
    [{ name: { givenName: 'Ann', familyName: 'Lee', formatted: 'Dr Ann Lee' } }, 'Ann Lee'],
    [{ name: { familyName: 'Lee' } }, 'Lee'],
    [{ name: { formatted: 'Dr Ann Lee' } }, 'Dr Ann Lee'],
    [{ displayName: '' }, 'ann@acme.com'],
    [{}, 'ann@acme.com'],
  ] as [Attributes, string][])('the name of %j is %s', (attributes, displayName) => {
    const asserted = { userName: 'ann@acme.com', ...attributes };
    expect(reader.member(asserted).displayName).toBe(displayName);
    expect(record(asserted).displayName).toBe(displayName);
  });

  test.each([
    [undefined, []],
    [[], []],
    ['admin', []],
    [
      [{ value: 'Admin' }, 'admin', { value: 'Author' }],
      ['admin', 'author'],
    ],
    [[{ display: 'no value' }, { value: '' }, 7], []],
  ] as const)('values of roles %j are %j: folded, each once, in order', (roles, values) => {
    const attributes = { ...ANN, ...(roles !== undefined && { roles }) } as Attributes;
    expect(reader.member(attributes).roleValues).toEqual(values);
  });

  test.each([
    [true, true],
    [false, false],
    [undefined, false],
    [null, false],
  ])('active %s: %s', (active, expected) => {
    const attributes: Attributes = active === undefined ? {} : { active };
    expect(reader.isActive(attributes)).toBe(expected);
  });
});

test('employment comes from the title and the enterprise extension', () => {
  expect(
    record({
      ...ANN,
      title: 'Engineer',
      [enterpriseUser.id]: {
        employeeNumber: '7',
        department: 'R&D',
        division: 'Core',
        costCenter: 'C1',
        organization: 'Acme',
        manager: { value: 'u9', displayName: 'Bo' },
      },
    }),
  ).toEqual({
    displayName: 'Ann',
    employeeNumber: '7',
    title: 'Engineer',
    department: 'R&D',
    division: 'Core',
    costCenter: 'C1',
    organization: 'Acme',
    managerId: 'u9',
  });
});

test('a team is named by the display name', () => {
  expect(reader.teamName({ displayName: 'Sales' })).toBe('Sales');
  expect(reader.teamName({})).toBe('');
});
