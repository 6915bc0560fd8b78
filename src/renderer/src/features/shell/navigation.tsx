import { VisuallyHidden } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';
import {
  IconActivityHeartbeat,
  IconFingerprint,
  IconIdBadge2,
  IconLayoutDashboard,
  IconSettings,
  IconShieldCheck,
  IconUserQuestion,
  IconUsers,
  IconUsersGroup,
  IconUsersMinus,
} from '@tabler/icons-react';
import { Link, useLocation } from 'react-router';
import { useReviewCounts } from '../../api/queries/review.ts';
import { count } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import { Brand } from './brand.tsx';
import styles from './navigation.module.css';

interface Destination {
  to: string;
  label: string;
  icon: TablerIcon;
  /** Belongs to the destination before it. */
  nested?: boolean;
  /** What waits there for somebody. */
  waiting?: 'review' | 'conflicts';
}

/** The console's main pages, in the order of their Alt+number shortcuts. */
export const DESTINATIONS: readonly Destination[] = [
  { to: paths.overview, label: 'Overview', icon: IconLayoutDashboard },
  { to: paths.members(), label: 'Members', icon: IconUsers },
  { to: paths.review(), label: 'Review', icon: IconUserQuestion, waiting: 'review' },
  { to: paths.conflicts(), label: 'Conflicts', icon: IconUsersMinus, nested: true, waiting: 'conflicts' },
  { to: paths.employees(), label: 'Employees', icon: IconIdBadge2 },
  { to: paths.teams, label: 'Teams', icon: IconUsersGroup },
  { to: paths.roles(), label: 'Roles', icon: IconShieldCheck, nested: true },
  { to: paths.activity(), label: 'Activity', icon: IconActivityHeartbeat },
  { to: paths.settings, label: 'Settings', icon: IconSettings },
  { to: paths.identitySetup(), label: 'Identity setup', icon: IconFingerprint, nested: true },
];

/** The destination that a path belongs to: the longest that it starts with. */
function currentDestination(pathname: string): string | undefined {
  return DESTINATIONS.map(({ to }) => to)
    .filter((to) => pathname === to || (to !== '/' && pathname.startsWith(`${to}/`)))
    .sort((a, b) => b.length - a.length)[0];
}

/** The sidebar: brand, pages, and for whom and as whom the console runs. */
export function Navigation({ organization, operator }: { organization?: string; operator?: string }) {
  const current = currentDestination(useLocation().pathname);
  const counts = useReviewCounts(organization !== undefined).data;
  const waiting = { review: counts?.waiting ?? 0, conflicts: counts?.conflicts ?? 0 };
  return (
    <div className={styles.sidebar}>
      <Brand />
      <nav aria-label="Main">
        <ul className={styles.list}>
          {DESTINATIONS.map(({ to, label, icon: Icon, nested, waiting: what }, index) => (
            <li key={to}>
              <Link
                to={to}
                className={styles.link}
                data-nested={nested || undefined}
                aria-current={to === current ? 'page' : undefined}
                aria-keyshortcuts={`Alt+${(index + 1) % 10}`}
                title={`${label} (Alt+${(index + 1) % 10})`}
              >
                <Icon size={18} stroke={1.6} aria-hidden className={styles.icon} />
                <span className={styles.label}>{label}</span>
                {what && waiting[what] > 0 && (
                  <span className={styles.waiting} title={`${count(waiting[what])} waiting`}>
                    {waiting[what] > 999 ? '999+' : waiting[what]}
                    <VisuallyHidden> waiting</VisuallyHidden>
                  </span>
                )}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className={styles.whom}>
        {organization && <div className={styles.organization}>{organization}</div>}
        {operator && <div title="Everything done here is recorded under this name">{operator}</div>}
      </div>
    </div>
  );
}
