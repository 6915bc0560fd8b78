import { NumberInput, SegmentedControl, Select, Switch, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { GrantTarget } from '../../../../shared/contract/grants.ts';
import { GRANT_PRECEDENCE } from '../../../../shared/grant-precedence.ts';
import { useAddMapping, useGroups } from '../../api/queries/grants.ts';
import { useRoles } from '../../api/queries/roles.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { counted } from '../../format/number.ts';
import { ChangePreviewSection } from './change-preview.tsx';

/** Lets a group, or a value of users’ roles, give a team or role; says to whom before it is saved. */
export function AddMappingDialog({ target, onClose }: { target: GrantTarget; onClose: () => void }) {
  const [from, setFrom] = useState('group');
  const [groupId, setGroupId] = useState<string | null>(null);
  const [roleValue, setRoleValue] = useState('');
  const [precedence, setPrecedence] = useState<number>(GRANT_PRECEDENCE.mapping);
  const [needsReview, setNeedsReview] = useState(false);
  const [value] = useDebouncedValue(roleValue.trim(), 300);
  const add = useAddMapping();
  const roles = useRoles();

  const { kind, id } = target;
  const isSensitive =
    kind === 'role' && roles.data?.items.some((role) => role.id === id && role.sensitive) === true;
  const source = from === 'group' ? groupId && { groupId } : value && { roleValue: value };
  const mapping = source ? { source, target: { kind, id }, precedence, needsReview } : null;
  return (
    <ConfirmDialog
      opened
      title={`What shall give the ${kind} ${target.name}?`}
      confirmLabel="Add mapping"
      pending={add.isPending}
      blocked={mapping === null}
      error={add.error}
      onConfirm={() => mapping && add.mutate(mapping, { onSuccess: onClose })}
      onClose={onClose}
    >
      {kind === 'role' && (
        <SegmentedControl
          aria-label="From"
          value={from}
          onChange={setFrom}
          data={[
            { value: 'group', label: 'A group of the IdP' },
            { value: 'value', label: 'A value of users’ roles' },
          ]}
        />
      )}
      {from === 'group' ? (
        <GroupSelect value={groupId} onChange={setGroupId} />
      ) : (
        <TextInput
          label="Value of roles"
          description="As the IdP sends it in the users’ roles; capitals make no difference."
          value={roleValue}
          maxLength={500}
          onChange={(event) => setRoleValue(event.currentTarget.value)}
        />
      )}
      {kind === 'role' && (
        <NumberInput
          label="Precedence"
          description="Of several roles, the one with the lowest number is a person’s first."
          min={1}
          max={999}
          allowDecimal={false}
          clampBehavior="strict"
          value={precedence}
          onChange={(next) => typeof next === 'number' && next >= 1 && setPrecedence(next)}
        />
      )}
      <Switch
        label="Wait for an approval for each person"
        description={isSensitive ? 'The role is sensitive: it waits in any case.' : undefined}
        checked={needsReview || isSensitive}
        disabled={isSensitive}
        onChange={(event) => setNeedsReview(event.currentTarget.checked)}
      />
      {mapping && <ChangePreviewSection change={{ kind: 'mapping.add', ...mapping }} />}
    </ConfirmDialog>
  );
}

function GroupSelect({ value, onChange }: { value: string | null; onChange: (id: string | null) => void }) {
  const [search, setSearch] = useState('');
  const [settled] = useDebouncedValue(search.trim(), 250);
  const groups = useGroups(settled);
  const items = groups.data?.items ?? [];
  return (
    <Select
      label="Group"
      placeholder="Part of its name"
      searchable
      clearable
      value={value}
      onChange={onChange}
      onSearchChange={setSearch}
      nothingFoundMessage={groups.isPending ? 'Looking…' : 'The IdP has pushed no such group.'}
      // The server has searched already.
      filter={({ options }) => options}
      data={items.map(({ id, name, members }) => ({
        value: id,
        label: `${name} (${counted(members, 'person', 'people')})`,
      }))}
    />
  );
}
