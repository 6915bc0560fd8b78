import { Button, Group, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { type MailTemplate, mailTemplate } from '../../../../shared/contract/mail.ts';
import { useMailPreview, useSaveMailTemplate } from '../../api/queries/mail.ts';
import { ErrorCallout } from '../../components/error-callout.tsx';
import styles from './mail.module.css';

/** How long typing must pause before the preview follows, in milliseconds. */
const PAUSE = 250;

/** What new members are told, beside how it reaches them. */
export function TemplateForm({ template }: { template: MailTemplate }) {
  const [draft, setDraft] = useState(template);
  const save = useSaveMailTemplate();
  const changed = draft.subject !== template.subject || draft.text !== template.text;
  const complete = mailTemplate.safeParse(draft).success;

  function change(next: MailTemplate): void {
    setDraft(next);
    save.reset();
  }

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(draft, {
          onSuccess: () =>
            notifications.show({ title: 'Text saved', message: 'Mails that still wait are sent with it.' }),
        });
      }}
    >
      <TextInput
        label="Subject"
        value={draft.subject}
        onChange={(event) => change({ ...draft, subject: event.currentTarget.value })}
        error={draft.subject.trim() === '' && 'Give a subject.'}
      />
      <Textarea
        label="Text"
        description="{{firstName}}, {{organization}} and {{signInUrl}} are filled in. Sent as plain text and as HTML that says the same."
        value={draft.text}
        onChange={(event) => change({ ...draft, text: event.currentTarget.value })}
        rows={9}
        error={draft.text.trim() === '' && 'Write a text.'}
      />
      {complete && <Preview draft={draft} />}
      <ErrorCallout error={save.error} title="The text was not saved" />
      <Group>
        <Button type="submit" variant="default" disabled={!changed || !complete} loading={save.isPending}>
          Save text
        </Button>
      </Group>
    </form>
  );
}

function Preview({ draft }: { draft: MailTemplate }) {
  const [settled] = useDebouncedValue(draft, PAUSE);
  const preview = useMailPreview(settled);
  if (preview.isError) return <ErrorCallout error={preview.error} title="It can’t be sent like this" />;
  return (
    <section className={styles.preview} aria-label="Preview" aria-busy={preview.isPending}>
      <p className={styles.when}>As it reaches somebody called Ada</p>
      <p>
        <strong>{preview.data?.subject}</strong>
      </p>
      <p className={styles.previewText}>{preview.data?.text}</p>
    </section>
  );
}
