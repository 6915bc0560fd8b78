import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { IssuedToken, Token } from '../../../../../shared/contract/tokens.ts';
import { useRegenerateToken, useRevokeToken, useRotateToken } from '../../../api/queries/tokens.ts';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { counted } from '../../../format/number.ts';
import { TokenProfileDialog } from './token-profile-dialog.tsx';

type Action = 'rotate' | 'revoke' | 'regenerate' | 'profile';

function remaining(otherLive: number): string {
  return otherLive === 0
    ? 'It is the only live token, so provisioning stops.'
    : `${counted(otherLive, 'other live token')} ${otherLive === 1 ? 'goes' : 'go'} on working.`;
}

/** Rotate, Revoke now, Regenerate and the IdP profile, each explained before it happens. */
export function TokenActions({
  token,
  otherLive,
  onIssued,
}: {
  token: Token;
  /** How many other tokens open the endpoint. */
  otherLive: number;
  onIssued: (token: IssuedToken) => void;
}) {
  const [asking, setAsking] = useState<Action | null>(null);
  const rotate = useRotateToken();
  const regenerate = useRegenerateToken();
  const revoke = useRevokeToken();
  const close = () => setAsking(null);

  async function issue(by: typeof rotate): Promise<void> {
    const issued = await by.start({ id: token.id });
    if (!issued) return;
    close();
    onIssued(issued);
  }

  return (
    <>
      <Group gap="xs" mt="sm">
        {token.state === 'active' && (
          <Button variant="default" size="xs" onClick={() => setAsking('rotate')}>
            Rotate
          </Button>
        )}
        <Button variant="default" size="xs" onClick={() => setAsking('regenerate')}>
          Regenerate
        </Button>
        <Button variant="default" size="xs" onClick={() => setAsking('profile')}>
          IdP profile
        </Button>
        <Button variant="outline" color="red" size="xs" onClick={() => setAsking('revoke')}>
          Revoke now
        </Button>
      </Group>

      <ConfirmDialog
        opened={asking === 'rotate'}
        title={`Rotate “${token.name}”?`}
        confirmLabel="Rotate"
        pending={rotate.pending}
        error={rotate.error}
        onConfirm={() => void issue(rotate)}
        onClose={close}
      >
        <Text size="sm">
          A second token is issued and shown once. This one goes on working as “retiring”, so nothing is
          interrupted: paste the new one into your IdP, watch its first request arrive, and then revoke this
          one.
        </Text>
      </ConfirmDialog>

      <ConfirmDialog
        opened={asking === 'regenerate'}
        title={`Regenerate “${token.name}”?`}
        confirmLabel="Regenerate"
        danger
        pending={regenerate.pending}
        error={regenerate.error}
        onConfirm={() => void issue(regenerate)}
        onClose={close}
      >
        <Text size="sm">
          This token dies at once and a new one is shown once. Your IdP is refused with 401 until you have
          pasted the new one there. If you want no gap, rotate instead.
        </Text>
      </ConfirmDialog>

      <ConfirmDialog
        opened={asking === 'revoke'}
        title={`Revoke “${token.name}” now?`}
        confirmLabel="Revoke now"
        danger
        pending={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoke.mutate({ id: token.id }, { onSuccess: close })}
        onClose={close}
      >
        <Text size="sm">
          One token dies at once; its next request is refused with 401. {remaining(otherLive)} People and
          teams stay as they are.
        </Text>
      </ConfirmDialog>

      {asking === 'profile' && <TokenProfileDialog token={token} onClose={close} />}
    </>
  );
}
