import { Button, Group, Skeleton, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { GrantTarget, Mapping } from '../../../../shared/contract/grants.ts';
import { useChangeMapping, useMappings, useRemoveMapping } from '../../api/queries/grants.ts';
import { QueryState } from '../../components/query-state.tsx';
import { ToneBadge } from '../../components/tone-badge.tsx';
import { counted } from '../../format/number.ts';
import { AddMappingDialog } from './add-mapping-dialog.tsx';
import { ChangeDialog } from './change-dialog.tsx';
import { EditMappingDialog } from './edit-mapping-dialog.tsx';
import styles from './grants.module.css';

type Dialog = { kind: 'add' } | { kind: 'edit' | 'pause' | 'remove'; mapping: Mapping };

/** Which groups and values of roles give a team or role: each can be paused, changed and removed. */
export function MappingsSection({ target, locked = false }: { target: GrantTarget; locked?: boolean }) {
  const { kind, id } = target;
  const mappings = useMappings({ kind, id });
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  return (
    <>
      <QueryState
        query={mappings}
        skeleton={<Skeleton height={70} radius="md" />}
        errorTitle="What gives it could not be loaded"
      >
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              Nothing from the IdP gives it. It is given by hand alone.
            </Text>
          ) : (
            <ul className={styles.list} aria-label="Mappings">
              {items.map((mapping) => (
                <li key={mapping.id} className={styles.item}>
                  <MappingItem mapping={mapping} onAct={(what) => setDialog({ kind: what, mapping })} />
                </li>
              ))}
            </ul>
          )
        }
      </QueryState>
      {!locked && (
        <Button
          mt="sm"
          size="xs"
          variant="default"
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => setDialog({ kind: 'add' })}
        >
          Add a mapping…
        </Button>
      )}
      {dialog?.kind === 'add' && <AddMappingDialog target={target} onClose={close} />}
      {dialog?.kind === 'edit' && <EditMappingDialog mapping={dialog.mapping} onClose={close} />}
      {dialog?.kind === 'pause' && <PauseDialog mapping={dialog.mapping} onClose={close} />}
      {dialog?.kind === 'remove' && <RemoveDialog mapping={dialog.mapping} onClose={close} />}
    </>
  );
}

function MappingItem({
  mapping,
  onAct,
}: {
  mapping: Mapping;
  onAct: (what: 'edit' | 'pause' | 'remove') => void;
}) {
  const { group, precedence, pausedAt, target } = mapping;
  const name = sourceOf(mapping);
  return (
    <>
      <div className={styles.head}>
        <Text fw={600} size="sm">
          {name}
        </Text>
        <MappingState mapping={mapping} />
      </div>
      <Text size="sm" c="dimmed">
        {group && `${counted(group.members, 'person', 'people')} in the IdP. `}
        {target.kind === 'role' && `Precedence ${precedence}.`}
      </Text>
      <Group gap="xs" mt={6}>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`Change ${name}`}
          onClick={() => onAct('edit')}
        >
          Change…
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`${pausedAt === null ? 'Pause' : 'Resume'} ${name}`}
          onClick={() => onAct('pause')}
        >
          {pausedAt === null ? 'Pause…' : 'Resume…'}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          c="red"
          aria-label={`Remove ${name}`}
          onClick={() => onAct('remove')}
        >
          Remove…
        </Button>
      </Group>
    </>
  );
}

function MappingState({ mapping }: { mapping: Mapping }) {
  const { forbidden, pausedAt, pausedBy, group, needsReview, sensitiveTarget } = mapping;
  if (forbidden) return <ToneBadge tone="bad">Never given by a push</ToneBadge>;
  if (pausedAt !== null) {
    return (
      <ToneBadge tone="warning" title={`by ${pausedBy}`}>
        Paused
      </ToneBadge>
    );
  }
  if (group?.name === null) return <ToneBadge tone="idle">Group is gone</ToneBadge>;
  if (needsReview || sensitiveTarget) return <ToneBadge tone="waiting">Needs approval</ToneBadge>;
  return <ToneBadge tone="good">In force</ToneBadge>;
}

/** What a mapping starts from, in words. */
function sourceOf({ group, roleValue }: Mapping): string {
  return group === null ? `Roles value “${roleValue}”` : `Group “${group.name ?? group.id}”`;
}

function PauseDialog({ mapping, onClose }: { mapping: Mapping; onClose: () => void }) {
  const change = useChangeMapping();
  const { id, version, pausedAt } = mapping;
  const input = { id, version, paused: pausedAt === null };
  return (
    <ChangeDialog
      title={`${pausedAt === null ? 'Pause' : 'Resume'} this mapping? ${sourceOf(mapping)}`}
      confirmLabel={pausedAt === null ? 'Pause' : 'Resume'}
      danger={pausedAt === null}
      change={{ kind: 'mapping.change', ...input }}
      pending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate(input, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

function RemoveDialog({ mapping, onClose }: { mapping: Mapping; onClose: () => void }) {
  const remove = useRemoveMapping();
  const { id, version } = mapping;
  return (
    <ChangeDialog
      title={`Remove this mapping? ${sourceOf(mapping)}`}
      confirmLabel="Remove"
      danger
      change={{ kind: 'mapping.remove', id }}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ id, version }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
