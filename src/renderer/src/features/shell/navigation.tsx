import type { TablerIcon } from '@tabler/icons-react';
import {
  IconActivityHeartbeat,
  IconFingerprint,
  IconLayoutDashboard,
  IconSettings,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';
import { Link, useLocation } from 'react-router';
import { paths } from '../../paths.ts';
import { Brand } from './brand.tsx';
import styles from './navigation.module.css';

interface Destination {
  to: string;
  label: string;
  icon: TablerIcon;
  /** Belongs to the destination before it. */
  nested?: boolean;
}

/** The console's main pages, in the order of their Alt+number shortcuts. */
export const DESTINATIONS: readonly Destination[] = [
  { to: paths.overview, label: 'Overview', icon: IconLayoutDashboard },
  { to: paths.members(), label: 'Members', icon: IconUsers },
  { to: paths.teams, label: 'Teams', icon: IconUsersGroup },
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
  return (
    <div className={styles.sidebar}>
      <Brand />
      <nav aria-label="Main">
        <ul className={styles.list}>
          {DESTINATIONS.map(({ to, label, icon: Icon, nested }, index) => (
            <li key={to}>
              <Link
                to={to}
                className={styles.link}
                data-nested={nested || undefined}
                aria-current={to === current ? 'page' : undefined}
                aria-keyshortcuts={`Alt+${index + 1}`}
                title={`${label} (Alt+${index + 1})`}
              >
                <Icon size={18} stroke={1.6} aria-hidden className={styles.icon} />
                <span className={styles.label}>{label}</span>
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
