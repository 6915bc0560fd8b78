import { Button, Group, VisuallyHidden } from '@mantine/core';
import { IconHistory, IconUserCheck, IconUserSearch } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { ReviewDecision, ReviewItem } from '../../../../shared/contract/review.ts';
import { useRefusal } from '../../api/queries/operators.ts';
import type { RowRange } from '../../api/queries/paged-rows.ts';
import { useReviewCounts, useReviewQueue } from '../../api/queries/review.ts';
import type { ReviewFilter } from '../../api/query-keys.ts';
import { DetailDrawer } from '../../components/detail-drawer.tsx';
import { Empty } from '../../components/empty.tsx';
import { ErrorCallout } from '../../components/error-callout.tsx';
import { Page } from '../../components/page.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { Toolbar } from '../../components/toolbar.tsx';
import { useSearchParam } from '../../components/use-search-param.ts';
import { TableSkeleton, VirtualTable } from '../../components/virtual-table.tsx';
import { count, counted } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import { allOf, isSelected, NOBODY, type Selection, sizeOf, toggled } from '../guard/selection.ts';
import { type Asking, DecideDialog } from './decide-dialog.tsx';
import { DecisionsDrawer } from './decisions-drawer.tsx';
import { titleOf } from './names.ts';
import { OutcomeCallout } from './outcome-callout.tsx';
import styles from './review.module.css';
import { reviewColumns } from './review-columns.tsx';
import { ReviewDetail } from './review-detail.tsx';
import { DomainFilter, RuleFilter } from './review-filters.tsx';
import { isRule } from './rules.ts';
import { useDecisions } from './use-decisions.ts';
import { useReviewKeys } from './use-review-keys.ts';

function useReviewFilter(): ReviewFilter {
  const [search] = useSearchParam('q');
  const [rule] = useSearchParam('rule');
  const [domain] = useSearchParam('domain');
  return {
    ...(search && { search }),
    ...(rule && isRule(rule) && { rule }),
    ...(domain && { domain }),
  };
}

