import {
  type AccessChange,
  type AccessPolicy,
  type PlannedEmployee,
  type PlannedMember,
  plan,
  type UserSlice,
} from '../../src/main/access/plan/plan.ts';
import type { Attributes } from '../../src/main/scim/resource.ts';
import { standardFacts } from './standard-facts.ts';

export const NOW = '2026-03-01T12:00:00.000Z';

/** An ISO instant so many days after {@link NOW}. */
export const inDays = (days: number): string => new Date(Date.parse(NOW) + days * 86_400_000).toISOString();

/** The defaults of a new organization. */
export const AUTO: AccessPolicy = {
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
  now: NOW,
};
export const REVIEW: AccessPolicy = { ...AUTO, activation: 'review' };

export const ANN: Attributes = {
  userName: 'ann@acme.com',
  externalId: 'e1',
  displayName: 'Ann',
  active: true,
};

export const BECAUSE_OF_ANN = { assertion: 'User', id: 'u1' } as const;

/** What the member below takes from {@link ANN}. */
export const ANNS_FACTS = {
  userName: 'ann@acme.com',
  email: 'ann@acme.com',
  displayName: 'Ann',
  firstName: null,
  lastName: null,
  externalId: 'e1',
  roleValues: [],
};

export const member = (more: Partial<PlannedMember> = {}): PlannedMember => ({
  id: 'm1',
  userId: 'u1',
  origin: 'scim',
  state: 'active',
  suspendedFrom: null,
  cause: null,
  recalled: null,
  review: null,
  isCut: false,
  deactivateAt: null,
  deleteAt: null,
  isHeld: false,
  ...ANNS_FACTS,
  ...more,
});

export const employee = (more: Partial<PlannedEmployee> = {}): PlannedEmployee => ({
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
export const known = (attributes: Attributes | null, more: Partial<UserSlice> = {}): UserSlice => ({
  userId: 'u1',
  asserted: attributes && { id: 'u1', attributes },
  member: member(),
  employee: employee(),
  departed: [],
  rivals: [],
  conflicts: [],
  ...more,
});

/** A user whom nobody here knows. */
export const unknown = (attributes: Attributes, departed: UserSlice['departed'] = []): UserSlice =>
  known(attributes, { member: null, employee: null, departed });

/** Somebody who left, as they are found again by externalId. */
export const gone = (more: Partial<PlannedMember> = {}): UserSlice['departed'][number] => ({
  ...member({ userId: null, state: 'deactivated', suspendedFrom: 'active', cause: 'deleted', ...more }),
  employee: employee({ status: 'ended' }),
});

export const planUser = (slice: UserSlice, policy = AUTO): AccessChange[] =>
  plan({ users: [slice], groups: [] }, policy);
