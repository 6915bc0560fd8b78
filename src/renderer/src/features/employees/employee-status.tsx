import type { TablerIcon } from '@tabler/icons-react';
import { IconBeach, IconBriefcase, IconBriefcaseOff } from '@tabler/icons-react';
import type { EmployeeStatus } from '../../../../shared/contract/people.ts';
import type { Tone } from '../../components/tone.ts';
import { ToneBadge } from '../../components/tone-badge.tsx';

export const EMPLOYEE_STATUS: Record<
  EmployeeStatus,
  { label: string; tone: Tone; icon: TablerIcon; meaning: string }
> = {
  active: { label: 'Active', tone: 'good', icon: IconBriefcase, meaning: 'Employed.' },
  'on-leave': {
    label: 'On leave',
    tone: 'waiting',
    icon: IconBeach,
    meaning: 'Employed, and away for now. Access is another matter.',
  },
  ended: { label: 'Ended', tone: 'idle', icon: IconBriefcaseOff, meaning: 'No longer employed.' },
};

/** The status of a record, with icon and words. */
export function EmployeeStatusBadge({ status, plain }: { status: EmployeeStatus; plain?: boolean }) {
  const { label, tone, icon, meaning } = EMPLOYEE_STATUS[status];
  return (
    <ToneBadge tone={tone} icon={icon} title={meaning} plain={plain}>
      {label}
    </ToneBadge>
  );
}
