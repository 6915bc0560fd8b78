import { Text } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import type { Connection } from '../../../../../shared/contract/sso.ts';
import { Callout } from '../../../components/callout.tsx';
import { RelativeTime } from '../../../components/relative-time.tsx';
import { ConnectionFacts } from './connection-facts.tsx';
import { PROVIDERS } from './providers.ts';

/** The connection that is stored. */
export function StoredConnection({ connection }: { connection: Connection }) {
  return (
    <>
      {connection.tryOut && (
        <Callout tone="warning" icon={IconFlask} title="This is the try-out connection">
          It was made so that SCIM can be tried without an IdP. Replace it with your real one before you go
          live.
        </Callout>
      )}
      <div>
        <Text fw={600} role="status">{`${PROVIDERS[connection.provider].name} is connected`}</Text>
        <Text size="sm" c="dimmed">
          Saved <RelativeTime time={connection.savedAt} /> by {connection.savedBy}
        </Text>
      </div>
      <ConnectionFacts details={connection.details} />
    </>
  );
}
