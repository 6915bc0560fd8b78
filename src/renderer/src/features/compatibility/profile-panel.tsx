import { Button, Group, NativeSelect, Skeleton, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Profile, ProfileName, Rule } from '../../../../shared/contract/profiles.ts';
import type { Token } from '../../../../shared/contract/tokens.ts';
import { useSetPolicy } from '../../api/queries/policy.ts';
import { useProfile } from '../../api/queries/profiles.ts';
import { useTokens } from '../../api/queries/tokens.ts';
import { Callout } from '../../components/callout.tsx';
import { ErrorCallout } from '../../components/error-callout.tsx';
import { Panel } from '../../components/panel.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { counted } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import { PROFILES, profileLabel } from './profiles.ts';
import { profileChange } from './rule-state.ts';

/** The organization's profile, what another one would change, and the tokens that have one of their own. */
export function ProfilePanel({ profile }: { profile: Profile }) {
  const [chosen, setChosen] = useState(profile.name);
  return (
    <Panel title="IdP profile">
      <Stack gap="sm">
        <NativeSelect
          label="Profile of the organization"
          description={PROFILES.find(({ value }) => value === chosen)?.effect}
          data={PROFILES.map(({ value, label }) => ({ value, label }))}
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value as ProfileName)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
        />
        {chosen !== profile.name && (
          <Proposal from={profile} to={chosen} onCancel={() => setChosen(profile.name)} />
        )}
        <OwnProfiles />
      </Stack>
    </Panel>
  );
}

function Proposal({ from, to, onCancel }: { from: Profile; to: ProfileName; onCancel: () => void }) {
  const proposed = useProfile(to);
  const setPolicy = useSetPolicy();
  return (
    <QueryState
      query={proposed}
      skeleton={<Skeleton height={96} radius="md" />}
      errorTitle="What this profile changes could not be loaded"
    >
      {({ rules }) => (
        <>
          <Consequences {...profileChange(from.rules, rules)} />
          <ErrorCallout error={setPolicy.error} title="The profile was not changed" />
          <Group gap="xs">
            <Button loading={setPolicy.isPending} onClick={() => setPolicy.mutate({ profile: to })}>
              {`Use the ${profileLabel(to)} profile`}
            </Button>
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
          </Group>
        </>
      )}
    </QueryState>
  );
}

function Consequences({ switchedOn, switchedOff }: { switchedOn: Rule[]; switchedOff: Rule[] }) {
  if (switchedOn.length + switchedOff.length === 0) {
    return (
      <Callout tone="waiting" title="No rule changes">
        This profile has the same rules on as the one in use.
      </Callout>
    );
  }
  const needed = switchedOff.filter(({ fired }) => fired > 0);
  return (
    <Callout tone={needed.length > 0 ? 'warning' : 'waiting'} title="From the next request on">
      {switchedOn.length > 0 && <p>On: {briefly(switchedOn)}.</p>}
      {switchedOff.length > 0 && <p>Off: {briefly(switchedOff)}.</p>}
      {needed.length > 0 && <p>Your IdP has needed these, and will be refused: {labels(needed)}.</p>}
    </Callout>
  );
}

/** By name as long as that can be read at a glance. */
function briefly(rules: readonly Rule[]): string {
  return rules.length > 5 ? counted(rules.length, 'rule') : labels(rules);
}

function labels(rules: readonly Rule[]): string {
  return rules.map(({ label }) => label).join(', ');
}

/** Tokens are few; where none has a profile of its own there is nothing to say. */
function OwnProfiles() {
  const tokens = useTokens();
  const own = (tokens.data ?? []).filter(
    (token): token is Token & { profile: ProfileName } =>
      token.profile !== null && (token.state === 'active' || token.state === 'retiring'),
  );
  if (own.length === 0) return null;
  return (
    <Text size="sm">
      {own.map(({ id, name, profile }) => (
        <span key={id}>
          The token “{name}” has a profile of its own: {profileLabel(profile)}.{' '}
        </span>
      ))}
      <Link to={paths.identitySetup('endpoint')}>Manage tokens</Link>
    </Text>
  );
}
