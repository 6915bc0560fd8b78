import { ActionIcon, Button, Text, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { call, errorSentence } from '../api/client.ts';

type Outcome =
  | { kind: 'copied'; clearsInSeconds: number | null }
  | { kind: 'failed'; sentence: string }
  | null;

const SHOWN_FOR = 4_000;

function outcomeText(outcome: Outcome): string {
  if (outcome === null) return '';
  if (outcome.kind === 'failed') return outcome.sentence;
  if (outcome.clearsInSeconds === null) return 'Copied';
  return `Copied. The clipboard clears in ${outcome.clearsInSeconds} s.`;
}

function useCopy(text: string, secret: boolean) {
  const [outcome, setOutcome] = useState<Outcome>(null);

  useEffect(() => {
    if (outcome?.kind !== 'copied') return;
    const lasts = outcome.clearsInSeconds === null ? SHOWN_FOR : outcome.clearsInSeconds * 1000;
    const timer = setTimeout(() => setOutcome(null), lasts);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy(): Promise<void> {
    try {
      const { clearsInSeconds } = await call('console.copy', { text, secret });
      setOutcome({ kind: 'copied', clearsInSeconds });
    } catch (error) {
      setOutcome({ kind: 'failed', sentence: errorSentence(error) });
    }
  }

  return { outcome, copy };
}

function OutcomeIcon({ outcome, size }: { outcome: Outcome; size: number }) {
  const Icon = outcome === null ? IconCopy : outcome.kind === 'copied' ? IconCheck : IconAlertTriangle;
  return <Icon size={size} stroke={1.8} aria-hidden />;
}

/**
 * Puts text on the clipboard through the main process. `label` is the accessible name, for instance "Copy endpoint
 * URL". A secret is taken off the clipboard again, and the button says when.
 */
export function CopyButton({
  text,
  label,
  secret = false,
  compact = false,
}: {
  text: string;
  label: string;
  secret?: boolean;
  /** An icon alone. */
  compact?: boolean;
}) {
  const { outcome, copy } = useCopy(text, secret);
  const said = outcomeText(outcome);

  return (
    <>
      {compact ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={label}
          title={said || label}
          onClick={() => void copy()}
        >
          <OutcomeIcon outcome={outcome} size={15} />
        </ActionIcon>
      ) : (
        <Button
          variant="default"
          aria-label={label}
          leftSection={<OutcomeIcon outcome={outcome} size={16} />}
          onClick={() => void copy()}
        >
          Copy
        </Button>
      )}
      {secret && !compact ? (
        <Text size="xs" c="dimmed" role="status">
          {said}
        </Text>
      ) : (
        <VisuallyHidden role="status">{said}</VisuallyHidden>
      )}
    </>
  );
}
