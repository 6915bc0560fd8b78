import { z } from 'zod';
import { call } from './define.ts';

/** IdP profiles of decision D10. */
export const profileName = z.enum([
  'lenient',
  'rfc',
  'okta',
  'entra',
  'onelogin',
  'jumpcloud',
  'ping',
  'keycloak',
  'authentik',
]);
export type ProfileName = z.infer<typeof profileName>;

/** The rules that profiles are made of, in the order in which they are shown; `main/scim/rules.ts` defines them. */
export const ruleName = z.enum(
  [
    'string-boolean',
    'string-reference',
    'loose-scalar',
    'list-for-singular',
    'single-for-list',
    'empty-string',
    'primary-demoted',
    'secret-dropped',
    'missing-schemas',
    'legacy-schema',
    'nested-core',
    'unqualified-extension',
    'alias',
    'qualified-key',
    'capitalized-op',
    'read-only-key',
    'listed-removal',
    'create-on-unmatched-add',
    'create-on-unmatched-replace',
    'loose-quotes',
    'value-path-suffix',
    'patch-no-content',
    'bare-token',
  ],
  { error: ({ input }) => `There is no rule ${input}. \`rollcall profile show\` lists them.` },
);
export type RuleName = z.infer<typeof ruleName>;

/** Rules that nobody may switch off, whatever a request says: off would do harm. */
export const UNSWITCHABLE_RULES: ReadonlySet<RuleName> = new Set<RuleName>(['secret-dropped']);

/** A rule with its definition, its state, and how often it was needed. */
export const rule = z.object({
  name: ruleName,
  topic: z.enum(['values', 'names', 'patch', 'filters', 'answers']),
  /** A few words for a badge. */
  label: z.string(),
  /** What it does, what happens while it is off, and who needs it: a sentence each. */
  description: z.string(),
  whenOff: z.string(),
  source: z.string(),
  on: z.boolean(),
  /** What the profile says; differs from `on` when an operator switched it. */
  onByProfile: z.boolean(),
  /** Why it can't be switched; null when it can. */
  fixed: z.string().nullable(),
  /** How many requests it fired on, and the last of them. Counts outlive the rows of the activity log. */
  fired: z.number(),
  lastFiredAt: z.string().nullable(),
  /** The same by IdP, most first; null for requests whose IdP is unknown. */
  firedBy: z.array(z.object({ idp: z.string().nullable(), fired: z.number(), lastFiredAt: z.string() })),
});
export type Rule = z.infer<typeof rule>;

/** A profile and what the rules are under it, with what operators switched. */
export const profile = z.object({
  name: profileName,
  /** Whether it is the organization's. */
  inUse: z.boolean(),
  /** Live tokens that have it in place of the organization's, by name. */
  tokens: z.array(z.string()),
  rules: z.array(rule),
});
export type Profile = z.infer<typeof profile>;

export const profileCalls = {
  /** One profile; without a name the organization's. */
  'profiles.get': call(z.strictObject({ name: profileName.optional() }), profile, 'view'),
  /** Switches a rule, whatever the profile says; null goes back to what the profile says. */
  'profiles.switchRule': call(
    z.strictObject({ rule: ruleName, on: z.boolean().nullable() }),
    profile,
    'edit',
  ),
};
