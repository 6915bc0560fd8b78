import { Button, Group } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import type { ListenerState } from '../../../../shared/contract/listener.ts';
import { useRetryListener } from '../../api/queries/listener.ts';
import { Callout } from '../../components/callout.tsx';
import { ErrorCallout } from '../../components/error-callout.tsx';
import { ChoosePortDialog } from './choose-port-dialog.tsx';

/** What is wrong with the listener, or worth knowing about it; nothing while all is as expected. */
export function ListenerNotice({ listener }: { listener: ListenerState }) {
  switch (listener.state) {
    case 'listening':
      return listener.here ? null : (
        <Callout tone="waiting" title={`Served by process ${listener.pid}`}>
          Another process on this computer holds the listener, for instance <code>rollcall serve</code>. This
          window works on the same data and opens no second listener.
        </Callout>
      );
    case 'starting':
      return <Callout tone="waiting">The listener is starting.</Callout>;
    case 'port-in-use':
      return (
        <ListenerProblem
          title={`Port ${listener.port} is taken by another program`}
          message={listener.message}
          host={listener.host}
          port={listener.port}
        />
      );
    case 'failed':
      return <ListenerProblem title="The listener could not start" message={listener.message} />;
    case 'stopped':
      return (
        <ListenerProblem
          title="Nothing is listening"
          message="IdPs cannot reach the endpoint until the listener runs again."
        />
      );
  }
}

function ListenerProblem({
  title,
  message,
  host,
  port,
}: {
  title: string;
  message: string;
  host?: string;
  port?: number;
}) {
  const retry = useRetryListener();
  const [choosing, setChoosing] = useState(false);

  return (
    <Callout
      tone="bad"
      title={title}
      actions={
        <Group gap="xs">
          <Button
            size="xs"
            leftSection={<IconRefresh size={15} aria-hidden />}
            loading={retry.isPending}
            onClick={() => retry.mutate({})}
          >
            Retry
          </Button>
          <Button size="xs" variant="default" onClick={() => setChoosing(true)}>
            Choose another port
          </Button>
        </Group>
      }
    >
      <p>{message}</p>
      <p>
        Rollcall never moves to another port by itself, because the port is part of what your IdP has stored.
      </p>
      <ErrorCallout error={retry.error} />
      <ChoosePortDialog opened={choosing} host={host} port={port} onClose={() => setChoosing(false)} />
    </Callout>
  );
}
