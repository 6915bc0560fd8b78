import { z } from 'zod';
import { call } from './define.ts';
import { profileName, ruleName, UNSWITCHABLE_RULES } from './profiles.ts';

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
  'bulk.maxOperations': 1000,
  'pagination.cursor': true,
};

export const policyCalls = {
  'policy.get': call(z.strictObject({}), policy),
  'policy.set': call(policy.partial(), policy),
};
