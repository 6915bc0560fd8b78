import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import type { MappingTarget, ReceivedAttribute } from '../../../../shared/contract/mapping.ts';
import { ToneBadge } from '../../components/tone-badge.tsx';
import styles from './mapping.module.css';
import { isSame, moved } from './mapping-draft.ts';

const LABELS: Record<MappingTarget, string> = {
  email: 'E-mail',
  firstName: 'First name',
  lastName: 'Last name',
  displayName: 'Display name',
  isActive: 'Has access',
  employeeNumber: 'Employee number',
  title: 'Title',
  department: 'Department',
  division: 'Division',
  costCenter: 'Cost centre',
  organization: 'Organization',
  manager: 'Manager',
  teamName: 'Team name',
};
const MOST = 5;

/** One target: its sources in the order in which they count. */
export function TargetRow({
  target,
  sources,
  standard,
  received,
  error,
  onChange,
}: {
  target: MappingTarget;
  sources: readonly string[];
  standard: readonly string[];
  received: readonly ReceivedAttribute[];
  error: string | undefined;
  onChange: (sources: string[]) => void;
}) {
  const label = LABELS[target];
  const isStandard = isSame(sources, standard);
  const exampleOf = (source: string) => received.find(({ path }) => path === source.trim())?.example;
  return (
    <li className={styles.target}>
      <div>
        <p className={styles.label}>{label}</p>
        <ToneBadge tone={isStandard ? 'idle' : 'waiting'} plain>
          {isStandard ? 'Standard' : 'Edited'}
        </ToneBadge>
        {!isStandard && (
          <Button
            variant="subtle"
            size="compact-xs"
            aria-label={`Back to the standard: ${label}`}
            onClick={() => onChange([...standard])}
          >
            Reset
          </Button>
        )}
      </div>
      <div className={styles.sources}>
        {sources.map((source, index) => {
          const example = exampleOf(source);
          const name = `source ${index + 1} of ${label}`;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a source is its place
            <Group key={index} gap={4} wrap="nowrap" align="start">
              <TextInput
                aria-label={`Source ${index + 1} of ${label}`}
                list="received-attributes"
                value={source}
                maxLength={300}
                spellCheck={false}
                description={example === undefined ? undefined : `For example: ${example}`}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                error={index === 0 ? error : undefined}
                onChange={(event) => onChange(sources.with(index, event.currentTarget.value))}
                style={{ flex: 1, minWidth: 0 }}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                className={styles.act}
                aria-label={`Move up ${name}`}
                disabled={index === 0}
                onClick={() => onChange(moved(sources, index, -1))}
              >
                <IconArrowUp size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                className={styles.act}
                aria-label={`Move down ${name}`}
                disabled={index === sources.length - 1}
                onClick={() => onChange(moved(sources, index, 1))}
              >
                <IconArrowDown size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                className={styles.act}
                aria-label={`Remove ${name}`}
                disabled={sources.length === 1}
                onClick={() => onChange(sources.toSpliced(index, 1))}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </Group>
          );
        })}
        {sources.length < MOST && (
          <Button
            variant="subtle"
            size="compact-xs"
            px={0}
            aria-label={`Add a source of ${label}`}
            onClick={() => onChange([...sources, ''])}
          >
            Add a source
          </Button>
        )}
      </div>
    </li>
  );
}
