import { z } from 'zod';
import { call } from './define.ts';

/** The permissions that Rollcall itself asks for. A role may hold others, which applications behind it understand. */
export const PERMISSIONS = {
  'sign-in': 'Sign in.',
  'members.view': 'See who is here, and in which teams.',
  'members.edit': 'Change people, teams and grants.',
  'organization.edit': 'Change settings: SSO, provisioning, tokens.',
  'organization.own': 'Everything, including who else is an owner.',
} as const;

/** Held by the owner's role alone: any other could be given by a push, which can never create an owner (D7). */
export const OWNING_PERMISSION = 'organization.own';

export const rolePermissions = z
  .array(
    z
      .string()
      .trim()
      .regex(/^[a-z][a-z0-9-]*([.:][a-z0-9-]+)*$/, 'A permission looks like members.view.')
      .max(100),
  )
  .max(100);

export const role = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  permissions: z.array(z.string()),
  /** What a push gives of it waits until somebody approves it for this person. */
  sensitive: z.boolean(),
  /** Never given by a push, and never changed or deleted. */
  protected: z.boolean(),
  /** The role that new members come with: policy `role.default`. */
  isDefault: z.boolean(),
  /** How many mappings give it. */
  mappings: z.number(),
  /** How many hold it, and for how many of them it counts now. */
  holders: z.object({ held: z.number(), active: z.number() }),
  /** Rises with every change: a change names the one it is about. */
  version: z.number(),
  createdAt: z.string(),
  updatedAt: z.string(),
  updatedBy: z.string(),
});
export type Role = z.infer<typeof role>;

const name = z.string().trim().min(1, 'A role needs a name.').max(60);
const description = z.string().trim().max(500);
const id = z.string().min(1).max(200);

export const roleCalls = {
  'roles.list': call(z.strictObject({}), z.object({ items: z.array(role) }), 'view'),
  'roles.get': call(z.strictObject({ id }), role, 'view'),
  'roles.create': call(
    z.strictObject({
      name,
      description: description.default(''),
      permissions: rolePermissions.default([]),
      sensitive: z.boolean().default(false),
    }),
    role,
    'edit',
  ),
  'roles.change': call(
    z.strictObject({
      id,
      version: z.int().min(1),
      name: name.optional(),
      description: description.optional(),
      permissions: rolePermissions.optional(),
      sensitive: z.boolean().optional(),
    }),
    role,
    'edit',
  ),
  'roles.remove': call(
    z.strictObject({ id, version: z.int().min(1) }),
    z.object({ sentence: z.string() }),
    'edit',
  ),
};
