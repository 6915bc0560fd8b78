import type { TablerIcon } from '@tabler/icons-react';
import {
  IconAlertTriangle,
  IconBroadcast,
  IconClockX,
  IconEye,
  IconHourglass,
  IconPlayerPause,
  IconPlugConnectedX,
  IconPlugOff,
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
  live: IconBroadcast,
  'live-with-errors': IconAlertTriangle,
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
