import { type Policy, type PolicyKey, policy as schema } from '../../../../shared/contract/policy.ts';

/** The keys that decide about people, in the order of the page. */
export const PEOPLE_KEYS = [
  'apply',
  'activation',
  'review.domains',
  'role.default',
  'operations.createUsers',
  'operations.updateUsers',
  'operations.deactivateUsers',
  'operations.deleteUsers',
  'operations.syncGroups',
  'operations.syncRoles',
  'deprovision.onInactive',
  'deprovision.onDelete',
  'deprovision.afterDays',
  'guard.percent',
  'guard.count',
  'guard.window',
  'guard.stopTheLine',
  'retention.days',
] as const satisfies readonly PolicyKey[];

export type PeoplePolicy = Pick<Policy, (typeof PEOPLE_KEYS)[number]>;

/** What the form holds: numbers are text while somebody types, and lists are separated by commas. */
export type PolicyDraft = {
  [K in keyof PeoplePolicy]: PeoplePolicy[K] extends number
    ? number | string
    : PeoplePolicy[K] extends string[]
      ? string
      : PeoplePolicy[K];
};

/** The stored policy as the form's beginning. */
export function draftOf(policy: Policy): PolicyDraft {
  return Object.fromEntries(
    PEOPLE_KEYS.map((key) => {
      const value = policy[key];
      return [key, Array.isArray(value) ? value.join(', ') : value];
    }),
  ) as PolicyDraft;
}

/** The keys of a draft that differ from what is stored, and a sentence for each value that is not valid. */
export function readDraft(
  stored: Policy,
  draft: PolicyDraft,
): { changes: Partial<PeoplePolicy>; errors: Partial<Record<PolicyKey, string>> } {
  const changes: Record<string, unknown> = {};
  const errors: Partial<Record<PolicyKey, string>> = {};
  for (const key of PEOPLE_KEYS) {
    const value = Array.isArray(stored[key]) ? listIn(String(draft[key])) : draft[key];
    if (JSON.stringify(stored[key]) === JSON.stringify(value)) continue;
    const checked = schema.shape[key].safeParse(value);
    if (checked.success) changes[key] = checked.data;
    else {
      const said = checked.error.issues[0]?.message ?? 'This value is not valid.';
      errors[key] = typeof stored[key] === 'number' ? rangeOf(key) : said;
    }
  }
  return { changes: changes as Partial<PeoplePolicy>, errors };
}

function rangeOf(key: (typeof PEOPLE_KEYS)[number]): string {
  const { minValue, maxValue } = schema.shape[key] as { minValue?: number | null; maxValue?: number | null };
  return `Enter a whole number from ${minValue ?? 0} to ${maxValue ?? 'any'}.`;
}

function listIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== '');
}
