import { Button, Skeleton, Text } from '@mantine/core';
import { IconPlus, IconSchema } from '@tabler/icons-react';
import { useState } from 'react';
import type { Schema } from '../../../../shared/contract/schemas.ts';
import { useSchemas } from '../../api/queries/schemas.ts';
import { Empty } from '../../components/empty.tsx';
import { Panel } from '../../components/panel.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { useSearchParam } from '../../components/use-search-param.ts';
import { DefineSchemaDialog } from './define-schema-dialog.tsx';
import { RemoveSchemaDialog } from './remove-schema-dialog.tsx';
import { SchemaDrawer } from './schema-drawer.tsx';
import { SchemaList } from './schema-list.tsx';

/** The attributes that users and groups can have: the standard's, and those that the admin registers. */
export function SchemasSettings() {
  const schemas = useSchemas();
  return (
    <QueryState
      query={schemas}
      skeleton={<Skeleton height={340} radius="lg" />}
      errorTitle="The schemas could not be loaded"
    >
      {(data) => <Schemas schemas={data} />}
    </QueryState>
  );
}

type Dialog = { kind: 'register' } | { kind: 'replace'; schema: Schema } | { kind: 'remove'; schema: Schema };

function Schemas({ schemas }: { schemas: readonly Schema[] }) {
  const [opened, open] = useSearchParam('schema');
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const custom = schemas.filter(({ kind }) => kind === 'custom');
  const standard = schemas.filter(({ kind }) => kind !== 'custom');
  const shown = schemas.find(({ id }) => id === opened);
  const close = () => setDialog(null);

  const register = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setDialog({ kind: 'register' })}>
      Register a schema
    </Button>
  );

  return (
    <>
      <Panel title="Your schemas" actions={custom.length > 0 && register}>
        {custom.length === 0 ? (
          <Empty icon={IconSchema} title="No schemas of your own" actions={register}>
            If your IdP sends attributes that SCIM has no name for (a badge number, a cost object, a
            clearance), register them here. Until then such values are ignored.
          </Empty>
        ) : (
          <SchemaList schemas={custom} />
        )}
      </Panel>
      <Panel title="Standard schemas">
        <Text size="sm" c="dimmed" mb={4}>
          Always there, and the same at every SCIM service. They can be read, not changed.
        </Text>
        <SchemaList schemas={standard} />
      </Panel>
      <Text size="sm" c="dimmed">
        IdPs can read all of this at <code>/Schemas</code> and <code>/ResourceTypes</code> of the endpoint. In
        a terminal: <code>rollcall schemas list</code>.
      </Text>

      <SchemaDrawer
        schema={shown ?? null}
        missing={opened !== null && shown === undefined ? opened : null}
        onClose={() => open(null)}
        onReplace={(schema) => setDialog({ kind: 'replace', schema })}
        onRemove={(schema) => setDialog({ kind: 'remove', schema })}
      />
      {(dialog?.kind === 'register' || dialog?.kind === 'replace') && (
        <DefineSchemaDialog
          replaced={dialog.kind === 'replace' ? dialog.schema : null}
          onClose={close}
          onDone={(schema) => {
            close();
            open(schema.id);
          }}
        />
      )}
      {dialog?.kind === 'remove' && (
        <RemoveSchemaDialog
          schema={dialog.schema}
          onClose={close}
          onRemoved={() => {
            close();
            open(null);
          }}
        />
      )}
    </>
  );
}
