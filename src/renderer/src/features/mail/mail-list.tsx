import { Button, NativeSelect, Skeleton, Text } from '@mantine/core';
import { IconMail, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Mail, MailSettings, MailState } from '../../../../shared/contract/mail.ts';
import { useLatestMail, useRetryFailedMail, useRetryMail } from '../../api/queries/mail.ts';
import { Empty } from '../../components/empty.tsx';
import { ErrorCallout } from '../../components/error-callout.tsx';
import { Panel } from '../../components/panel.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { counted } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import styles from './mail.module.css';
import { MailStateBadge, MailTime } from './mail-state.tsx';

type Shown = MailState | 'all';

const SHOWN: { value: Shown; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'failed', label: 'Failed' },
  { value: 'queued', label: 'Waiting' },
  { value: 'sent', label: 'Sent' },
];

/** What became of the latest mail, failures first in mind: each with its reason and *Try again*. */
export function MailList({ counts }: { counts: MailSettings['counts'] }) {
  const [shown, setShown] = useState<Shown>(counts.failed > 0 ? 'failed' : 'all');
  const mail = useLatestMail(shown === 'all' ? undefined : shown);
  const retryAll = useRetryFailedMail();
  return (
    <Panel
      title="Mail"
      actions={
        <div className={styles.aside}>
          {counts.failed > 0 && (
            <Button
              variant="default"
              size="xs"
              leftSection={<IconRefresh size={15} aria-hidden />}
              loading={retryAll.isPending}
              onClick={() => retryAll.mutate({})}
            >
              Try all failed again
            </Button>
          )}
          <NativeSelect
            aria-label="Which mail to show"
            size="xs"
            data={SHOWN}
            value={shown}
            onChange={(event) => setShown(event.currentTarget.value as Shown)}
          />
        </div>
      }
    >
      <ErrorCallout error={retryAll.error} />
      <QueryState
        query={mail}
        skeleton={<Skeleton height={120} radius="md" mt="sm" />}
        errorTitle="The mail could not be loaded"
      >
        {({ items, nextBefore }) =>
          items.length === 0 ? (
            <Empty icon={IconMail} title={shown === 'all' ? 'No mail yet' : 'None of these'}>
              {shown === 'all' &&
                'A welcome mail is queued when somebody becomes active for the first time. Test mails are listed as well.'}
            </Empty>
          ) : (
            <>
              <ul className={styles.list} aria-label="Latest mail">
                {items.map((each) => (
                  <MailItem key={each.id} mail={each} />
                ))}
              </ul>
              {nextBefore !== null && (
                <Text size="sm" c="dimmed">
                  The newest {counted(items.length, 'mail')}. All of them: <code>rollcall mail list</code>
                </Text>
              )}
            </>
          )
        }
      </QueryState>
    </Panel>
  );
}

function MailItem({ mail }: { mail: Mail }) {
  const retry = useRetryMail();
  const recipient = mail.recipient ?? 'No address';
  return (
    <li className={styles.mail}>
      <div>
        <p className={styles.recipient}>
          {mail.memberId === null ? (
            recipient
          ) : (
            <Link to={paths.members({ member: mail.memberId })}>{recipient}</Link>
          )}
        </p>
        {mail.lastError && <p>{mail.lastError}</p>}
        <p className={styles.when}>
          {mail.kind === 'test' && 'Test mail · '}
          <MailTime mail={mail} />
        </p>
        <ErrorCallout error={retry.error} />
      </div>
      <div className={styles.aside}>
        <MailStateBadge mail={mail} />
        {mail.state === 'failed' && mail.kind === 'welcome' && (
          <Button
            variant="default"
            size="compact-xs"
            aria-label={`Try again: ${recipient}`}
            loading={retry.isPending}
            onClick={() => retry.mutate({ id: mail.id })}
          >
            Try again
          </Button>
        )}
      </div>
    </li>
  );
}
