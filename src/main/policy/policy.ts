import { AppError } from '../../shared/app-error.ts';
import { DEFAULT_POLICY, type Policy, type PolicyKey, policy } from '../../shared/contract/policy.ts';
import { type RuleName, ruleName } from '../../shared/contract/profiles.ts';
import type { Audit } from '../audit/audit.ts';

/** Where policy values are kept, one setting a key. */
interface Settings {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  under(prefix: string): Record<string, unknown>;
}

export interface PolicyService {
  /** Read from SQLite: a change by another process holds at the next request. */
  get(): Policy;
  /**
   * A rule put on one of the lists `rules.on` and `rules.off` leaves the other.
   * @throws {AppError} `invalid-input` when a rule is put on both
   */
  set(change: Partial<Policy>): Promise<Policy>;
  /** Switches a rule, whatever the profile says; null goes back to what it says. @throws {AppError} `invalid-input` */
  switchRule(rule: RuleName, on: boolean | null): Promise<Policy>;
  /** The operator has seen the policy and found it right. */
  confirm(): Promise<void>;
  confirmed(): boolean;
}

const PREFIX = 'policy.';

/** What the operator decided about provisioning. */
export function createPolicyService(deps: {
  settings: Settings;
  audit: Audit;
  write<T>(work: () => T): Promise<T>;
  /** Called with the role that new members get from now on, which may have no template yet; in the transaction. */
  defaultRoleChosen?(role: string): void;
}): PolicyService {
  const { settings, audit } = deps;
  const get = (): Policy => {
    const stored = settings.under(PREFIX);
    const merged: Record<string, unknown> = { ...DEFAULT_POLICY };
    for (const key of Object.keys(DEFAULT_POLICY) as PolicyKey[]) {
      if (!Object.hasOwn(stored, key)) continue;
      const value = key.startsWith('rules.') ? known(stored[key]) : stored[key];
      if (policy.shape[key].safeParse(value).success) merged[key] = value;
    }
    return merged as Policy;
  };

  function store(change: Partial<Policy>): Policy {
    const before = get();
    for (const [key, value] of Object.entries(change) as [PolicyKey, Policy[PolicyKey]][]) {
      if (value === undefined || JSON.stringify(before[key]) === JSON.stringify(value)) continue;
      settings.set(PREFIX + key, value);
      audit.record('policy.changed', key, { from: before[key], to: value });
      if (key === 'role.default') deps.defaultRoleChosen?.(String(value));
    }
    return get();
  }

  return {
    get,
    set: (change) => deps.write(() => store({ ...change, ...separated(change, get()) })),
    switchRule: (rule, on) =>
      deps.write(() => {
        const current = get();
        const change = {
          'rules.on': switched(current['rules.on'], rule, on === true),
          'rules.off': switched(current['rules.off'], rule, on === false),
        };
        const checked = policy.partial().safeParse(change);
        if (!checked.success) throw new AppError('invalid-input', checked.error.issues[0]?.message ?? '');
        return store(change);
      }),
    confirm: () =>
      deps.write(() => {
        if (settings.get('setup.policyConfirmed') === true) return;
        settings.set('setup.policyConfirmed', true);
        audit.record('policy.confirmed', null, {});
      }),
    confirmed: () => settings.get('setup.policyConfirmed') === true,
  };
}

/**
 * What an older or newer release wrote and this one doesn't know counts as not set; of a list that is what it holds, so
 * that what is switched off stays off.
 */
function known(stored: unknown): unknown {
  return Array.isArray(stored) ? stored.filter((name) => ruleName.safeParse(name).success) : stored;
}

/** The two lists of rules after a change: each rule once, in their order, on one of them. */
function separated(change: Partial<Policy>, before: Policy): Partial<Pick<Policy, 'rules.on' | 'rules.off'>> {
  const { 'rules.on': on, 'rules.off': off } = change;
  if (on === undefined && off === undefined) return {};
  const both = on?.find((rule) => off?.includes(rule));
  if (both !== undefined) {
    throw new AppError('invalid-input', `The rule ${both} can't be in rules.on and in rules.off.`);
  }
  const inOrder = (rules: readonly RuleName[]) => ruleName.options.filter((rule) => rules.includes(rule));
  return {
    'rules.on': inOrder(on ?? before['rules.on'].filter((rule) => !off?.includes(rule))),
    'rules.off': inOrder(off ?? before['rules.off'].filter((rule) => !on?.includes(rule))),
  };
}

function switched(rules: readonly RuleName[], rule: RuleName, listed: boolean): RuleName[] {
  return ruleName.options.filter((each) => (each === rule ? listed : rules.includes(each)));
}
