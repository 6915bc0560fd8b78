import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useSetTemplate } from '../../api/queries/grants.ts';
import { useRoles } from '../../api/queries/roles.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ChangePreviewSection } from '../grants/change-preview.tsx';

/** Another role template for somebody: the role that was given with the membership. */
export function TemplateDialog({
  memberId,
  name,
  current,
  onClose,
}: {
  memberId: string;
  name: string;
  /** The id of the role that it is now. */
  current: string;
  onClose: () => void;
}) {
  const [roleId, setRoleId] = useState(current);
  const roles = (useRoles().data?.items ?? []).filter((role) => !role.protected);
  const set = useSetTemplate();
  return (
    <ConfirmDialog
      opened
      title={`Another role template for ${name}`}
      confirmLabel="Save"
      pending={set.isPending}
      blocked={roleId === current}
      error={set.error}
      onConfirm={() => set.mutate({ memberIds: [memberId], roleId }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <NativeSelect
        label="Role template"
        value={roleId}
        onChange={(event) => setRoleId(event.currentTarget.value)}
        data={roles.map((role) => ({ value: role.id, label: role.name }))}
      />
      {roleId !== current && (
        <ChangePreviewSection change={{ kind: 'grant.template', memberIds: [memberId], roleId }} />
      )}
    </ConfirmDialog>
  );
}
