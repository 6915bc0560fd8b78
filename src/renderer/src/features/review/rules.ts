import type { TablerIcon } from '@tabler/icons-react';
import { IconAt, IconEyeCheck, IconKey, IconUsersGroup, IconUsersMinus } from '@tabler/icons-react';
import type { ReviewRule } from '../../../../shared/contract/review.ts';
import type { Tone } from '../../components/tone.ts';

/** The rules of the queue in the console's words. */
export const RULES: Record<ReviewRule, { label: string; tone: Tone; icon: TablerIcon; meaning: string }> = {
  policy: {
    label: 'Policy',
    tone: 'waiting',
    icon: IconEyeCheck,
    meaning: 'Your policy has everybody new reviewed.',
  },
  domain: {
    label: 'Foreign domain',
    tone: 'warning',
    icon: IconAt,
    meaning: 'The e-mail address is outside of the domains that need no review.',
  },
  conflict: {
    label: 'Conflict',
    tone: 'bad',
    icon: IconUsersMinus,
    meaning:
      'Somebody else here has the same e-mail or identifier. That is decided first, in the conflict inbox.',
  },
  'sensitive-role': {
    label: 'Sensitive role',
    tone: 'warning',
    icon: IconKey,
    meaning: 'Your IdP gives a role that is approved for each person.',
  },
  group: {
    label: 'Reviewed group',
    tone: 'waiting',
    icon: IconUsersGroup,
    meaning: 'Your IdP put the person into a group of which each member is approved.',
  },
};

/** The order in which the rules are listed. */
export const RULE_ORDER: readonly ReviewRule[] = ['policy', 'domain', 'conflict', 'sensitive-role', 'group'];

/** Whether a text, as of a URL, names a rule. */
export function isRule(text: string): text is ReviewRule {
  return Object.hasOwn(RULES, text);
}
