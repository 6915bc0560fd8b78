import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReviewDecision } from '../../../../shared/contract/review.ts';
import { ErrorCallout } from '../../components/error-callout.tsx';

/** What is about to be decided, about whom, and how many. */
export interface Asking {
  /** Null where the person only wants to write a note first. */
  decision: ReviewDecision | null;
  /** "Ann Lee", or "1,204 of the filter". */
  whom: string;
  number: number;
}

/** Says what a decision does and to how many, takes a note, and decides. */
export function DecideDialog({
  asking,
  pending,
  error,
  onDecide,
  onClose,
}: {
  asking: Asking;
  pending: boolean;
  error: unknown;
  onDecide: (decision: ReviewDecision, note: string | null) => void;
  onClose: () => void;
}) {
  const [note, setNote] = useState('');
  const { decision, whom } = asking;
  const decide = (one: ReviewDecision) => onDecide(one, note.trim() === '' ? null : note.trim());
  const title = decision === null ? `Decide about ${whom}` : `${LABELS[decision]} ${whom}?`;

  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="md">
        {(decision === null ? (['approve', 'reject'] as const) : [decision]).map((one) => (
          <Text key={one} size="sm">
            {decision === null && <strong>{LABELS[one]}: </strong>}
            {EFFECTS[one]}
          </Text>
        ))}
        <Text size="sm" c="dimmed">
          It can be undone for each person as long as nothing else changed about them.
        </Text>
        <Textarea
          label="Note"
          description="Kept with the decision; optional."
          maxLength={500}
          autosize
          minRows={2}
          data-autofocus
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <ErrorCallout error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          {decision !== 'approve' && (
            <Button color="red" loading={pending} onClick={() => decide('reject')}>
              Reject {whom}
            </Button>
          )}
          {decision !== 'reject' && (
            <Button loading={pending} onClick={() => decide('approve')}>
              Approve {whom}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

const LABELS: Record<ReviewDecision, string> = { approve: 'Approve', reject: 'Reject' };
const EFFECTS: Record<ReviewDecision, string> = {
  approve:
    'People get access at once, with the roles and teams shown, and a welcome mail if your policy sends one. What waits to be given counts at once. Who has an open conflict, or is inactive at your IdP, is left as they are.',
  reject:
    'People are deactivated, their employee record ends, and no push of your IdP brings them back. What waits to be given is refused for these people.',
};
