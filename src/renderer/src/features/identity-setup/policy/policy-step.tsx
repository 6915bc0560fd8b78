import { Button, NativeSelect, Skeleton, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Policy } from '../../../../../shared/contract/policy.ts';
import { usePolicy, useSetPolicy } from '../../../api/queries/policy.ts';
import { useConfirmPolicy } from '../../../api/queries/setup.ts';
import { useSso } from '../../../api/queries/sso.ts';
import type { Choice } from '../../../components/choice-cards.tsx';
import { ChoiceCards } from '../../../components/choice-cards.tsx';
import { ErrorCallout } from '../../../components/error-callout.tsx';
import { QueryState } from '../../../components/query-state.tsx';
import { paths } from '../../../paths.ts';
import { PROFILES, profileFor, profileLabel } from '../../compatibility/profiles.ts';
import { StepFrame } from '../step-frame.tsx';

const ACTIVATION: readonly Choice<Policy['activation']>[] = [
  {
    value: 'auto',
    label: 'Activate at once',
    consequence: 'Whoever the IdP creates is a member with access from that moment.',
  },
  {
    value: 'review',
    label: 'Hold for review',
    consequence:
      'Whoever the IdP creates is listed as pending and has no access until somebody here lets them in.',
  },
];

/** What happens to the people that the IdP sends. */
export function PolicyStep({ onDone }: { onDone: () => void }) {
  const policy = usePolicy();
  return (
    <QueryState
      query={policy}
      skeleton={<Skeleton height={420} radius="lg" />}
      errorTitle="The policy could not be loaded"
    >
      {(data) => <PolicyForm policy={data} onDone={onDone} />}
    </QueryState>
  );
}

/** The keys of a draft that differ from what is stored. */
function changes(stored: Policy, draft: Policy): Partial<Policy> {
  return Object.fromEntries(
    Object.entries(draft).filter(
      ([key, value]) => JSON.stringify(stored[key as keyof Policy]) !== JSON.stringify(value),
    ),
  );
}

function PolicyForm({ policy, onDone }: { policy: Policy; onDone: () => void }) {
  const [draft, setDraft] = useState(policy);
  const setPolicy = useSetPolicy();
  const confirm = useConfirmPolicy();
  const sso = useSso();

  const role = draft['role.default'].trim();
  const provider = sso.data?.connection?.provider;
  const fitting = provider ? profileFor(provider) : null;
  const emailRequired = draft['userName.email'];
  const change = (part: Partial<Policy>) => setDraft((previous) => ({ ...previous, ...part }));

  async function save(): Promise<void> {
    if (!role) return;
    try {
      const changed = changes(policy, { ...draft, 'role.default': role });
      if (Object.keys(changed).length > 0) await setPolicy.mutateAsync(changed);
      await confirm.mutateAsync({});
      onDone();
    } catch {
      // Both mutations keep their error, and it is shown below.
    }
  }

  return (
    <StepFrame
      title="Provisioning policy"
      lead="What happens to the people that your IdP sends. Everything here can be changed later and holds from the next request on."
      onSubmit={() => void save()}
      actions={
        <Button type="submit" loading={setPolicy.isPending || confirm.isPending}>
          Continue
        </Button>
      }
    >
      <ChoiceCards
        legend="New people"
        choices={ACTIVATION}
        value={draft.activation}
        onChange={(activation) => change({ activation })}
        columns={2}
      />
      <TextInput
        label="Default role"
        description="Every new member gets this role. A push can never make anybody an owner."
        value={draft['role.default']}
        onChange={(event) => change({ 'role.default': event.currentTarget.value })}
        error={!role && 'Enter a role.'}
        maxLength={60}
        maw={340}
      />
      <Switch
        label="userName must be an e-mail address"
        description={
          emailRequired
            ? 'A person whose userName is anything else is refused with 400 invalidValue, and the answer says why.'
            : 'Any userName is taken. The primary e-mail is then read from the e-mails that the IdP sends, if it sends one.'
        }
        checked={emailRequired}
        onChange={(event) => change({ 'userName.email': event.currentTarget.checked })}
      />
      <NativeSelect
        label="IdP profile"
        description={PROFILES.find(({ value }) => value === draft.profile)?.effect}
        data={PROFILES.map(({ value, label }) => ({ value, label }))}
        value={draft.profile}
        onChange={(event) => change({ profile: event.currentTarget.value as Policy['profile'] })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        maw={340}
      />
      {fitting && fitting !== draft.profile && (
        <div>
          <Button variant="default" size="xs" onClick={() => change({ profile: fitting })}>
            {`Use the ${profileLabel(fitting)} profile`}
          </Button>
        </div>
      )}
      <Text size="sm">
        What the IdP may do, what becomes of people who leave, the guard against mass removal, and observing
        before anything takes effect: <Link to={paths.policy}>Settings → Provisioning policy</Link>.
      </Text>
      <ErrorCallout error={setPolicy.error ?? confirm.error} title="The policy was not saved" />
    </StepFrame>
  );
}
