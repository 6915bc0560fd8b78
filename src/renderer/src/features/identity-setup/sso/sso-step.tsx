import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '../../../../../shared/contract/index.ts';
import { useSso } from '../../../api/queries/sso.ts';
import { Callout } from '../../../components/callout.tsx';
import { QueryState } from '../../../components/query-state.tsx';
import { StepFrame } from '../step-frame.tsx';
import { ConnectionForm } from './connection-form.tsx';
import { StoredConnection } from './stored-connection.tsx';

/** Stores the SSO connection, which SCIM has to wait for. */
export function SsoStep({ onDone }: { onDone: () => void }) {
  const sso = useSso();
  return (
    <QueryState
      query={sso}
      skeleton={<Skeleton height={420} radius="lg" />}
      errorTitle="The SSO connection could not be loaded"
    >
      {(data) => <Sso sso={data} onDone={onDone} />}
    </QueryState>
  );
}

function Sso({
  sso: { connection, serviceProvider },
  onDone,
}: {
  sso: OutputOf<'sso.get'>;
  onDone: () => void;
}) {
  const [replacing, setReplacing] = useState(false);
  const editing = connection === null || replacing;

  return (
    <StepFrame
      title="Single sign-on"
      lead="Connect your IdP by SAML or OpenID Connect. SCIM can be enabled once a connection is stored."
      actions={
        <>
          {connection &&
            (replacing ? (
              <Button variant="default" mr="auto" onClick={() => setReplacing(false)}>
                Keep the stored connection
              </Button>
            ) : (
              <Button variant="default" mr="auto" onClick={() => setReplacing(true)}>
                Replace connection
              </Button>
            ))}
          <Button disabled={connection === null} onClick={onDone}>
            Continue
          </Button>
        </>
      }
    >
      <Callout tone="waiting" title="What this does today">
        Rollcall checks the connection and keeps it. Signing in through it comes with a later release: until
        then nobody signs in here with it, and it locks nobody out.
      </Callout>
      {editing ? (
        <ConnectionForm
          initialProvider={connection?.provider ?? null}
          serviceProvider={serviceProvider}
          onSaved={() => setReplacing(false)}
        />
      ) : (
        <StoredConnection connection={connection} />
      )}
    </StepFrame>
  );
}
