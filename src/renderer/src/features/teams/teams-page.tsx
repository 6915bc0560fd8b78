import { Button, Text } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Team } from '../../../../shared/contract/people.ts';
import type { RowRange } from '../../api/queries/paged-rows.ts';
import { useTeams } from '../../api/queries/teams.ts';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { RowLink } from '../../components/row-link.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { Toolbar } from '../../components/toolbar.tsx';
import { useSearchParam } from '../../components/use-search-param.ts';
import type { Column } from '../../components/virtual-table.tsx';
import { TableSkeleton, VirtualTable } from '../../components/virtual-table.tsx';
import { count, counted } from '../../format/number.ts';
import { paths } from '../../paths.ts';

const COLUMNS: readonly Column<Team>[] = [
  { header: 'Team', cell: ({ id, name }) => <RowLink to={paths.members({ team: id })}>{name}</RowLink> },
  { header: 'Active', width: '90px', align: 'end', cell: ({ activeMembers }) => count(activeMembers) },
  {
    header: 'In the IdP',
    width: '100px',
    align: 'end',
    cell: ({ assertedMembers }) => count(assertedMembers),
  },
  {
    header: 'Kept by',
    width: '190px',
    from: 'medium',
    cell: ({ groupId }) =>
      groupId ? (
        'A group in the IdP'
      ) : (
        <Text span size="sm" c="dimmed">
          Group deleted in the IdP
        </Text>
      ),
  },
  {
    header: 'Updated',
    width: '130px',
    from: 'medium',
    cell: ({ updatedAt }) => <RelativeTime time={updatedAt} />,
  },
];

/** The groups that the IdP pushed, as teams. */
export function TeamsPage() {
  const [search] = useSearchParam('q');
  const [range, setRange] = useState<RowRange>({ first: 0, last: 0 });
  const { first, row, total } = useTeams(search ? { search } : {}, range);
  const navigate = useNavigate();

  return (
    <Page
      title="Teams"
      lead="Each group that your IdP pushes is a team. “In the IdP” counts everybody it put there; “Active” only those who have access now."
      fill
    >
      <Toolbar summary={first.data && counted(total, 'team')}>
        <SearchField label="Search teams" placeholder="Team name" />
      </Toolbar>
      <QueryState query={first} skeleton={<TableSkeleton />} errorTitle="The teams could not be loaded">
        {() =>
          total === 0 ? (
            <NoTeams searched={search !== null} />
          ) : (
            <VirtualTable<Team>
              key={search}
              label="Teams"
              columns={COLUMNS}
              count={total}
              row={row}
              rowKey={(team) => team.id}
              onOpen={(team) => void navigate(paths.members({ team: team.id }))}
              onRange={setRange}
            />
          )
        }
      </QueryState>
    </Page>
  );
}

function NoTeams({ searched }: { searched: boolean }) {
  if (searched) {
    return (
      <Empty
        icon={IconUsersGroup}
        title="No team matches"
        actions={
          <Button component={Link} to={paths.teams} variant="default">
            Show all teams
          </Button>
        }
      />
    );
  }
  return (
    <Empty icon={IconUsersGroup} title="No teams yet">
      Push a group from your IdP, and it becomes a team with the same name and people.
    </Empty>
  );
}
