import type { TablerIcon } from '@tabler/icons-react';
import { IconUserCheck, IconUserOff, IconUserPause, IconUserQuestion, IconUserX } from '@tabler/icons-react';
import type { MemberState } from '../../../shared/contract/people.ts';
import type { Tone } from './tone.ts';
import { ToneBadge } from './tone-badge.tsx';

export const MEMBER_STATES: Record<
  MemberState,
  { label: string; tone: Tone; icon: TablerIcon; meaning: string }
> = {
  active: { label: 'Active', tone: 'good', icon: IconUserCheck, meaning: 'Has access.' },
  pending: {
    label: 'Pending',
    tone: 'waiting',
    icon: IconUserQuestion,
    meaning: 'Waits for review and has no access yet.',
  },
  suspended: {
    label: 'Suspended',
    tone: 'warning',
    icon: IconUserPause,
    meaning: 'Access is cut; role and teams are kept and do nothing.',
  },
  deactivated: {
    label: 'Deactivated',
    tone: 'idle',
    icon: IconUserOff,
    meaning: 'Access is cut and what the IdP granted is released.',
  },
  deleted: {
    label: 'Deleted',
    tone: 'idle',
    icon: IconUserX,
    meaning: 'Retention ran out: only dates are left.',
  },
};

/** The order in which states are listed everywhere. */
export const MEMBER_STATE_ORDER: readonly MemberState[] = [
  'active',
  'pending',
  'suspended',
  'deactivated',
  'deleted',
];

/** The state of a member, with icon and words. */
export function MemberStateBadge({ state }: { state: MemberState }) {
  const { label, tone, icon, meaning } = MEMBER_STATES[state];
  return (
    <ToneBadge tone={tone} icon={icon} title={meaning}>
      {label}
    </ToneBadge>
  );
}
