import { Button, Group, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { AppError } from '../../../../shared/app-error.ts';
import type { MailSecurity, MailSettings } from '../../../../shared/contract/mail.ts';
import { useSaveMailServer } from '../../api/queries/mail.ts';
import type { Choice } from '../../components/choice-cards.tsx';
import { ChoiceCards } from '../../components/choice-cards.tsx';
import { ErrorCallout } from '../../components/error-callout.tsx';
import styles from './mail.module.css';
import { isChanged, readServerDraft, type ServerDraft, serverDraft, withSecurity } from './server-draft.ts';

const SECURITY: readonly Choice<MailSecurity>[] = [
  {
    value: 'starttls',
    label: 'STARTTLS',
    consequence:
      'Begins in the open and is encrypted before anything is sent, or nothing is sent. Mostly port 587.',
  },
  { value: 'tls', label: 'TLS', consequence: 'Encrypted from the first byte. Mostly port 465.' },
  {
    value: 'none',
    label: 'None',
    consequence:
      'Names, addresses and texts can be read by everybody on the way. For a relay on this computer or in a network that you trust; Rollcall sends no password over a network this way.',
  },
];

/** The SMTP server, as whom to sign in, and who the mail is from. */
export function ServerForm({
  settings,
  usual,
  onSaved,
}: {
  settings: MailSettings;
  usual: { senderName: string; signInUrl: string };
  onSaved?: () => void;
}) {
  const stored = serverDraft(settings, usual);
  const [draft, setDraft] = useState(stored);
  const [asked, setAsked] = useState(false);
  const save = useSaveMailServer();
  const read = readServerDraft(draft);
  const refused = save.error instanceof AppError ? save.error.field : undefined;
  const changed = isChanged(draft, stored);

  function change(next: ServerDraft): void {
    setDraft(next);
    save.reset();
  }

  function problem(field: keyof ServerDraft): string | undefined {
    if (refused === field && save.error instanceof AppError) return save.error.message;
    return asked && 'problems' in read ? read.problems[field] : undefined;
  }

  const text = (field: keyof ServerDraft) => ({
    value: draft[field],
    onChange: (event: { currentTarget: { value: string } }) =>
      change({ ...draft, [field]: event.currentTarget.value }),
    error: problem(field),
    spellCheck: false,
    autoComplete: 'off',
  });

  async function store(): Promise<void> {
    setAsked(true);
    if (!('change' in read) || !(await save.start(read.change))) return;
    // What was typed is not kept once it is sealed.
    setDraft({ ...draft, password: '' });
    setAsked(false);
    notifications.show({ title: 'Mail server saved', message: 'Send a test mail to see that it works.' });
    onSaved?.();
  }

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void store();
      }}
    >
      <div className={styles.hostAndPort}>
        <TextInput label="Server name" placeholder="smtp.example.com" {...text('host')} />
        <TextInput label="Port" inputMode="numeric" {...text('port')} />
      </div>
      <div className={styles.security}>
        <ChoiceCards
          legend="Protection of the connection"
          choices={SECURITY}
          value={draft.security}
          onChange={(security) => change(withSecurity(draft, security))}
        />
        {problem('security') && <ErrorCallout error={save.error} />}
      </div>
      <div className={styles.pair}>
        <TextInput label="User (optional)" {...text('user')} />
        <PasswordInput
          label="Password"
          placeholder={settings.hasPassword ? 'Stored. Empty keeps it' : undefined}
          disabled={draft.user.trim() === ''}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
          {...text('password')}
          autoComplete="new-password"
        />
      </div>
      <div className={styles.pair}>
        <TextInput label="Sender name" {...text('senderName')} />
        <TextInput label="Sender address" placeholder="it@example.com" {...text('senderAddress')} />
      </div>
      <TextInput
        label="Where people sign in"
        description="The link in a welcome mail, {{signInUrl}}."
        placeholder="https://"
        {...text('signInUrl')}
      />
      <details className={styles.more} open={draft.certificates !== '' || undefined}>
        <summary>Certificates of your own authority</summary>
        <Textarea
          aria-label="Certificates of your own authority"
          description="In PEM, trusted beside the public ones, for this mail server only. Needed where its certificate was issued inside your company."
          rows={5}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.75rem' } }}
          {...text('certificates')}
        />
      </details>
      {!(refused && refused in draft) && (
        <ErrorCallout error={save.error} title="The mail server was not saved" />
      )}
      <Group>
        <Button type="submit" loading={save.pending} disabled={!changed && settings.server !== null}>
          Save mail server
        </Button>
      </Group>
    </form>
  );
}
