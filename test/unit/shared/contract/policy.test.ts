import { describe, expect, test } from 'vitest';
import { DEFAULT_POLICY, policy } from '../../../../src/shared/contract/policy.ts';

describe('the policy', () => {
  test('has a default for every key, and it is valid', () => {
    expect(Object.keys(DEFAULT_POLICY).sort()).toEqual(Object.keys(policy.shape).sort());
    expect(policy.parse(DEFAULT_POLICY)).toEqual(DEFAULT_POLICY);
  });

  test('knows no other key', () => {
    expect(policy.partial().safeParse({ 'role.owner': 'x' }).success).toBe(false);
  });

  // D7: a push can never create an owner, so no policy may say that it does.
  test.each(['owner', 'Owner', ' OWNER '])('makes nobody "%s" by default', (role) => {
    expect(policy.partial().safeParse({ 'role.default': role }).success).toBe(false);
  });

  test('trims the name of the default role', () => {
    expect(policy.partial().parse({ 'role.default': ' viewer ' })).toEqual({ 'role.default': 'viewer' });
    expect(policy.partial().safeParse({ 'role.default': '  ' }).success).toBe(false);
  });
});
