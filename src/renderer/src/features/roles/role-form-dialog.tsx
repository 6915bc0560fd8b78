import { Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { OWNING_PERMISSION, PERMISSIONS, type Role } from '../../../../shared/contract/roles.ts';
import { useChangeRole, useCreateRole } from '../../api/queries/roles.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ChangePreviewSection } from '../grants/change-preview.tsx';

const KNOWN = Object.keys(PERMISSIONS).filter((permission) => permission !== OWNING_PERMISSION);

/** A new role, or another shape of one: says to how many people it applies before it is saved. */
export function RoleFormDialog({
  changed: role,
  onClose,
  onDone,
}: {
  /** Null for a new one. */
  changed: Role | null;
  onClose: () => void;
  onDone: (role: Role) => void;
}) {
  const [name, setName] = useState(role?.name ?? '');
  const [description, setDescription] = useState(role?.description ?? '');
  const [permissions, setPermissions] = useState<string[]>(role?.permissions ?? ['sign-in']);
  const [sensitive, setSensitive] = useState(role?.sensitive ?? false);
  const create = useCreateRole();
  const change = useChangeRole();
  const facts = { name: name.trim(), description, permissions, sensitive };
  const granting = role !== null && (differs(role.permissions, permissions) || role.sensitive !== sensitive);

  function save(): void {
    if (role === null) create.mutate(facts, { onSuccess: onDone });
    else change.mutate({ id: role.id, version: role.version, ...facts }, { onSuccess: onDone });
  }

  return (
    <ConfirmDialog
      opened
      title={role === null ? 'Create a role' : `Change ${role.name}`}
      confirmLabel={role === null ? 'Create role' : 'Save'}
      pending={create.isPending || change.isPending}
      blocked={facts.name === ''}
      error={create.error ?? change.error}
      onConfirm={save}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        data-autofocus
        value={name}
        maxLength={60}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label="Description"
        value={description}
        maxLength={500}
        autosize
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <TagsInput
        label="Permissions"
        description="Those of Rollcall are offered; applications behind it may know others. Enter adds one."
        value={permissions}
        onChange={setPermissions}
        data={KNOWN}
        maxTags={100}
      />
      <Switch
        label="Sensitive"
        description="What a push gives of it waits until somebody approves it for the person."
        checked={sensitive}
        onChange={(event) => setSensitive(event.currentTarget.checked)}
      />
      {granting && (
        <ChangePreviewSection change={{ kind: 'role.change', id: role.id, permissions, sensitive }} />
      )}
    </ConfirmDialog>
  );
}

function differs(before: readonly string[], after: readonly string[]): boolean {
  return [...before].sort().join('\n') !== [...after].sort().join('\n');
}
