import { Button, Skeleton, Text } from '@mantine/core';
import { IconArrowBackUp, IconListCheck } from '@tabler/icons-react';
import type { ReviewBatch } from '../../../../shared/contract/review.ts';
import { useReviewDecisions } from '../../api/queries/review.ts';
import { DetailDrawer } from '../../components/detail-drawer.tsx';
import { Empty } from '../../components/empty.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { count, counted } from '../../format/number.ts';
import styles from './review.module.css';

/** What was decided lately; each can be taken back. */
export function DecisionsDrawer({
  opened,
  pending,
  onUndo,
  onClose,
}: {
  opened: boolean;
  pending: boolean;
  onUndo: (batch: ReviewBatch) => void;
  onClose: () => void;
}) {
  return (
    <DetailDrawer opened={opened} title="Latest decisions" onClose={onClose}>
      {opened && <Decisions pending={pending} onUndo={onUndo} />}
    </DetailDrawer>
  );
}

function Decisions({ pending, onUndo }: { pending: boolean; onUndo: (batch: ReviewBatch) => void }) {
  const query = useReviewDecisions();
  return (
    <QueryState
      query={query}
      skeleton={<Skeleton height={200} radius="md" />}
      errorTitle="The decisions could not be loaded"
    >
      {({ items }) =>
        items.length === 0 ? (
          <Empty icon={IconListCheck} title="Nothing was decided yet" />
        ) : (
          <div>
            {items.map((batch) => (
              <div key={batch.id} className={styles.decision}>
                <div>
                  <strong>{saidOf(batch)}</strong>
                  <Text size="xs" c="dimmed">
                    <RelativeTime time={batch.decidedAt} />, by {batch.decidedBy}
                    {batch.undone > 0 && `; ${count(batch.undone)} taken back`}
                  </Text>
                  {batch.note && <Text size="sm">{batch.note}</Text>}
                </div>
                {batch.undone < batch.count && (
                  <Button
                    size="xs"
                    variant="default"
                    disabled={pending}
                    leftSection={<IconArrowBackUp size={15} aria-hidden />}
                    onClick={() => onUndo(batch)}
                  >
                    Undo
                  </Button>
                )}
              </div>
            ))}
          </div>
        )
      }
    </QueryState>
  );
}

function saidOf({ decision, count: number, names }: ReviewBatch): string {
  const more = number - names.length;
  const whom = names.join(', ') + (more > 0 ? ` and ${counted(more, 'other')}` : '');
  return `${decision === 'approved' ? 'Approved' : 'Rejected'}: ${whom}`;
}
