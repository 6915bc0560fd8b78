import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useRefusal } from '../api/queries/operators.ts';
import { ErrorCallout } from './error-callout.tsx';

/**
 * Asks before something happens that can't be undone lightly. `typed` must be typed in to arm the button. A viewer is
 * told beforehand that it would be refused.
 */
export function ConfirmDialog({
  opened,
  title,
  confirmLabel,
  danger = false,
  typed,
  pending,
  blocked = false,
  leaving = false,
  error,
  onConfirm,
  onClose,
  children,
}: {
  opened: boolean;
  title: string;
  confirmLabel: string;
  danger?: boolean;
  typed?: { value: string; label: string };
  pending: boolean;
  /** What the person should know first is not there yet. */
  blocked?: boolean;
  /** It only leaves the page and changes nothing that is stored: viewers can, too. */
  leaving?: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const [entered, setEntered] = useState('');
  const refusal = useRefusal();
  const refused = leaving ? null : refusal;
  const armed = !blocked && refused === null && (typed === undefined || entered.trim() === typed.value);

  function close(): void {
    setEntered('');
    onClose();
  }

  return (
    <Modal
      opened={opened}
      onClose={close}
      title={title}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (armed && !pending) onConfirm();
        }}
      >
        <Stack gap="md">
          {children}
          {typed && (
            <TextInput
              label={typed.label}
              value={entered}
              onChange={(event) => setEntered(event.currentTarget.value)}
              autoComplete="off"
              spellCheck={false}
            />
          )}
          <ErrorCallout error={error} />
          {refused !== null && (
            <Text size="sm" c="dimmed" ta="end">
              {refused}
            </Text>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close} data-autofocus={typed === undefined || undefined}>
              Cancel
            </Button>
            <Button type="submit" color={danger ? 'red' : undefined} loading={pending} disabled={!armed}>
              {confirmLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
