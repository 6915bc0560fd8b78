import { describe, expect, test } from 'vitest';
import { CUT_REASONS } from '../../../../../src/main/access/plan/deprovision.ts';
import type { AccessPolicy, PlannedMember } from '../../../../../src/main/access/plan/plan.ts';
import { REASONS } from '../../../../../src/main/access/plan/plan-user.ts';
import {
  ANN,
  AUTO,
  BECAUSE_OF_ANN,
  employee,
  inDays,
  known,
  member,
  NOW,
  planUser,
  REVIEW,
} from '../../../../support/plan-slices.ts';

const INACTIVE = { ...ANN, active: false };
/** What the IdP asserts, by what it takes away. */
const ASSERTED = { inactive: INACTIVE, deleted: null } as const;
const CAUSES = ['inactive', 'deleted'] as const;
const set = (cause: 'inactive' | 'deleted', mode: AccessPolicy['onInactive'], more = {}): AccessPolicy => ({
  ...AUTO,
  // The other cause has another mode, so that a mix-up shows.
  onInactive: cause === 'inactive' ? mode : 'suspend-then-deactivate',
  onDelete: cause === 'deleted' ? mode : 'suspend-then-deactivate',
  afterDays: mode === 'suspend-then-deactivate' ? 7 : 3,
  ...more,
});
const states = (changes: readonly { kind: string }[]) =>
  changes.filter(({ kind }) => kind === 'member.state' || kind.startsWith('employee'));

describe.each(CAUSES)('the mode for %s', (cause) => {
  const cut = {
    kind: 'member.state',
    memberId: 'm1',
    from: 'active',
    suspendedFrom: 'active',
    cause,
    assertion: cause,
    reason: CUT_REASONS[cause],
    isCut: true,
    because: BECAUSE_OF_ANN,
  };

  test('suspend: kept for as long as it takes, the record goes on', () => {
    expect(states(planUser(known(ASSERTED[cause]), set(cause, 'suspend')))).toEqual([
      { ...cut, to: 'suspended', deactivateAt: null, deleteAt: null },
    ]);
  });

  test('suspend, then deactivate: with a date', () => {
    expect(states(planUser(known(ASSERTED[cause]), set(cause, 'suspend-then-deactivate')))).toEqual([
      { ...cut, to: 'suspended', deactivateAt: inDays(7), deleteAt: null },
    ]);
  });

  test('deactivate: at once, the record ends, the retention begins', () => {
    expect(states(planUser(known(ASSERTED[cause]), set(cause, 'deactivate')))).toEqual([
      { ...cut, to: 'deactivated', deactivateAt: null, deleteAt: inDays(90) },
      {
        kind: 'employee.end',
        employeeId: 'p1',
        memberId: 'm1',
        reason: CUT_REASONS[cause],
        because: BECAUSE_OF_ANN,
      },
    ]);
  });

  test.each([
    ['while the guard holds', {}, { holding: true }],
    ['of somebody who is held', { state: 'suspended', suspendedFrom: 'active', isHeld: true }, {}],
  ] as const)('deactivate, %s: only suspends, and the date of the deactivation is now', (_, more, policy) => {
    // Only a deletion cuts somebody who is suspended.
    if (cause === 'inactive' && 'state' in more) return;
    expect(
      states(
        planUser(known(ASSERTED[cause], { member: member(more) }), set(cause, 'deactivate', { ...policy })),
      ),
    ).toMatchObject([{ to: 'suspended', suspendedFrom: 'active', deactivateAt: NOW, deleteAt: null }]);
  });

  test.each(['suspend', 'suspend-then-deactivate'] as const)(
    '%s is the same while the guard holds',
    (mode) => {
      const changes = planUser(known(ASSERTED[cause]), set(cause, mode));
      expect(planUser(known(ASSERTED[cause]), set(cause, mode, { holding: true }))).toEqual(changes);
    },
  );

  test('a record that ended before is not ended again', () => {
    const slice = known(ASSERTED[cause], { employee: employee({ status: 'ended' }) });
    expect(states(planUser(slice, set(cause, 'deactivate')))).toHaveLength(1);
    const without = known(ASSERTED[cause], { employee: null });
    expect(states(planUser(without, set(cause, 'deactivate')))).toHaveLength(1);
  });

  test('remembers what it interrupted', () => {
    const pending = known(ASSERTED[cause], { member: member({ state: 'pending' }) });
    expect(states(planUser(pending, set(cause, 'suspend')))).toMatchObject([
      { from: 'pending', to: 'suspended', suspendedFrom: 'pending' },
    ]);
  });
});

describe('active false', () => {
  test.each([false, undefined])('or none at all (%s) suspends', (active) => {
    const { active: _, ...others } = ANN;
    const attributes = active === undefined ? others : { ...others, active };
    expect(planUser(known(attributes))).toMatchObject([{ kind: 'member.state', to: 'suspended' }]);
  });

  test.each(['suspended', 'deactivated'] as const)('of who is %s changes nothing', (state) => {
    const out = member({ state, suspendedFrom: 'active', cause: 'inactive' });
    expect(planUser(known(INACTIVE, { member: out }))).toEqual([]);
  });
});

