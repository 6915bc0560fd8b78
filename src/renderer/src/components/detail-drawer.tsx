import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';

/** Details of one row, beside its list. Opened by the URL, so it can be linked to. */
export function DetailDrawer({
  opened,
  title,
  size = 560,
  onClose,
  children,
}: {
  opened: boolean;
  title: string;
  /** Pixels; narrower where the window is. */
  size?: number;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      overlayProps={{ backgroundOpacity: 0.25 }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {children}
    </Drawer>
  );
}
