import { Anchor, Text, Title } from '@mantine/core';
import { useId } from 'react';
import { Link } from 'react-router';
import type { ActivityRow } from '../../../../../shared/contract/activity.ts';
import { useLatestRequests } from '../../../api/queries/activity.ts';
import { RelativeTime } from '../../../components/relative-time.tsx';
import { StatusCode } from '../../../components/status-code.tsx';
import { explainRequest, shortPath } from '../../../format/request.ts';
import { paths } from '../../../paths.ts';
import { useActivityLog } from '../../../stores/activity-log.ts';
import { mergeRows } from '../../../stores/log-ring.ts';
import styles from './request-feed.module.css';

const SHOWN = 12;

/** The newest requests as they arrive, each in words. */
export function RequestFeed() {
  const id = useId();
  const latest = useLatestRequests();
  const live = useActivityLog((log) => log.rows);

  const rows = mergeRows(latest.data?.items ?? [], live).slice(0, SHOWN);

  return (
    <section aria-labelledby={id}>
      <header className={styles.header}>
        <Title order={3} id={id}>
          Requests as they arrive
        </Title>
        <Anchor component={Link} to={paths.activity()} size="sm">
          All activity
        </Anchor>
      </header>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          None yet. The first one appears here within a second of its arrival.
        </Text>
      ) : (
        <div role="log" aria-labelledby={id} className={styles.scroll}>
          <ol className={styles.feed}>
            {rows.map((row) => (
              <FeedRow key={row.seq} row={row} />
            ))}
          </ol>
        </div>
      )}
    </section>
  );
}

function FeedRow({ row }: { row: ActivityRow }) {
  return (
    <li className={styles.row}>
      <div className={styles.line}>
        <StatusCode status={row.status} />
        <Link to={paths.activity({ request: row.seq })} className={styles.request}>
          {row.method} {shortPath(row.path)}
        </Link>
        <span className={styles.when}>
          <RelativeTime time={row.time} />
        </span>
      </div>
      <div className={styles.words}>{explainRequest(row)}</div>
    </li>
  );
}
