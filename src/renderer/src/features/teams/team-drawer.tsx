import { Button, Group, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Team } from '../../../../shared/contract/people.ts';
import { useRemoveTeam, useRenameTeam, useTeam } from '../../api/queries/teams.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { DetailDrawer } from '../../components/detail-drawer.tsx';
import { Facts } from '../../components/facts.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { count } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import { ChangeDialog } from '../grants/change-dialog.tsx';
import { HoldersSection } from '../grants/holders-section.tsx';
import { MappingsSection } from '../grants/mappings-section.tsx';

/** One team: what fills it, and who is in it. */
export function TeamDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  return (
    <DetailDrawer opened={id !== null} title="Team" onClose={onClose}>
      {id !== null && <TeamLoader key={id} id={id} onGone={onClose} />}
    </DetailDrawer>
  );
}

function TeamLoader({ id, onGone }: { id: string; onGone: () => void }) {
  const query = useTeam(id);
  return (
    <QueryState
      query={query}
      skeleton={<Skeleton height={280} radius="md" />}
      errorTitle="This team could not be loaded"
    >
      {(team) => <TeamDetail team={team} onGone={onGone} />}
    </QueryState>
  );
}

function TeamDetail({ team, onGone }: { team: Team; onGone: () => void }) {
  const [dialog, setDialog] = useState<'rename' | 'remove' | null>(null);
  const { id, name, groupId, activeMembers, heldMembers, assertedMembers, manualMembers, updatedAt } = team;
  const close = () => setDialog(null);
  return (
    <Stack gap="lg">
      <div>
        <Title order={2}>{name}</Title>
        <Text size="sm" c="dimmed">
          {groupId === null
            ? 'No group of the IdP names this team: its name and people are kept here.'
            : 'A group of the IdP names this team. People added by hand stay, whatever the IdP does.'}
        </Text>
      </div>
      <Facts
        facts={[
          ['Active', count(activeMembers)],
          ['Not active now', heldMembers > activeMembers ? count(heldMembers - activeMembers) : null],
          ['In the IdP’s group', groupId === null ? null : count(assertedMembers)],
          ['Added by hand', count(manualMembers)],
          ['Updated', <RelativeTime key="updated" time={updatedAt} />],
        ]}
      />
      <section>
        <Title order={3} mb={6}>
          What fills it
        </Title>
        <MappingsSection target={{ kind: 'team', id, name }} />
      </section>
      <section>
        <Title order={3} mb={6}>
          People
        </Title>
        <HoldersSection target={{ kind: 'team', id }} label={`People in ${name}`} />
      </section>
      <Group gap="sm">
        <Button component={Link} to={paths.members({ team: id })} variant="default">
          Show in Members
        </Button>
        {groupId === null && (
          <>
            <Button variant="default" onClick={() => setDialog('rename')}>
              Rename…
            </Button>
            <Button variant="default" c="red" onClick={() => setDialog('remove')}>
              Delete…
            </Button>
          </>
        )}
      </Group>
      {dialog === 'rename' && <RenameDialog team={team} onClose={close} />}
      {dialog === 'remove' && <RemoveDialog team={team} onClose={close} onGone={onGone} />}
    </Stack>
  );
}

function RenameDialog({ team, onClose }: { team: Team; onClose: () => void }) {
  const [name, setName] = useState(team.name);
  const rename = useRenameTeam();
  const { id, updatedAt } = team;
  return (
    <ConfirmDialog
      opened
      title={`Rename ${team.name}`}
      confirmLabel="Rename"
      pending={rename.isPending}
      blocked={name.trim() === '' || name.trim() === team.name}
      error={rename.error}
      onConfirm={() => rename.mutate({ id, name, updatedAt }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}

function RemoveDialog({ team, onClose, onGone }: { team: Team; onClose: () => void; onGone: () => void }) {
  const remove = useRemoveTeam();
  const { id, name, updatedAt } = team;
  return (
    <ChangeDialog
      title={`Delete the team ${name}?`}
      confirmLabel="Delete team"
      danger
      change={{ kind: 'team.remove', id }}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() =>
        remove.mutate(
          { id, updatedAt },
          {
            onSuccess: ({ sentence }) => {
              onGone();
              notifications.show({ title: 'Team deleted', message: sentence });
            },
          },
        )
      }
      onClose={onClose}
    />
  );
}
