import type { GrantChangeInput } from '../../api/queries/grants.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ChangePreviewSection } from './change-preview.tsx';

/** Says what a change of grants will do and to whom, then asks. */
export function ChangeDialog({
  title,
  confirmLabel,
  danger = false,
  change,
  pending,
  error,
  onConfirm,
  onClose,
}: {
  title: string;
  confirmLabel: string;
  danger?: boolean;
  change: GrantChangeInput;
  pending: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}) {
  return (
    <ConfirmDialog
      opened
      title={title}
      confirmLabel={confirmLabel}
      danger={danger}
      pending={pending}
      error={error}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <ChangePreviewSection change={change} />
    </ConfirmDialog>
  );
}
