import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/main/scim/json.ts';
import { type MembershipChange, splitMembership } from '../../../../src/main/scim/patch/membership.ts';
import { readPatch } from '../../../../src/main/scim/patch/read.ts';
import { groupType, userType } from '../fixtures.ts';

const split = (...operations: JsonObject[]) =>
  splitMembership(readPatch(groupType, { Operations: operations }).operations);

describe('membership changes that need no stored members', () => {
  test.each<[JsonObject, MembershipChange]>([
    [
      { op: 'add', path: 'members', value: [{ value: 'a', display: 'A', type: 'user' }, { value: 'b' }] },
      { kind: 'add', members: [{ value: 'a', display: 'A', type: 'User' }, { value: 'b' }] },
    ],
    [
      { op: 'add', value: { members: [{ value: 'a' }] } },
      { kind: 'add', members: [{ value: 'a' }] },
    ],
    [
      { op: 'replace', path: 'members', value: [{ value: 'a' }] },
      { kind: 'replace', members: [{ value: 'a' }] },
    ],
    [{ op: 'replace', path: 'members', value: [] }, { kind: 'clear' }],
    [{ op: 'remove', path: 'members' }, { kind: 'clear' }],
    [
      { op: 'Remove', path: 'members', value: [{ value: 'a' }] },
      { kind: 'remove', values: ['a'] },
    ],
    [
      { op: 'remove', path: 'members', value: [] },
      { kind: 'remove', values: [] },
    ],
    [
      { op: 'remove', path: 'members[value eq "a"]' },
      { kind: 'remove', values: ['a'] },
    ],
    [
      { op: 'remove', path: 'members[value eq "a" or (value eq "b" or value eq "c")]' },
      { kind: 'remove', values: ['a', 'b', 'c'] },
    ],
  ])('%j', (operation, change) => {
    expect(split(operation)).toStrictEqual({ membership: [change], others: [] });
  });

  test('the order of changes is kept, other attributes are set apart', () => {
    const { membership, others } = split(
      { op: 'remove', path: 'members[value eq "a"]' },
      { op: 'replace', value: { id: 'x', displayName: 'N' } },
      { op: 'add', path: 'members', value: 'b' },
    );
    expect(membership).toEqual([
      { kind: 'remove', values: ['a'] },
      { kind: 'add', members: [{ value: 'b' }] },
    ]);
    expect(others.map(({ path }) => path.key)).toEqual(['displayName']);
  });
});

describe('membership changes that do', () => {
  test.each<JsonObject>([
    { op: 'remove', path: 'members[value eq "a" and value eq "b"]' },
    { op: 'replace', path: 'members[value eq "a"].display', value: 'A' },
    { op: 'remove', path: 'members[display co "a"]' },
    { op: 'remove', path: 'members[value eq "a" and type eq "User"]' },
    { op: 'remove', path: 'members[value sw "a"]' },
    { op: 'remove', path: 'members[not (value eq "a")]' },
    { op: 'replace', path: 'members[value eq "a"]', value: { display: 'A' } },
    { op: 'remove', path: 'members.display' },
    { op: 'remove', path: 'members[display eq "a"]' },
    { op: 'remove', path: 'members[value eq "a" or display eq "b"]' },
    { op: 'remove', path: 'members[value eq "a" or value sw "b"]' },
    { op: 'remove', path: 'members[type eq "User" or type eq "Group"]' },
  ])('%j', (operation) => {
    expect(split({ op: 'add', path: 'members', value: 'z' }, operation).membership).toBe('needs-members');
  });
});

test('users have no members', () => {
  const { operations } = readPatch(userType, { Operations: [{ op: 'add', path: 'emails', value: 'a@x' }] });
  expect(splitMembership(operations)).toEqual({ membership: [], others: operations });
});
