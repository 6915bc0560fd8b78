import { Text } from '@mantine/core';
import type { Blocker } from 'react-router';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';

/** Asks before a token that was not confirmed as stored goes out of sight for good. */
export function LeaveTokenDialog({ blocker, onLeave }: { blocker: Blocker; onLeave: () => void }) {
  return (
    <ConfirmDialog
      leaving
      opened={blocker.state === 'blocked'}
      title="Leave without the token?"
      confirmLabel="Leave anyway"
      danger
      pending={false}
      error={null}
      onConfirm={() => {
        onLeave();
        blocker.proceed?.();
      }}
      onClose={() => blocker.reset?.()}
    >
      <Text size="sm">
        You have not confirmed that you stored it. Once you leave, nobody can show it again, Rollcall
        included: you would have to regenerate it.
      </Text>
    </ConfirmDialog>
  );
}
