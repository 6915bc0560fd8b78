import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { errorSentence } from '../api/client.ts';
import { Callout } from './callout.tsx';

/** Says what went wrong and, if it can be tried again, offers that. Renders nothing without an error. */
export function ErrorCallout({
  error,
  title,
  onRetry,
}: {
  error: unknown;
  title?: string;
  onRetry?: () => void;
}) {
  if (!error) return null;
  return (
    <Callout
      tone="bad"
      title={title}
      actions={
        onRetry && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconRefresh size={15} aria-hidden />}
            onClick={onRetry}
          >
            Retry
          </Button>
        )
      }
    >
      {errorSentence(error)}
    </Callout>
  );
}
