import { describe, expect, test } from 'vitest';
import {
  type AccessChange,
  type AccessPolicy,
  type PlannedEmployee,
  type PlannedMember,
  plan,
  REASONS,
  type UserSlice,
} from '../../../../../src/main/access/plan/plan.ts';
import type { Attributes } from '../../../../../src/main/scim/resource.ts';
import { enterpriseUser } from '../../../../../src/main/scim/schema/enterprise-user.ts';

const AUTO: AccessPolicy = { userNameIsEmail: true, activation: 'auto', defaultRole: 'member' };
const REVIEW: AccessPolicy = { ...AUTO, activation: 'review' };

const ANN: Attributes = { userName: 'ann@acme.com', externalId: 'e1', displayName: 'Ann', active: true };

const member = (more: Partial<PlannedMember> = {}): PlannedMember => ({
  id: 'm1',
  userId: 'u1',
  origin: 'scim',
  state: 'active',
  suspendedFrom: null,
  userName: 'ann@acme.com',
  email: 'ann@acme.com',
  displayName: 'Ann',
  firstName: null,
  lastName: null,
  externalId: 'e1',
  ...more,
});

const employee = (more: Partial<PlannedEmployee> = {}): PlannedEmployee => ({
  id: 'p1',
  status: 'active',
  displayName: 'Ann',
  employeeNumber: null,
  title: null,
  department: null,
  division: null,
  costCenter: null,
  organization: null,
  managerId: null,
  ...more,
});

/** A user whom we know, unless `more` says otherwise. */
const known = (attributes: Attributes | null, more: Partial<UserSlice> = {}): UserSlice => ({
  userId: 'u1',
  asserted: attributes && { id: 'u1', attributes },
  member: member(),
  employee: employee(),
  departed: [],
  ...more,
});

const unknown = (attributes: Attributes, departed: UserSlice['departed'] = []): UserSlice =>
  known(attributes, { member: null, employee: null, departed });

const planUser = (slice: UserSlice, policy = AUTO): AccessChange[] =>
  plan({ users: [slice], groups: [] }, policy);

describe('a user whom nobody knows', () => {
  test('is activated where the policy says so', () => {
    expect(planUser(unknown(ANN))).toEqual([
      {
        kind: 'member.create',
        userId: 'u1',
        facts: {
          userName: 'ann@acme.com',
          email: 'ann@acme.com',
          displayName: 'Ann',
          firstName: null,
          lastName: null,
          externalId: 'e1',
        },
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
        state: 'active',
        suspendedFrom: null,
        reason: REASONS.activated,
      },
    ]);
  });

  test.each([
    ['auto', true, 'active', null, REASONS.activated],
    ['auto', false, 'suspended', 'active', REASONS.createdInactive],
    ['auto', undefined, 'suspended', 'active', REASONS.createdInactive],
    ['review', true, 'pending', null, REASONS.held],
    ['review', false, 'suspended', 'pending', REASONS.createdInactive],
    ['review', undefined, 'suspended', 'pending', REASONS.createdInactive],
  ] as const)('activation %s, active %s: %s', (activation, active, state, suspendedFrom, reason) => {
    const { active: _, ...others } = ANN;
    const attributes = active === undefined ? others : { ...others, active };
    expect(planUser(unknown(attributes), { ...AUTO, activation })).toMatchObject([
      { kind: 'member.create', state, suspendedFrom, reason },
    ]);
  });

  test('gets the default role', () => {
    expect(planUser(unknown(ANN), { ...AUTO, defaultRole: 'viewer' })).toMatchObject([{ role: 'viewer' }]);
  });

  test('who is deleted before we knew them changes nothing', () => {
    expect(planUser(known(null, { member: null, employee: null }))).toEqual([]);
  });
});

