import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { IconArrowsShuffle } from '@tabler/icons-react';
import { useState } from 'react';
import { useBlocker } from 'react-router';
import { AppError } from '../../../../shared/app-error.ts';
import {
  type AttributeMapping,
  MAPPING_TARGETS,
  type MappingFinding,
  type MappingView,
} from '../../../../shared/contract/mapping.ts';
import { useMapping, useMappingPreview } from '../../api/queries/mapping.ts';
import { Callout } from '../../components/callout.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Empty } from '../../components/empty.tsx';
import { ErrorCallout } from '../../components/error-callout.tsx';
import { Panel } from '../../components/panel.tsx';
import { QueryState } from '../../components/query-state.tsx';
import type { Tone } from '../../components/tone.ts';
import { counted } from '../../format/number.ts';
import { JobNote } from '../jobs/job-note.tsx';
import styles from './mapping.module.css';
import { changedTargets, draftOf, isEmptied, type MappingDraft, readDraft } from './mapping-draft.ts';
import { SaveMappingDialog } from './save-mapping-dialog.tsx';
import { TargetRow } from './target-row.tsx';

/** Where members, employee records and teams get their values from. */
export function MappingSettings() {
  const query = useMapping();
  return (
    <QueryState
      query={query}
      skeleton={<Skeleton height={480} radius="lg" />}
      errorTitle="The attribute mapping could not be loaded"
    >
      {(view) => <MappingForm view={view} />}
    </QueryState>
  );
}

const TONES: Record<MappingFinding['severity'], Tone> = {
  danger: 'bad',
  warning: 'warning',
  hint: 'waiting',
};

function MappingForm({ view }: { view: MappingView }) {
  const [draft, setDraft] = useState<MappingDraft>(() => draftOf(view));
  const [asked, setAsked] = useState<AttributeMapping | null>(null);
  const [jobId, setJobId] = useState<string | null>(null);
  const preview = useMappingPreview(asked);
  const changed = changedTargets(draft, view);
  const emptied = MAPPING_TARGETS.filter((target) => isEmptied(draft, target));
  const wrong = preview.error instanceof AppError ? preview.error : undefined;
  const blocker = useBlocker(changed.length > 0);

  return (
    <Stack gap="md">
      {jobId !== null && <JobNote id={jobId} />}
      {view.findings.map(({ id, severity, title, consequence, fix, people }) => (
        <Callout key={id} tone={TONES[severity]} title={title}>
          <p>
            {consequence}
            {people !== null && ` (${counted(people, 'person', 'people')} of the last ${view.lookedAt}.)`}
          </p>
          <p>{fix}</p>
        </Callout>
      ))}
      {view.lookedAt === 0 && (
        <Empty icon={IconArrowsShuffle} title="Nobody was provisioned yet">
          What your IdP really sends is offered here once it has pushed somebody. Until then the standard
          mapping holds, and can be edited.
        </Empty>
      )}
      <Panel title="Attribute mapping">
        <Text size="sm" mb="sm">
          Of several sources the first that has a value counts. A source is a path of SCIM, or text with paths
          in braces: {'{name.givenName} {name.familyName}'}.
        </Text>
        <datalist id="received-attributes">
          {view.received.map(({ path, example, people }) => (
            <option key={path} value={path}>
              {`${example} (${counted(people, 'person', 'people')})`}
            </option>
          ))}
        </datalist>
        <ul className={styles.targets}>
          {MAPPING_TARGETS.map((target) => (
            <TargetRow
              key={target}
              target={target}
              sources={draft[target]}
              standard={view.standard[target]}
              received={view.received}
              error={
                emptied.includes(target)
                  ? 'Name at least one source.'
                  : wrong?.field === target
                    ? wrong.message
                    : undefined
              }
              onChange={(sources) => {
                setAsked(null);
                setDraft((before) => ({ ...before, [target]: sources }));
              }}
            />
          ))}
        </ul>
      </Panel>
      {wrong?.field === undefined && <ErrorCallout error={preview.error} title="The preview failed" />}
      {changed.length > 0 && (
        <div className={styles.bar}>
          <Text size="sm" role="status">
            {counted(changed.length, 'target')} changed, not saved
          </Text>
          <Button
            variant="default"
            onClick={() => {
              setAsked(null);
              setDraft(draftOf(view));
            }}
          >
            Discard
          </Button>
          <Button
            disabled={emptied.length > 0}
            loading={asked !== null && preview.isFetching}
            onClick={() => setAsked(readDraft(draft, view))}
          >
            Preview and save…
          </Button>
        </div>
      )}
      {asked !== null && preview.data && (
        <SaveMappingDialog
          mapping={asked}
          preview={preview.data}
          onSaved={(saved) => {
            setAsked(null);
            setJobId(saved.jobId);
            setDraft(draftOf(saved.view));
          }}
          onClose={() => setAsked(null)}
        />
      )}
      <ConfirmDialog
        leaving
        opened={blocker.state === 'blocked'}
        title="Leave without saving?"
        confirmLabel="Leave"
        danger
        pending={false}
        error={null}
        onConfirm={() => blocker.proceed?.()}
        onClose={() => blocker.reset?.()}
      >
        <Text size="sm">{counted(changed.length, 'change')} of the mapping would be lost.</Text>
      </ConfirmDialog>
    </Stack>
  );
}
