import type { Profile, ProfileName, Rule, RuleName } from '../../shared/contract/profiles.ts';
import type { Token } from '../../shared/contract/tokens.ts';
import type { RuleUse } from '../activity/activity.ts';
import type { PolicyService } from '../policy/policy.ts';
import { isOn, PROFILE_NAMES, rulesOf } from '../scim/profile.ts';
import { RULE_NAMES, ruleDefinition } from '../scim/rules.ts';

export interface Profiles {
  /** A profile with the state of each rule under it; without a name the organization's. */
  get(name?: ProfileName): Profile;
  /** Every profile, in their order. */
  all(): Profile[];
  /** Switches a rule whatever the profile says; null goes back to what it says. Returns the organization's profile. */
  switchRule(rule: RuleName, on: boolean | null): Promise<Profile>;
}

/** IdP profiles (D10) as operators see them: what each rule does, whether it is on, how often it was needed. */
export function createProfiles(deps: {
  policy: PolicyService;
  liveTokens(): readonly Token[];
  ruleUses(): readonly RuleUse[];
}): Profiles {
  function present(name: ProfileName, uses: readonly RuleUse[]): Profile {
    const { profile, 'rules.on': on, 'rules.off': off } = deps.policy.get();
    return {
      name,
      inUse: name === profile,
      tokens: deps
        .liveTokens()
        .filter((token) => token.profile === name)
        .map((token) => token.name),
      rules: RULE_NAMES.map(
        (rule): Rule => ({
          ...definitionOf(rule),
          on: isOn(rule, { profile: name, on, off }),
          onByProfile: rulesOf(name).has(rule),
          ...total(uses.filter((use) => use.rule === rule)),
        }),
      ),
    };
  }

  return {
    get: (name) => present(name ?? deps.policy.get().profile, deps.ruleUses()),
    all: () => {
      const uses = deps.ruleUses();
      return PROFILE_NAMES.map((name) => present(name, uses));
    },
    async switchRule(rule, on) {
      const { profile } = await deps.policy.switchRule(rule, on);
      return present(profile, deps.ruleUses());
    },
  };
}

function definitionOf(
  name: RuleName,
): Omit<Rule, 'on' | 'onByProfile' | 'fired' | 'lastFiredAt' | 'firedBy'> {
  const { topic, label, description, whenOff, source, fixed = null } = ruleDefinition(name);
  return { name, topic, label, description, whenOff, source, fixed };
}

function total(uses: readonly RuleUse[]): Pick<Rule, 'fired' | 'lastFiredAt' | 'firedBy'> {
  return {
    fired: uses.reduce((sum, { fired }) => sum + fired, 0),
    lastFiredAt:
      uses
        .map(({ lastFiredAt }) => lastFiredAt)
        .sort()
        .at(-1) ?? null,
    firedBy: uses.map(({ idp, fired, lastFiredAt }) => ({ idp, fired, lastFiredAt })),
  };
}
