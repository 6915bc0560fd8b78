import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import type { ProfileName } from '../../../../../shared/contract/profiles.ts';
import type { IssuedToken } from '../../../../../shared/contract/tokens.ts';
import { useSso } from '../../../api/queries/sso.ts';
import { useCreateToken } from '../../../api/queries/tokens.ts';
import { ErrorCallout } from '../../../components/error-callout.tsx';
import { TokenProfileSelect } from '../../compatibility/token-profile-select.tsx';
import { PROVIDERS } from '../sso/providers.ts';
import type { ExpiryChoice } from './expiry.ts';
import { EXPIRY_CHOICES, expiryDays } from './expiry.ts';
import styles from './generate-token-form.module.css';

/** Name and life of a token, and the one click that issues it. */
export function GenerateTokenForm({ onIssued }: { onIssued: (token: IssuedToken) => void }) {
  const sso = useSso();
  const provider = sso.data?.connection?.provider;
  const suggested = provider && provider !== 'other' ? PROVIDERS[provider].name : 'IdP';

  const [editedName, setEditedName] = useState<string | null>(null);
  const [expiry, setExpiry] = useState<ExpiryChoice>('never');
  const [profile, setProfile] = useState<ProfileName | null>(null);
  const [customDays, setCustomDays] = useState<number | string>(180);
  const create = useCreateToken();

  const name = (editedName ?? suggested).trim();
  const days = expiryDays(expiry, customDays);

  async function generate(): Promise<void> {
    if (!name || days === undefined) return;
    const issued = await create.start({ name, expiresInDays: days, profile });
    if (issued) onIssued(issued);
  }

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void generate();
      }}
    >
      <div className={styles.fields}>
        <TextInput
          label="Token name"
          description="Shown beside every request made with it."
          value={editedName ?? suggested}
          onChange={(event) => setEditedName(event.currentTarget.value)}
          error={!name && 'Give the token a name.'}
          maxLength={80}
        />
        <NativeSelect
          label="Expires"
          description={
            expiry === 'never'
              ? 'It works until you revoke it.'
              : 'From that day on your IdP is refused, unless you have rotated the token before.'
          }
          data={EXPIRY_CHOICES.map(({ value, label }) => ({ value, label }))}
          value={expiry}
          onChange={(event) => setExpiry(event.currentTarget.value as ExpiryChoice)}
        />
        {expiry === 'custom' && (
          <NumberInput
            label="Days"
            description="From 1 to 3650."
            value={customDays}
            onChange={setCustomDays}
            min={1}
            max={3650}
            allowDecimal={false}
            allowNegative={false}
            hideControls
            error={days === undefined && 'Enter a whole number from 1 to 3650.'}
          />
        )}
        <TokenProfileSelect value={profile} onChange={setProfile} />
      </div>
      <ErrorCallout error={create.error} title="No token was generated" />
      <div>
        <Button type="submit" leftSection={<IconKey size={17} aria-hidden />} loading={create.pending}>
          Generate token
        </Button>
      </div>
    </form>
  );
}
