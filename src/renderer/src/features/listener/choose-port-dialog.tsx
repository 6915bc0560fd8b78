import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useChoosePort } from '../../api/queries/listener.ts';
import { Callout } from '../../components/callout.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';

/** Asks for another port and says what has to follow. */
export function ChoosePortDialog({
  opened,
  host = 'this computer',
  port,
  onClose,
}: {
  opened: boolean;
  host?: string;
  /** The port that is configured now. */
  port?: number;
  onClose: () => void;
}) {
  const choose = useChoosePort();
  const [chosen, setChosen] = useState<number | string>(port ? port + 1 : '');
  const valid = typeof chosen === 'number' && Number.isInteger(chosen) && chosen >= 1 && chosen <= 65535;

  function confirm(): void {
    if (!valid) return;
    choose.mutate(
      { port: chosen },
      {
        onSuccess: (listener) => {
          if (listener.state !== 'port-in-use' && listener.state !== 'failed') onClose();
        },
      },
    );
  }

  return (
    <ConfirmDialog
      opened={opened}
      title="Choose another port"
      confirmLabel="Listen on this port"
      pending={choose.isPending}
      error={choose.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <NumberInput
        label="Port"
        description={`A free TCP port on ${host}, from 1 to 65535.`}
        value={chosen}
        onChange={setChosen}
        min={1}
        max={65535}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        error={chosen !== '' && !valid && 'Enter a whole number from 1 to 65535.'}
        data-autofocus
      />
      {choose.data?.state === 'port-in-use' && (
        <Callout tone="bad">{`Port ${choose.data.port} is taken as well. ${choose.data.message}`}</Callout>
      )}
      {choose.data?.state === 'failed' && <Callout tone="bad">{choose.data.message}</Callout>}
      <Callout tone="warning" title="Your IdP has to follow">
        The port is part of the endpoint URL. Every IdP that has the old URL stops reaching you until you
        paste the new one there.
      </Callout>
    </ConfirmDialog>
  );
}
