import { Skeleton, Text } from '@mantine/core';
import { IconPlus, IconUserShield } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import type { Operator } from '../../../../shared/contract/operators.ts';
import { useOperators } from '../../api/queries/operators.ts';
import { Empty } from '../../components/empty.tsx';
import { Facts } from '../../components/facts.tsx';
import { Panel } from '../../components/panel.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { ReasonedButton } from '../../components/reasoned-button.tsx';
import { OperatorDialog } from './operator-dialog.tsx';
import { OperatorList } from './operator-list.tsx';
import { ownersOf, PERMISSIONS, whyNotChange } from './permissions.ts';
import { RemoveOperatorDialog } from './remove-operator-dialog.tsx';

/** Who may work with this install, and who I am in it. */
export function OperatorsSettings() {
  const operators = useOperators();
  return (
    <QueryState
      query={operators}
      skeleton={<Skeleton height={340} radius="lg" />}
      errorTitle="The operators could not be loaded"
    >
      {(data) => <Operators {...data} />}
    </QueryState>
  );
}

type Dialog = { kind: 'add' } | { kind: 'change' | 'remove'; operator: Operator };

function Operators({ items, me }: OutputOf<'operators.list'>) {
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  const reason = whyNotChange(me);
  const { label, meaning } = PERMISSIONS[me.permission];

  const add = (
    <ReasonedButton
      leftSection={<IconPlus size={16} aria-hidden />}
      reason={reason}
      onClick={() => setDialog({ kind: 'add' })}
    >
      Add an operator
    </ReasonedButton>
  );

  return (
    <>
      <Panel title="You">
        <Facts
          facts={[
            ['Signed in as', <code key="subject">{me.subject}</code>],
            ['Permission', `${label}. ${meaning}`],
          ]}
        />
        {reason !== null && (
          <Text size="sm" c="dimmed" mt={8}>
            {reason} Owners: {ownersOf(items).join(', ')}.
          </Text>
        )}
      </Panel>
      <Panel title="Operators" actions={items.length > 0 && add}>
        {items.length === 0 ? (
          <Empty icon={IconUserShield} title="Nobody is recorded yet" actions={add}>
            You are an owner because you have the data directory, and are recorded with the first change you
            make. Add whoever else is to work here.
          </Empty>
        ) : (
          <OperatorList
            operators={items}
            me={me}
            onChange={(operator) => setDialog({ kind: 'change', operator })}
            onRemove={(operator) => setDialog({ kind: 'remove', operator })}
          />
        )}
      </Panel>
      <Text size="sm" c="dimmed">
        Whoever can write the data directory is an owner, here and on the command line, until an owner makes
        them something else. Everybody else signs in through SSO, which is not part of this release: those you
        add are ready for it. An IdP’s push can neither add nor change operators. In a terminal:{' '}
        <code>rollcall operators list</code>.
      </Text>

      {(dialog?.kind === 'add' || dialog?.kind === 'change') && (
        <OperatorDialog
          changed={dialog.kind === 'change' ? dialog.operator : null}
          operators={items}
          me={me}
          onClose={close}
        />
      )}
      {dialog?.kind === 'remove' && <RemoveOperatorDialog operator={dialog.operator} onClose={close} />}
    </>
  );
}
