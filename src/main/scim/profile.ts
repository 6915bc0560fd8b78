/**
 * IdP profiles: which of the rules are on. Real identity providers contradict the RFC and each other (protocol reference
 * 1.11), so no single set of rules suits them all.
 */
import { badRequest, type ScimError, type ScimType } from './error.ts';
import { RULE_NAMES, type Rule, ruleDefinition } from './rules.ts';

export const PROFILE_NAMES = [
  'lenient',
  'rfc',
  'okta',
  'entra',
  'onelogin',
  'jumpcloud',
  'ping',
  'keycloak',
  'authentik',
] as const;

export type ProfileName = (typeof PROFILE_NAMES)[number];

/** Whom an answer can't suit without displeasing others: on only in the profiles that ask for it. */
const NOT_FOR_EVERYBODY: ReadonlySet<Rule> = new Set<Rule>(['patch-no-content', 'bare-token']);

const isFixed = (rule: Rule): boolean => ruleDefinition(rule).fixed !== undefined;

/** The superset of what is tolerated, and what nearly every profile is made of. */
const LENIENT: readonly Rule[] = RULE_NAMES.filter((rule) => !NOT_FOR_EVERYBODY.has(rule));

const PROFILES: { readonly [Name in ProfileName]: ReadonlySet<Rule> } = {
  lenient: new Set(LENIENT),
  // The letter of RFC 7643 and 7644.
  rfc: new Set(RULE_NAMES.filter(isFixed)),
  okta: new Set<Rule>([...LENIENT, 'bare-token']),
  entra: new Set<Rule>([...LENIENT, 'patch-no-content']),
  onelogin: new Set(LENIENT),
  jumpcloud: new Set(LENIENT),
  ping: new Set(LENIENT),
  keycloak: new Set(LENIENT),
  authentik: new Set(LENIENT),
};

/** The rules that a profile switches on. */
export function rulesOf(profile: ProfileName): ReadonlySet<Rule> {
  return PROFILES[profile];
}

/** Whether a rule is on: the administrator's word first, then the profile's. A fixed rule is always on. */
export function isOn(
  rule: Rule,
  { profile, on, off }: { profile: ProfileName; on: readonly Rule[]; off: readonly Rule[] },
): boolean {
  if (isFixed(rule)) return true;
  return !off.includes(rule) && (on.includes(rule) || PROFILES[profile].has(rule));
}

/**
 * Asked where a request departs from the RFC in a way that a rule covers, and only there: whether that rule is on. One
 * that is has fired, and shows in the log row of the request.
 */
export type Tolerate = (rule: Rule) => boolean;

/** The lenient profile, for callers that have no request. */
export const tolerateLeniently: Tolerate = (rule) => PROFILES.lenient.has(rule);

/** 400 for what a rule would have let through. The detail names the rule, so that an administrator knows the switch. */
export function refusedByRule(rule: Rule, scimType: ScimType, detail: string): ScimError {
  return badRequest(
    scimType,
    `${detail} (The rule ${rule} is off.)`,
    `The rule "${ruleDefinition(rule).label}" would accept it. Switch it on under Settings, Compatibility, or with \`rollcall profile on ${rule}\`.`,
  );
}

/** Lets a departure from the RFC pass if its rule is on. @throws ScimError 400 as {@link refusedByRule} */
export function requireRule(tolerate: Tolerate, rule: Rule, scimType: ScimType, detail: string): void {
  if (!tolerate(rule)) throw refusedByRule(rule, scimType, detail);
}
