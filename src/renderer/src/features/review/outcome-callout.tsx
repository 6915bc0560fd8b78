import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { Callout } from '../../components/callout.tsx';
import { counted } from '../../format/number.ts';
import styles from './review.module.css';

/** What the last decision or its undoing did, and about whom it could do nothing. */
export interface Outcome {
  sentence: string;
  /** Undoes it; null where there is nothing to undo. */
  batchId: string | null;
  refused: { id: string; name: string; message: string }[];
}

const SHOWN = 5;

/** Says what just happened, and offers the way back. */
export function OutcomeCallout({
  outcome: { sentence, batchId, refused },
  pending,
  onUndo,
  onDismiss,
}: {
  outcome: Outcome;
  pending: boolean;
  onUndo: (id: string) => void;
  onDismiss: () => void;
}) {
  return (
    <div role="status">
      <Callout
        tone={refused.length > 0 ? 'warning' : 'good'}
        title={sentence}
        actions={
          <>
            {batchId !== null && (
              <Button
                size="xs"
                variant="default"
                loading={pending}
                leftSection={<IconArrowBackUp size={15} aria-hidden />}
                aria-keyshortcuts="u"
                onClick={() => onUndo(batchId)}
              >
                Undo
              </Button>
            )}
            <Button size="xs" variant="subtle" onClick={onDismiss}>
              Dismiss
            </Button>
          </>
        }
      >
        {refused.length > 0 && (
          <>
            {counted(refused.length, 'was', 'were')} left as they are:
            <ul className={styles.list}>
              {refused.slice(0, SHOWN).map(({ id, message }) => (
                <li key={id}>{message}</li>
              ))}
              {refused.length > SHOWN && <li>and {counted(refused.length - SHOWN, 'other')}</li>}
            </ul>
          </>
        )}
      </Callout>
    </div>
  );
}
