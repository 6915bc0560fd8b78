import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCreateTeam } from '../../api/queries/teams.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';

/** A team that no group of the IdP names. */
export function CreateTeamDialog({ onClose, onDone }: { onClose: () => void; onDone: (id: string) => void }) {
  const [name, setName] = useState('');
  const create = useCreateTeam();
  return (
    <ConfirmDialog
      opened
      title="Create a team"
      confirmLabel="Create team"
      pending={create.isPending}
      blocked={name.trim() === ''}
      error={create.error}
      onConfirm={() => create.mutate({ name }, { onSuccess: ({ id }) => onDone(id) })}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        data-autofocus
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Text size="sm" c="dimmed">
        It starts empty. Put people into it from their page in Members, or map a group to it.
      </Text>
    </ConfirmDialog>
  );
}
