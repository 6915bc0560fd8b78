import { Button, Skeleton, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';
import type { ConflictDecision, ConflictDetail as Detail } from '../../../../shared/contract/conflicts.ts';
import { useConflict, useDecideConflict, useUndoConflict } from '../../api/queries/conflicts.ts';
import { useRefusal } from '../../api/queries/operators.ts';
import { Callout } from '../../components/callout.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorCallout } from '../../components/error-callout.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { ToneBadge } from '../../components/tone-badge.tsx';
import { counted } from '../../format/number.ts';
import { Comparison } from './comparison.tsx';
import { CONFLICT_STATES, DECISIONS, KINDS } from './conflict-words.ts';
import styles from './conflicts.module.css';

/** One conflict: both people, what each choice will do, and the choice. */
export function ConflictDetail({ id, onDone }: { id: string; onDone: (sentence: string) => void }) {
  const query = useConflict(id);
  return (
    <QueryState
      query={query}
      skeleton={<Skeleton height={420} radius="md" />}
      errorTitle="This conflict could not be loaded"
    >
      {(detail) => <Loaded detail={detail} onDone={onDone} />}
    </QueryState>
  );
}

function Loaded({ detail, onDone }: { detail: Detail; onDone: (sentence: string) => void }) {
  const { conflict, newcomer, other, openBesides, choices, undoable } = detail;
  const { kind, value, state } = conflict;
  const { tone, icon, label } = CONFLICT_STATES[state];
  const [note, setNote] = useState('');
  const [linking, setLinking] = useState(false);
  const deciding = useDecideConflict();
  const undoing = useUndoConflict();
  const forbidden = useRefusal();
  const pending = deciding.isPending || undoing.isPending;

  function decide(decision: ConflictDecision): void {
    deciding.mutate(
      { id: conflict.id, decision, note: note.trim() === '' ? null : note.trim() },
      { onSuccess: ({ sentence }) => onDone(sentence), onSettled: () => setLinking(false) },
    );
  }

  return (
    <Stack gap="lg">
      <div>
        <Title order={2} mb={6}>
          {KINDS[kind]}
          {value !== '' && (
            <>
              : <code>{value}</code>
            </>
          )}
        </Title>
        <ToneBadge tone={tone} icon={icon}>
          {label}
        </ToneBadge>
        <Text size="sm" mt="xs" c="dimmed">
          {conflict.decidedAt === null ? (
            <>
              Opened <RelativeTime time={conflict.openedAt} />. Rollcall never decides by itself that two
              people are one.
            </>
          ) : (
            <>
              <RelativeTime time={conflict.decidedAt} />, by {conflict.decidedBy}
              {conflict.note && <>: “{conflict.note}”</>}
            </>
          )}
        </Text>
      </div>
      <Comparison newcomer={newcomer} other={other} />
      {state === 'open' && openBesides > 0 && (
        <Callout tone="waiting" title={`${counted(openBesides, 'more open conflict')} of the same newcomer`}>
          There is no access before the last of them is decided.
        </Callout>
      )}
      {state === 'open' && (
        <>
          <Textarea
            label="Note"
            description="Kept with the decision; optional."
            maxLength={500}
            autosize
            minRows={1}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <div className={styles.choices}>
            {choices.map(({ decision, effects, refusal }) => {
              const { title, action, icon: Icon } = DECISIONS[decision];
              return (
                <section key={decision} className={styles.choice} aria-label={title}>
                  <Title order={3}>{title}</Title>
                  {refusal === null ? (
                    <ul>
                      {effects.map((effect) => (
                        <li key={effect}>{effect}</li>
                      ))}
                    </ul>
                  ) : (
                    <Text size="sm" style={{ flex: 1 }}>
                      Not possible. {refusal}
                    </Text>
                  )}
                  <Button
                    variant={decision === 'refuse' ? 'default' : 'light'}
                    color={decision === 'refuse' ? 'red' : undefined}
                    disabled={refusal !== null || pending || forbidden !== null}
                    title={forbidden ?? undefined}
                    leftSection={<Icon size={16} aria-hidden />}
                    onClick={() => (decision === 'link' ? setLinking(true) : decide(decision))}
                  >
                    {action}
                  </Button>
                </section>
              );
            })}
          </div>
        </>
      )}
      {undoable && (
        <Button
          variant="default"
          w="fit-content"
          loading={undoing.isPending}
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          onClick={() =>
            undoing.mutate({ id: conflict.id }, { onSuccess: ({ sentence }) => onDone(sentence) })
          }
        >
          Take the decision back
        </Button>
      )}
      {!linking && <ErrorCallout error={deciding.error ?? undoing.error} title="This could not be done" />}
      <ConfirmDialog
        opened={linking}
        title={`Link ${conflict.newcomer.name} with ${conflict.other.name}?`}
        confirmLabel="Link for good"
        danger
        pending={deciding.isPending}
        error={deciding.error}
        onConfirm={() => decide('link')}
        onClose={() => setLinking(false)}
      >
        <Text size="sm">
          The two become one member, and there is no way back: linking can’t be undone. Be sure that they are
          the same person.
        </Text>
        <ul>
          {choices
            .find(({ decision }) => decision === 'link')
            ?.effects.map((effect) => (
              <li key={effect}>{effect}</li>
            ))}
        </ul>
      </ConfirmDialog>
    </Stack>
  );
}
