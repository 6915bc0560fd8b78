import { z } from 'zod';
import { call } from './define.ts';

export const memberState = z.enum(['pending', 'active', 'suspended', 'deactivated', 'deleted']);
export type MemberState = z.infer<typeof memberState>;

/** An employment's own life: what becomes of the member's access is another matter. */
export const employeeStatus = z.enum(['active', 'on-leave', 'ended']);
export type EmployeeStatus = z.infer<typeof employeeStatus>;

/** Employment facts, fed by the enterprise extension; the record outlives the member. */
export const employee = z.object({
  id: z.string(),
  memberId: z.string().nullable(),
  status: employeeStatus,
  displayName: z.string(),
  employeeNumber: z.string().nullable(),
  title: z.string().nullable(),
  department: z.string().nullable(),
  division: z.string().nullable(),
  costCenter: z.string().nullable(),
  organization: z.string().nullable(),
  /** The directory id of the manager as the IdP asserted it: may name nobody that we know. */
  managerId: z.string().nullable(),
  /** First and last day of the employment, YYYY-MM-DD, kept by people here; neither does anything by itself. */
  startsOn: z.string().nullable(),
  endsOn: z.string().nullable(),
  /** Since when the record runs; when, by whom and why it ended. */
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  endedBy: z.string().nullable(),
  endReason: z.string().nullable(),
});
export type Employee = z.infer<typeof employee>;

export const member = z.object({
  id: z.string(),
  state: memberState,
  /** Why it is in this state, as a sentence. */
  reason: z.string(),
  since: z.string(),
  origin: z.enum(['scim', 'manual', 'sso']),
  email: z.string().nullable(),
  userName: z.string(),
  displayName: z.string(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  /** The id of the first role by precedence; of the template that they came with while they hold none. */
  role: z.string(),
  /** By precedence, lowest first, then name. A suspension keeps them, inert. */
  roles: z.array(z.object({ id: z.string(), name: z.string() })),
  /** The directory plane's user; null after the IdP deleted it. */
  userId: z.string().nullable(),
  externalId: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  /** By name, whatever gives them: groups of the IdP, or somebody by hand. A suspension keeps them, inert. */
  teams: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type Member = z.infer<typeof member>;

export const team = z.object({
  id: z.string(),
  name: z.string(),
  /** The directory plane's group; null after the IdP deleted it. */
  groupId: z.string().nullable(),
  externalId: z.string().nullable(),
  /** Members who count now: not those suspended, deactivated or pending. */
  activeMembers: z.number(),
  /** Members for whom it counts or would count, were they active. */
  heldMembers: z.number(),
  /** How many of them were put into it by hand, whatever else does. */
  manualMembers: z.number(),
  /** How many mappings fill it, and how many of those are paused. */
  mappings: z.number(),
  pausedMappings: z.number(),
  /** Everybody the IdP put in the group, whether or not we know them. */
  assertedMembers: z.number(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Team = z.infer<typeof team>;

const page = {
  search: z.string().max(200).optional(),
  /** Rows to skip; lists are ordered by name, then id. */
  offset: z.int().min(0).max(10_000_000).default(0),
  limit: z.int().min(1).max(500).default(100),
};

export const peopleCalls = {
  'members.list': call(
    z.strictObject({ ...page, state: memberState.optional(), teamId: z.string().max(64).optional() }),
    z.object({
      items: z.array(member),
      total: z.number(),
      /** For the whole organization, whatever the search. */
      counts: z.object({
        pending: z.number(),
        active: z.number(),
        suspended: z.number(),
        deactivated: z.number(),
        deleted: z.number(),
      }),
    }),
    'view',
  ),
  'members.get': call(
    z.strictObject({ id: z.string().max(64) }),
    z.object({
      member,
      employee: employee.nullable(),
      /** Of all roles together; none while the member is not active. */
      permissions: z.array(z.string()),
    }),
    'view',
  ),
  'teams.list': call(z.strictObject(page), z.object({ items: z.array(team), total: z.number() }), 'view'),
  'teams.get': call(z.strictObject({ id: z.string().max(64) }), team, 'view'),
};
