import { Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useGive } from '../../api/queries/grants.ts';
import { useRoles } from '../../api/queries/roles.ts';
import { useTeams } from '../../api/queries/teams.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ChangePreviewSection } from '../grants/change-preview.tsx';

/** Gives somebody a team or role by hand, with a note. */
export function GiveDialog({
  memberId,
  name,
  onClose,
}: {
  memberId: string;
  name: string;
  onClose: () => void;
}) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  const [note, setNote] = useState('');
  const [settled] = useDebouncedValue(search.trim(), 250);
  const roles = useRoles().data?.items ?? [];
  const teams = useTeams(settled ? { search: settled } : {}, { first: 0, last: 0 }).first.data?.items ?? [];
  const give = useGive();

  const [kind, ...rest] = chosen?.split('/') ?? [];
  const target = kind === 'team' || kind === 'role' ? ({ kind, id: rest.join('/') } as const) : null;
  const words = settled.toLowerCase();
  return (
    <ConfirmDialog
      opened
      title={`Give ${name} a team or role`}
      confirmLabel="Give"
      pending={give.isPending}
      blocked={target === null}
      error={give.error}
      onConfirm={() =>
        target &&
        give.mutate(
          { memberIds: [memberId], target, note: note.trim() === '' ? null : note.trim() },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <Select
        label="Team or role"
        placeholder="Part of its name"
        searchable
        value={chosen}
        onChange={setChosen}
        onSearchChange={setSearch}
        filter={({ options }) => options}
        data={[
          {
            group: 'Roles',
            items: roles
              .filter((role) => role.name.toLowerCase().includes(words) || chosen === `role/${role.id}`)
              .map((role) => ({ value: `role/${role.id}`, label: role.name })),
          },
          {
            group: 'Teams',
            items: teams.map((team) => ({ value: `team/${team.id}`, label: `Team ${team.name}` })),
          },
        ]}
      />
      <TextInput
        label="Note"
        description="Why: whoever asks later reads it."
        value={note}
        maxLength={500}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {target && (
        <ChangePreviewSection change={{ kind: 'grant.give', memberIds: [memberId], target, note: null }} />
      )}
    </ConfirmDialog>
  );
}
