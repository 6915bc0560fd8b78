import { Button, Group } from '@mantine/core';
import { IconEyeCheck, IconUserSearch } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { Link } from 'react-router';
import type { ObserveStatus, PreviewedResource } from '../../../../shared/contract/observe.ts';
import { usePreview } from '../../api/queries/observe.ts';
import type { RowRange } from '../../api/queries/paged-rows.ts';
import type { PreviewFilter } from '../../api/query-keys.ts';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { ToneBadge } from '../../components/tone-badge.tsx';
import { Toolbar } from '../../components/toolbar.tsx';
import { useSearchParam } from '../../components/use-search-param.ts';
import type { Column } from '../../components/virtual-table.tsx';
import { TableSkeleton, VirtualTable } from '../../components/virtual-table.tsx';
import { count, counted } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import { JobNote } from '../jobs/job-note.tsx';
import filterStyles from '../members/state-filter.module.css';
import { ApplyDialog } from './apply-dialog.tsx';
import { PreviewDrawer } from './preview-drawer.tsx';

/** What is shown: everything, one kind, or whose access was cut at once. */
const SHOWN = ['all', 'user', 'group', 'cut'] as const;
type Shown = (typeof SHOWN)[number];

function filterOf(search: string | null, shown: string | null): PreviewFilter {
  return {
    ...(search && { search }),
    ...(shown === 'user' || shown === 'group' ? { kind: shown } : {}),
    ...(shown === 'cut' && { cutOnly: true }),
  };
}

/** What your IdP wrote while it was observed: what applying it would change, person by person, and Apply. */
export function ObservePage() {
  const [search] = useSearchParam('q');
  const [shown, setShown] = useSearchParam('show');
  const filter = filterOf(search, shown);
  const [range, setRange] = useState<RowRange>({ first: 0, last: 0 });
  const { first, row, total } = usePreview(filter, range);
  const [open, setOpen] = useState<PreviewedResource | null>(null);
  const [asking, setAsking] = useState<boolean | null>(null);
  const [jobId, setJobId] = useState<string | null>(null);
  const close = useCallback(() => setOpen(null), []);
  const status = first.data?.status;

  const columns: readonly Column<PreviewedResource>[] = [
    {
      header: 'Name',
      cell: (resource) => (
        <Button variant="transparent" size="compact-sm" px={0} onClick={() => setOpen(resource)}>
          {resource.name}
        </Button>
      ),
    },
    {
      header: 'Kind',
      width: '90px',
      from: 'medium',
      cell: ({ kind }) => (kind === 'user' ? 'Person' : 'Group'),
    },
    { header: 'What would change', cell: (resource) => <Summary resource={resource} /> },
    {
      header: 'Access',
      width: '150px',
      from: 'medium',
      cell: ({ cutAt }) => cutAt && <ToneBadge tone="warning">Cut already</ToneBadge>,
    },
    { header: 'Since', width: '130px', from: 'medium', cell: ({ since }) => <RelativeTime time={since} /> },
  ];

  return (
    <Page
      title="Observe"
      lead={
        status?.mode === 'live'
          ? 'Pushes take effect at once. Whatever was recorded before that and never applied is listed here.'
          : 'What your IdP writes is recorded and shown here. Nothing is granted until you apply it; access that it takes away ends at once.'
      }
      actions={status && <Actions status={status} onAsk={setAsking} />}
      fill
    >
      {jobId !== null && <JobNote id={jobId} />}
      <Toolbar summary={status && summaryOf(status, total, Object.keys(filter).length > 0)}>
        <SearchField label="Search what would change" placeholder="Name, e-mail, identifier" />
        <ShownFilter shown={isShown(shown) ? shown : 'all'} status={status} onShow={setShown} />
      </Toolbar>
      <QueryState query={first} skeleton={<TableSkeleton />} errorTitle="The preview could not be computed">
        {({ status: { mode } }) =>
          total === 0 ? (
            <Nothing filtered={Object.keys(filter).length > 0} mode={mode} />
          ) : (
            <VirtualTable<PreviewedResource>
              key={JSON.stringify(filter)}
              label="What would change"
              columns={columns}
              count={total}
              row={row}
              rowKey={({ kind, id }) => `${kind}/${id}`}
              onOpen={setOpen}
              onRange={setRange}
              selected={open && `${open.kind}/${open.id}`}
            />
          )
        }
      </QueryState>
      <PreviewDrawer resource={open} onClose={close} />
      {status && (
        <ApplyDialog
          goLive={asking}
          status={status}
          onClose={() => setAsking(null)}
          onStarted={({ id }) => setJobId(id)}
        />
      )}
    </Page>
  );
}

