import { Text } from '@mantine/core';
import type { Job } from '../../../../shared/contract/jobs.ts';
import type { ObserveStatus } from '../../../../shared/contract/observe.ts';
import { useApplyObserved, usePreviewCounts } from '../../api/queries/observe.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { count, counted } from '../../format/number.ts';
import styles from './apply-dialog.module.css';
import { countsInWords } from './change-words.ts';

/** Says what Apply does and to how many, and then starts it. */
export function ApplyDialog({
  goLive,
  status,
  onClose,
  onStarted,
}: {
  /** Whether pushes take effect at once afterwards; null while nothing is asked. */
  goLive: boolean | null;
  status: ObserveStatus;
  onClose: () => void;
  onStarted: (job: Job) => void;
}) {
  if (goLive === null) return null;
  return <OpenDialog goLive={goLive} status={status} onClose={onClose} onStarted={onStarted} />;
}

function OpenDialog({
  goLive,
  status: { users, groups },
  onClose,
  onStarted,
}: {
  goLive: boolean;
  status: ObserveStatus;
  onClose: () => void;
  onStarted: (job: Job) => void;
}) {
  const counts = usePreviewCounts();
  const apply = useApplyObserved();
  const waiting = users + groups;
  const what = `${counted(users, 'person', 'people')} and ${counted(groups, 'group')}`;
  const verb = goLive ? (waiting > 0 ? `Apply ${what} and go live` : 'Go live') : `Apply ${what}`;

  return (
    <ConfirmDialog
      opened
      title={`${verb}?`}
      confirmLabel={verb}
      pending={apply.isPending}
      error={apply.error ?? counts.error}
      onConfirm={() =>
        apply.mutate(
          { goLive },
          {
            onSuccess: (job) => {
              onStarted(job);
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      {waiting > 0 && (
        <>
          <Text size="sm">What your IdP asserted of {what} takes effect here:</Text>
          <ul className={styles.list} aria-busy={counts.data === undefined}>
            {counts.data === undefined ? (
              <li>Counting…</li>
            ) : Object.keys(counts.data).length === 0 ? (
              <li>Nothing changes: it is so here already.</li>
            ) : (
              countsInWords(counts.data, count).map((phrase) => <li key={phrase}>{phrase}</li>)
            )}
          </ul>
        </>
      )}
      {goLive && (
        <Text size="sm">
          From then on, whatever your IdP writes takes effect at once, without anybody looking.
        </Text>
      )}
    </ConfirmDialog>
  );
}
