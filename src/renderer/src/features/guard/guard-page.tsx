import { Button, Checkbox, Group, Stack, Title } from '@mantine/core';
import { IconShieldCheck, IconUserSearch } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { Link } from 'react-router';
import type { GuardState, Receipt } from '../../../../shared/contract/deprovisioning.ts';
import { useHeld } from '../../api/queries/guard.ts';
import { useOverview } from '../../api/queries/overview.ts';
import type { RowRange } from '../../api/queries/paged-rows.ts';
import { DetailDrawer } from '../../components/detail-drawer.tsx';
import { Empty } from '../../components/empty.tsx';
import { MemberStateBadge } from '../../components/member-state.tsx';
import { Page } from '../../components/page.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { Toolbar } from '../../components/toolbar.tsx';
import { useSearchParam } from '../../components/use-search-param.ts';
import type { Column } from '../../components/virtual-table.tsx';
import { TableSkeleton, VirtualTable } from '../../components/virtual-table.tsx';
import { count, counted } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import { JobNote } from '../jobs/job-note.tsx';
import { type Asking, DecideDialog } from './decide-dialog.tsx';
import { causeInWords, ReceiptDetail } from './receipt-detail.tsx';
import { allOf, choiceOf, isSelected, NOBODY, type Selection, sizeOf, toggled } from './selection.ts';

/** The mass-deprovision guard: whom it holds, and the decision person by person. */
export function GuardPage() {
  const overview = useOverview();
  const [jobId, setJobId] = useState<string | null>(null);
  return (
    <Page
      title="Deprovision guard"
      lead="When your IdP cuts off many people at once, their access ends at once, and what can’t be undone waits here for you."
      fill
    >
      {jobId !== null && <JobNote id={jobId} />}
      <QueryState query={overview} skeleton={<TableSkeleton />} errorTitle="The guard could not be loaded">
        {({ guard }) =>
          guard.tripped ? <HeldPeople guard={guard} onStarted={setJobId} /> : <NotTripped guard={guard} />
        }
      </QueryState>
    </Page>
  );
}

function NotTripped({ guard: { threshold, of, window, cuts } }: { guard: GuardState }) {
  return (
    <Empty
      icon={IconShieldCheck}
      title="The guard has not tripped"
      actions={
        <Button component={Link} to={paths.policy} variant="default">
          Change when it trips
        </Button>
      }
    >
      It trips when {counted(threshold, 'person', 'people')} of {count(of)} lose access within{' '}
      {counted(window, 'minute')}. Lately {cuts === 1 ? 'one person did' : `${count(cuts)} did`}.
    </Empty>
  );
}

function HeldPeople({ guard, onStarted }: { guard: GuardState; onStarted: (jobId: string) => void }) {
  const [query] = useSearchParam('q');
  const search = query ?? '';
  const [range, setRange] = useState<RowRange>({ first: 0, last: 0 });
  const { first, row, total } = useHeld(search, range);
  const [chosen, setChosen] = useState<Selection>(NOBODY);
  const [open, setOpen] = useState<Receipt | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const close = useCallback(() => setOpen(null), []);
  // All of one search says nothing about the next.
  const selection = chosen.kind === 'all' && chosen.search !== search ? NOBODY : chosen;
  const number = sizeOf(selection, total);
  const ask = (decision: Asking['decision']) => setAsking({ decision, choice: choiceOf(selection), number });

  const columns: readonly Column<Receipt>[] = [
    {
      header: 'Chosen',
      width: '74px',
      cell: ({ memberId, displayName, userName }) => (
        <Checkbox
          aria-label={`Choose ${displayName || userName}`}
          checked={isSelected(selection, memberId)}
          onChange={() => setChosen(toggled(selection, memberId))}
        />
      ),
    },
    {
      header: 'Name',
      cell: (receipt) => (
        <Button variant="transparent" size="compact-sm" px={0} onClick={() => setOpen(receipt)}>
          {receipt.displayName || receipt.userName}
        </Button>
      ),
    },
    { header: 'Now', width: '150px', cell: ({ state }) => <MemberStateBadge state={state} /> },
    { header: 'Why', from: 'medium', cell: ({ cause }) => causeInWords(cause) },
    {
      header: 'Taken',
      width: '90px',
      from: 'wide',
      align: 'end',
      cell: ({ grants }) => count(grants.length),
    },
    { header: 'Cut', width: '130px', from: 'medium', cell: ({ time }) => <RelativeTime time={time} /> },
  ];

  return (
    <>
      <Toolbar summary={first.data && `${counted(total, 'person', 'people')}, ${count(number)} chosen`}>
        <SearchField label="Search held people" placeholder="Name, e-mail, identifier" />
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            disabled={total === 0}
            onClick={() => setChosen(number === total ? NOBODY : allOf(search))}
          >
            {number === total && total > 0 ? 'Choose nobody' : `Choose all ${count(total)}`}
          </Button>
          <Button size="xs" disabled={number === 0 || guard.job !== null} onClick={() => ask('recall')}>
            Recall {count(number)}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={number === 0 || guard.job !== null}
            onClick={() => ask('confirm')}
          >
            Confirm {count(number)}
          </Button>
        </Group>
      </Toolbar>
      <QueryState query={first} skeleton={<TableSkeleton />} errorTitle="The held people could not be loaded">
        {() =>
          total === 0 ? (
            <Empty icon={IconUserSearch} title="Nobody matches">
              Change the search, or wait for the decision that is under way.
            </Empty>
          ) : (
            <VirtualTable<Receipt>
              key={search}
              label="Held people"
              columns={columns}
              count={total}
              row={row}
              rowKey={({ id }) => id}
              onOpen={setOpen}
              onRange={setRange}
              selected={open?.id ?? null}
            />
          )
        }
      </QueryState>
      <DetailDrawer opened={open !== null} title="Receipt" onClose={close}>
        {open && <HeldDetail receipt={open} onAsk={setAsking} />}
      </DetailDrawer>
      <DecideDialog
        asking={asking}
        onClose={() => setAsking(null)}
        onStarted={({ id }) => {
          setChosen(NOBODY);
          setOpen(null);
          onStarted(id);
        }}
      />
    </>
  );
}

function HeldDetail({ receipt, onAsk }: { receipt: Receipt; onAsk: (asking: Asking) => void }) {
  const { memberId, displayName, userName } = receipt;
  const name = displayName || userName;
  const ask = (decision: Asking['decision']) =>
    onAsk({ decision, choice: { memberIds: [memberId] }, number: 1, name });
  return (
    <Stack gap="md">
      <Title order={2}>{name}</Title>
      <ReceiptDetail receipt={receipt} />
      <Group gap="xs">
        <Button onClick={() => ask('recall')}>Recall</Button>
        <Button variant="default" onClick={() => ask('confirm')}>
          Confirm
        </Button>
        <Button variant="default" component={Link} to={paths.members({ member: memberId })}>
          Show the member
        </Button>
      </Group>
    </Stack>
  );
}
