import { expect, test } from 'vitest';
import { CUT_REASONS } from '../../../../../src/main/access/plan/deprovision.ts';
import { planRevocation } from '../../../../../src/main/access/plan/plan.ts';
import {
  ANN,
  AUTO,
  BECAUSE_OF_ANN,
  known,
  member,
  planUser,
  unknown,
} from '../../../../support/plan-slices.ts';

const INACTIVE = { ...ANN, active: false };

test.each([
  ['inactive', INACTIVE],
  ['deleted', null],
] as const)('access is cut at once when the IdP asserts: %s', (cause, attributes) => {
  expect(planRevocation(known(attributes), AUTO)).toEqual([
    { kind: 'member.cut', memberId: 'm1', reason: CUT_REASONS[cause], because: BECAUSE_OF_ANN },
  ]);
});

test.each([
  ['is cut already', known(INACTIVE, { member: member({ isCut: true }) })],
  ['has no access anyway', known(INACTIVE, { member: member({ state: 'pending' }) })],
  ['is suspended', known(ANN, { member: member({ state: 'suspended', suspendedFrom: 'active' }) })],
  ['is ours', known(null, { member: member({ origin: 'manual' }) })],
  ['was recalled from just that', known(INACTIVE, { member: member({ recalled: 'inactive' }) })],
  ['was recalled from just that', known(null, { member: member({ recalled: 'deleted' }) })],
  ['is nobody yet', unknown(ANN)],
  ['is active, as we know', known(ANN)],
])('nothing is done at once for somebody who %s', (_, slice) => {
  expect(planRevocation(slice, AUTO)).toEqual([]);
});

test('a recall does not stand against another assertion', () => {
  expect(planRevocation(known(null, { member: member({ recalled: 'inactive' }) }), AUTO)).toMatchObject([
    { kind: 'member.cut', reason: CUT_REASONS.deleted },
  ]);
});

test('a recall ends with the assertion that differs, or the next one of its kind would not be heard', () => {
  expect(planRevocation(known(ANN, { member: member({ recalled: 'inactive' }) }), AUTO)).toEqual([
    { kind: 'member.recall-ended', memberId: 'm1', because: BECAUSE_OF_ANN },
  ]);
});

test('access is given back when the IdP takes its assertion back before it was applied', () => {
  const cut = known(ANN, { member: member({ isCut: true }) });
  const uncut = [{ kind: 'member.uncut', memberId: 'm1', because: BECAUSE_OF_ANN }];
  expect(planRevocation(cut, AUTO)).toEqual(uncut);
  expect(planUser(cut)).toEqual(uncut);
});

test('applied later, a cut becomes what the policy has for it', () => {
  expect(planUser(known(INACTIVE, { member: member({ isCut: true }) }))).toMatchObject([
    { kind: 'member.state', from: 'active', to: 'suspended', suspendedFrom: 'active', isCut: true },
  ]);
});
