import { Text } from '@mantine/core';
import { useLocation } from 'react-router';
import type { Member } from '../../../../shared/contract/people.ts';
import { MemberStateBadge } from '../../components/member-state.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { RowLink } from '../../components/row-link.tsx';
import type { Column } from '../../components/virtual-table.tsx';

function MemberLink({ member }: { member: Member }) {
  const { pathname, search } = useLocation();
  const params = new URLSearchParams(search);
  params.set('member', member.id);
  return <RowLink to={`${pathname}?${params}`}>{member.displayName || member.userName}</RowLink>;
}

/** The table of members; what matters most stays longest as the window narrows. */
export const MEMBER_COLUMNS: readonly Column<Member>[] = [
  { header: 'Name', cell: (member) => <MemberLink member={member} /> },
  { header: 'State', width: '156px', cell: ({ state }) => <MemberStateBadge state={state} /> },
  {
    header: 'E-mail',
    cell: ({ email, userName }) => <span title={email ?? userName}>{email ?? userName}</span>,
  },
  {
    header: 'Role',
    width: '110px',
    from: 'medium',
    cell: ({ role, roles }) => (
      <span title={roles.map(({ name }) => name).join(', ')}>
        {roles[0]?.name ?? role}
        {roles.length > 1 && ` +${roles.length - 1}`}
      </span>
    ),
  },
  {
    header: 'Teams',
    from: 'wide',
    cell: ({ teams }) =>
      teams.length === 0 ? (
        <Text span size="sm" c="dimmed">
          None
        </Text>
      ) : (
        <span title={teams.map(({ name }) => name).join(', ')}>
          {teams.map(({ name }) => name).join(', ')}
        </span>
      ),
  },
  { header: 'Since', width: '130px', from: 'medium', cell: ({ since }) => <RelativeTime time={since} /> },
];
