import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { PERMISSIONS, type Role } from '../../../../shared/contract/roles.ts';
import { useRemoveRole } from '../../api/queries/roles.ts';
import { Callout } from '../../components/callout.tsx';
import { DetailDrawer } from '../../components/detail-drawer.tsx';
import { Facts } from '../../components/facts.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { count } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import { ChangeDialog } from '../grants/change-dialog.tsx';
import { HoldersSection } from '../grants/holders-section.tsx';
import { MappingsSection } from '../grants/mappings-section.tsx';
import { RoleFormDialog } from './role-form-dialog.tsx';
import { RoleMarks } from './role-marks.tsx';

/** One role: what it permits, what gives it, and who holds it. */
export function RoleDrawer({
  role,
  missing,
  onClose,
}: {
  role: Role | null;
  /** Of a link to a role that is not there. */
  missing: boolean;
  onClose: () => void;
}) {
  return (
    <DetailDrawer opened={role !== null || missing} title="Role" onClose={onClose}>
      {role && <RoleDetail key={role.id} role={role} onGone={onClose} />}
      {missing && (
        <Callout tone="warning" title="There is no such role">
          It was deleted, or never was here.
        </Callout>
      )}
    </DetailDrawer>
  );
}

function RoleDetail({ role, onGone }: { role: Role; onGone: () => void }) {
  const [dialog, setDialog] = useState<'change' | 'remove' | null>(null);
  const { id, name, description, permissions, holders, updatedAt, updatedBy } = role;
  const close = () => setDialog(null);
  return (
    <Stack gap="lg">
      <div>
        <Title order={2}>{name}</Title>
        {description && <Text size="sm">{description}</Text>}
        <Group gap="xs" mt={6}>
          <RoleMarks role={role} />
        </Group>
      </div>
      <Facts
        facts={[
          ['Active', count(holders.active)],
          ['Not active now', holders.held > holders.active ? count(holders.held - holders.active) : null],
          ['Id', <code key="id">{id}</code>],
          ['Changed', <RelativeTime key="changed" time={updatedAt} />],
          ['By', updatedBy],
        ]}
      />
      <section>
        <Title order={3} mb={6}>
          Permits
        </Title>
        {permissions.length === 0 ? (
          <Text size="sm" c="dimmed">
            Nothing.
          </Text>
        ) : (
          <Facts
            facts={permissions.map((permission) => [
              permission,
              PERMISSIONS[permission as keyof typeof PERMISSIONS] ??
                'Understood by an application behind Rollcall.',
            ])}
          />
        )}
      </section>
      <section>
        <Title order={3} mb={6}>
          What gives it
        </Title>
        {role.protected && (
          <Text size="sm" mb={6}>
            A push never gives this role. Give it by hand, from the person’s page in Members.
          </Text>
        )}
        {role.sensitive && (
          <Text size="sm" mb={6}>
            The role is sensitive: what a push gives of it counts for nobody before somebody approves it{' '}
            <Link to={paths.review({ rule: 'sensitive-role' })}>in Review</Link>.
          </Text>
        )}
        <MappingsSection target={{ kind: 'role', id, name }} locked={role.protected} />
      </section>
      <section>
        <Title order={3} mb={6}>
          People
        </Title>
        <HoldersSection target={{ kind: 'role', id }} label={`People with the role ${name}`} />
      </section>
      {!role.protected && (
        <Group gap="sm">
          <Button
            variant="default"
            leftSection={<IconPencil size={16} aria-hidden />}
            onClick={() => setDialog('change')}
          >
            Change…
          </Button>
          <Button
            variant="default"
            c="red"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => setDialog('remove')}
          >
            Delete…
          </Button>
        </Group>
      )}
      {dialog === 'change' && <RoleFormDialog changed={role} onClose={close} onDone={close} />}
      {dialog === 'remove' && <RemoveDialog role={role} onClose={close} onGone={onGone} />}
    </Stack>
  );
}

function RemoveDialog({ role, onClose, onGone }: { role: Role; onClose: () => void; onGone: () => void }) {
  const remove = useRemoveRole();
  const { id, name, version } = role;
  return (
    <ChangeDialog
      title={`Delete the role ${name}?`}
      confirmLabel="Delete role"
      danger
      change={{ kind: 'role.remove', id }}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() =>
        remove.mutate(
          { id, version },
          {
            onSuccess: ({ sentence }) => {
              onGone();
              notifications.show({ title: 'Role deleted', message: sentence });
            },
          },
        )
      }
      onClose={onClose}
    />
  );
}
