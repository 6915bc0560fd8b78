import { Button, Group, Skeleton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import type { Role } from '../../../../shared/contract/roles.ts';
import { useRoles } from '../../api/queries/roles.ts';
import { Page } from '../../components/page.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { RowLink } from '../../components/row-link.tsx';
import { useSearchParam } from '../../components/use-search-param.ts';
import type { Column } from '../../components/virtual-table.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { count } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import { RoleDrawer } from './role-drawer.tsx';
import { RoleFormDialog } from './role-form-dialog.tsx';
import { RoleMarks } from './role-marks.tsx';

const COLUMNS: readonly Column<Role>[] = [
  { header: 'Role', width: '200px', cell: ({ id, name }) => <RowLink to={paths.roles(id)}>{name}</RowLink> },
  {
    header: 'Permits',
    from: 'medium',
    cell: ({ permissions }) => (
      <span title={permissions.join(', ')}>
        {permissions.length === 0 ? 'Nothing' : permissions.join(', ')}
      </span>
    ),
  },
  { header: 'Active', width: '90px', align: 'end', cell: ({ holders }) => count(holders.active) },
  {
    header: 'Mappings',
    width: '96px',
    align: 'end',
    from: 'medium',
    cell: ({ mappings }) => count(mappings),
  },
  {
    header: 'Kind',
    width: '230px',
    cell: (role) => (
      <Group gap={6} wrap="nowrap">
        <RoleMarks role={role} />
      </Group>
    ),
  },
];

/** Role templates: named permissions, who holds them, and what gives them. */
export function RolesPage() {
  const roles = useRoles();
  const [openId, setOpenId] = useSearchParam('role', { push: true });
  const [isCreating, setCreating] = useState(false);
  const close = useCallback(() => setOpenId(null), [setOpenId]);
  return (
    <Page
      title="Roles"
      lead="A role is a named set of permissions. Groups and values of the IdP give them, you can give them by hand, and new members come with the default."
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
          Create a role
        </Button>
      }
      fill
    >
      <QueryState
        query={roles}
        skeleton={<Skeleton height={260} radius="lg" />}
        errorTitle="The roles could not be loaded"
      >
        {({ items }) => (
          <>
            <VirtualTable<Role>
              label="Roles"
              columns={COLUMNS}
              count={items.length}
              row={(index) => items[index]}
              rowKey={({ id }) => id}
              onOpen={({ id }) => setOpenId(id)}
              selected={openId}
            />
            <RoleDrawer
              role={items.find(({ id }) => id === openId) ?? null}
              missing={openId !== null && !items.some(({ id }) => id === openId)}
              onClose={close}
            />
          </>
        )}
      </QueryState>
      {isCreating && (
        <RoleFormDialog
          changed={null}
          onClose={() => setCreating(false)}
          onDone={({ id }) => {
            setCreating(false);
            setOpenId(id);
          }}
        />
      )}
    </Page>
  );
}
