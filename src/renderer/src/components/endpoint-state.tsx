import type { TablerIcon } from '@tabler/icons-react';
import {
  IconAlertTriangle,
  IconBroadcast,
  IconClockX,
  IconEye,
  IconEyeCheck,
  IconHourglass,
  IconPlayerPause,
  IconPlugConnectedX,
  IconPlugOff,
  IconShieldExclamation,
  IconShieldX,
} from '@tabler/icons-react';
import type { EndpointState } from '../../../shared/endpoint-state.ts';
import { ENDPOINT_STATES } from '../../../shared/endpoint-state.ts';
import { ToneBadge } from './tone-badge.tsx';

export const ENDPOINT_ICONS: Record<EndpointState, TablerIcon> = {
  'not-configured': IconPlugOff,
  'awaiting-first-request': IconHourglass,
  rejected: IconShieldX,
  'reads-only': IconEye,
  observing: IconEyeCheck,
  live: IconBroadcast,
  'live-with-errors': IconAlertTriangle,
  'guard-tripped': IconShieldExclamation,
  paused: IconPlayerPause,
  'token-expired': IconClockX,
  decommissioned: IconPlugConnectedX,
};

/** The endpoint's state in a word, with its own icon and tone. */
export function EndpointStateBadge({ state, plain }: { state: EndpointState; plain?: boolean }) {
  const { label, tone, sentence } = ENDPOINT_STATES[state];
  return (
    <ToneBadge tone={tone} icon={ENDPOINT_ICONS[state]} plain={plain} title={sentence}>
      {label}
    </ToneBadge>
  );
}
