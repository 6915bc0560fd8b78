import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { IconKey, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Overview } from '../../../../../shared/contract/overview.ts';
import type { IssuedToken, Token } from '../../../../../shared/contract/tokens.ts';
import { useTokens } from '../../../api/queries/tokens.ts';
import { CopyField } from '../../../components/copy-field.tsx';
import { EndpointStateBadge } from '../../../components/endpoint-state.tsx';
import { Panel } from '../../../components/panel.tsx';
import { QueryState } from '../../../components/query-state.tsx';
import { TokenSummary } from '../../../components/token-summary.tsx';
import { counted } from '../../../format/number.ts';
import type { SetupView } from '../../../paths.ts';
import { DeleteConfigurationDialog } from './delete-configuration-dialog.tsx';
import { PausePanel } from './pause-panel.tsx';
import { TokenActions } from './token-actions.tsx';

/** What runs once SCIM is set up: the endpoint, its tokens, pausing, and the way out. */
export function EndpointView({
  overview,
  goTo,
  onIssued,
}: {
  overview: Overview;
  goTo: (view: SetupView) => void;
  onIssued: (token: IssuedToken) => void;
}) {
  const tokens = useTokens();
  return (
    <Stack gap="md">
      <Panel title="Endpoint" actions={<EndpointStateBadge state={overview.endpointState} />}>
        {overview.endpoint && (
          <CopyField label="Endpoint URL" name="endpoint URL" value={overview.endpoint} />
        )}
      </Panel>
      <Panel title="Tokens">
        <QueryState
          query={tokens}
          skeleton={<Skeleton height={140} radius="md" />}
          errorTitle="The tokens could not be loaded"
        >
          {(data) => <Tokens tokens={data} goTo={goTo} onIssued={onIssued} />}
        </QueryState>
      </Panel>
      <PausePanel />
      {overview.liveTokens.length > 0 && <DeleteConfiguration overview={overview} goTo={goTo} />}
    </Stack>
  );
}

function isLive({ state }: Token): boolean {
  return state === 'active' || state === 'retiring';
}

function Tokens({
  tokens,
  goTo,
  onIssued,
}: {
  tokens: readonly Token[];
  goTo: (view: SetupView) => void;
  onIssued: (token: IssuedToken) => void;
}) {
  const live = tokens.filter(isLive);
  const past = tokens.filter((token) => !isLive(token));

  return (
    <Stack gap="lg">
      {live.length === 0 && (
        <div>
          <Text size="sm" mb="sm">
            No token opens the endpoint, so every request is refused with 401.
          </Text>
          <Button leftSection={<IconKey size={17} aria-hidden />} onClick={() => goTo('token')}>
            Go to Enable SCIM
          </Button>
        </div>
      )}
      {live.map((token) => (
        <article key={token.id} aria-label={`Token ${token.name}`}>
          <TokenSummary token={token} />
          <TokenActions token={token} otherLive={live.length - 1} onIssued={onIssued} />
        </article>
      ))}
      {past.length > 0 && (
        <details>
          <summary>{counted(past.length, 'earlier token')}</summary>
          <Stack gap="md" mt="sm">
            {past.map((token) => (
              <TokenSummary key={token.id} token={token} />
            ))}
          </Stack>
        </details>
      )}
    </Stack>
  );
}

function DeleteConfiguration({ overview, goTo }: { overview: Overview; goTo: (view: SetupView) => void }) {
  const [opened, setOpened] = useState(false);
  return (
    <Panel title="Delete configuration">
      <Text size="sm" c="dimmed" mb="sm">
        Ends every token and all provisioning. You are asked what becomes of the people first.
      </Text>
      <Button
        variant="outline"
        color="red"
        leftSection={<IconTrash size={16} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        Delete configuration
      </Button>
      <DeleteConfigurationDialog
        opened={opened}
        overview={overview}
        onClose={() => setOpened(false)}
        onDeleted={() => {
          setOpened(false);
          goTo('token');
        }}
      />
    </Panel>
  );
}