describe('facts', () => {
  const ENTERPRISE = enterpriseUser.id;
  const factsOf = (attributes: Attributes, policy = AUTO) => {
    const [change] = planUser(unknown(attributes), policy);
    if (change?.kind !== 'member.create') throw new Error('not created');
    return change;
  };

  test('the e-mail is the user name while it must be one', () => {
    const attributes = { ...ANN, emails: [{ value: 'other@acme.com', primary: true }] };
    expect(factsOf(attributes).facts.email).toBe('ann@acme.com');
  });

  test.each([
    ['the primary one', [{ value: 'a@x.com' }, { value: 'b@x.com', primary: true }], 'b@x.com'],
    ['none when none is primary', [{ value: 'a@x.com' }], null],
    ['none when the primary one has no value', [{ type: 'work', primary: true }], null],
    ['none when the primary one is empty', [{ value: '', primary: true }], null],
    ['none without e-mails', undefined, null],
  ])('otherwise it is %s', (_, emails, email) => {
    const attributes = { userName: 'ann', ...(emails && { emails }) } as Attributes;
    expect(factsOf(attributes, { ...AUTO, userNameIsEmail: false }).facts.email).toBe(email);
  });

  test.each([
    [{ displayName: 'Ann L.', name: { givenName: 'Ann', familyName: 'Lee' } }, 'Ann L.'],
    [{ name: { givenName: 'Ann', familyName: 'Lee', formatted: 'Dr Ann Lee' } }, 'Ann Lee'],
    [{ name: { familyName: 'Lee' } }, 'Lee'],
    [{ name: { formatted: 'Dr Ann Lee' } }, 'Dr Ann Lee'],
    [{ displayName: '' }, 'ann@acme.com'],
    [{}, 'ann@acme.com'],
  ] as [Attributes, string][])('the name of %j is %s', (attributes, displayName) => {
    const { facts, employee: record } = factsOf({ userName: 'ann@acme.com', ...attributes });
    expect(facts.displayName).toBe(displayName);
    expect(record.displayName).toBe(displayName);
  });

  test('employment comes from the title and the enterprise extension', () => {
    expect(
      factsOf({
        ...ANN,
        title: 'Engineer',
        [ENTERPRISE]: {
          employeeNumber: '7',
          department: 'R&D',
          division: 'Core',
          costCenter: 'C1',
          organization: 'Acme',
          manager: { value: 'u9', displayName: 'Bo' },
        },
      }).employee,
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
});

describe('a user whom we know', () => {
  test('and who is as we know them changes nothing', () => {
    expect(planUser(known(ANN))).toEqual([]);
  });

  test('updates exactly the facts that differ', () => {
    expect(planUser(known({ ...ANN, displayName: 'Anna', title: 'Lead' }))).toEqual([
      {
        kind: 'member.update',
        memberId: 'm1',
        facts: {
          userName: 'ann@acme.com',
          email: 'ann@acme.com',
          displayName: 'Anna',
          firstName: null,
          lastName: null,
          externalId: 'e1',
        },
        changed: ['displayName'],
      },
      {
        kind: 'employee.update',
        employeeId: 'p1',
        facts: expect.objectContaining({ displayName: 'Anna', title: 'Lead' }),
        changed: ['displayName', 'title'],
      },
    ]);
  });

  test('a member without an employee record gets no employment changes', () => {
    expect(planUser(known({ ...ANN, title: 'Lead' }, { employee: null }))).toEqual([]);
  });

  test.each([
    ['active', false],
    ['pending', false],
    ['active', undefined],
    ['pending', undefined],
  ] as const)('is suspended from %s when the IdP says active: %s', (state, active) => {
    const { active: _, ...others } = ANN;
    const attributes = active === undefined ? others : { ...others, active };
    expect(planUser(known(attributes, { member: member({ state }) }))).toEqual([
      {
        kind: 'member.state',
        memberId: 'm1',
        from: state,
        to: 'suspended',
        suspendedFrom: state,
        reason: REASONS.deactivated,
      },
    ]);
  });

  test.each(['active', 'pending'] as const)(
    'resumes to %s, exactly what the suspension interrupted',
    (suspendedFrom) => {
      const suspended = member({ state: 'suspended', suspendedFrom });
      // Whatever the policy is today: it decides about new people.
      for (const policy of [AUTO, REVIEW]) {
        expect(planUser(known(ANN, { member: suspended }), policy)).toEqual([
          {
            kind: 'member.state',
            memberId: 'm1',
            from: 'suspended',
            to: suspendedFrom,
            suspendedFrom: null,
            reason: REASONS.reactivated,
          },
        ]);
      }
    },
  );

  test.each(['suspended', 'deactivated'] as const)('who is inactive stays %s', (state) => {
    expect(planUser(known({ ...ANN, active: false }, { member: member({ state }) }))).toEqual([]);
  });

  test('an active assertion alone brings nobody back who was deactivated here', () => {
    expect(planUser(known(ANN, { member: member({ state: 'deactivated' }) }))).toEqual([]);
  });
});

describe('a user whom the IdP deleted', () => {
  test.each(['active', 'pending', 'suspended'] as const)('is unlinked and deactivated from %s', (state) => {
    const suspendedFrom = state === 'suspended' ? 'pending' : null;
    expect(planUser(known(null, { member: member({ state, suspendedFrom }) }))).toEqual([
      { kind: 'member.unlink', memberId: 'm1' },
      {
        kind: 'member.state',
        memberId: 'm1',
        from: state,
        to: 'deactivated',
        suspendedFrom: null,
        reason: REASONS.deleted,
      },
      { kind: 'employee.end', employeeId: 'p1', reason: REASONS.deleted },
    ]);
  });

  test('who is deactivated already, with an ended record, is only unlinked', () => {
    const slice = known(null, {
      member: member({ state: 'deactivated' }),
      employee: employee({ status: 'ended' }),
    });
    expect(planUser(slice)).toEqual([{ kind: 'member.unlink', memberId: 'm1' }]);
  });
});

describe('a user who comes back', () => {
  const gone = { ...member({ userId: null, state: 'deactivated' }), employee: employee({ status: 'ended' }) };

  test.each([
    ['auto', true, 'active', null],
    ['auto', false, 'suspended', 'active'],
    ['review', true, 'pending', null],
    ['review', false, 'suspended', 'pending'],
  ] as const)(
    'with the same externalId is found again: activation %s, active %s',
    (activation, active, to, suspendedFrom) => {
      expect(planUser(unknown({ ...ANN, active }, [gone]), { ...AUTO, activation })).toEqual([
        { kind: 'member.relink', memberId: 'm1', userId: 'u1' },
        {
          kind: 'member.state',
          memberId: 'm1',
          from: 'deactivated',
          to,
          suspendedFrom,
          reason: REASONS.returned,
        },
        { kind: 'employee.reopen', employeeId: 'p1' },
      ]);
    },
  );

  test('under another name takes the new facts', () => {
    const changes = planUser(unknown({ ...ANN, userName: 'ann.lee@acme.com' }, [gone]));
    expect(changes).toContainEqual(
      expect.objectContaining({ kind: 'member.update', changed: ['userName', 'email'] }),
    );
  });

  test('is new when two candidates have that externalId', () => {
    const changes = planUser(unknown(ANN, [gone, { ...gone, id: 'm2' }]));
    expect(changes.map(({ kind }) => kind)).toEqual(['member.create']);
  });
});

describe('a member that an operator made manual', () => {
  const manual = member({ origin: 'manual' });

  test('is not moved or renamed by a push', () => {
    const slice = known({ ...ANN, active: false, displayName: 'X', title: 'Y' }, { member: manual });
    expect(planUser(slice)).toEqual([]);
  });

  test('only loses the link when the IdP deletes the user', () => {
    expect(planUser(known(null, { member: manual }))).toEqual([{ kind: 'member.unlink', memberId: 'm1' }]);
  });
});

describe('groups', () => {
  const planGroup = (
    asserted: Attributes | null,
    team: { id: string; name: string; externalId: string | null } | null,
  ) =>
    plan(
      {
        users: [],
        groups: [{ groupId: 'g1', asserted: asserted && { id: 'g1', attributes: asserted }, team }],
      },
      AUTO,
    );
  const team = { id: 't1', name: 'Sales', externalId: null };

  test.each([
    [
      'becomes a team',
      { displayName: 'Sales', externalId: 'x' },
      null,
      [{ kind: 'team.create', groupId: 'g1', name: 'Sales', externalId: 'x' }],
    ],
    [
      'without externalId becomes a team',
      { displayName: 'Sales' },
      null,
      [{ kind: 'team.create', groupId: 'g1', name: 'Sales', externalId: null }],
    ],
    ['unchanged changes nothing', { displayName: 'Sales' }, team, []],
    [
      'renames its team, even in case alone',
      { displayName: 'SALES' },
      team,
      [{ kind: 'team.rename', teamId: 't1', from: 'Sales', to: 'SALES' }],
    ],
    [
      'gets its team the externalId that comes later',
      { displayName: 'Sales', externalId: 'x' },
      team,
      [{ kind: 'team.identify', teamId: 't1', externalId: 'x' }],
    ],
    [
      'without its externalId any more takes it from its team',
      { displayName: 'Sales' },
      { ...team, externalId: 'x' },
      [{ kind: 'team.identify', teamId: 't1', externalId: null }],
    ],
    ['deleted takes its team with it', null, team, [{ kind: 'team.remove', teamId: 't1', name: 'Sales' }]],
    ['deleted before it was a team changes nothing', null, null, []],
  ] as const)('a group %s', (_, asserted, held, changes) => {
    expect(planGroup(asserted, held)).toEqual(changes);
  });
});

test('several slices are planned in order, users before groups', () => {
  const changes = plan(
    {
      users: [unknown(ANN), known({ ...ANN, active: false })],
      groups: [{ groupId: 'g1', asserted: { id: 'g1', attributes: { displayName: 'Sales' } }, team: null }],
    },
    AUTO,
  );
  expect(changes.map(({ kind }) => kind)).toEqual(['member.create', 'member.state', 'team.create']);
});
