import { describe, expect, test } from 'vitest';
import {
  type Me,
  signsInAs,
  whyNotChange,
  whyNotRemove,
  whyStay,
} from '../../../src/renderer/src/features/operators/permissions.ts';
import type { Operator, Permission } from '../../../src/shared/contract/operators.ts';

const operator = (subject: string, permission: Permission, recovery = false): Operator => ({
  id: subject,
  subject,
  name: subject.split(':')[1] ?? '',
  email: subject.startsWith('sso:') ? `${subject.slice(4)}@acme.com` : null,
  permission,
  recovery,
  createdAt: '',
  createdBy: '',
});
const as = ({ subject, name, permission }: Operator): Me => ({ subject, name, permission });

const ann = operator('local:ann', 'owner', true);
const bob = operator('sso:bob', 'owner');
const cy = operator('sso:cy', 'admin');
const di = operator('sso:di', 'viewer');

describe('what the page keeps from being tried', () => {
  test('changing operators, unless I am an owner', () => {
    expect(whyNotChange(as(bob))).toBeNull();
    expect(whyNotChange(as(cy))).toBe('You are an admin. Only an owner can change operators.');
    expect(whyNotChange(as(di))).toMatch(/^You are a viewer\./);
  });

  test('taking the last owner away who can sign in without SSO', () => {
    expect(whyStay(ann, [ann, bob, cy])).toMatch(/^ann is the last owner who can sign in without SSO\./);
    expect(whyStay(bob, [ann, bob])).toBeNull();
    expect(whyStay(ann, [ann, operator('sso:eve', 'owner', true)])).toBeNull();
    // Recovery that an OS user keeps as a viewer lets nobody own anything.
    expect(whyStay(ann, [ann, operator('local:eve', 'viewer', true)])).not.toBeNull();
  });

  test('removing oneself', () => {
    expect(whyNotRemove(cy, [ann, bob, cy], as(bob))).toBeNull();
    expect(whyNotRemove(bob, [ann, bob, cy], as(bob))).toMatch(/^Nobody removes themselves/);
    expect(whyNotRemove(ann, [ann, bob], as(bob))).toMatch(/last owner/);
    expect(whyNotRemove(cy, [ann, cy], as(di))).toMatch(/Only an owner/);
  });

  test('an operator is shown by how it signs in', () => {
    expect([ann, bob].map(signsInAs)).toEqual(['OS user ann', 'bob@acme.com']);
  });
});
