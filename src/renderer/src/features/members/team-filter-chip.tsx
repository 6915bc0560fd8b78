import { Button } from '@mantine/core';
import { IconUsersGroup, IconX } from '@tabler/icons-react';
import type { Member } from '../../../../shared/contract/people.ts';
import { useSearchParam } from '../../components/use-search-param.ts';

/** Says that only one team is shown and takes that back. The team's name is read off its members. */
export function TeamFilterChip({ members }: { members: readonly Member[] | undefined }) {
  const [teamId, setTeamId] = useSearchParam('team');
  if (!teamId) return null;

  const name = members?.flatMap(({ teams }) => teams).find(({ id }) => id === teamId)?.name;
  return (
    <Button
      variant="light"
      size="xs"
      leftSection={<IconUsersGroup size={15} aria-hidden />}
      rightSection={<IconX size={14} aria-hidden />}
      aria-label={`Show all teams instead of only ${name ?? 'one'}`}
      onClick={() => setTeamId(null)}
    >
      {name ?? 'One team'}
    </Button>
  );
}
