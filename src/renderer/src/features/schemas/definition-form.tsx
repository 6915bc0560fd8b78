import { ActionIcon, Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ExtendedResource, SchemaAttribute } from '../../../../shared/contract/schemas.ts';
import { TYPE_WORDS } from './attribute-words.ts';
import styles from './definition-form.module.css';
import type { DraftAttribute, SchemaDraft } from './schema-draft.ts';
import { FORM_TYPES, newAttribute, suggestUrn, withType } from './schema-draft.ts';

/** Name, URN and simple attributes of a schema. */
export function DefinitionForm({
  draft,
  resourceType,
  fixedUrn,
  onChange,
}: {
  draft: SchemaDraft;
  resourceType: ExtendedResource;
  /** The URN is that of a registered schema. */
  fixedUrn: boolean;
  onChange: (draft: SchemaDraft) => void;
}) {
  const { attributes } = draft;
  const put = (changed: DraftAttribute) =>
    onChange({ ...draft, attributes: attributes.map((each) => (each.key === changed.key ? changed : each)) });

  return (
    <div className={styles.form}>
      <TextInput
        label="Name"
        description="For people. Say whose attributes these are."
        placeholder="Acme HR"
        maxLength={100}
        value={draft.name}
        onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
        data-autofocus
      />
      <TextInput
        label="URN"
        description={
          fixedUrn
            ? 'The namespace of these attributes in your IdP. It stays.'
            : 'The namespace of these attributes in your IdP. The suggested form is the one that Entra ID asks for; others take any URN.'
        }
        placeholder={suggestUrn('Acme HR', resourceType)}
        maxLength={200}
        value={draft.urn ?? suggestUrn(draft.name, resourceType)}
        readOnly={fixedUrn}
        spellCheck={false}
        onChange={(event) => onChange({ ...draft, urn: event.currentTarget.value })}
      />
      <fieldset className={styles.attributes}>
        <legend className={styles.legend}>Attributes</legend>
        {attributes.map((attribute, index) => (
          <AttributeRow
            key={attribute.key}
            attribute={attribute}
            position={index + 1}
            onChange={put}
            {...(attributes.length > 1 && {
              onRemove: () =>
                onChange({ ...draft, attributes: attributes.filter(({ key }) => key !== attribute.key) }),
            })}
          />
        ))}
        <div>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => {
              const key = Math.max(...attributes.map((each) => each.key)) + 1;
              onChange({ ...draft, attributes: [...attributes, newAttribute(key)] });
            }}
          >
            Add an attribute
          </Button>
        </div>
      </fieldset>
    </div>
  );
}

function AttributeRow({
  attribute,
  position,
  onChange,
  onRemove,
}: {
  attribute: DraftAttribute;
  position: number;
  onChange: (attribute: DraftAttribute) => void;
  onRemove?: () => void;
}) {
  const { name, type, multiValued } = attribute;
  const types: SchemaAttribute['type'][] = [...FORM_TYPES];
  if (!types.includes(type)) types.push(type);
  return (
    <div className={styles.row}>
      <TextInput
        aria-label={`Name of attribute ${position}`}
        placeholder="badgeNumber"
        maxLength={64}
        value={name}
        spellCheck={false}
        className={styles.name}
        onChange={(event) => onChange({ ...attribute, name: event.currentTarget.value })}
      />
      <NativeSelect
        aria-label={`Type of attribute ${position}`}
        value={type}
        data={types.map((value) => ({ value, label: TYPE_WORDS[value] }))}
        onChange={(event) =>
          onChange(withType(attribute, event.currentTarget.value as SchemaAttribute['type']))
        }
      />
      <Checkbox
        label="Many values"
        checked={multiValued}
        onChange={(event) => onChange({ ...attribute, multiValued: event.currentTarget.checked })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Remove attribute ${position}`}
        disabled={onRemove === undefined}
        onClick={onRemove}
      >
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </div>
  );
}
