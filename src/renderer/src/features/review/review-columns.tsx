import { Checkbox, Text } from '@mantine/core';
import type { ReviewItem } from '../../../../shared/contract/review.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { ToneBadge } from '../../components/tone-badge.tsx';
import type { Column } from '../../components/virtual-table.tsx';
import { nameOf } from './names.ts';
import styles from './review.module.css';
import { RULES } from './rules.ts';

/** The table of the queue; what matters most stays longest as the window narrows. */
export function reviewColumns(
  isChosen: (id: string) => boolean,
  toggle: (id: string) => void,
  cursorId: string | undefined,
): readonly Column<ReviewItem>[] {
  return [
    {
      header: 'Chosen',
      width: '74px',
      cell: (item) => (
        <Checkbox
          aria-label={`Choose ${nameOf(item)}`}
          checked={isChosen(item.id)}
          onChange={() => toggle(item.id)}
        />
      ),
    },
    {
      header: 'Who',
      cell: (item) => (
        <div className={styles.two} data-cursor={item.id === cursorId || undefined}>
          <span className={styles.name}>{nameOf(item)}</span>
          <span className={styles.under}>{item.email ?? item.userName}</span>
        </div>
      ),
    },
    {
      header: 'Waits because of',
      width: '240px',
      cell: ({ rule, target, reason }) => (
        <div className={styles.two} title={reason}>
          <ToneBadge tone={RULES[rule].tone} icon={RULES[rule].icon} plain>
            {RULES[rule].label}
          </ToneBadge>
          <span className={styles.under}>{target ? `${target.kind} ${target.name}` : reason}</span>
        </div>
      ),
    },
    { header: 'Would get', from: 'medium', cell: (item) => <Gets item={item} /> },
    { header: 'Since', width: '130px', from: 'wide', cell: ({ since }) => <RelativeTime time={since} /> },
  ];
}

function Gets({ item: { target, roles, teams } }: { item: ReviewItem }) {
  if (target) return `${target.name} (${target.kind})`;
  const said = [...roles, ...teams].map(({ name, needsApproval }) =>
    needsApproval ? `${name} (after approval)` : name,
  );
  if (said.length === 0) {
    return (
      <Text span size="sm" c="dimmed">
        Nothing yet
      </Text>
    );
  }
  return <span title={said.join(', ')}>{said.join(', ')}</span>;
}
