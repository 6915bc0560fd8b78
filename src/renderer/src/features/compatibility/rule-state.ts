import type { Rule } from '../../../../shared/contract/profiles.ts';
import { count } from '../../format/number.ts';

/** The topics of rules, in order, with what each is about. */
export const TOPICS: readonly { topic: Rule['topic']; title: string }[] = [
  { topic: 'values', title: 'Values' },
  { topic: 'names', title: 'Names of attributes and schemas' },
  { topic: 'patch', title: 'PATCH requests' },
  { topic: 'filters', title: 'Filters' },
  { topic: 'answers', title: 'Authentication and answers' },
];

/** What to say about a rule's state where it isn't simply on; undefined where it is. */
export function ruleState({
  on,
  onByProfile,
  fixed,
}: Rule): { tone: 'idle' | 'waiting' | 'warning'; label: string; meaning: string } | undefined {
  if (fixed !== null) return { tone: 'idle', label: 'Always on', meaning: fixed };
  if (on === onByProfile) {
    return on ? undefined : { tone: 'idle', label: 'Off by profile', meaning: 'The IdP profile has it off.' };
  }
  return on
    ? {
        tone: 'waiting',
        label: 'Switched on',
        meaning: 'The IdP profile has it off; an operator switched it on.',
      }
    : {
        tone: 'warning',
        label: 'Switched off',
        meaning: 'The IdP profile has it on; an operator switched it off.',
      };
}

/** Which IdPs needed a rule, most first: "Entra ID", or "Entra ID 210, unknown 4". */
export function neededBy({ firedBy }: Rule): string {
  const [only, ...others] = firedBy;
  if (only && others.length === 0) return only.idp ?? 'an unknown IdP';
  return [...firedBy]
    .sort((a, b) => b.fired - a.fired)
    .map(({ idp, fired }) => `${idp ?? 'unknown'} ${count(fired)}`)
    .join(', ');
}

/** The rules on which two profiles differ, by what taking the second would do to them. */
export function profileChange(
  from: readonly Rule[],
  to: readonly Rule[],
): { switchedOn: Rule[]; switchedOff: Rule[] } {
  const wasOn = new Set(from.filter(({ on }) => on).map(({ name }) => name));
  return {
    switchedOn: to.filter(({ name, on }) => on && !wasOn.has(name)),
    switchedOff: to.filter(({ name, on }) => !on && wasOn.has(name)),
  };
}
