import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import type { Overview, Setup } from '../../../../../shared/contract/overview.ts';
import type { IssuedToken, Token } from '../../../../../shared/contract/tokens.ts';
import { Callout } from '../../../components/callout.tsx';
import { TokenSummary } from '../../../components/token-summary.tsx';
import type { SetupView } from '../../../paths.ts';
import { DeleteConfigurationDialog } from '../endpoint/delete-configuration-dialog.tsx';
import { StepFrame } from '../step-frame.tsx';
import { GenerateTokenForm } from './generate-token-form.tsx';
import { UnseenToken } from './unseen-token.tsx';

/** Enables SCIM: that is, issues the first token; or says how it stands with the one there is. */
export function TokenStep({
  step,
  overview,
  goTo,
  onIssued,
}: {
  step: Setup['steps']['token'];
  overview: Overview;
  goTo: (view: SetupView) => void;
  onIssued: (token: IssuedToken) => void;
}) {
  const { liveTokens, endpointState } = overview;
  const unseen = liveTokens.find(({ id }) => id === step.unacknowledgedId);

  return (
    <StepFrame
      title="Enable SCIM"
      lead="With SCIM on, your IdP creates, changes and cuts off people here by itself. It proves who it is with a token."
      actions={
        liveTokens.length > 0 && (
          <>
            <Button variant="default" mr="auto" onClick={() => goTo('endpoint')}>
              Endpoint and tokens
            </Button>
            <Button onClick={() => goTo('connect')}>Continue</Button>
          </>
        )
      }
    >
      {endpointState === 'decommissioned' && (
        <Callout tone="waiting" title="The SCIM configuration was deleted">
          Every earlier token is dead. A new one starts provisioning again with the people that are still
          here.
        </Callout>
      )}
      {endpointState === 'token-expired' && (
        <Callout tone="bad" title="Every token has expired">
          Your IdP is locked out until you generate a new one and paste it there.
        </Callout>
      )}
      {unseen ? (
        <UnseenToken token={unseen} onIssued={onIssued} onStored={() => goTo('connect')} />
      ) : (
        <ScimSwitch overview={overview} liveTokens={liveTokens} onIssued={onIssued} />
      )}
    </StepFrame>
  );
}

/** On means that a token opens the endpoint: turning it off ends every token, so that is asked about first. */
function ScimSwitch({
  overview,
  liveTokens,
  onIssued,
}: {
  overview: Overview;
  liveTokens: readonly Token[];
  onIssued: (token: IssuedToken) => void;
}) {
  const enabled = liveTokens.length > 0;
  // Whoever comes here because the token ran out wants a new one.
  const [wanted, setWanted] = useState(enabled || overview.endpointState === 'token-expired');
  const [deleting, setDeleting] = useState(false);

  return (
    <>
      <Switch
        label="Enable SCIM"
        description={
          enabled
            ? 'On: the endpoint lets in whoever shows a live token.'
            : wanted
              ? 'The endpoint starts letting requests in as soon as there is a token.'
              : 'Off: the endpoint refuses every request.'
        }
        checked={enabled || wanted}
        onChange={(event) => (enabled ? setDeleting(true) : setWanted(event.currentTarget.checked))}
      />
      {!enabled && wanted && <GenerateTokenForm onIssued={onIssued} />}
      {liveTokens.map((token) => (
        <TokenSummary key={token.id} token={token} />
      ))}
      <DeleteConfigurationDialog
        opened={deleting}
        overview={overview}
        onClose={() => setDeleting(false)}
        onDeleted={() => {
          setDeleting(false);
          setWanted(false);
        }}
      />
    </>
  );
}
