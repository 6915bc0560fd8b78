import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconCheck, IconUsersMinus, IconX } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { ReviewDecision, ReviewItem } from '../../../../shared/contract/review.ts';
import { useRefusal } from '../../api/queries/operators.ts';
import { Callout } from '../../components/callout.tsx';
import { Facts } from '../../components/facts.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { ToneBadge } from '../../components/tone-badge.tsx';
import { counted } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import { titleOf } from './names.ts';
import { RULES } from './rules.ts';

/** One who waits, or what waits for somebody: why, and what comes with the access. */
export function ReviewDetail({
  item,
  pending,
  onDecide,
}: {
  item: ReviewItem;
  pending: boolean;
  onDecide: (decision: ReviewDecision) => void;
}) {
  const { rule, reason, target, openConflicts } = item;
  const isContested = openConflicts > 0;
  const refusal = useRefusal();
  return (
    <Stack gap="lg">
      <div>
        <Title order={2} mb={6}>
          {titleOf(item)}
        </Title>
        <ToneBadge tone={RULES[rule].tone} icon={RULES[rule].icon}>
          {RULES[rule].label}
        </ToneBadge>
        <Text size="sm" mt="xs">
          {reason}
        </Text>
      </div>
      {isContested && (
        <Callout
          tone="bad"
          icon={IconUsersMinus}
          title={`${counted(openConflicts, 'open conflict')}`}
          actions={
            <Button component={Link} to={paths.conflicts()} size="xs" variant="default">
              Open the conflicts
            </Button>
          }
        >
          Decide there whether this is somebody who was here before. Until then nobody can be let in.
        </Callout>
      )}
      <Facts
        facts={[
          ['E-mail', item.email ?? 'None'],
          ['userName', item.userName],
          ['Title', item.title],
          ['Department', item.department],
          ['Waits since', <RelativeTime key="since" time={item.since} />],
          ...(target
            ? ([['Would get', `${target.name} (${target.kind})`]] as const)
            : ([
                ['Roles', <Gifts key="roles" gifts={item.roles} />],
                ['Teams', <Gifts key="teams" gifts={item.teams} />],
              ] as const)),
        ]}
      />
      <Group gap="xs">
        <Button
          leftSection={<IconCheck size={16} aria-hidden />}
          disabled={isContested || refusal !== null}
          title={refusal ?? undefined}
          loading={pending}
          onClick={() => onDecide('approve')}
        >
          Approve
        </Button>
        <Button
          variant="default"
          leftSection={<IconX size={16} aria-hidden />}
          disabled={pending || refusal !== null}
          title={refusal ?? undefined}
          onClick={() => onDecide('reject')}
        >
          {target ? 'Refuse' : 'Reject'}
        </Button>
        <Button variant="subtle" component={Link} to={paths.members({ member: item.memberId })}>
          Show the member
        </Button>
      </Group>
    </Stack>
  );
}

function Gifts({ gifts }: { gifts: ReviewItem['teams'] }) {
  if (gifts.length === 0) return 'None';
  return gifts.map(({ id, name, needsApproval }, index) => (
    <span key={id}>
      {index > 0 && ', '}
      {name}
      {needsApproval && (
        <Text span size="xs" c="dimmed">
          {' '}
          after an approval of its own
        </Text>
      )}
    </span>
  ));
}
