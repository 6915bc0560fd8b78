import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Token } from '../../../../shared/contract/tokens.ts';
import { Panel } from '../../components/panel.tsx';
import { TokenSummary } from '../../components/token-summary.tsx';
import { paths } from '../../paths.ts';

/** The tokens that open the endpoint now. */
export function TokensPanel({ tokens }: { tokens: readonly Token[] }) {
  return (
    <Panel
      title={tokens.length > 1 ? 'Live tokens' : 'Live token'}
      actions={
        <Anchor component={Link} to={paths.identitySetup('endpoint')} size="sm">
          Manage
        </Anchor>
      }
    >
      {tokens.length === 0 ? (
        <Text size="sm" c="dimmed">
          No token opens the endpoint. Every request is refused.
        </Text>
      ) : (
        <Stack gap="md">
          {tokens.map((token) => (
            <TokenSummary key={token.id} token={token} />
          ))}
        </Stack>
      )}
    </Panel>
  );
}
