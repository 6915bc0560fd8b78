import { Link, useLocation } from 'react-router';
import type { ActivityRow } from '../../../../shared/contract/activity.ts';
import { StatusCode } from '../../components/status-code.tsx';
import type { Column } from '../../components/virtual-table.tsx';
import { explainRequest, shortPath } from '../../format/request.ts';
import { absoluteTime, duration, logTime } from '../../format/time.ts';
import styles from './activity-columns.module.css';

function RequestLink({ row }: { row: ActivityRow }) {
  const { pathname, search } = useLocation();
  const params = new URLSearchParams(search);
  params.set('request', String(row.seq));
  return (
    <>
      <Link to={`${pathname}?${params}`} className={styles.request} title={`${row.method} ${row.path}`}>
        <span className={styles.method}>{row.method}</span> {shortPath(row.path)}
      </Link>
      <div className={styles.caller} title={`${row.address}, token ${row.tokenName}`}>
        {row.idp ?? 'Unknown IdP'} · {row.tokenName === 'unknown' ? 'unknown token' : row.tokenName}
      </div>
    </>
  );
}

/** The table of requests; reason and status stay longest as the window narrows. */
export const ACTIVITY_COLUMNS: readonly Column<ActivityRow>[] = [
  {
    header: 'Time',
    width: '112px',
    cell: ({ time }) => (
      <time dateTime={time} title={absoluteTime(time)} className={styles.time}>
        {logTime(time)}
      </time>
    ),
  },
  { header: 'Request and caller', width: '32%', cell: (row) => <RequestLink row={row} /> },
  { header: 'Status', width: '146px', cell: ({ status }) => <StatusCode status={status} /> },
  {
    header: 'What happened',
    cell: (row) => {
      const words = explainRequest(row);
      return (
        <span title={words} className={row.reason ? undefined : styles.soft}>
          {words}
        </span>
      );
    },
  },
  {
    header: 'Took',
    width: '78px',
    from: 'medium',
    align: 'end',
    cell: ({ durationMs }) => duration(durationMs),
  },
];
