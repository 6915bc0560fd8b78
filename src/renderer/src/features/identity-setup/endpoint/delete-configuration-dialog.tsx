import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { InputOf } from '../../../../../shared/contract/index.ts';
import type { Overview } from '../../../../../shared/contract/overview.ts';
import { useDeleteConfiguration } from '../../../api/queries/tokens.ts';
import { Callout } from '../../../components/callout.tsx';
import type { Choice } from '../../../components/choice-cards.tsx';
import { ChoiceCards } from '../../../components/choice-cards.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { count, counted } from '../../../format/number.ts';

type People = InputOf<'scim.deleteConfiguration'>['people'];

function peopleChoices({ active, pending, suspended }: Overview['counts']): readonly Choice<People>[] {
  const all = active + pending + suspended;
  return [
    {
      value: 'keep',
      label: 'Keep them as they are',
      consequence: `${counted(all, 'person stays', 'people stay')} as the IdP left them, and can be taken over by it again later.`,
    },
    {
      value: 'manual',
      label: 'Convert them to manual members',
      consequence: `Up to ${counted(all, 'person becomes a member', 'people become members')} that only operators here change. Access stays.`,
    },
    {
      value: 'suspend',
      label: 'Suspend them',
      consequence: `Up to ${counted(active + pending, 'person loses', 'people lose')} access at once. Roles and teams are kept and do nothing.`,
    },
  ];
}

/** Deletes the SCIM configuration, after saying to how many tokens and people that happens. */
export function DeleteConfigurationDialog({
  opened,
  overview,
  onClose,
  onDeleted,
}: {
  opened: boolean;
  overview: Overview;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const [people, setPeople] = useState<People>('keep');
  const remove = useDeleteConfiguration();
  const { liveTokens, counts, organization } = overview;

  function confirm(): void {
    remove.mutate(
      { people },
      {
        onSuccess: ({ tokensRevoked, jobId }) => {
          notifications.show({
            title: 'SCIM configuration deleted',
            message: `${counted(tokensRevoked, 'token')} ended. ${jobId === null ? 'The people stay as they are.' : 'The people follow now; the running job shows how far it is.'}`,
          });
          onDeleted();
        },
      },
    );
  }

  return (
    <ConfirmDialog
      opened={opened}
      title="Delete the SCIM configuration?"
      confirmLabel="Delete configuration"
      danger
      typed={
        organization ? { value: organization.id, label: `Type ${organization.id} to confirm` } : undefined
      }
      pending={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Callout
        tone="bad"
        title={`${count(liveTokens.length)} live ${liveTokens.length === 1 ? 'token dies' : 'tokens die'} at once`}
      >
        The endpoint answers every request with 401 and all provisioning stops. The SSO connection and the log
        stay.
      </Callout>
      <ChoiceCards
        legend="What becomes of the people it brought?"
        choices={peopleChoices(counts)}
        value={people}
        onChange={setPeople}
      />
    </ConfirmDialog>
  );
}
