import { Checkbox, Text } from '@mantine/core';
import type { SchemaPreview } from '../../../../shared/contract/schemas.ts';
import { Callout } from '../../components/callout.tsx';
import { counted } from '../../format/number.ts';
import { AttributeList } from './attribute-list.tsx';
import { holders } from './holders.ts';
import { RESOURCE_WORDS } from './schema-list.tsx';
import styles from './schema-preview.module.css';

/** What a definition would mean once it is registered, or why it can't be. */
export function SchemaPreviewPanel({
  preview,
  listed,
  deletionAccepted,
  onAcceptDeletion,
}: {
  preview: SchemaPreview;
  /** Whether to list the attributes as they were understood. */
  listed: boolean;
  deletionAccepted: boolean;
  onAcceptDeletion: (accepted: boolean) => void;
}) {
  const { schema, problems, notes, replaces, losses } = preview;
  return (
    <div className={styles.preview} aria-live="polite">
      {problems.length > 0 && (
        <Callout tone="warning" title="This can’t be registered yet">
          <Sentences sentences={problems} />
        </Callout>
      )}
      {schema && (
        <Callout
          tone="waiting"
          title={`${counted(schema.attributes.length, 'attribute')} for ${RESOURCE_WORDS[schema.resourceType]}, from the next request on`}
        >
          {replaces
            ? 'A schema with this URN is registered. This definition takes its place.'
            : `Nobody changes now. What your IdP sends under ${schema.id} is kept from then on; until now it was ignored.`}
        </Callout>
      )}
      {losses.length > 0 && schema && (
        <Callout tone="bad" title="Values that no longer fit are deleted at once">
          <Sentences
            sentences={losses.map(({ attribute, resources }) => {
              const { who, hold } = holders(resources, schema.resourceType);
              return `${attribute}: ${who} ${hold} a value.`;
            })}
          />
          <Checkbox
            mt="xs"
            label="Delete these values"
            checked={deletionAccepted}
            onChange={(event) => onAcceptDeletion(event.currentTarget.checked)}
          />
        </Callout>
      )}
      {notes.length > 0 && (
        <Callout tone="idle" title="Good to know">
          <Sentences sentences={notes} />
        </Callout>
      )}
      {schema && listed && (
        <div>
          <Text size="sm" fw={600}>
            As it will be registered
          </Text>
          <AttributeList attributes={schema.attributes} />
        </div>
      )}
    </div>
  );
}

function Sentences({ sentences }: { sentences: readonly string[] }) {
  return (
    <ul className={styles.sentences}>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
