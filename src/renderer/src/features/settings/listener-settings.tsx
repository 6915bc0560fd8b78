import { Button, Skeleton, Text } from '@mantine/core';
import { useState } from 'react';
import type { Overview } from '../../../../shared/contract/overview.ts';
import { useOverview } from '../../api/queries/overview.ts';
import { Facts } from '../../components/facts.tsx';
import { Panel } from '../../components/panel.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { ChoosePortDialog } from '../listener/choose-port-dialog.tsx';
import { ListenerNotice } from '../listener/listener-notice.tsx';
import { PublicUrlForm } from './public-url-form.tsx';

/** Where the endpoint listens, and the URL under which the IdP reaches it. */
export function ListenerSettings() {
  const overview = useOverview();
  return (
    <QueryState
      query={overview}
      skeleton={<Skeleton height={260} radius="lg" />}
      errorTitle="The listener's state could not be loaded"
    >
      {(data) => (
        <>
          <ListenerNotice listener={data.listener} />
          {data.listener.state === 'listening' && <Listening listener={data.listener} />}
          <Panel title="Public URL">
            {data.organization ? (
              <PublicUrlForm publicUrl={data.publicUrl} />
            ) : (
              <Text size="sm" c="dimmed">
                Name your organization in the identity setup first.
              </Text>
            )}
          </Panel>
        </>
      )}
    </QueryState>
  );
}

function Listening({ listener }: { listener: Extract<Overview['listener'], { state: 'listening' }> }) {
  const [choosing, setChoosing] = useState(false);
  return (
    <Panel title="Listening">
      <Facts
        facts={[
          ['Address', listener.host],
          ['Port', String(listener.port)],
          ['Process', listener.here ? `${listener.pid} (this one)` : `${listener.pid} (another)`],
        ]}
      />
      <Button variant="default" mt="sm" disabled={!listener.here} onClick={() => setChoosing(true)}>
        Choose another port
      </Button>
      {!listener.here && (
        <Text size="sm" c="dimmed" mt="xs">
          The port is chosen by the process that holds it.
        </Text>
      )}
      <ChoosePortDialog
        opened={choosing}
        host={listener.host}
        port={listener.port}
        onClose={() => setChoosing(false)}
      />
    </Panel>
  );
}
