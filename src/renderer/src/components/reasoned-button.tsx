import { Button, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';

/** A button that says why it can't be used: it stays within reach of keyboard and pointer, and does nothing. */
export function ReasonedButton({
  reason,
  onClick,
  children,
  ...rest
}: ButtonProps & {
  /** Null where it can be used. */
  reason: string | null;
  onClick: () => void;
  'aria-label'?: string;
  children: ReactNode;
}) {
  if (reason === null) {
    return (
      <Button {...rest} onClick={onClick}>
        {children}
      </Button>
    );
  }
  return (
    <Button {...rest} data-disabled aria-disabled title={reason}>
      {children}
    </Button>
  );
}
