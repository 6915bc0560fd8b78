import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { IssuedToken } from '../../../../shared/contract/tokens.ts';
import { useAcknowledgeToken } from '../../api/queries/tokens.ts';
import { Callout } from '../../components/callout.tsx';
import { CopyField } from '../../components/copy-field.tsx';
import { ErrorCallout } from '../../components/error-callout.tsx';
import { Facts } from '../../components/facts.tsx';
import { absoluteTime } from '../../format/time.ts';
import { StepFrame } from './step-frame.tsx';

/** The one time a token is shown, with the URL it belongs to. It goes on only when the operator says it is stored. */
export function IssuedTokenPanel({ issued, onStored }: { issued: IssuedToken; onStored: () => void }) {
  const [stored, setStored] = useState(false);
  const acknowledge = useAcknowledgeToken();

  return (
    <StepFrame
      title="Your token"
      lead="Carry both values into your IdP now. The next step shows where they go."
      onSubmit={() => {
        if (stored) acknowledge.mutate({ id: issued.id }, { onSuccess: onStored });
      }}
      actions={
        <>
          <Checkbox
            label="I have stored it"
            checked={stored}
            onChange={(event) => setStored(event.currentTarget.checked)}
            mr="auto"
          />
          <Button type="submit" disabled={!stored} loading={acknowledge.isPending}>
            Continue
          </Button>
        </>
      }
    >
      <Callout tone="warning" title="This is the only time the token is shown">
        Whoever holds it can create, change and cut off people here. Keep it where your IdP needs it or in a
        password manager, not in a ticket or a chat.
      </Callout>
      <CopyField label="Endpoint URL" name="endpoint URL" value={issued.endpoint} />
      <CopyField label="Token" name="token" value={issued.token} secret />
      <Facts
        facts={[
          ['Expires', issued.expiresAt ? absoluteTime(issued.expiresAt) : 'Never'],
          [
            "Rollcall's copy",
            issued.copy === 'keychain'
              ? 'In the keychain of this computer, so that the console can test the endpoint. It never comes back to this window.'
              : `None was kept. ${issued.copyReason ?? ''}`,
          ],
        ]}
      />
      <ErrorCallout error={acknowledge.error} />
    </StepFrame>
  );
}
