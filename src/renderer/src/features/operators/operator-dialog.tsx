import { Switch, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { Operator, Permission } from '../../../../shared/contract/operators.ts';
import { permission as permissions } from '../../../../shared/contract/operators.ts';
import { useAddOperator, useSetOperator } from '../../api/queries/operators.ts';
import { Callout } from '../../components/callout.tsx';
import { ChoiceCards } from '../../components/choice-cards.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { isOsUser, type Me, PERMISSIONS, whyStay } from './permissions.ts';

const CHOICES = permissions.options.map((value) => ({
  value,
  label: PERMISSIONS[value].label,
  consequence: PERMISSIONS[value].meaning,
}));

/** Adds an operator, or changes one. */
export function OperatorDialog({
  changed,
  operators,
  me,
  onClose,
}: {
  /** Whom to change; null to add somebody. */
  changed: Operator | null;
  operators: readonly Operator[];
  me: Me;
  onClose: () => void;
}) {
  const add = useAddOperator();
  const set = useSetOperator();
  const [name, setName] = useState(changed?.name ?? '');
  const [email, setEmail] = useState('');
  const [permission, setPermission] = useState<Permission>(changed?.permission ?? 'viewer');
  const [wantsRecovery, setWantsRecovery] = useState(changed?.recovery ?? false);

  const keepsRecovery = changed !== null && isOsUser(changed);
  const recovery = keepsRecovery || (permission === 'owner' && wantsRecovery);
  const mustStay = changed && (permission !== 'owner' || !recovery) ? whyStay(changed, operators) : null;
  const isMe = changed?.subject === me.subject;
  const filled = name.trim() !== '' && (changed !== null || email.trim() !== '');

  function confirm(): void {
    if (changed) {
      set.mutate({ id: changed.id, name: name.trim(), permission, recovery }, { onSuccess: done });
    } else {
      add.mutate({ name: name.trim(), email: email.trim(), permission, recovery }, { onSuccess: done });
    }
  }

  function done(operator: Operator): void {
    notifications.show({
      title: changed ? `${operator.name} changed` : `${operator.name} added`,
      message: `${PERMISSIONS[operator.permission].label}. It holds from now on.`,
    });
    onClose();
  }

  return (
    <ConfirmDialog
      opened
      title={changed ? `Change ${changed.name}` : 'Add an operator'}
      confirmLabel={changed ? 'Save changes' : 'Add operator'}
      pending={add.isPending || set.isPending}
      blocked={!filled || mustStay !== null}
      error={add.error ?? set.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={120}
        autoComplete="off"
        data-autofocus
      />
      {changed === null && (
        <TextInput
          label="E-mail address"
          description="As the SSO asserts it. It stands in the audit trail with everything this operator does."
          type="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          maxLength={254}
          autoComplete="off"
          spellCheck={false}
        />
      )}
      <ChoiceCards legend="Permission" choices={CHOICES} value={permission} onChange={setPermission} />
      <Switch
        label="Recovery operator"
        description={
          keepsRecovery
            ? 'Signs in by having the data directory. Only the operating system can take that away.'
            : 'An owner who can sign in without SSO, so that a broken IdP locks nobody out.'
        }
        checked={recovery}
        disabled={keepsRecovery || permission !== 'owner'}
        onChange={(event) => setWantsRecovery(event.currentTarget.checked)}
      />
      {mustStay !== null && <Callout tone="warning">{mustStay}</Callout>}
      {mustStay === null && isMe && permission !== 'owner' && (
        <Callout tone="warning" title="This is you">
          You lose what an owner may do at once. Another owner can give it back
          {keepsRecovery && (
            <>
              , and so can <code>rollcall operators reclaim</code> in a terminal
            </>
          )}
          .
        </Callout>
      )}
      {mustStay === null && keepsRecovery && permission !== 'owner' && (
        <Callout tone="waiting">
          This keeps the console and the command line from changing things. It can’t keep an OS user from the
          files of the data directory.
        </Callout>
      )}
      {permission === 'owner' && changed?.permission !== 'owner' && (
        <Callout tone="warning">An owner can change and remove every other operator, you included.</Callout>
      )}
    </ConfirmDialog>
  );
}
