import { Group, Text } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';
import { IconClockX, IconHourglassLow, IconKey, IconKeyOff } from '@tabler/icons-react';
import type { Token } from '../../../shared/contract/tokens.ts';
import { Facts } from './facts.tsx';
import { RelativeTime } from './relative-time.tsx';
import type { Tone } from './tone.ts';
import { ToneBadge } from './tone-badge.tsx';

const STATES: Record<Token['state'], { label: string; tone: Tone; icon: TablerIcon; meaning: string }> = {
  active: { label: 'Active', tone: 'good', icon: IconKey, meaning: 'Opens the endpoint.' },
  retiring: {
    label: 'Retiring',
    tone: 'warning',
    icon: IconHourglassLow,
    meaning: 'Replaced by Rotate; still opens the endpoint until it is revoked.',
  },
  expired: {
    label: 'Expired',
    tone: 'bad',
    icon: IconClockX,
    meaning: 'Its date has passed; refused with 401.',
  },
  revoked: {
    label: 'Revoked',
    tone: 'idle',
    icon: IconKeyOff,
    meaning: 'Ended by an operator; refused with 401.',
  },
};

/** What is known of a token: never the token. */
export function TokenSummary({ token }: { token: Token }) {
  const { label, tone, icon, meaning } = STATES[token.state];
  return (
    <div>
      <Group gap="xs" mb={4}>
        <Text fw={600} size="sm">
          {token.name}
        </Text>
        <Text size="xs" c="dimmed" ff="monospace" title="The first characters, to recognize it by">
          {token.prefix}…
        </Text>
        <ToneBadge tone={tone} icon={icon} title={meaning}>
          {label}
        </ToneBadge>
        {!token.acknowledged && token.state === 'active' && (
          <ToneBadge tone="warning" title="Nobody has said yet that this token was stored in the IdP.">
            Not confirmed as stored
          </ToneBadge>
        )}
      </Group>
      <Facts
        facts={[
          [
            'Created',
            <span key="created">
              <RelativeTime time={token.createdAt} /> by {token.createdBy}
            </span>,
          ],
          ['Last used', <LastUse key="used" token={token} />],
          ['Expires', token.expiresAt ? <RelativeTime key="expires" time={token.expiresAt} /> : 'Never'],
          [
            'Revoked',
            token.revokedAt && (
              <span key="revoked">
                <RelativeTime time={token.revokedAt} />
                {token.revokedBy && ` by ${token.revokedBy}`}
              </span>
            ),
          ],
          ['IdP profile', token.profile ?? 'The organization’s'],
          ["Console's copy", token.copy === 'keychain' ? 'In the OS keychain' : 'None kept'],
        ]}
      />
    </div>
  );
}

function LastUse({ token }: { token: Token }) {
  if (!token.lastUsedAt) return 'Not yet';
  return (
    <>
      <RelativeTime time={token.lastUsedAt} />
      {token.lastUsedFrom && ` from ${token.lastUsedFrom}`}
    </>
  );
}
