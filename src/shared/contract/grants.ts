import { z } from 'zod';
import { GRANT_PRECEDENCE } from '../grant-precedence.ts';
import { call } from './define.ts';
import { memberState } from './people.ts';
import { rolePermissions } from './roles.ts';

export const teamName = z.string().trim().min(1, 'A team needs a name.').max(200);

export const grantTarget = z.object({
  kind: z.enum(['team', 'role']),
  id: z.string(),
  name: z.string(),
});
export type GrantTarget = z.infer<typeof grantTarget>;

/** One reason why somebody has a team or a role. A grant lives while any of its origins holds it. */
export const grantOrigin = z.object({
  /** Of a mapping or of a grant by hand; null for the template. */
  id: z.string().nullable(),
  target: grantTarget,
  /** By what the IdP asserts, by hand, or by the role template that the member came with. */
  origin: z.enum(['mapping', 'manual', 'template']),
  /** For a mapping: what the IdP asserts. The name is null once the IdP deleted the group. */
  group: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  /** For a mapping: the value of `roles`, as it was written when the mapping was made. */
  roleValue: z.string().nullable(),
  /** Why the group counts: the directory has it, observe mode holds its loss or gain back, or a recall keeps it. */
  membership: z.enum(['directory', 'leaving', 'joining', 'recall']).nullable(),
  paused: z.boolean(),
  awaitingApproval: z.boolean(),
  /** Who made it: of a grant by hand the operator, of a mapping whoever mapped; null for the template. */
  by: z.string().nullable(),
  at: z.string().nullable(),
  note: z.string().nullable(),
  /** The lowest is a member's first role: by hand 0, the template 1000, a mapping as it says. */
  precedence: z.number(),
  /** Whether it gives, were the member active: not paused, approved and applied. */
  holds: z.boolean(),
  /** Whether it counts now. */
  effective: z.boolean(),
  /** Why it doesn't count, as a sentence; null while it does. */
  whyNot: z.string().nullable(),
});
export type GrantOrigin = z.infer<typeof grantOrigin>;

/** Somebody who holds a team or role. */
export const holder = z.object({
  id: z.string(),
  displayName: z.string(),
  userName: z.string(),
  state: memberState,
  /** Whether it counts for them now. */
  effective: z.boolean(),
  /** Every kind of origin that holds it. */
  origins: z.array(grantOrigin.shape.origin),
});
export type Holder = z.infer<typeof holder>;

/** What can be done about one origin, and where, as a sentence. */
export const grantLever = z.object({
  at: z.enum(['idp', 'here']),
  sentence: z.string(),
});
export type GrantLever = z.infer<typeof grantLever>;

/** A team or role that somebody has, with every reason for it. */
export const explainedGrant = z.object({
  /** `member id/kind/target id`. */
  id: z.string(),
  target: grantTarget,
  /** Whether it counts now. */
  effective: z.boolean(),
  /** Why she has it, or why it doesn't count, as a sentence. */
  why: z.string(),
  /** Whether somebody gave it by hand, so that it can be revoked here. */
  byHand: z.boolean(),
  origins: z.array(grantOrigin.extend({ sentence: z.string(), levers: z.array(grantLever) })),
});
export type ExplainedGrant = z.infer<typeof explainedGrant>;

export const memberGrants = z.object({
  member: z.object({ id: z.string(), displayName: z.string(), state: memberState }),
  /** Teams first, by name; then roles. */
  grants: z.array(explainedGrant),
  /** Of all roles together; none while the member is not active. */
  permissions: z.array(z.string()),
});
export type MemberGrants = z.infer<typeof memberGrants>;

/** What a group, or a value of a user's `roles`, gives. */
export const mapping = z.object({
  id: z.string(),
  /** The name is null once the IdP deleted the group: the mapping then gives nothing. */
  group: z.object({ id: z.string(), name: z.string().nullable(), members: z.number() }).nullable(),
  roleValue: z.string().nullable(),
  target: grantTarget,
  /** Of several roles the one with the lowest number is a member's first. */
  precedence: z.number(),
  /** What it gives waits until somebody approves it for each person: by its own setting, or as the role is sensitive. */
  needsReview: z.boolean(),
  sensitiveTarget: z.boolean(),
  /** A protected role is never given by a push, whatever a mapping says. */
  forbidden: z.boolean(),
  pausedAt: z.string().nullable(),
  pausedBy: z.string().nullable(),
  createdAt: z.string(),
  createdBy: z.string(),
  /** Rises with every change: a change names the one it is about. */
  version: z.number(),
});
export type Mapping = z.infer<typeof mapping>;

export const affectedPerson = z.object({
  id: z.string(),
  displayName: z.string(),
  userName: z.string(),
  state: memberState,
  /** `keeps`: the role stays with them, and permits something else. */
  change: z.enum(['gains', 'loses', 'keeps']),
  /** Whether it counts for them at once. */
  effective: z.boolean(),
});
export type AffectedPerson = z.infer<typeof affectedPerson>;

