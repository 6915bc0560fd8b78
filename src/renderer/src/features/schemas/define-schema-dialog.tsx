import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconForms, IconJson, IconUser, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import type { ExtendedResource, Schema } from '../../../../shared/contract/schemas.ts';
import { useRegisterSchema, useReplaceSchema, useSchemaPreview } from '../../api/queries/schemas.ts';
import { ChoiceCards } from '../../components/choice-cards.tsx';
import { ErrorCallout } from '../../components/error-callout.tsx';
import { counted } from '../../format/number.ts';
import styles from './define-schema-dialog.module.css';
import { DefinitionForm } from './definition-form.tsx';
import { DefinitionJson } from './definition-json.tsx';
import { definitionOf, definitionOfSchema, draftOf, EMPTY_DRAFT, readDefinition } from './schema-draft.ts';
import { SchemaPreviewPanel } from './schema-preview.tsx';

type Way = 'form' | 'json';

/** How long nothing is typed before what was typed is looked at, in milliseconds. */
const PAUSE = 350;

const asText = (definition: Record<string, unknown>) => JSON.stringify(definition, null, 2);

/** The definition as it is being written, by form or as JSON; the two ways carry over to each other. */
function useDefinition(replaced: Schema | null) {
  const initial = replaced && definitionOfSchema(replaced);
  const [way, setWay] = useState<Way>('form');
  const [resourceType, setResourceType] = useState<ExtendedResource>(replaced?.resourceType ?? 'User');
  const [draft, setDraft] = useState((initial && draftOf(initial)) ?? EMPTY_DRAFT);
  const [text, setText] = useState('');
  const { definition: written, problem } = readDefinition(text);
  const formed = definitionOf(draft, resourceType);
  const isBegun = Array.isArray(formed.attributes) && formed.attributes.length > 0 && formed.id !== '';
  const definition = way === 'form' ? (isBegun ? formed : null) : written;

  function go(to: Way): void {
    if (to === 'json' && isBegun) setText(asText(formed));
    if (to === 'form' && written) setDraft(draftOf(written) ?? draft);
    setWay(to);
  }
  return { way, go, resourceType, setResourceType, draft, setDraft, text, setText, problem, definition };
}

/** Registers a schema, or changes a registered one, after showing what that means. */
export function DefineSchemaDialog({
  replaced,
  onClose,
  onDone,
}: {
  replaced: Schema | null;
  onClose: () => void;
  onDone: (schema: Schema) => void;
}) {
  const { way, go, resourceType, setResourceType, draft, setDraft, text, setText, problem, definition } =
    useDefinition(replaced);
  const [acceptedLosses, setAcceptedLosses] = useState('');
  const [settled] = useDebouncedValue(definition && asText(definition), PAUSE);
  const isSettled = settled === (definition && asText(definition));
  const preview = useSchemaPreview(
    settled === null ? null : { resourceType, schema: JSON.parse(settled) as Record<string, unknown> },
  );
  const register = useRegisterSchema();
  const replace = useReplaceSchema();
  const shown = definition === null ? undefined : preview.data;
  const replaces = shown?.replaces ?? replaced !== null;
  const losses = JSON.stringify(shown?.losses ?? []);
  const needsConsent = (shown?.losses.length ?? 0) > 0;
  // Consent is to these losses; others need it anew.
  const accepted = needsConsent && acceptedLosses === losses;
  const ready = isSettled && !preview.isFetching && shown?.schema != null && (!needsConsent || accepted);

  const wrong = shown?.problems.length ?? 0;
  const hint =
    wrong > 0
      ? `${counted(wrong, 'thing is', 'things are')} not right yet, listed under the definition.`
      : needsConsent && !accepted
        ? 'Values would be deleted: confirm it under the definition.'
        : null;

  function confirm(): void {
    if (!ready || definition === null) return;
    const onSuccess = (schema: Schema) => {
      notifications.show({
        title: replaces ? `${schema.name} changed` : `${schema.name} registered`,
        message: 'It holds from the next request on.',
      });
      onDone(schema);
    };
    if (replaces) replace.mutate({ schema: definition, force: accepted }, { onSuccess });
    else register.mutate({ resourceType, schema: definition }, { onSuccess });
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={replaced ? `Change ${replaced.name}` : 'Register a schema'}
      size={680}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <Stack gap="md">
          {!replaced && (
            <ChoiceCards
              legend="Whose attributes are these?"
              choices={[
                { value: 'User', label: 'Users', icon: IconUser },
                { value: 'Group', label: 'Groups', icon: IconUsersGroup },
              ]}
              value={resourceType}
              onChange={setResourceType}
              columns={2}
            />
          )}
          <ChoiceCards
            legend="How will you describe them?"
            choices={[
              { value: 'form', label: 'Fill in a form', consequence: 'Names and types.', icon: IconForms },
              {
                value: 'json',
                label: 'Paste JSON',
                consequence: 'Everything a SCIM schema can say.',
                icon: IconJson,
              },
            ]}
            value={way}
            onChange={go}
            columns={2}
          />
          {way === 'form' ? (
            <DefinitionForm
              draft={draft}
              resourceType={resourceType}
              fixedUrn={replaced !== null}
              onChange={setDraft}
            />
          ) : (
            <DefinitionJson text={text} problem={problem} onChange={setText} />
          )}
          {shown && (
            <SchemaPreviewPanel
              preview={shown}
              listed={way === 'json'}
              deletionAccepted={accepted}
              onAcceptDeletion={(yes) => setAcceptedLosses(yes ? losses : '')}
            />
          )}
          <ErrorCallout error={definition && preview.error} title="What this means could not be worked out" />
          <ErrorCallout error={register.error ?? replace.error} />
          <Group justify="flex-end" gap="xs" className={styles.actions ?? ''}>
            <Text size="sm" c="dimmed" className={styles.hint ?? ''}>
              {hint}
            </Text>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              color={needsConsent ? 'red' : undefined}
              loading={register.isPending || replace.isPending}
              disabled={!ready}
            >
              {replaces
                ? needsConsent
                  ? 'Change schema and delete values'
                  : 'Change schema'
                : 'Register schema'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
