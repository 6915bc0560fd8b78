import { Button, Group } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import type { IssuedToken, Token } from '../../../../../shared/contract/tokens.ts';
import { useAcknowledgeToken, useRegenerateToken } from '../../../api/queries/tokens.ts';
import { Callout } from '../../../components/callout.tsx';
import { ErrorCallout } from '../../../components/error-callout.tsx';
import { TokenSummary } from '../../../components/token-summary.tsx';

/** A token was issued and the page left before it was confirmed as stored: it can't come back, only be replaced. */
export function UnseenToken({
  token,
  onIssued,
  onStored,
}: {
  token: Token;
  onIssued: (token: IssuedToken) => void;
  onStored: () => void;
}) {
  const regenerate = useRegenerateToken();
  const acknowledge = useAcknowledgeToken();

  async function replace(): Promise<void> {
    const issued = await regenerate.start({ id: token.id });
    if (issued) onIssued(issued);
  }

  return (
    <>
      <Callout
        tone="warning"
        icon={IconEyeOff}
        title="A token was issued, but you have not confirmed that you stored it"
        actions={
          <Group gap="xs">
            <Button size="xs" loading={regenerate.pending} onClick={() => void replace()}>
              Regenerate
            </Button>
            <Button
              size="xs"
              variant="default"
              loading={acknowledge.isPending}
              onClick={() => acknowledge.mutate({ id: token.id }, { onSuccess: onStored })}
            >
              I did store it
            </Button>
          </Group>
        }
      >
        Rollcall keeps only a digest of it and cannot show it again. If you have it, say so. If not,
        regenerate it: the old one dies at once, and a new one is shown.
      </Callout>
      <TokenSummary token={token} />
      <ErrorCallout error={regenerate.error ?? acknowledge.error} />
    </>
  );
}