describe('active true', () => {
  test.each(['active', 'pending'] as const)(
    'resumes to %s, exactly what the suspension interrupted',
    (suspendedFrom) => {
      const suspended = member({ state: 'suspended', suspendedFrom, cause: 'inactive' });
      // Whatever the policy is today: it decides about new people.
      for (const policy of [AUTO, REVIEW]) {
        expect(planUser(known(ANN, { member: suspended }), policy)).toEqual([
          {
            kind: 'member.state',
            memberId: 'm1',
            from: 'suspended',
            to: suspendedFrom,
            suspendedFrom: null,
            cause: null,
            deactivateAt: null,
            deleteAt: null,
            reason: REASONS.reactivated,
            isCut: false,
            because: BECAUSE_OF_ANN,
          },
        ]);
      }
    },
  );

  test('brings back who was deactivated, and the record goes on', () => {
    const out = member({ state: 'deactivated', suspendedFrom: 'active', cause: 'inactive', deleteAt: NOW });
    expect(planUser(known(ANN, { member: out, employee: employee({ status: 'ended' }) }))).toMatchObject([
      { kind: 'member.state', from: 'deactivated', to: 'active', deleteAt: null },
      { kind: 'employee.reopen', employeeId: 'p1', memberId: 'm1' },
    ]);
  });

  test('brings back whom the deleted configuration suspended', () => {
    const out = member({ state: 'suspended', suspendedFrom: 'active', cause: 'decommission' });
    expect(planUser(known(ANN, { member: out }))).toMatchObject([{ to: 'active' }]);
  });
});

describe('a user whom the IdP deleted', () => {
  test('is unlinked after the cut, whose receipt names the groups of the user', () => {
    expect(planUser(known(null)).map(({ kind }) => kind)).toEqual([
      'member.state',
      'employee.end',
      'member.unlink',
    ]);
  });

  test('who is deactivated already is only unlinked', () => {
    const out = member({ state: 'deactivated', suspendedFrom: 'active', cause: 'inactive' });
    const slice = known(null, { member: out, employee: employee({ status: 'ended' }) });
    expect(planUser(slice)).toEqual([{ kind: 'member.unlink', memberId: 'm1', because: BECAUSE_OF_ANN }]);
  });

  test('while suspended goes the way of the deleted, and back to what was interrupted first', () => {
    const out = member({
      state: 'suspended',
      suspendedFrom: 'pending',
      cause: 'inactive',
      deactivateAt: NOW,
    });
    expect(planUser(known(null, { member: out }))).toMatchObject([
      {
        from: 'suspended',
        to: 'deactivated',
        suspendedFrom: 'pending',
        cause: 'deleted',
        deactivateAt: null,
      },
      { kind: 'employee.end' },
      { kind: 'member.unlink' },
    ]);
  });
});

describe('what people decided', () => {
  const decided = (cause: PlannedMember['cause'], state: PlannedMember['state']) =>
    member({ state, suspendedFrom: 'active', cause });

  test.each([
    ['operator', 'suspended'],
    ['rejected', 'deactivated'],
  ] as const)('(%s, %s) stands whatever the IdP asserts', (cause, state) => {
    for (const attributes of [ANN, INACTIVE]) {
      expect(planUser(known(attributes, { member: decided(cause, state) }))).toEqual([]);
    }
  });

  test('stands beside a deletion, of which there is a receipt', () => {
    expect(planUser(known(null, { member: decided('operator', 'suspended') }))).toMatchObject([
      { to: 'deactivated', cause: 'operator', assertion: 'deleted', isCut: true },
      { kind: 'employee.end' },
      { kind: 'member.unlink' },
    ]);
  });

  test('a rejection is forgotten only after the IdP deleted the user', () => {
    expect(planUser(known(null, { member: decided('rejected', 'deactivated') }))).toMatchObject([
      { kind: 'member.state', to: 'deactivated', cause: 'rejected', deleteAt: inDays(90), isCut: false },
      { kind: 'member.unlink' },
    ]);
  });
});

describe('somebody who was recalled', () => {
  const recalled = member({ recalled: 'inactive' });

  test('stays while the IdP asserts the same', () => {
    expect(planUser(known(INACTIVE, { member: recalled }))).toEqual([]);
  });

  test('the recall ends when the IdP says active, and nothing else changes', () => {
    expect(planUser(known(ANN, { member: recalled }))).toEqual([
      { kind: 'member.recall-ended', memberId: 'm1', because: BECAUSE_OF_ANN },
    ]);
  });

  test('is cut by another assertion, and then the recall ends', () => {
    expect(planUser(known(null, { member: recalled })).map(({ kind }) => kind)).toEqual([
      'member.state',
      'employee.end',
      'member.recall-ended',
      'member.unlink',
    ]);
    const fromDeletion = member({ recalled: 'deleted' });
    expect(planUser(known(INACTIVE, { member: fromDeletion })).map(({ kind }) => kind)).toEqual([
      'member.state',
      'member.recall-ended',
    ]);
  });

  test('from a deletion that was observed, and is applied later, is only unlinked', () => {
    expect(planUser(known(null, { member: member({ recalled: 'deleted' }) }))).toEqual([
      { kind: 'member.unlink', memberId: 'm1', because: BECAUSE_OF_ANN },
    ]);
  });
});
