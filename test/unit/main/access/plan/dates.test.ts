import { describe, expect, test } from 'vitest';
import { type PlannedEmployee, type PlannedMember, plan } from '../../../../../src/main/access/plan/plan.ts';
import { REASONS } from '../../../../../src/main/access/plan/plan-user.ts';
import { AUTO, employee, inDays, member, NOW } from '../../../../support/plan-slices.ts';

const planDates = (one: PlannedMember, record: PlannedEmployee | null = employee()) =>
  plan({ users: [], groups: [], members: [{ member: one, employee: record }] }, AUTO);

const suspended = (more: Partial<PlannedMember> = {}) =>
  member({ state: 'suspended', suspendedFrom: 'pending', cause: 'inactive', deactivateAt: NOW, ...more });
const deactivated = (more: Partial<PlannedMember> = {}) =>
  member({ state: 'deactivated', suspendedFrom: 'active', cause: 'deleted', deleteAt: NOW, ...more });
const MOMENT_LATER = new Date(Date.parse(NOW) + 1).toISOString();

describe('the date of a deactivation', () => {
  test('comes at its moment: the record ends, the retention begins', () => {
    const because = { date: 'deactivation' };
    expect(planDates(suspended())).toEqual([
      {
        kind: 'member.state',
        memberId: 'm1',
        from: 'suspended',
        to: 'deactivated',
        suspendedFrom: 'pending',
        cause: 'inactive',
        deactivateAt: null,
        deleteAt: inDays(90),
        reason: REASONS.due,
        isCut: false,
        because,
      },
      { kind: 'employee.end', employeeId: 'p1', memberId: 'm1', reason: REASONS.due, because },
    ]);
  });

  test.each([
    ['is later', suspended({ deactivateAt: MOMENT_LATER })],
    ['is none', suspended({ deactivateAt: null })],
    ['is held by the guard', suspended({ isHeld: true })],
    ['is of somebody who is ours', suspended({ origin: 'manual' })],
    ['is of somebody who is back', member({ deactivateAt: NOW })],
  ])('does not come when it %s', (_, one) => {
    expect(planDates(one)).toEqual([]);
  });

  test('does not end a record that ended', () => {
    expect(planDates(suspended(), employee({ status: 'ended' }))).toHaveLength(1);
    expect(planDates(suspended(), null)).toHaveLength(1);
    expect(planDates(suspended(), employee({ status: 'on-leave' }))).toHaveLength(2);
  });
});

describe('the end of the retention', () => {
  test('comes at its moment', () => {
    expect(planDates(deactivated())).toEqual([
      {
        kind: 'member.delete',
        memberId: 'm1',
        from: 'deactivated',
        reason: REASONS.retained,
        because: { date: 'retention' },
      },
    ]);
  });

  test.each([
    ['is later', deactivated({ deleteAt: MOMENT_LATER })],
    ['is none', deactivated({ deleteAt: null })],
    ['is held by the guard', deactivated({ isHeld: true })],
    ['is of somebody who is ours', deactivated({ origin: 'manual' })],
    ['is of somebody who is back', member({ deleteAt: NOW })],
  ])('does not come when it %s', (_, one) => {
    expect(planDates(one)).toEqual([]);
  });
});
