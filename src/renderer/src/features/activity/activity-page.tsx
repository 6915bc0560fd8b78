import { Button, Switch } from '@mantine/core';
import { IconActivityHeartbeat, IconArrowUp, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { ActivityRow } from '../../../../shared/contract/activity.ts';
import { ruleName } from '../../../../shared/contract/profiles.ts';
import type { RowRange } from '../../api/queries/paged-rows.ts';
import type { ActivityFilter } from '../../api/query-keys.ts';
import { Callout } from '../../components/callout.tsx';
import { Empty } from '../../components/empty.tsx';
import { ErrorCallout } from '../../components/error-callout.tsx';
import { Page } from '../../components/page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { Toolbar } from '../../components/toolbar.tsx';
import { useSearchParam } from '../../components/use-search-param.ts';
import { TableSkeleton, VirtualTable } from '../../components/virtual-table.tsx';
import { counted } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import { ACTIVITY_COLUMNS } from './activity-columns.tsx';
import { RequestDrawer } from './request-drawer.tsx';
import { RuleFilterChip } from './rule-filter-chip.tsx';
import { useActivityRows } from './use-activity-rows.ts';

/** How near the end of what is loaded the next page is fetched, in rows. */
const AHEAD = 30;
const WAITING_ROWS = 3;

/** Every request that reached the endpoint, refused ones included, live. */
export function ActivityPage() {
  const [failedParam, setFailed] = useSearchParam('failed');
  const [search] = useSearchParam('q');
  const [ruleParam] = useSearchParam('rule');
  const rule = ruleName.safeParse(ruleParam).data;
  const [request, setRequest] = useSearchParam('request', { push: true });
  const filter = useMemo<ActivityFilter>(
    () => ({ failed: failedParam === '1', ...(search && { search }), ...(rule && { rule }) }),
    [failedParam, search, rule],
  );

  const [paused, setPaused] = useState(false);
  const [away, setAway] = useState(false);
  // A new key puts the table back to its top.
  const [epoch, setEpoch] = useState(0);
  const { history, rows, waiting, dropped } = useActivityRows(filter, paused || away);

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = history;
  const loadMore = useCallback(
    ({ last }: RowRange) => {
      if (last >= rows.length - AHEAD && hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
    [rows.length, hasNextPage, isFetchingNextPage, fetchNextPage],
  );

  function showNewest(): void {
    setPaused(false);
    setAway(false);
    setEpoch((previous) => previous + 1);
  }

  return (
    <Page title="Activity" fill>
      <Toolbar>
        <SearchField label="Search activity" placeholder="Person, path, reason, address" />
        <Switch
          label="Failed only"
          checked={filter.failed}
          onChange={(event) => setFailed(event.currentTarget.checked ? '1' : null)}
        />
        <RuleFilterChip />
        <LiveControl paused={paused} waiting={waiting} onPause={setPaused} onShowNewest={showNewest} />
      </Toolbar>
      {dropped > 0 && (
        <Callout tone="warning" title={`${counted(dropped, 'request')} left no row`}>
          They were answered as usual, but came faster than the log could write, so their rows were given up.
        </Callout>
      )}
      {history.isError && (
        <ErrorCallout
          error={history.error}
          title="The log could not be loaded"
          onRetry={() => void (history.data ? fetchNextPage() : history.refetch())}
        />
      )}
      {history.isPending && <TableSkeleton />}
      {history.data &&
        (rows.length === 0 ? (
          <NoRequests filtered={filter.failed === true || search !== null || rule !== undefined} />
        ) : (
          <VirtualTable<ActivityRow>
            key={epoch}
            label="Requests"
            columns={ACTIVITY_COLUMNS}
            count={rows.length + (hasNextPage ? WAITING_ROWS : 0)}
            row={(index) => rows[index]}
            rowKey={(row) => row.seq}
            onOpen={(row) => setRequest(String(row.seq))}
            onRange={loadMore}
            onAwayFromTop={setAway}
            selected={Number(request)}
            twoLines
          />
        ))}
      <RequestDrawer seq={request === null ? null : Number(request)} onClose={() => setRequest(null)} />
    </Page>
  );
}

function LiveControl({
  paused,
  waiting,
  onPause,
  onShowNewest,
}: {
  paused: boolean;
  waiting: number;
  onPause: (paused: boolean) => void;
  onShowNewest: () => void;
}) {
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={
          paused ? <IconPlayerPlay size={15} aria-hidden /> : <IconPlayerPause size={15} aria-hidden />
        }
        onClick={() => (paused ? onShowNewest() : onPause(true))}
      >
        {paused ? 'Resume live' : 'Pause live'}
      </Button>
      {waiting > 0 && (
        <Button
          size="xs"
          variant="light"
          leftSection={<IconArrowUp size={15} aria-hidden />}
          onClick={onShowNewest}
        >
          {counted(waiting, 'new request')}
        </Button>
      )}
    </>
  );
}

function NoRequests({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <Empty
        icon={IconActivityHeartbeat}
        title="No request matches"
        actions={
          <Button component={Link} to={paths.activity()} variant="default">
            Show all requests
          </Button>
        }
      >
        Requests that match appear here as they come.
      </Empty>
    );
  }
  return (
    <Empty
      icon={IconActivityHeartbeat}
      title="Nobody has called yet"
      actions={
        <Button component={Link} to={paths.identitySetup()}>
          Open the identity setup
        </Button>
      }
    >
      Every request to the endpoint leaves a row here within a second, refused ones too.
    </Empty>
  );
}
