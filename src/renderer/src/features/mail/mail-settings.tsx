import { Button, Skeleton, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconMail, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import type { MailSettings as Settings } from '../../../../shared/contract/mail.ts';
import { useMailSettings, useTestMail } from '../../api/queries/mail.ts';
import { useOverview } from '../../api/queries/overview.ts';
import { useSetPolicy } from '../../api/queries/policy.ts';
import { Callout } from '../../components/callout.tsx';
import { Empty } from '../../components/empty.tsx';
import { ErrorCallout } from '../../components/error-callout.tsx';
import { Panel } from '../../components/panel.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { counted } from '../../format/number.ts';
import styles from './mail.module.css';
import { MailList } from './mail-list.tsx';
import { ServerForm } from './server-form.tsx';
import { TemplateForm } from './template-form.tsx';

/** Welcome mail: whether it is sent, by which server, what it says, and what became of it. */
export function MailSettings() {
  const settings = useMailSettings();
  return (
    <QueryState
      query={settings}
      skeleton={
        <Stack gap="md">
          <Skeleton height={110} radius="lg" />
          <Skeleton height={420} radius="lg" />
        </Stack>
      }
      errorTitle="The settings of mail could not be loaded"
    >
      {(data) => <Mail settings={data} />}
    </QueryState>
  );
}

function Mail({ settings }: { settings: Settings }) {
  const overview = useOverview();
  const [settingUp, setSettingUp] = useState(false);
  const usual = {
    senderName: overview.data?.organization?.name ?? '',
    signInUrl: overview.data?.publicUrl ?? '',
  };

  if (settings.server === null && !settingUp) {
    return (
      <Panel title="Mail">
        <Empty
          icon={IconMail}
          title="No mail server"
          actions={<Button onClick={() => setSettingUp(true)}>Set up a mail server</Button>}
        >
          Rollcall can write to people when they become active for the first time. It needs an SMTP server
          that takes its mail.
          {settings.counts.queued > 0 && ` ${counted(settings.counts.queued, 'mail')} waiting for one.`}
        </Empty>
      </Panel>
    );
  }
  return (
    <>
      {settings.server !== null && <WelcomePanel settings={settings} />}
      <Panel title="Mail server">
        <ServerForm settings={settings} usual={usual} />
      </Panel>
      {settings.server !== null && (
        <>
          <TestPanel />
          <Panel title="What the mail says">
            <TemplateForm key={JSON.stringify(settings.template)} template={settings.template} />
          </Panel>
          <MailList counts={settings.counts} />
        </>
      )}
    </>
  );
}

function WelcomePanel({ settings: { welcome, counts, nextAt } }: { settings: Settings }) {
  const setPolicy = useSetPolicy();
  const { failed, queued } = counts;
  return (
    <Panel title="Welcome mail">
      <Stack gap="sm">
        <Switch
          checked={welcome}
          onChange={(event) => setPolicy.mutate({ 'mail.welcome': event.currentTarget.checked })}
          label="Write to people who become active for the first time"
          description={
            welcome
              ? 'Once each. A mail that fails never holds up a push from your IdP.'
              : 'Off: nobody is written to. People who become active meanwhile are not written to later.'
          }
        />
        <ErrorCallout error={setPolicy.error} />
        {failed > 0 && (
          <Callout tone="bad" title={`${counted(failed, 'mail')} could not be sent`}>
            The reasons are below. Once they are dealt with, try again.
          </Callout>
        )}
        {queued > 0 && (
          <Text size="sm">
            {counted(queued, 'mail')} {queued === 1 ? 'waits' : 'wait'}
            {nextAt !== null && (
              <>
                ; the next is due <RelativeTime time={nextAt} />
              </>
            )}
            .
          </Text>
        )}
      </Stack>
    </Panel>
  );
}

function TestPanel() {
  const test = useTestMail();
  const [to, setTo] = useState('');
  return (
    <Panel title="Try it">
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (to.trim() !== '') test.mutate({ to: to.trim() });
        }}
      >
        <div className={styles.test}>
          <TextInput
            label="Send a test mail to"
            type="text"
            inputMode="email"
            placeholder="you@example.com"
            value={to}
            onChange={(event) => {
              setTo(event.currentTarget.value);
              test.reset();
            }}
            spellCheck={false}
          />
          <Button
            type="submit"
            variant="default"
            leftSection={<IconSend size={16} aria-hidden />}
            disabled={to.trim() === ''}
            loading={test.isPending}
          >
            Send test mail
          </Button>
        </div>
        <output>
          {test.isSuccess && (
            <Callout tone="good" title="The mail server took it">
              Look into the mailbox of {test.data.recipient}. If nothing arrives, look into its spam folder.
            </Callout>
          )}
        </output>
        <ErrorCallout error={test.error} title="The test mail was not sent" />
      </form>
    </Panel>
  );
}
