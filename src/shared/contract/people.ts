import { z } from 'zod';
import { call } from './define.ts';

export const memberState = z.enum(['pending', 'active', 'suspended', 'deactivated']);
export type MemberState = z.infer<typeof memberState>;

/** Employment facts, fed by the enterprise extension; the record outlives the member. */
export const employee = z.object({
  id: z.string(),
  memberId: z.string().nullable(),
  status: z.enum(['active', 'ended']),
  displayName: z.string(),
  employeeNumber: z.string().nullable(),
  title: z.string().nullable(),
  department: z.string().nullable(),
  division: z.string().nullable(),
  costCenter: z.string().nullable(),
  organization: z.string().nullable(),
  /** The directory id of the manager as the IdP asserted it: may name nobody that we know. */
  managerId: z.string().nullable(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
});
export type Employee = z.infer<typeof employee>;

export const member = z.object({
  id: z.string(),
  state: memberState,
  /** Why it is in this state, as a sentence. */
  reason: z.string(),
  since: z.string(),
  origin: z.enum(['scim', 'manual']),
  email: z.string().nullable(),
  userName: z.string(),
  displayName: z.string(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  role: z.string(),
  /** The directory plane's user; null after the IdP deleted it. */
  userId: z.string().nullable(),
  externalId: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
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
      }),
    }),
  ),
  'members.get': call(
    z.strictObject({ id: z.string().max(64) }),
    z.object({ member, employee: employee.nullable() }),
  ),
  'teams.list': call(z.strictObject(page), z.object({ items: z.array(team), total: z.number() })),
};
