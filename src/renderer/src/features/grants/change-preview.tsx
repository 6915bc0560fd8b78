import { Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { AffectedPerson, ChangePreview } from '../../../../shared/contract/grants.ts';
import { type GrantChangeInput, useGrantPreview } from '../../api/queries/grants.ts';
import type { RowRange } from '../../api/queries/paged-rows.ts';
import { Callout } from '../../components/callout.tsx';
import { MemberStateBadge } from '../../components/member-state.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { RowLink } from '../../components/row-link.tsx';
import type { Column } from '../../components/virtual-table.tsx';
import { counted } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import styles from './grants.module.css';
import { PeopleList } from './people-list.tsx';

const CHANGES: Record<AffectedPerson['change'], string> = {
  gains: '+ gets it',
  loses: '− loses it',
  keeps: 'keeps it',
};

const COLUMNS: readonly Column<AffectedPerson>[] = [
  {
    header: 'Name',
    cell: ({ id, displayName, userName }) => (
      <RowLink to={paths.members({ member: id })} title={userName}>
        {displayName || userName}
      </RowLink>
    ),
  },
  { header: 'State', width: '132px', cell: ({ state }) => <MemberStateBadge state={state} /> },
  {
    header: 'What changes',
    width: '130px',
    cell: ({ change, effective }) => `${CHANGES[change]}${effective ? '' : ' later'}`,
  },
];

/** What a change would do, and to whom, before it is saved. */
export function ChangePreviewSection({ change }: { change: GrantChangeInput }) {
  const [search, setSearch] = useState('');
  const [settled] = useDebouncedValue(search.trim(), 250);
  const [range, setRange] = useState<RowRange>({ first: 0, last: 0 });
  const { first, row, total } = useGrantPreview(change, settled, range);
  return (
    <QueryState
      query={first}
      skeleton={<Skeleton height={120} radius="md" />}
      errorTitle="This can’t be done as it stands"
    >
      {(preview) => (
        <>
          <Consequences preview={preview} />
          {(total > 0 || settled !== '') && (
            <PeopleList<AffectedPerson>
              label="People whom it concerns"
              columns={COLUMNS}
              total={total}
              row={row}
              search={search}
              onSearch={setSearch}
              onRange={setRange}
            />
          )}
        </>
      )}
    </QueryState>
  );
}

function Consequences({ preview: { sentences, permissions, losses } }: { preview: ChangePreview }) {
  const [first = '', ...more] = sentences;
  return (
    <Callout tone={losses > 0 ? 'warning' : 'waiting'} title={first}>
      {more.length + permissions.length > 0 && (
        <ul className={styles.sentences}>
          {more.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          {permissions.map(({ permission, change, people }) => (
            <li key={permission}>
              <code>{permission}</code>: {counted(people, 'person', 'people')}{' '}
              {change === 'gains'
                ? people === 1
                  ? 'gains it'
                  : 'gain it'
                : people === 1
                  ? 'loses it'
                  : 'lose it'}
              , having it from no other role.
            </li>
          ))}
        </ul>
      )}
    </Callout>
  );
}
