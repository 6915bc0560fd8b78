import { z } from 'zod';
import { call } from './define.ts';

/** What an operator may do in the console and on the command line. */
export const permission = z.enum(['owner', 'admin', 'viewer'], {
  error: 'A permission is owner, admin or viewer.',
});
export type Permission = z.infer<typeof permission>;

/** Somebody who works with this console or command line, as opposed to a member whom an IdP brings. */
export const operator = z.object({
  id: z.string(),
  /** `local:<os-user>` or `sso:<e-mail>`: what stands in the audit trail as the actor. */
  subject: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  permission,
  /** Can sign in without SSO, so that a broken IdP locks nobody out. Always so for an OS user. */
  recovery: z.boolean(),
  createdAt: z.string(),
  createdBy: z.string(),
});
export type Operator = z.infer<typeof operator>;

const id = z.string().min(1).max(64);
const name = z.string().trim().min(1, 'Give the operator a name.').max(120);

export const operatorCalls = {
  /** Owners first, then admins, then viewers; by name. */
  'operators.list': call(
    z.strictObject({}),
    z.object({
      items: z.array(operator),
      /** Who asks. Not among `items` is an OS user before the first change it makes. */
      me: operator.pick({ subject: true, name: true, permission: true }),
    }),
    'view',
  ),
  /** Throws conflict when the e-mail address is an operator's already. */
  'operators.add': call(
    z.strictObject({
      name,
      email: z.email('An e-mail address looks like ann@example.com.').max(254),
      permission,
      /** For owners only. */
      recovery: z.boolean().default(false),
    }),
    operator,
    'own',
  ),
  /** What is left out stays. Throws last-owner when nobody could sign in without SSO any more. */
  'operators.set': call(
    z.strictObject({
      id,
      name: name.optional(),
      permission: permission.optional(),
      recovery: z.boolean().optional(),
    }),
    operator,
    'own',
  ),
  /** Answers with whom it removed. Throws last-owner. */
  'operators.remove': call(z.strictObject({ id }), operator, 'own'),
};