/** What a change would do, before it is saved. */
export const changePreview = z.object({
  /** What happens, and to how many, as sentences. */
  sentences: z.array(z.string()),
  /** How many gain and lose something, counting only those for whom it counts at once. */
  gains: z.number(),
  losses: z.number(),
  /** How many more there are for whom it counts later, if at all: pending and suspended people. */
  inert: z.number(),
  /** Those whom it is about, by name; for a role's permissions, everybody who holds the role. */
  items: z.array(affectedPerson),
  total: z.number(),
  /** For a role's permissions: how many really gain or lose each, as they have it from no other role. */
  permissions: z.array(
    z.object({ permission: z.string(), change: z.enum(['gains', 'loses']), people: z.number() }),
  ),
});
export type ChangePreview = z.infer<typeof changePreview>;

const id = z.string().min(1).max(200);
const note = z.string().trim().max(500).nullable().default(null);
const targetInput = z.strictObject({ kind: z.enum(['team', 'role']), id });
const source = z.union([
  z.strictObject({ groupId: id }),
  z.strictObject({ roleValue: z.string().trim().min(1).max(500) }),
]);
const newTarget = z.union([targetInput, z.strictObject({ kind: z.literal('new-team'), name: teamName })]);
const precedence = z.int().min(1).max(999);
const version = z.int().min(1);

const mappingAdd = z.strictObject({
  source,
  target: newTarget,
  precedence: precedence.default(GRANT_PRECEDENCE.mapping),
  needsReview: z.boolean().default(false),
});
export type MappingAdd = z.output<typeof mappingAdd>;
const mappingChange = z.strictObject({
  id,
  version,
  precedence: precedence.optional(),
  needsReview: z.boolean().optional(),
  paused: z.boolean().optional(),
});
export type MappingChange = z.output<typeof mappingChange>;
const grantGive = z.strictObject({ memberIds: z.array(id).min(1).max(500), target: targetInput, note });
const grantRevoke = z.strictObject({ memberId: id, target: targetInput });
const template = z.strictObject({ memberIds: z.array(id).min(1).max(500), roleId: id });

/** A change that can be looked at before it is made. */
const change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('mapping.add'), ...mappingAdd.shape }),
  z.strictObject({ kind: z.literal('mapping.change'), ...mappingChange.shape }),
  z.strictObject({ kind: z.literal('mapping.remove'), id }),
  z.strictObject({ kind: z.literal('grant.give'), ...grantGive.shape }),
  z.strictObject({ kind: z.literal('grant.revoke'), ...grantRevoke.shape }),
  z.strictObject({ kind: z.literal('grant.template'), ...template.shape }),
  z.strictObject({
    kind: z.literal('role.change'),
    id,
    permissions: rolePermissions.optional(),
    sensitive: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('role.remove'), id }),
  z.strictObject({ kind: z.literal('team.remove'), id }),
]);
export type GrantChange = z.output<typeof change>;

const page = {
  search: z.string().max(200).optional(),
  offset: z.int().min(0).max(10_000_000).default(0),
  limit: z.int().min(1).max(500).default(100),
};

export const grantCalls = {
  /** Why somebody has what they have. */
  'grants.ofMember': call(z.strictObject({ memberId: id }), memberGrants, 'view'),
  'grants.holders': call(
    z.strictObject({ ...page, target: targetInput, activeOnly: z.boolean().default(false) }),
    z.object({ items: z.array(holder), total: z.number() }),
    'view',
  ),
  /** The twin of every call below that changes who holds what. */
  'grants.preview': call(z.strictObject({ ...page, change }), changePreview, 'view'),
  'grants.give': call(grantGive, z.object({ given: z.number(), had: z.number() }), 'edit'),
  'grants.revoke': call(grantRevoke, z.object({ sentence: z.string() }), 'edit'),
  'grants.setTemplate': call(template, z.object({ changed: z.number() }), 'edit'),

  'mappings.list': call(
    z.strictObject({ ...page, target: targetInput.optional() }),
    z.object({ items: z.array(mapping), total: z.number() }),
    'view',
  ),
  /** Groups of the IdP, to choose from. */
  'mappings.groups': call(
    z.strictObject(page),
    z.object({
      items: z.array(z.object({ id: z.string(), name: z.string(), members: z.number() })),
      total: z.number(),
    }),
    'view',
  ),
  'mappings.add': call(mappingAdd, mapping, 'edit'),
  'mappings.change': call(mappingChange, mapping, 'edit'),
  'mappings.remove': call(z.strictObject({ id, version }), z.object({ sentence: z.string() }), 'edit'),

  'teams.create': call(
    z.strictObject({ name: teamName }),
    z.object({ id: z.string(), name: z.string() }),
    'edit',
  ),
  'teams.rename': call(
    z.strictObject({ id, name: teamName, updatedAt: z.string() }),
    z.object({ id: z.string(), name: z.string() }),
    'edit',
  ),
  'teams.remove': call(
    z.strictObject({ id, updatedAt: z.string() }),
    z.object({ sentence: z.string() }),
    'edit',
  ),
};
