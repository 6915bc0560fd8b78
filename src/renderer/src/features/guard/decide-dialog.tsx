import { Text } from '@mantine/core';
import type { HeldChoice } from '../../../../shared/contract/deprovisioning.ts';
import type { Job } from '../../../../shared/contract/jobs.ts';
import { useDecide } from '../../api/queries/guard.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { counted } from '../../format/number.ts';

/** What is about to be decided, and about how many. */
export interface Asking {
  decision: 'confirm' | 'recall';
  choice: HeldChoice;
  number: number;
  /** Said in place of the number where it is one person. */
  name?: string;
}

/** Says what a decision does and to how many, and then starts it. */
export function DecideDialog({
  asking,
  onClose,
  onStarted,
}: {
  asking: Asking | null;
  onClose: () => void;
  onStarted?: (job: Job) => void;
}) {
  const decide = useDecide();
  if (asking === null) return null;
  const { decision, choice, number, name } = asking;
  const whom = name ?? counted(number, 'person', 'people');
  const isRecall = decision === 'recall';

  function close(): void {
    decide.reset();
    onClose();
  }

  return (
    <ConfirmDialog
      opened
      title={`${isRecall ? 'Recall' : 'Confirm'} ${whom}?`}
      confirmLabel={isRecall ? `Recall ${whom}` : `Confirm ${whom}`}
      danger={!isRecall}
      pending={decide.isPending}
      error={decide.error}
      onConfirm={() =>
        decide.mutate(
          { decision, choice, expected: number },
          {
            onSuccess: (job) => {
              onStarted?.(job);
              close();
            },
          },
        )
      }
      onClose={close}
    >
      {isRecall ? (
        <>
          <Text size="sm">
            {whom} {number === 1 ? 'gets' : 'get'} back the state, the role and the teams from before.
            Sessions stay ended: everybody signs in again.
          </Text>
          <Text size="sm" c="dimmed">
            Your IdP still says that they are gone, and is told so when it asks. That is passed over until it
            says something else about a person. Put it right there, too.
          </Text>
        </>
      ) : (
        <>
          <Text size="sm">
            What the policy has for leavers goes on for {whom}: where it says so, records end and the time
            until deletion runs.
          </Text>
          <Text size="sm" c="dimmed">
            Access is gone already. Whoever is deactivated can be recalled until the retention is over.
          </Text>
        </>
      )}
    </ConfirmDialog>
  );
}
