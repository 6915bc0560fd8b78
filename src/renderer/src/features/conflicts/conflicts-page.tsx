import { Button, SegmentedControl } from '@mantine/core';
import { IconUserSearch, IconUsersPlus } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { Link, useLocation } from 'react-router';
import type { Conflict } from '../../../../shared/contract/conflicts.ts';
import { useConflicts } from '../../api/queries/conflicts.ts';
import type { RowRange } from '../../api/queries/paged-rows.ts';
import type { ConflictFilter } from '../../api/query-keys.ts';
import { Callout } from '../../components/callout.tsx';
import { DetailDrawer } from '../../components/detail-drawer.tsx';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { RowLink } from '../../components/row-link.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { ToneBadge } from '../../components/tone-badge.tsx';
import { Toolbar } from '../../components/toolbar.tsx';
import { useSearchParam } from '../../components/use-search-param.ts';
import type { Column } from '../../components/virtual-table.tsx';
import { TableSkeleton, VirtualTable } from '../../components/virtual-table.tsx';
import { count, counted } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import { ConflictDetail } from './conflict-detail.tsx';
import { CONFLICT_STATES, KINDS } from './conflict-words.ts';
import styles from './conflicts.module.css';

const COLUMNS: readonly Column<Conflict>[] = [
  { header: 'Newcomer', cell: (conflict) => <ConflictLink conflict={conflict} /> },
  { header: 'Was here before', cell: ({ other }) => <span title={other.name}>{other.name}</span> },
  {
    header: 'Both have',
    cell: ({ kind, value }) => (
      <div className={styles.two} title={value}>
        <span>{KINDS[kind]}</span>
        <span className={styles.under}>{value}</span>
      </div>
    ),
  },
  {
    header: 'State',
    width: '132px',
    cell: ({ state }) => {
      const { tone, icon, label } = CONFLICT_STATES[state];
      return (
        <ToneBadge tone={tone} icon={icon}>
          {label}
        </ToneBadge>
      );
    },
  },
  {
    header: 'Since',
    width: '130px',
    from: 'medium',
    cell: ({ openedAt, decidedAt }) => <RelativeTime time={decidedAt ?? openedAt} />,
  },
];

/** The conflict inbox: people who hold what should be one person’s alone. */
export function ConflictsPage() {
  const [search] = useSearchParam('q');
  const [shown, setShown] = useSearchParam('state');
  const state = shown === 'decided' ? 'decided' : 'open';
  const filter: ConflictFilter = { state, ...(search && { search }) };
  const [range, setRange] = useState<RowRange>({ first: 0, last: 0 });
  const { first, row, total } = useConflicts(filter, range);
  const [openId, setOpenId] = useSearchParam('conflict', { push: true });
  const [done, setDone] = useState<string | null>(null);
  const close = useCallback(() => setOpenId(null), [setOpenId]);

  return (
    <Page
      title="Conflicts"
      lead="Your IdP sent somebody with the e-mail address or identifier of a person who is here. Rollcall never decides by itself that they are one: until you do, the newcomer has no access."
      fill
    >
      {done !== null && (
        <div role="status">
          <Callout
            tone="good"
            title={done}
            actions={
              <Button size="xs" variant="subtle" onClick={() => setDone(null)}>
                Dismiss
              </Button>
            }
          />
        </div>
      )}
      <Toolbar summary={first.data && counted(total, 'conflict')}>
        <SearchField label="Search conflicts" placeholder="Name, e-mail, identifier of either" />
        <SegmentedControl
          size="xs"
          aria-label="Which conflicts"
          value={state}
          onChange={(value) => setShown(value === 'decided' ? value : null)}
          data={[
            { value: 'open', label: `Open ${first.data ? count(first.data.open) : ''}`.trim() },
            { value: 'decided', label: 'Closed' },
          ]}
        />
      </Toolbar>
      <QueryState query={first} skeleton={<TableSkeleton />} errorTitle="The conflicts could not be loaded">
        {() =>
          total === 0 ? (
            <NoConflicts state={state} searched={Boolean(search)} />
          ) : (
            <VirtualTable<Conflict>
              key={JSON.stringify(filter)}
              label="Conflicts"
              columns={COLUMNS}
              count={total}
              row={row}
              rowKey={({ id }) => id}
              onOpen={({ id }) => setOpenId(id)}
              onRange={setRange}
              selected={openId}
              twoLines
            />
          )
        }
      </QueryState>
      <DetailDrawer opened={openId !== null} title="Conflict" size={900} onClose={close}>
        {openId !== null && (
          <ConflictDetail
            key={openId}
            id={openId}
            onDone={(sentence) => {
              setDone(sentence);
              close();
            }}
          />
        )}
      </DetailDrawer>
    </Page>
  );
}

function ConflictLink({ conflict }: { conflict: Conflict }) {
  const { pathname, search } = useLocation();
  const params = new URLSearchParams(search);
  params.set('conflict', conflict.id);
  return <RowLink to={`${pathname}?${params}`}>{conflict.newcomer.name}</RowLink>;
}

function NoConflicts({ state, searched }: { state: 'open' | 'decided'; searched: boolean }) {
  if (searched) {
    return (
      <Empty
        icon={IconUserSearch}
        title="Nothing matches"
        actions={
          <Button component={Link} to={paths.conflicts()} variant="default">
            Show all open conflicts
          </Button>
        }
      >
        Change the search.
      </Empty>
    );
  }
  return (
    <Empty
      icon={IconUsersPlus}
      title={state === 'open' ? 'No open conflicts' : 'No conflict was closed yet'}
      actions={
        state === 'open' && (
          <Button component={Link} to={paths.review()} variant="default">
            Open the review queue
          </Button>
        )
      }
    >
      {state === 'open'
        ? 'When your IdP sends somebody with the e-mail address or externalId of a person who is here, both are compared here.'
        : 'What was decided is listed here, with who decided it and when.'}
    </Empty>
  );
}