/** Who waits to be let in, and what waits to be given: decided one by one or together, by keyboard or pointer. */
export function ReviewPage() {
  const filter = useReviewFilter();
  const filterKey = JSON.stringify(filter);
  const [range, setRange] = useState<RowRange>({ first: 0, last: 0 });
  const { first, row, total } = useReviewQueue(filter, range);
  const counts = useReviewCounts().data;
  const [chosen, setChosen] = useState<Selection>(NOBODY);
  const [open, setOpen] = useState<ReviewItem | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [history, setHistory] = useState(false);
  const decisions = useDecisions();
  const refusal = useRefusal();
  const close = useCallback(() => setOpen(null), []);

  // All of one filter says nothing about the next.
  const selection = chosen.kind === 'all' && chosen.search !== filterKey ? NOBODY : chosen;
  const number = sizeOf(selection, total);
  const all = number === total && total > 0 && selection.kind === 'all';

  /** What a decision is about now: those chosen, or else the row that the keyboard is on. */
  function about(): { whom: string; number: number; chosen: Parameters<typeof decisions.decide>[1] } | null {
    if (number === 0) {
      return current ? { whom: titleOf(current), number: 1, chosen: { ids: [current.id] } } : null;
    }
    if (selection.kind === 'some') {
      return { whom: counted(number, 'item'), number, chosen: { ids: [...selection.ids] } };
    }
    const except = [...selection.except];
    return {
      whom: counted(number, 'item'),
      number,
      chosen: { filter: { ...filter, ...(except.length > 0 && { except }), expected: number } },
    };
  }

  async function decide(decision: ReviewDecision, note: string | null): Promise<void> {
    const it = about();
    if (!it) return;
    if (await decisions.decide(decision, it.chosen, it.whom, note)) {
      setChosen(NOBODY);
      setAsking(null);
      setOpen(null);
    }
  }
  function ask(decision: ReviewDecision | null): void {
    const it = about();
    if (!it || decisions.pending) return;
    decisions.reset();
    // One can be taken back with a key; of many it is said first how many they are.
    if (decision !== null && it.number === 1) void decide(decision, null);
    else setAsking({ decision, whom: it.whom, number: it.number });
  }
  const toggle = (id: string) => setChosen(toggled(selection, id));
  const chooseAll = () => setChosen(all ? NOBODY : allOf(filterKey));

  const resting = asking !== null || open !== null || history;
  const cursor = useReviewKeys(total, resting, {
    approve: () => ask('approve'),
    reject: () => ask('reject'),
    note: () => ask(null),
    undo: () => {
      const { outcome } = decisions;
      if (outcome?.batchId) void decisions.undo(outcome.batchId);
      else setHistory(true);
    },
    choose: () => current && toggle(current.id),
    chooseAll,
    open: () => current && setOpen(current),
  });
  const current = row(cursor);
  const columns = useMemo(
    () =>
      reviewColumns(
        (id) => isSelected(selection, id),
        (id) => setChosen(toggled(selection, id)),
        current?.id,
      ),
    [selection, current?.id],
  );

  return (
    <Page
      title="Review"
      lead="People your IdP sent and your policy holds, and what it gives that somebody approves first. Nobody here has access, and nothing here counts, until you decide."
      fill
      actions={
        <Button
          variant="default"
          size="xs"
          leftSection={<IconHistory size={16} aria-hidden />}
          onClick={() => setHistory(true)}
        >
          Latest decisions
        </Button>
      }
    >
      {decisions.outcome && (
        <OutcomeCallout
          outcome={decisions.outcome}
          pending={decisions.pending}
          onUndo={(id) => void decisions.undo(id)}
          onDismiss={decisions.dismiss}
        />
      )}
      {asking === null && <ErrorCallout error={decisions.error} title="This could not be done" />}
      <Toolbar
        summary={first.data && `${count(total)} waiting${number > 0 ? `, ${count(number)} chosen` : ''}`}
      >
        <SearchField label="Search the queue" placeholder="Name, e-mail, identifier" />
        <RuleFilter counts={counts} />
        <DomainFilter counts={counts} />
        {total > 0 && (
          <Group gap="xs">
            <Button variant="default" size="xs" onClick={chooseAll}>
              {all ? 'Choose none' : `Choose all ${count(total)}`}
            </Button>
            <Button
              size="xs"
              disabled={number === 0 || decisions.pending || refusal !== null}
              title={refusal ?? undefined}
              onClick={() => ask('approve')}
            >
              Approve {count(number)}
            </Button>
            <Button
              size="xs"
              variant="default"
              disabled={number === 0 || decisions.pending || refusal !== null}
              title={refusal ?? undefined}
              onClick={() => ask('reject')}
            >
              Reject {count(number)}
            </Button>
          </Group>
        )}
      </Toolbar>
      <QueryState
        query={first}
        skeleton={<TableSkeleton />}
        errorTitle="The review queue could not be loaded"
      >
        {() =>
          total === 0 ? (
            <NothingWaits filtered={Object.keys(filter).length > 0} conflicts={counts?.conflicts ?? 0} />
          ) : (
            <>
              <VirtualTable<ReviewItem>
                key={filterKey}
                label="Review queue"
                columns={columns}
                count={total}
                row={row}
                rowKey={({ id }) => id}
                onOpen={setOpen}
                onRange={setRange}
                selected={current?.id ?? null}
                cursor={cursor}
                twoLines
              />
              <VisuallyHidden role="status">
                {current && `${titleOf(current)}, ${cursor + 1} of ${total}. ${current.reason}`}
              </VisuallyHidden>
              <KeyHelp />
            </>
          )
        }
      </QueryState>
      <DetailDrawer opened={open !== null} title="Waiting for review" onClose={close}>
        {open && (
          <>
            <ReviewDetail
              item={open}
              pending={decisions.pending}
              onDecide={(decision) =>
                void decisions
                  .decide(decision, { ids: [open.id] }, titleOf(open), null)
                  .then((done) => done && setOpen(null))
              }
            />
            <ErrorCallout error={decisions.error} title="This could not be done" />
          </>
        )}
      </DetailDrawer>
      {asking && (
        <DecideDialog
          asking={asking}
          pending={decisions.pending}
          error={decisions.error}
          onDecide={(decision, note) => void decide(decision, note)}
          onClose={() => {
            decisions.reset();
            setAsking(null);
          }}
        />
      )}
      <DecisionsDrawer
        opened={history}
        pending={decisions.pending}
        onUndo={({ id }) => void decisions.undo(id).then(() => setHistory(false))}
        onClose={() => setHistory(false)}
      />
    </Page>
  );
}

const KEYS: readonly (readonly [string, string])[] = [
  ['↑ ↓', 'move'],
  ['a', 'approve'],
  ['r', 'reject'],
  ['n', 'with a note'],
  ['u', 'undo'],
  ['x', 'choose'],
  ['⇧ A', 'choose all'],
  ['o', 'open'],
];

function KeyHelp() {
  return (
    <div className={styles.keys}>
      {KEYS.map(([key, what]) => (
        <span key={key}>
          <kbd>{key}</kbd> {what}
        </span>
      ))}
    </div>
  );
}

function NothingWaits({ filtered, conflicts }: { filtered: boolean; conflicts: number }) {
  if (filtered) {
    return (
      <Empty
        icon={IconUserSearch}
        title="Nothing matches"
        actions={
          <Button component={Link} to={paths.review()} variant="default">
            Show the whole queue
          </Button>
        }
      >
        Change the search or the filters.
      </Empty>
    );
  }
  return (
    <Empty
      icon={IconUserCheck}
      title="Nobody waits for a review"
      actions={
        conflicts > 0 ? (
          <Button component={Link} to={paths.conflicts()}>
            {counted(conflicts, 'open conflict')}
          </Button>
        ) : (
          <Button component={Link} to={paths.policy} variant="default">
            Who is reviewed
          </Button>
        )
      }
    >
      People your policy holds appear here as soon as your IdP pushes them, and so does what needs an approval
      for each person.
    </Empty>
  );
}
