import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import type { Schema } from '../../../../shared/contract/schemas.ts';
import { Callout } from '../../components/callout.tsx';
import { CopyField } from '../../components/copy-field.tsx';
import { DetailDrawer } from '../../components/detail-drawer.tsx';
import { Facts } from '../../components/facts.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { AttributeList } from './attribute-list.tsx';

/** One schema with its attributes; those of the standard can be read only. */
export function SchemaDrawer({
  schema,
  missing,
  onClose,
  onReplace,
  onRemove,
}: {
  schema: Schema | null;
  /** The URN of a link to a schema that is not there. */
  missing: string | null;
  onClose: () => void;
  onReplace: (schema: Schema) => void;
  onRemove: (schema: Schema) => void;
}) {
  return (
    <DetailDrawer opened={schema !== null || missing !== null} title="Schema" onClose={onClose}>
      {schema && <SchemaDetail schema={schema} onReplace={onReplace} onRemove={onRemove} />}
      {missing && (
        <Callout tone="warning" title="This schema is not registered">
          {missing} was removed, or never was here.
        </Callout>
      )}
    </DetailDrawer>
  );
}

function SchemaDetail({
  schema,
  onReplace,
  onRemove,
}: {
  schema: Schema;
  onReplace: (schema: Schema) => void;
  onRemove: (schema: Schema) => void;
}) {
  const { id, name, description, kind, resourceType, attributes, registeredAt, registeredBy } = schema;
  const isCustom = kind === 'custom';
  return (
    <Stack gap="lg">
      <div>
        <Title order={2}>{name}</Title>
        {description && description !== name && <Text size="sm">{description}</Text>}
      </div>
      <CopyField
        label="URN"
        name="URN"
        value={id}
        hint={isCustom ? ' the namespace to enter in your IdP' : undefined}
      />
      <Facts
        facts={[
          ['For', resourceType === 'User' ? 'Users' : 'Groups'],
          ['Kind', isCustom ? 'Registered here' : 'Part of the SCIM standard'],
          ['Registered', registeredAt && <RelativeTime key="at" time={registeredAt} />],
          ['By', registeredBy],
        ]}
      />
      <section>
        <Title order={3}>Attributes</Title>
        {isCustom && (
          <Text size="sm" c="dimmed" mb={4}>
            Copy a name as Entra ID and most others want it in their attribute mapping. Okta asks for the name
            and the namespace (the URN) apart.
          </Text>
        )}
        <AttributeList attributes={attributes} {...(isCustom && { urn: id })} />
      </section>
      {isCustom && (
        <Group gap="sm">
          <Button
            variant="default"
            leftSection={<IconPencil size={16} aria-hidden />}
            onClick={() => onReplace(schema)}
          >
            Change…
          </Button>
          <Button
            variant="default"
            c="red"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => onRemove(schema)}
          >
            Remove…
          </Button>
        </Group>
      )}
    </Stack>
  );
}
