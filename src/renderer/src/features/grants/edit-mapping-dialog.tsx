import { NumberInput, Switch } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { Mapping } from '../../../../shared/contract/grants.ts';
import { useChangeMapping } from '../../api/queries/grants.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ChangePreviewSection } from './change-preview.tsx';

/** Another precedence, or whether what a mapping gives waits for an approval. */
export function EditMappingDialog({ mapping, onClose }: { mapping: Mapping; onClose: () => void }) {
  const { id, version, target, sensitiveTarget } = mapping;
  const [precedence, setPrecedence] = useState(mapping.precedence);
  const [needsReview, setNeedsReview] = useState(mapping.needsReview);
  const [settled] = useDebouncedValue(precedence, 250);
  const change = useChangeMapping();
  const differs = precedence !== mapping.precedence || needsReview !== mapping.needsReview;
  return (
    <ConfirmDialog
      opened
      title="Change this mapping"
      confirmLabel="Save"
      pending={change.isPending}
      blocked={!differs}
      error={change.error}
      onConfirm={() => change.mutate({ id, version, precedence, needsReview }, { onSuccess: onClose })}
      onClose={onClose}
    >
      {target.kind === 'role' && (
        <NumberInput
          label="Precedence"
          description="Of several roles, the one with the lowest number is a person’s first. What is given by hand comes before all, the template last."
          min={1}
          max={999}
          allowDecimal={false}
          clampBehavior="strict"
          value={precedence}
          onChange={(value) => typeof value === 'number' && value >= 1 && setPrecedence(value)}
        />
      )}
      <Switch
        label="Wait for an approval for each person"
        description={sensitiveTarget ? 'The role is sensitive: it waits in any case.' : undefined}
        checked={needsReview || sensitiveTarget}
        disabled={sensitiveTarget}
        onChange={(event) => setNeedsReview(event.currentTarget.checked)}
      />
      {differs && (
        <ChangePreviewSection
          change={{ kind: 'mapping.change', id, version, precedence: settled, needsReview }}
        />
      )}
    </ConfirmDialog>
  );
}
