import { describe, expect, test } from 'vitest';
import { ADMISSION_REASONS } from '../../../../../src/main/access/plan/admission.ts';
import {
  type AccessPolicy,
  type DecisionSlice,
  type OpenConflict,
  type PlannedMember,
  plan,
  planApproval,
  planRejection,
  planSettled,
  planVanished,
} from '../../../../../src/main/access/plan/plan.ts';
import { standardFacts } from '../../../../support/standard-facts.ts';

const policy: AccessPolicy = {
  facts: standardFacts(true),
  activation: 'auto',
  trustedDomains: [],
  defaultRole: 'member',
  onInactive: 'suspend',
  onDelete: 'deactivate',
  afterDays: 30,
  retentionDays: 90,
  syncRoles: true,
  holding: false,
  now: '2026-01-01T00:00:00.000Z',
};
const waiting: PlannedMember = {
  id: 'm1',
  userId: 'u1',
  origin: 'scim',
  state: 'pending',
  suspendedFrom: null,
  cause: null,
  recalled: null,
  review: null,
  isCut: false,
  deactivateAt: null,
  deleteAt: null,
  isHeld: false,
  userName: 'ann@acme.com',
  email: 'Ann@acme.com',
  displayName: 'Ann',
  firstName: null,
  lastName: null,
  externalId: null,
  roleValues: [],
};
const asserted = { id: 'u1', attributes: { userName: 'ann@acme.com', displayName: 'Ann', active: true } };
const conflict: OpenConflict = {
  id: 'c1',
  kind: 'email',
  otherId: 'm0',
  value: 'ann@acme.com',
  stands: true,
};
const slice = (more: Partial<DecisionSlice> = {}): DecisionSlice => ({
  member: waiting,
  employee: null,
  asserted,
  conflicts: [],
  ...more,
});
const because = { decision: 'conflict' } as const;
const states = (changes: ReturnType<typeof planApproval>) =>
  changes.map((change) => (change.kind === 'member.state' ? `${change.to}: ${change.reason}` : change.kind));

describe('approving', () => {
  test.each([
    ['somebody who waits', slice(), ['active: Approved in review.']],
    ['nobody with an open conflict', slice({ conflicts: [conflict] }), []],
    ['nobody who does not wait', slice({ member: { ...waiting, state: 'suspended' } }), []],
    ['nobody whom the IdP deleted', slice({ asserted: null }), []],
    [
      'nobody whom the IdP holds inactive',
      slice({ asserted: { id: 'u1', attributes: { active: false } } }),
      [],
    ],
    [
      'somebody recalled, whatever the IdP says',
      slice({
        asserted: { id: 'u1', attributes: { active: false } },
        member: { ...waiting, recalled: 'inactive' },
      }),
      ['active: Approved in review.'],
    ],
    [
      'somebody of ours, of whom the IdP says nothing',
      slice({ asserted: null, member: { ...waiting, origin: 'manual' } }),
      ['active: Approved in review.'],
    ],
  ])('lets in %s', (_, of, expected) => {
    expect(states(planApproval(of, policy))).toEqual(expected);
  });
});

test('a rejection has no date while the IdP asserts the person, and a date once it does not', () => {
  const rejected = (of: DecisionSlice) => planRejection(of, policy, 'No.', because)[0];
  expect(rejected(slice())).toMatchObject({
    to: 'deactivated',
    cause: 'rejected',
    isCut: true,
    deleteAt: null,
  });
  expect(rejected(slice({ asserted: null }))).toMatchObject({ deleteAt: '2026-04-01T00:00:00.000Z' });
  const member: PlannedMember = {
    ...waiting,
    state: 'deactivated',
    cause: 'rejected',
    suspendedFrom: 'pending',
  };
  const departure = { userId: 'u1', asserted: null, member, employee: null, departed: [], rivals: [] };
  const [retention, ...others] = plan({ users: [departure], groups: [] }, policy);
  expect(others.map(({ kind }) => kind)).toEqual(['member.unlink']);
  expect(retention).toMatchObject({
    to: 'deactivated',
    cause: 'rejected',
    deleteAt: '2026-04-01T00:00:00.000Z',
  });
});

describe('once no conflict is open', () => {
  const review = { ...policy, activation: 'review' as const };
  test.each([
    ['the rules decide', slice(), policy, [`active: ${ADMISSION_REASONS.activated}`]],
    ['the review waits', slice(), review, [`pending: ${ADMISSION_REASONS.held}`]],
    [
      'what was approved needs no second approval',
      slice({ member: { ...waiting, review: 'approved' } }),
      review,
      [`active: ${ADMISSION_REASONS.approved}`],
    ],
    [
      'the end of a suspension leads there',
      slice({ member: { ...waiting, state: 'suspended', suspendedFrom: 'pending', cause: 'inactive' } }),
      policy,
      ['member.resume-as'],
    ],
    [
      'but to nothing new where a review would wait',
      slice({ member: { ...waiting, state: 'suspended', suspendedFrom: 'pending', cause: 'inactive' } }),
      review,
      [],
    ],
    ['another open conflict goes on to keep the access away', slice({ conflicts: [conflict] }), policy, []],
  ])('%s', (_, of, by, expected) => {
    expect(states(planSettled(of, by, because))).toEqual(expected);
  });
});

describe('a conflict of which the cause went away', () => {
  test.each([
    ['the other one is gone', { ...conflict, stands: false }, true],
    ['the newcomer has another e-mail', { ...conflict, value: 'bo@acme.com' }, true],
    ['both still have it, in whatever case', conflict, false],
    ['both still have the externalId', { ...conflict, kind: 'external-id' as const, value: 'e1' }, false],
    ['the newcomer has another externalId', { ...conflict, kind: 'external-id' as const, value: 'E1' }, true],
    ['a sign-in that fits two', { ...conflict, kind: 'subject' as const, value: 'x' }, false],
  ])('%s', (_, of, gone) => {
    const member = { ...waiting, externalId: 'e1' };
    const changes = planVanished(slice({ member, conflicts: [of] }), policy, because);
    expect(changes.map(({ kind }) => kind)).toEqual(gone ? ['conflict.gone', 'member.state'] : []);
  });

  test('is closed by the push that ends it, and the person goes on as the rules say', () => {
    const user = { userId: 'u1', asserted, member: waiting, employee: null, departed: [], rivals: [] };
    const now = (conflicts: OpenConflict[]) => plan({ users: [{ ...user, conflicts }], groups: [] }, policy);
    const kinds = (conflicts: OpenConflict[]) => now(conflicts).map(({ kind }) => kind);
    const update = 'member.update';
    expect(kinds([conflict])).toEqual([update]);
    expect(kinds([{ ...conflict, stands: false }])).toEqual([update, 'conflict.gone', 'member.state']);
    expect(kinds([conflict, { ...conflict, id: 'c2', stands: false }])).toEqual([update, 'conflict.gone']);
  });

  test('keeps somebody who comes back out of access while it is open', () => {
    const member: PlannedMember = {
      ...waiting,
      email: 'ann@acme.com',
      state: 'suspended',
      suspendedFrom: 'active',
      cause: 'inactive',
    };
    const user = {
      userId: 'u1',
      asserted,
      member,
      employee: null,
      departed: [],
      rivals: [],
      conflicts: [conflict],
    };
    expect(states(plan({ users: [user], groups: [] }, policy))).toEqual([
      `pending: ${ADMISSION_REASONS.conflict}`,
    ]);
  });
});
