import { isOn } from '../scim/profile.ts';
import { type Rule, ruleDefinition } from '../scim/rules.ts';
import type { Exchange } from './exchange.ts';

/** Shared by all requests on which no rule fires: nearly all of a well-behaved client's. */
export const NO_RULES: readonly Rule[] = [];

/**
 * Whether a rule is on for a request: by its token's profile or else the organization's, and by what the administrator
 * switched.
 */
export function isRuleOn({ policy, token }: Exchange, rule: Rule): boolean {
  const profile = token?.profile ?? policy.profile;
  return isOn(rule, { profile, on: policy['rules.on'], off: policy['rules.off'] });
}

/** The same, for a request that needs the rule: one that is on has fired, which the activity row then shows. */
export function tolerate(exchange: Exchange, rule: Rule): boolean {
  if (!isRuleOn(exchange, rule)) return false;
  const { rules } = exchange;
  if (!rules.includes(rule)) {
    exchange.rules = [...rules, rule];
    exchange.steps.push(`Rule ${rule}: ${ruleDefinition(rule).description}`);
  }
  return true;
}