const LABELS: Record<Shown, string> = { all: 'All', user: 'People', group: 'Groups', cut: 'Cut already' };

function ShownFilter({
  shown,
  status,
  onShow,
}: {
  shown: Shown;
  status: ObserveStatus | undefined;
  onShow: (shown: string | null) => void;
}) {
  const { users = 0, groups = 0, cut = 0 } = status ?? {};
  const numbers: Record<Shown, number> = { all: users + groups, user: users, group: groups, cut };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a box model that does not belong in a toolbar
    <div role="group" aria-label="What is shown" className={filterStyles.group}>
      {SHOWN.map((one) => (
        <button
          key={one}
          type="button"
          className={filterStyles.option}
          aria-pressed={shown === one}
          onClick={() => onShow(one === 'all' ? null : one)}
        >
          {LABELS[one]} <span className={filterStyles.number}>{status ? count(numbers[one]) : ''}</span>
        </button>
      ))}
    </div>
  );
}

function Actions({ status, onAsk }: { status: ObserveStatus; onAsk: (goLive: boolean) => void }) {
  const { mode, users, groups } = status;
  const waiting = users + groups;
  return (
    <Group gap="xs">
      {waiting > 0 && <Button onClick={() => onAsk(false)}>Apply {count(waiting)}…</Button>}
      {mode === 'observe' && (
        <Button variant="default" onClick={() => onAsk(true)}>
          {waiting > 0 ? `Apply ${count(waiting)} and go live…` : 'Go live…'}
        </Button>
      )}
    </Group>
  );
}

function Summary({ resource: { changes } }: { resource: PreviewedResource }) {
  const [first, ...more] = changes;
  if (!first) return <>Nothing: it is so here already</>;
  const text = more.length === 0 ? first.what : `${first.what} (and ${count(more.length)} more)`;
  return <span title={changes.map(({ what }) => what).join('\n')}>{text}</span>;
}

function summaryOf({ users, groups }: ObserveStatus, total: number, filtered: boolean): string {
  if (filtered) return `${count(total)} of ${count(users + groups)}`;
  return `${counted(users, 'person', 'people')}, ${counted(groups, 'group')}`;
}

function isShown(text: string | null): text is Shown {
  return SHOWN.some((shown) => shown === text);
}

function Nothing({ filtered, mode }: { filtered: boolean; mode: ObserveStatus['mode'] }) {
  if (filtered) {
    return (
      <Empty
        icon={IconUserSearch}
        title="Nothing matches"
        actions={
          <Button component={Link} to={paths.observe} variant="default">
            Show everything
          </Button>
        }
      >
        Change the search or the filter.
      </Empty>
    );
  }
  return (
    <Empty
      icon={IconEyeCheck}
      title="Nothing waits"
      actions={
        <Button component={Link} to={paths.policy} variant="default">
          Open the policy
        </Button>
      }
    >
      {mode === 'observe'
        ? 'Your IdP has written nothing new since the last Apply. Start its provisioning, and watch.'
        : 'Pushes take effect at once. In observe mode they are recorded, and you decide when.'}
    </Empty>
  );
}
