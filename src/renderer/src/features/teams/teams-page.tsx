import { Button, Text } from '@mantine/core';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { Link } from 'react-router';
import type { Team } from '../../../../shared/contract/people.ts';
import type { RowRange } from '../../api/queries/paged-rows.ts';
import { useTeams } from '../../api/queries/teams.ts';
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
import { CreateTeamDialog } from './create-team-dialog.tsx';
import { TeamDrawer } from './team-drawer.tsx';

const COLUMNS: readonly Column<Team>[] = [
  { header: 'Team', cell: ({ id, name }) => <RowLink to={paths.team(id)}>{name}</RowLink> },
  { header: 'Active', width: '90px', align: 'end', cell: ({ activeMembers }) => count(activeMembers) },
  {
    header: 'In the IdP',
    width: '100px',
    align: 'end',
    cell: ({ assertedMembers }) => count(assertedMembers),
  },
  {
    header: 'By hand',
    width: '90px',
    align: 'end',
    from: 'medium',
    cell: ({ manualMembers }) => count(manualMembers),
  },
  { header: 'Filled by', width: '210px', from: 'medium', cell: (team) => <FilledBy team={team} /> },
  {
    header: 'Updated',
    width: '130px',
    from: 'medium',
    cell: ({ updatedAt }) => <RelativeTime time={updatedAt} />,
  },
];

function FilledBy({ team: { mappings, pausedMappings } }: { team: Team }) {
  if (mappings === 0) {
    return (
      <Text span size="sm" c="dimmed">
        People here
      </Text>
    );
  }
  if (pausedMappings === 0) return counted(mappings, 'mapping');
  return (
    <ToneBadge tone="warning" plain>
      {counted(mappings, 'mapping')}, {count(pausedMappings)} paused
    </ToneBadge>
  );
}

/** Teams: those that the IdP's groups became, and those that people made. */
export function TeamsPage() {
  const [search] = useSearchParam('q');
  const [range, setRange] = useState<RowRange>({ first: 0, last: 0 });
  const { first, row, total } = useTeams(search ? { search } : {}, range);
  const [openId, setOpenId] = useSearchParam('team', { push: true });
  const [isCreating, setCreating] = useState(false);
  const close = useCallback(() => setOpenId(null), [setOpenId]);

  return (
    <Page
      title="Teams"
      lead="Each group that your IdP pushes is a team, and you can make teams of your own. “In the IdP” counts everybody it put there; “Active” only those who have access now."
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
          Create a team
        </Button>
      }
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
              onOpen={(team) => setOpenId(team.id)}
              selected={openId}
              onRange={setRange}
            />
          )
        }
      </QueryState>
      <TeamDrawer id={openId} onClose={close} />
      {isCreating && (
        <CreateTeamDialog
          onClose={() => setCreating(false)}
          onDone={(id) => {
            setCreating(false);
            setOpenId(id);
          }}
        />
      )}
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
