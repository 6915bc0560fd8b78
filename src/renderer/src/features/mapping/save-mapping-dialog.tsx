import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import type { AttributeMapping, MappingPreview } from '../../../../shared/contract/mapping.ts';
import { useSetMapping } from '../../api/queries/mapping.ts';
import { Callout } from '../../components/callout.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { count, counted } from '../../format/number.ts';
import styles from './mapping.module.css';

/** What a mapping would change, for whom, and to how many it is done. */
export function SaveMappingDialog({
  mapping,
  preview: { people, changed, losing, examples },
  onSaved,
  onClose,
}: {
  mapping: AttributeMapping;
  preview: MappingPreview;
  onSaved: (saved: OutputOf<'mapping.set'>) => void;
  onClose: () => void;
}) {
  const save = useSetMapping();
  const [search, setSearch] = useState('');
  const shown = examples.filter(({ userName }) =>
    userName.toLowerCase().includes(search.trim().toLowerCase()),
  );
  return (
    <ConfirmDialog
      opened
      title="Save this mapping?"
      confirmLabel={changed === 0 ? 'Save' : `Save and change ${counted(changed, 'person', 'people')}`}
      danger={losing > 0}
      pending={save.isPending}
      error={save.error}
      onConfirm={() => save.mutate({ mapping }, { onSuccess: onSaved })}
      onClose={onClose}
    >
      <Callout
        tone={losing > 0 ? 'bad' : 'waiting'}
        title={`${count(changed)} of ${counted(people, 'person', 'people')} would change, ${count(losing)} would lose access.`}
      >
        A job carries it out in pieces. In observe mode it is only noted, and waits to be applied.
      </Callout>
      {examples.length > 0 && (
        <>
          {examples.length < changed && <Text size="sm">The first {examples.length} of them:</Text>}
          <TextInput
            type="search"
            aria-label="Search the examples"
            placeholder="User name"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <ul className={styles.examples} aria-label="Who would change">
            {shown.map(({ userName, changes }) => (
              <li key={userName}>
                <b>{userName}</b>
                {changes.map(({ target, before, after }) => (
                  <div key={target}>
                    {target}: {before ?? 'empty'} → {after ?? 'empty'}
                  </div>
                ))}
              </li>
            ))}
          </ul>
        </>
      )}
    </ConfirmDialog>
  );
}
