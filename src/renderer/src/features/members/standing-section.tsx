import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { MemberStanding } from '../../../../shared/contract/deprovisioning.ts';
import { useRecall, useResume, useStanding, useSuspend } from '../../api/queries/guard.ts';
import { Callout } from '../../components/callout.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorCallout } from '../../components/error-callout.tsx';
import { Facts } from '../../components/facts.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { absoluteTime, calendarDate } from '../../format/time.ts';
import { ReceiptDetail } from '../guard/receipt-detail.tsx';
import styles from './standing-section.module.css';

const SAYS: Record<MemberStanding['directory']['says'], string> = {
  active: 'active',
  inactive: 'inactive',
  deleted: 'deleted',
  nothing: 'nothing: added by hand',
};

/** Why a member is where it is, the directory's view beside it, what can be done about it, and how it came about. */
export function StandingSection({ id }: { id: string }) {
  const { data: standing, error } = useStanding(id);
  if (!standing) return <ErrorCallout error={error} title="What became of this person could not be loaded" />;
  const [receipt, ...earlier] = standing.receipts;
  return (
    <Stack gap="lg">
      <Actions standing={standing} />
      <Section title="Here and in the IdP">
        <Facts facts={factsOf(standing)} />
      </Section>
      {receipt && (
        <Section title="Last receipt">
          <ReceiptDetail receipt={receipt} />
          {earlier.length > 0 && (
            <details className={styles.more}>
              <summary>
                {earlier.length === 1 ? 'One earlier receipt' : `${earlier.length} earlier receipts`}
              </summary>
              {earlier.map((one) => (
                <ReceiptDetail key={one.id} receipt={one} />
              ))}
            </details>
          )}
        </Section>
      )}
      <Section title="History">
        <ol className={styles.history} aria-label="History">
          {standing.history.map(({ time, actor, what }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the trail only grows, and two events may read alike
            <li key={index}>
              <time dateTime={time}>{absoluteTime(time)}</time>
              <span>{what}</span>
              <span className={styles.actor}>{actor.startsWith('token:') ? 'the IdP' : actor}</span>
            </li>
          ))}
        </ol>
      </Section>
    </Stack>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={3} mb={2}>
        {title}
      </Title>
      {children}
    </section>
  );
}

function factsOf(standing: MemberStanding): (readonly [string, ReactNode])[] {
  const { directory, recalled, held, deactivateAt, deleteAt, cutAt } = standing;
  return [
    [
      'The IdP says',
      <span key="says">
        {SAYS[directory.says]}
        {directory.since && (
          <>
            , since <RelativeTime time={directory.since} />
          </>
        )}
      </span>,
    ],
    ['Waits for Apply', directory.notedSince && <RelativeTime key="noted" time={directory.notedSince} />],
    ['Access cut at once', cutAt && <RelativeTime key="cut" time={cutAt} />],
    [
      'Recalled',
      recalled && (
        <span key="recalled">
          by {recalled.by}, <RelativeTime time={recalled.at} />: “{recalled.assertion}” is passed over until
          the IdP says something else
        </span>
      ),
    ],
    ['Guard', held ? 'Holds what can’t be undone' : null],
    [
      'Deactivated on',
      deactivateAt && `${calendarDate(deactivateAt)}${held ? ', once the guard lets go' : ''}`,
    ],
    ['Deleted on', deleteAt && `${calendarDate(deleteAt)}${held ? ', once the guard lets go' : ''}`],
  ];
}

type Action = 'recall' | 'suspend' | 'resume';

function Actions({ standing }: { standing: MemberStanding }) {
  const [asking, setAsking] = useState<Action | null>(null);
  const [outcome, setOutcome] = useState<string | null>(null);
  const { can } = standing;
  const close = () => setAsking(null);
  function done(sentence: string): void {
    setOutcome(sentence);
    close();
  }
  return (
    <div>
      <Group gap="xs">
        {can.recall && <Button onClick={() => setAsking('recall')}>Recall…</Button>}
        {can.resume && <Button onClick={() => setAsking('resume')}>Resume…</Button>}
        {can.suspend && (
          <Button variant="default" onClick={() => setAsking('suspend')}>
            Suspend…
          </Button>
        )}
      </Group>
      {outcome && (
        <Text size="sm" mt="xs" role="status">
          {outcome}
        </Text>
      )}
      {asking === 'recall' && <RecallDialog standing={standing} onDone={done} onClose={close} />}
      {asking === 'suspend' && <SuspendDialog standing={standing} onDone={done} onClose={close} />}
      {asking === 'resume' && <ResumeDialog standing={standing} onDone={done} onClose={close} />}
    </div>
  );
}

interface DialogProps {
  standing: MemberStanding;
  onDone: (sentence: string) => void;
  onClose: () => void;
}

function RecallDialog({ standing: { id, name, receipts, directory }, onDone, onClose }: DialogProps) {
  const recall = useRecall();
  const before = receipts.find(({ recallable }) => recallable)?.before ?? 'active';
  return (
    <ConfirmDialog
      opened
      title={`Recall ${name}?`}
      confirmLabel={`Recall ${name}`}
      pending={recall.isPending}
      error={recall.error}
      onConfirm={() =>
        recall.mutate({ ids: [id] }, { onSuccess: () => onDone(`${name} is ${before} again.`) })
      }
      onClose={onClose}
    >
      <Text size="sm">
        {name} is {before} again, with the role and teams from before. Ended sessions stay ended.
      </Text>
      {directory.says !== 'active' && (
        <Callout tone="warning" title={`The IdP still says ${SAYS[directory.says]}`}>
          That is passed over until it says something else. Put it right there, too.
        </Callout>
      )}
    </ConfirmDialog>
  );
}

function SuspendDialog({ standing: { id, name, state }, onDone, onClose }: DialogProps) {
  const suspend = useSuspend();
  const [reason, setReason] = useState('');
  return (
    <ConfirmDialog
      opened
      title={`Suspend ${name}?`}
      confirmLabel={`Suspend ${name}`}
      danger
      pending={suspend.isPending}
      error={suspend.error}
      onConfirm={() =>
        suspend.mutate(
          { ids: [id], reason: reason.trim() || null },
          { onSuccess: () => onDone(`${name} is suspended until an operator resumes it.`) },
        )
      }
      onClose={onClose}
    >
      <Text size="sm">
        {state === 'suspended'
          ? 'The IdP can no longer give the access back: only an operator here can.'
          : 'Access ends at once, sessions included. Role and teams are kept and do nothing. Whatever the IdP says, only an operator here ends it.'}
      </Text>
      <TextInput
        label="Reason"
        description="For the record; everybody who may see members sees it."
        value={reason}
        maxLength={300}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}

function ResumeDialog({ standing: { id, name, directory }, onDone, onClose }: DialogProps) {
  const resume = useResume();
  return (
    <ConfirmDialog
      opened
      title={`Resume ${name}?`}
      confirmLabel={`Resume ${name}`}
      pending={resume.isPending}
      error={resume.error}
      onConfirm={() =>
        resume.mutate({ ids: [id] }, { onSuccess: ({ items }) => onDone(items[0]?.sentence ?? '') })
      }
      onClose={onClose}
    >
      {directory.says === 'inactive' ? (
        <Callout tone="warning" title={`The IdP says that ${name} is inactive`}>
          The operator’s suspension ends, and {name} stays suspended because of that, until the IdP says
          otherwise.
        </Callout>
      ) : (
        <Text size="sm">{name} has access again, with the role and teams from before.</Text>
      )}
    </ConfirmDialog>
  );
}
