import { z } from 'zod';
import { call } from './define.ts';
import { profileName, ruleName, UNSWITCHABLE_RULES } from './profiles.ts';

const deprovisionMode = z.enum(['suspend', 'suspend-then-deactivate', 'deactivate']);

/** The policy keys of `commands.md`, spelled as the CLI spells them. Each is read from SQLite for every request. */
export const policy = z.strictObject({
  /** M10: a `userName` that is no e-mail address is refused with 400 invalidValue. */
  'userName.email': z.boolean(),
  /** Answer 503 with Retry-After to everything (D6). */
  paused: z.boolean(),
  /** The organization's IdP profile (D10); a token may have another. */
  profile: profileName,
  /** Rules that are on although the profile has them off. */
  'rules.on': z.array(ruleName).max(100),
  /** Rules that are off although the profile has them on. */
  'rules.off': z
    .array(
      ruleName.refine((name) => !UNSWITCHABLE_RULES.has(name), {
        error: ({ input }) => `The rule ${input} can't be switched off.`,
      }),
    )
    .max(100),
  /** `auto`: new people can sign in at once. `review`: they are held as pending. */
  activation: z.enum(['auto', 'review']),
  /** The role that new members get; never the owner's: a push can't create one (D7). */
  'role.default': z
    .string()
    .trim()
    .min(1)
    .max(60)
    .refine(
      (role) => role.toLowerCase() !== 'owner',
      'A push can never create an owner. Choose another role.',
    ),
  /** E-mail domains whose people need no review; empty: every domain. */
  'review.domains': z
    .array(
      z
        .string()
        .trim()
        .toLowerCase()
        .regex(/^[a-z0-9.-]+\.[a-z0-9-]+$/, 'A domain looks like example.com.')
        .max(253),
    )
    .max(100),
  /** `live`: a push takes effect at once. `observe`: it is stored and shown, and an operator applies it. */
  apply: z.enum(['live', 'observe']),
  /** M13: each can be switched off; what it refuses is answered 403 with the switch named (D6). */
  'operations.createUsers': z.boolean(),
  'operations.updateUsers': z.boolean(),
  'operations.deactivateUsers': z.boolean(),
  'operations.deleteUsers': z.boolean(),
  'operations.syncGroups': z.boolean(),
  'operations.syncRoles': z.boolean(),
  /** What `active: false` does, and what DELETE does; access ends at once in each. */
  'deprovision.onInactive': deprovisionMode,
  'deprovision.onDelete': deprovisionMode,
  /** Days of suspension before the deactivation of `suspend-then-deactivate`. */
  'deprovision.afterDays': z.int().min(1).max(3650),
  /** The guard (D14): trips at either; never below five people. `window` is minutes. */
  'guard.percent': z.int().min(1).max(100),
  'guard.count': z.int().min(1).max(1_000_000),
  'guard.window': z.int().min(1).max(10_080),
  /** While the guard is tripped, writes are answered 503 with Retry-After: the IdP stops, and revocations wait too. */
  'guard.stopTheLine': z.boolean(),
  /** Days from deactivation to deletion. */
  'retention.days': z.int().min(1).max(36_500),
  /** Whether people are written to when they become active for the first time (M14). */
  'mail.welcome': z.boolean(),
  /** The most operations that one bulk request may hold; more are answered 413. */
  'bulk.maxOperations': z.int().min(1).max(10_000),
  /** RFC 9865: whether lists can be read by cursor; index paging stays the default way. */
  'pagination.cursor': z.boolean(),
});
export type Policy = z.infer<typeof policy>;
export type PolicyKey = keyof Policy;

export const DEFAULT_POLICY: Policy = {
  'userName.email': true,
  paused: false,
  profile: 'lenient',
  'rules.on': [],
  'rules.off': [],
  activation: 'auto',
  'role.default': 'member',
  'review.domains': [],
  apply: 'live',
  'operations.createUsers': true,
  'operations.updateUsers': true,
  'operations.deactivateUsers': true,
  'operations.deleteUsers': true,
  'operations.syncGroups': true,
  'operations.syncRoles': true,
  'deprovision.onInactive': 'suspend',
  'deprovision.onDelete': 'deactivate',
  'deprovision.afterDays': 30,
  'guard.percent': 20,
  'guard.count': 50,
  'guard.window': 60,
  'guard.stopTheLine': false,
  'retention.days': 90,
  'mail.welcome': false,
  'bulk.maxOperations': 1000,
  'pagination.cursor': true,
};

export const policyCalls = {
  'policy.get': call(z.strictObject({}), policy, 'view'),
  'policy.set': call(policy.partial(), policy, 'edit'),
};
