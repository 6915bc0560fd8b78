import type { Policy } from '../../shared/contract/policy.ts';
import type { AccessSettings } from './access.ts';
import type { GuardLimits } from './deprovisioning.ts';
import type { FactReader } from './plan/plan.ts';

/** What the policy says about people. @param facts the attribute mapping. */
export function accessSettings(policy: Policy, facts: FactReader): AccessSettings {
  return {
    facts,
    apply: policy.apply,
    activation: policy.activation,
    trustedDomains: policy['review.domains'],
    defaultRole: policy['role.default'],
    onInactive: policy['deprovision.onInactive'],
    onDelete: policy['deprovision.onDelete'],
    afterDays: policy['deprovision.afterDays'],
    retentionDays: policy['retention.days'],
    syncRoles: policy['operations.syncRoles'],
  };
}

/** What the policy says about the guard. */
export function guardLimits(policy: Policy): GuardLimits {
  return {
    percent: policy['guard.percent'],
    count: policy['guard.count'],
    window: policy['guard.window'],
  };
}
