import { Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { Holder } from '../../../../shared/contract/grants.ts';
import { useHolders } from '../../api/queries/grants.ts';
import type { RowRange } from '../../api/queries/paged-rows.ts';
import type { TargetFilter } from '../../api/query-keys.ts';
import { MemberStateBadge } from '../../components/member-state.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { RowLink } from '../../components/row-link.tsx';
import type { Column } from '../../components/virtual-table.tsx';
import { paths } from '../../paths.ts';
import { PeopleList } from './people-list.tsx';

const ORIGINS: Record<Holder['origins'][number], string> = {
  mapping: 'the IdP',
  manual: 'hand',
  template: 'template',
};

const COLUMNS: readonly Column<Holder>[] = [
  {
    header: 'Name',
    cell: ({ id, displayName, userName }) => (
      <RowLink to={paths.members({ member: id })} title={userName}>
        {displayName || userName}
      </RowLink>
    ),
  },
  { header: 'State', width: '156px', cell: ({ state }) => <MemberStateBadge state={state} /> },
  {
    header: 'By',
    width: '140px',
    cell: ({ origins }) => origins.map((origin) => ORIGINS[origin]).join(', '),
  },
];

/** Who holds a team or role, and by what. */
export function HoldersSection({ target, label }: { target: TargetFilter; label: string }) {
  const [search, setSearch] = useState('');
  const [settled] = useDebouncedValue(search.trim(), 250);
  const [range, setRange] = useState<RowRange>({ first: 0, last: 0 });
  const { first, row, total } = useHolders(target, settled, range);
  return (
    <QueryState
      query={first}
      skeleton={<Skeleton height={160} radius="md" />}
      errorTitle="Who holds it could not be loaded"
    >
      {() => (
        <PeopleList<Holder>
          label={label}
          columns={COLUMNS}
          total={total}
          row={row}
          search={search}
          onSearch={setSearch}
          onRange={setRange}
        />
      )}
    </QueryState>
  );
}
