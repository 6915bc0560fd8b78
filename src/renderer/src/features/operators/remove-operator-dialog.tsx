import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Operator } from '../../../../shared/contract/operators.ts';
import { useRemoveOperator } from '../../api/queries/operators.ts';
import { Callout } from '../../components/callout.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { isOsUser, signsInAs } from './permissions.ts';

/** Removes an operator, after saying who it is and what stays. */
export function RemoveOperatorDialog({ operator, onClose }: { operator: Operator; onClose: () => void }) {
  const { id, name, permission, subject } = operator;
  const remove = useRemoveOperator();
  return (
    <ConfirmDialog
      opened
      title={`Remove ${name}?`}
      confirmLabel={`Remove ${name}`}
      danger
      {...(permission === 'owner' && { typed: { value: name, label: `Type ${name} to confirm` } })}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() =>
        remove.mutate(
          { id },
          {
            onSuccess: () => {
              notifications.show({ title: `${name} removed`, message: 'It holds from now on.' });
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      <Text size="sm">
        {name} ({signsInAs(operator)}) is {permission === 'viewer' ? 'a viewer' : `an ${permission}`}. All
        that goes with it ends at once, in every process.
      </Text>
      <Text size="sm" c="dimmed">
        What was done as <code>{subject}</code> stays in the audit trail.
      </Text>
      {isOsUser(operator) && (
        <Callout tone="warning" title="Whoever has the data directory is an owner">
          If this OS user can still write it, the next change made there records it as an owner again.
        </Callout>
      )}
    </ConfirmDialog>
  );
}
