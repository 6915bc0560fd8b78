import { Button } from '@mantine/core';
import { IconUserSearch, IconUsers } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { Link } from 'react-router';
import type { Member, MemberState } from '../../../../shared/contract/people.ts';
import { useMembers } from '../../api/queries/members.ts';
import type { RowRange } from '../../api/queries/paged-rows.ts';
import type { MemberFilter } from '../../api/query-keys.ts';
import { Empty } from '../../components/empty.tsx';
import { MEMBER_STATES } from '../../components/member-state.tsx';
import { Page } from '../../components/page.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { Toolbar } from '../../components/toolbar.tsx';
import { useSearchParam } from '../../components/use-search-param.ts';
import { TableSkeleton, VirtualTable } from '../../components/virtual-table.tsx';
import { counted } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import { MEMBER_COLUMNS } from './member-columns.tsx';
import { MemberDrawer } from './member-drawer.tsx';
import { StateFilter } from './state-filter.tsx';
import { TeamFilterChip } from './team-filter-chip.tsx';

function isMemberState(text: string): text is MemberState {
  return Object.hasOwn(MEMBER_STATES, text);
}

function useMemberFilter(): MemberFilter {
  const [search] = useSearchParam('q');
  const [state] = useSearchParam('state');
  const [teamId] = useSearchParam('team');
  return {
    ...(search && { search }),
    ...(state && isMemberState(state) && { state }),
    ...(teamId && { teamId }),
  };
}

/** Everybody that the IdP or an operator brought in. */
export function MembersPage() {
  const filter = useMemberFilter();
  const [range, setRange] = useState<RowRange>({ first: 0, last: 0 });
  const { first, row, total } = useMembers(filter, range);
  const [openId, setOpenId] = useSearchParam('member', { push: true });
  const close = useCallback(() => setOpenId(null), [setOpenId]);

  return (
    <Page title="Members" fill>
      <Toolbar summary={first.data && counted(total, 'person', 'people')}>
        <SearchField label="Search members" placeholder="Name, e-mail, identifier" />
        <StateFilter counts={first.data?.counts} />
        <TeamFilterChip members={first.data?.items} />
      </Toolbar>
      <QueryState query={first} skeleton={<TableSkeleton />} errorTitle="The members could not be loaded">
        {() =>
          total === 0 ? (
            <NoMembers filtered={Object.keys(filter).length > 0} />
          ) : (
            <VirtualTable<Member>
              key={JSON.stringify(filter)}
              label="Members"
              columns={MEMBER_COLUMNS}
              count={total}
              row={row}
              rowKey={(member) => member.id}
              onOpen={(member) => setOpenId(member.id)}
              onRange={setRange}
              selected={openId}
            />
          )
        }
      </QueryState>
      <MemberDrawer id={openId} onClose={close} />
    </Page>
  );
}

function NoMembers({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <Empty
        icon={IconUserSearch}
        title="Nobody matches"
        actions={
          <Button component={Link} to={paths.members()} variant="default">
            Show everybody
          </Button>
        }
      >
        Change the search or the filters.
      </Empty>
    );
  }
  return (
    <Empty
      icon={IconUsers}
      title="No members yet"
      actions={
        <Button component={Link} to={paths.identitySetup()}>
          Open the identity setup
        </Button>
      }
    >
      People appear here as soon as your IdP pushes them. Assign somebody to the application there, and watch.
    </Empty>
  );
}
