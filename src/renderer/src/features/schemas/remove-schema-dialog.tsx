import { Skeleton, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import type { Schema } from '../../../../shared/contract/schemas.ts';
import { useRemoveSchema, useSchemaUsage } from '../../api/queries/schemas.ts';
import { Callout } from '../../components/callout.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { holders } from './holders.ts';

/** Removes a schema, after saying whose values go with it. */
export function RemoveSchemaDialog({
  schema,
  onClose,
  onRemoved,
}: {
  schema: Schema;
  onClose: () => void;
  onRemoved: () => void;
}) {
  const { id, name, resourceType } = schema;
  const usage = useSchemaUsage(id);
  const remove = useRemoveSchema();
  const held = (usage.data?.resources ?? 0) > 0;

  function confirm(): void {
    if (usage.data === undefined) return;
    remove.mutate(
      { id, force: held },
      {
        onSuccess: ({ resources }) => {
          notifications.show({
            title: `${name} removed`,
            message:
              resources === 0
                ? 'Nobody held a value.'
                : `The values of ${holders(resources, resourceType).who} were deleted.`,
          });
          onRemoved();
        },
      },
    );
  }

  return (
    <ConfirmDialog
      opened
      title={`Remove ${name}?`}
      confirmLabel={held ? 'Remove schema and values' : 'Remove schema'}
      danger
      {...(held && { typed: { value: name, label: `Type ${name} to confirm` } })}
      pending={remove.isPending}
      blocked={usage.data === undefined}
      error={remove.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <QueryState
        query={usage}
        skeleton={<Skeleton height={88} radius="md" />}
        errorTitle="Who holds values could not be counted"
      >
        {(data) => <Consequences schema={schema} usage={data} />}
      </QueryState>
    </ConfirmDialog>
  );
}

function Consequences({ schema, usage }: { schema: Schema; usage: OutputOf<'schemas.usage'> }) {
  const { id, resourceType } = schema;
  const ignored = (
    <Text size="sm">
      From the next request on, what your IdP sends under <code>{id}</code> is ignored. Remove it from the
      IdP’s attribute mapping too.
    </Text>
  );
  if (usage.resources === 0) {
    return (
      <>
        <Callout tone="idle" title="Nobody holds a value">
          Nothing but the definition goes.
        </Callout>
        {ignored}
      </>
    );
  }
  const { who, hold } = holders(usage.resources, resourceType);
  return (
    <>
      <Callout tone="bad" title={`${who} ${hold} a value, which is deleted at once`}>
        {usage.attributes
          .map(({ attribute, resources }) => `${attribute}: ${holders(resources, resourceType).who}`)
          .join(' · ')}
        . This can’t be undone here. Your IdP can send the values again after the schema is registered anew.
      </Callout>
      {ignored}
    </>
  );
}
