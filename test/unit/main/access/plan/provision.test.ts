import { describe, expect, test } from 'vitest';
import type { AccessPolicy } from '../../../../../src/main/access/plan/plan.ts';
import { plan } from '../../../../../src/main/access/plan/plan.ts';
import { REASONS } from '../../../../../src/main/access/plan/plan-user.ts';
import {
  ANN,
  ANNS_FACTS,
  AUTO,
  BECAUSE_OF_ANN,
  employee,
  known,
  member,
  planUser,
  REVIEW,
  unknown,
} from '../../../../support/plan-slices.ts';

describe('a user whom nobody knows', () => {
  test('is activated where the policy says so', () => {
    expect(planUser(unknown(ANN))).toEqual([
      {
        kind: 'member.create',
        userId: 'u1',
        facts: ANNS_FACTS,
        employee: {
          displayName: 'Ann',
          employeeNumber: null,
          title: null,
          department: null,
          division: null,
          costCenter: null,
          organization: null,
          managerId: null,
        },
        role: 'member',
        rivals: [],
        to: 'active',
        suspendedFrom: null,
        cause: null,
        deactivateAt: null,
        deleteAt: null,
        reason: REASONS.activated,
        because: BECAUSE_OF_ANN,
      },
    ]);
  });

  test.each([
    ['auto', true, 'active', null, null, REASONS.activated],
    ['auto', false, 'suspended', 'active', 'inactive', REASONS.createdInactive],
    ['auto', undefined, 'suspended', 'active', 'inactive', REASONS.createdInactive],
    ['review', true, 'pending', null, null, REASONS.held],
    ['review', false, 'suspended', 'pending', 'inactive', REASONS.createdInactive],
    ['review', undefined, 'suspended', 'pending', 'inactive', REASONS.createdInactive],
  ] as const)('activation %s, active %s: %s', (activation, active, to, suspendedFrom, cause, reason) => {
    const { active: _, ...others } = ANN;
    const attributes = active === undefined ? others : { ...others, active };
    expect(planUser(unknown(attributes), { ...AUTO, activation })).toMatchObject([
      { kind: 'member.create', to, suspendedFrom, cause, reason, deactivateAt: null, deleteAt: null },
    ]);
  });

  test.each([
    [[], 'active'],
    [['acme.com'], 'active'],
    [['other.org', 'acme.com'], 'active'],
    [['other.org'], 'pending'],
    [['me.com'], 'pending'],
  ] as const)('trusted domains %j: %s', (trustedDomains, to) => {
    expect(planUser(unknown(ANN), { ...AUTO, trustedDomains })).toMatchObject([{ to }]);
  });

  test('an e-mail is of a domain whatever its case; without one nobody is trusted', () => {
    const policy: AccessPolicy = { ...AUTO, trustedDomains: ['acme.com'] };
    expect(planUser(unknown({ ...ANN, userName: 'Ann@ACME.com' }), policy)).toMatchObject([{ to: 'active' }]);
    const nameless = { ...policy, facts: { ...AUTO.facts, member: () => ({ ...ANNS_FACTS, email: null }) } };
    expect(planUser(unknown(ANN), nameless)).toMatchObject([
      { to: 'pending', reason: REASONS.foreignDomain },
    ]);
  });

  test('gets the default role, and values of roles where they are taken over', () => {
    const attributes = { ...ANN, roles: [{ value: 'Editor' }, 'admin', { value: 'editor' }] };
    expect(planUser(unknown(attributes), { ...AUTO, defaultRole: 'viewer' })).toMatchObject([
      { role: 'viewer', facts: { roleValues: ['admin', 'editor'] } },
    ]);
    expect(planUser(unknown(attributes), { ...AUTO, syncRoles: false })).toMatchObject([
      { facts: { roleValues: [] } },
    ]);
  });

  test('who is deleted before we knew them changes nothing', () => {
    expect(planUser(known(null, { member: null, employee: null }))).toEqual([]);
  });
});

describe('a user whom we know', () => {
  test('and who is as we know them changes nothing', () => {
    expect(planUser(known(ANN))).toEqual([]);
    expect(planUser(known(ANN), REVIEW)).toEqual([]);
  });

  test('updates exactly the facts that differ', () => {
    expect(planUser(known({ ...ANN, displayName: 'Anna', title: 'Lead' }))).toEqual([
      {
        kind: 'member.update',
        memberId: 'm1',
        facts: { ...ANNS_FACTS, displayName: 'Anna' },
        changed: ['displayName'],
        because: BECAUSE_OF_ANN,
      },
      {
        kind: 'employee.update',
        employeeId: 'p1',
        memberId: 'm1',
        facts: expect.objectContaining({ displayName: 'Anna', title: 'Lead' }),
        changed: ['displayName', 'title'],
        because: BECAUSE_OF_ANN,
      },
    ]);
  });

  test('values of roles differ by what they are, and not at all while they are not taken over', () => {
    const held = member({ roleValues: ['admin', 'editor'] });
    const roles = (...values: string[]) => ({ ...ANN, roles: values.map((value) => ({ value })) });
    expect(planUser(known(roles('EDITOR', 'admin'), { member: held }))).toEqual([]);
    expect(planUser(known(roles('editor'), { member: held }))).toMatchObject([{ changed: ['roleValues'] }]);
    expect(planUser(known(roles('admin', 'author'), { member: held }))).toMatchObject([
      { changed: ['roleValues'] },
    ]);
    expect(planUser(known(roles('editor'), { member: held }), { ...AUTO, syncRoles: false })).toEqual([]);
  });

  test('a member without an employee record gets no employment changes', () => {
    expect(planUser(known({ ...ANN, title: 'Lead' }, { employee: null }))).toEqual([]);
  });
});

describe('a member that an operator made manual', () => {
  const manual = member({ origin: 'manual' });

  test('is not moved or renamed by a push', () => {
    const slice = known({ ...ANN, active: false, displayName: 'X', title: 'Y' }, { member: manual });
    expect(planUser(slice)).toEqual([]);
  });

  test('only loses the link when the IdP deletes the user', () => {
    expect(planUser(known(null, { member: manual }))).toEqual([
      { kind: 'member.unlink', memberId: 'm1', because: BECAUSE_OF_ANN },
    ]);
  });
});

describe('a member who was deleted here', () => {
  const tombstone = member({ state: 'deleted', externalId: null, userName: '', displayName: '' });

  test('stays so while the IdP only keeps the user on file', () => {
    expect(planUser(known({ ...ANN, active: false }, { member: tombstone, employee: null }))).toEqual([]);
  });

  test('is left alone, and somebody new is made, when the IdP says that the user is active', () => {
    expect(planUser(known(ANN, { member: tombstone, employee: null }))).toMatchObject([
      { kind: 'member.unlink', memberId: 'm1' },
      { kind: 'member.create', userId: 'u1', to: 'active' },
    ]);
  });

  test('is unlinked when the IdP deletes the user', () => {
    expect(planUser(known(null, { member: tombstone, employee: null }))).toEqual([
      { kind: 'member.unlink', memberId: 'm1', because: BECAUSE_OF_ANN },
    ]);
  });
});

test('several slices are planned in order, users before groups', () => {
  const changes = plan(
    {
      users: [unknown(ANN), known({ ...ANN, active: false }, { employee: employee() })],
      groups: [
        {
          groupId: 'g1',
          asserted: { id: 'g1', attributes: { displayName: 'Sales' } },
          team: null,
          joined: [],
          left: [],
        },
      ],
    },
    AUTO,
  );
  expect(changes.map(({ kind }) => kind)).toEqual(['member.create', 'member.state', 'team.create']);
});
