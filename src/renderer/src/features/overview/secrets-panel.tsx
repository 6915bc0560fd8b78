import { Text } from '@mantine/core';
import type { SecretsState } from '../../../../shared/contract/overview.ts';
import { Panel } from '../../components/panel.tsx';
import type { Tone } from '../../components/tone.ts';
import { ToneBadge } from '../../components/tone-badge.tsx';

const STATES: Record<SecretsState['state'], { label: string; tone: Tone }> = {
  keychain: { label: 'OS keychain', tone: 'good' },
  'key-file': { label: 'Key file', tone: 'good' },
  locked: { label: 'Keychain locked', tone: 'warning' },
  unavailable: { label: 'No keychain', tone: 'warning' },
  // A part that is not needed yet is not a fault.
  'not-needed-yet': { label: 'Not needed yet', tone: 'idle' },
};

/** Where secrets are kept, and what that means. */
export function SecretsPanel({ secrets }: { secrets: SecretsState }) {
  const { label, tone } = STATES[secrets.state];
  return (
    <Panel title="Secrets" actions={<ToneBadge tone={tone}>{label}</ToneBadge>}>
      <Text size="sm" c="dimmed">
        {secrets.message}
      </Text>
    </Panel>
  );
}
