import { Button, Skeleton, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { AppError } from '../../../../shared/app-error.ts';
import type { EditableField, MemberEdits } from '../../../../shared/contract/edits.ts';
import { useEditMember, useMemberEdits } from '../../api/queries/edits.ts';
import { Callout } from '../../components/callout.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Facts } from '../../components/facts.tsx';
import { QueryState } from '../../components/query-state.tsx';

const LABELS: Record<EditableField, string> = {
  displayName: 'Display name',
  firstName: 'First name',
  lastName: 'Last name',
  employeeNumber: 'Employee number',
  title: 'Title',
  department: 'Department',
  division: 'Division',
  costCenter: 'Cost centre',
  organization: 'Organization',
};

/** What people here wrote over what the IdP says about a member, and the form that does it. */
export function EditSection({ memberId }: { memberId: string }) {
  const query = useMemberEdits(memberId);
  const [editing, setEditing] = useState(false);
  return (
    <section>
      <Title order={3} mb={2}>
        Edited here
      </Title>
      <QueryState
        query={query}
        skeleton={<Skeleton height={40} radius="md" />}
        errorTitle="What was edited could not be loaded"
      >
        {(edits) => (
          <>
            <EditedFacts edits={edits} />
            <Button variant="default" size="xs" mt="xs" onClick={() => setEditing(true)}>
              Edit…
            </Button>
            {editing && <EditDialog edits={edits} onClose={() => setEditing(false)} />}
          </>
        )}
      </QueryState>
    </section>
  );
}

function EditedFacts({ edits: { fields } }: { edits: MemberEdits }) {
  const edited = fields.filter((field) => field.edited);
  if (edited.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {fields.some(({ owned }) => owned)
          ? 'Nothing: it is all as the IdP says.'
          : 'Nothing. No field of this person is the IdP’s.'}
      </Text>
    );
  }
  return (
    <Facts
      facts={edited.map(({ field, here, idp }) => [
        LABELS[field],
        `${here ?? 'Empty'}; the IdP says ${idp === null ? 'nothing' : `“${idp}”`}`,
      ])}
    />
  );
}

function EditDialog({ edits, onClose }: { edits: MemberEdits; onClose: () => void }) {
  const edit = useEditMember();
  const [draft, setDraft] = useState<Partial<Record<EditableField, string>>>({});
  const { error } = edit;
  const wrong = error instanceof AppError ? error.field : undefined;
  const changes = Object.fromEntries(
    edits.fields
      .filter(({ field, here }) => draft[field] !== undefined && draft[field]?.trim() !== (here ?? ''))
      .map(({ field }) => [field, draft[field]?.trim() || null]),
  );
  const owned = edits.fields.filter((field) => field.owned && Object.hasOwn(changes, field.field));
  return (
    <ConfirmDialog
      opened
      title={`Edit ${edits.name}`}
      confirmLabel="Save"
      pending={edit.isPending}
      blocked={Object.keys(changes).length === 0}
      error={wrong ? null : error}
      onConfirm={() => edit.mutate({ id: edits.memberId, changes }, { onSuccess: onClose })}
      onClose={onClose}
    >
      {edits.fields.some((field) => field.owned) && (
        <Callout tone="warning" title="Your IdP owns these fields">
          {owned.length === 0
            ? 'What you write stays until the IdP changes the same attribute; then it is overwritten. To change it for good, change it in the IdP.'
            : `The next change of ${owned.map(({ sources }) => sources[0]).join(', ')} by the IdP overwrites ${owned.map(({ field }) => LABELS[field].toLowerCase()).join(', ')}. To change it for good, change it in the IdP.`}
        </Callout>
      )}
      {edits.fields.map(({ field, here, idp, owned: isOwned, sources }) => (
        <TextInput
          key={field}
          label={LABELS[field]}
          description={
            isOwned
              ? `The IdP says ${idp === null ? 'nothing' : `“${idp}”`}, in ${sources.join(' or ')}`
              : 'Ours'
          }
          value={draft[field] ?? here ?? ''}
          maxLength={1000}
          error={wrong === field && error instanceof AppError ? error.message : undefined}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setDraft((before) => ({ ...before, [field]: value }));
          }}
        />
      ))}
    </ConfirmDialog>
  );
}
