import { Text } from '@mantine/core';
import { useState } from 'react';
import type { ProfileName } from '../../../../../shared/contract/profiles.ts';
import type { Token } from '../../../../../shared/contract/tokens.ts';
import { useSetTokenProfile } from '../../../api/queries/tokens.ts';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { TokenProfileSelect } from '../../compatibility/token-profile-select.tsx';

/** Gives one token an IdP profile of its own, or the organization's again. */
export function TokenProfileDialog({ token, onClose }: { token: Token; onClose: () => void }) {
  const [profile, setProfile] = useState<ProfileName | null>(token.profile);
  const change = useSetTokenProfile();
  return (
    <ConfirmDialog
      opened
      title={`IdP profile of “${token.name}”`}
      confirmLabel="Save"
      pending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate({ id: token.id, profile }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Text size="sm">
        Holds from the next request on that shows this token. Other tokens stay as they are.
      </Text>
      <TokenProfileSelect value={profile} onChange={setProfile} />
    </ConfirmDialog>
  );
}
