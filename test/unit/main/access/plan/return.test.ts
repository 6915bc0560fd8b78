import { describe, expect, test } from 'vitest';
import { REASONS } from '../../../../../src/main/access/plan/plan-user.ts';
import { ANN, AUTO, gone, inDays, NOW, planUser, REVIEW, unknown } from '../../../../support/plan-slices.ts';

const because = { assertion: 'User', id: 'u1' };
const RELINK = { kind: 'member.relink', memberId: 'm1', userId: 'u1', because };

describe('a user who comes back with the same externalId', () => {
  test.each([
    ['auto', true, 'active', null, null, REASONS.returned],
    ['auto', false, 'suspended', 'active', 'inactive', REASONS.returned],
    ['review', true, 'pending', null, null, REASONS.held],
    ['review', false, 'suspended', 'pending', 'inactive', REASONS.returned],
  ] as const)(
    'is found again: activation %s, active %s',
    (activation, active, to, suspendedFrom, cause, reason) => {
      expect(
        planUser(unknown({ ...ANN, active }, [gone({ deleteAt: inDays(3) })]), { ...AUTO, activation }),
      ).toEqual([
        RELINK,
        {
          kind: 'member.state',
          memberId: 'm1',
          from: 'deactivated',
          to,
          suspendedFrom,
          cause,
          deactivateAt: null,
          deleteAt: null,
          reason,
          isCut: false,
          because,
        },
        { kind: 'employee.reopen', employeeId: 'p1', memberId: 'm1', because },
      ]);
    },
  );

  test('under another name takes the new facts', () => {
    const changes = planUser(unknown({ ...ANN, userName: 'ann.lee@acme.com', title: 'Lead' }, [gone()]));
    expect(changes).toContainEqual(
      expect.objectContaining({ kind: 'member.update', changed: ['userName', 'email'] }),
    );
    expect(changes).toContainEqual(expect.objectContaining({ kind: 'employee.update', changed: ['title'] }));
  });

  test('is new when two candidates have that externalId, and waits for a decision', () => {
    const changes = planUser(unknown(ANN, [gone(), gone({ id: 'm2' })]));
    expect(changes).toMatchObject([
      {
        kind: 'member.create',
        to: 'pending',
        reason: REASONS.conflict,
        rivals: [
          { kind: 'external-id', memberId: 'm1', value: 'e1' },
          { kind: 'external-id', memberId: 'm2', value: 'e1' },
        ],
      },
    ]);
  });
});

describe('what people decided about somebody who comes back', () => {
  test.each([true, false])('an operator suspended them: they stay suspended (active %s)', (active) => {
    const left = gone({ cause: 'operator', deleteAt: inDays(3) });
    expect(planUser(unknown({ ...ANN, active }, [left]))).toMatchObject([
      { kind: 'member.relink' },
      {
        kind: 'member.state',
        from: 'deactivated',
        to: 'suspended',
        suspendedFrom: 'active',
        cause: 'operator',
        deactivateAt: null,
        deleteAt: null,
        isCut: false,
      },
      { kind: 'employee.reopen' },
    ]);
  });

  test.each([true, false])(
    'they were rejected: they stay so, and are not forgotten (active %s)',
    (active) => {
      const left = gone({ cause: 'rejected', suspendedFrom: 'pending', deleteAt: inDays(3) });
      expect(planUser(unknown({ ...ANN, active }, [left]))).toMatchObject([
        { kind: 'member.relink' },
        { kind: 'member.state', to: 'deactivated', cause: 'rejected', deactivateAt: null, deleteAt: null },
      ]);
      const kept = gone({ cause: 'rejected', suspendedFrom: 'pending' });
      expect(planUser(unknown({ ...ANN, active }, [kept]))).toEqual([RELINK]);
    },
  );

  test('no date of an operator-suspended one goes on', () => {
    const left = gone({ state: 'suspended', cause: 'operator', deactivateAt: NOW });
    expect(planUser(unknown(ANN, [left]))).toMatchObject([
      { kind: 'member.relink' },
      { kind: 'member.state', to: 'suspended', cause: 'operator', deactivateAt: null },
    ]);
  });
});

describe('somebody who was recalled from a deletion', () => {
  const recalled = gone({ state: 'active', suspendedFrom: null, cause: null, recalled: 'deleted' });

  test('is linked, and keeps the place, when the IdP creates them again', () => {
    for (const policy of [AUTO, REVIEW]) {
      expect(planUser(unknown(ANN, [recalled]), policy)).toEqual([
        RELINK,
        { kind: 'member.recall-ended', memberId: 'm1', because },
      ]);
    }
  });

  test('is cut when the IdP creates them as inactive, and then the recall ends', () => {
    expect(planUser(unknown({ ...ANN, active: false }, [recalled])).map(({ kind }) => kind)).toEqual([
      'member.relink',
      'member.state',
      'member.recall-ended',
    ]);
  });
});
