import { NavLink, Outlet } from 'react-router';
import { Page } from '../../components/page.tsx';
import { paths } from '../../paths.ts';
import styles from './settings-page.module.css';

export { About } from './about.tsx';
export { GeneralSettings } from './general-settings.tsx';
export { ListenerSettings } from './listener-settings.tsx';

const SECTIONS = [
  {
    group: 'Console',
    links: [
      { to: paths.general, label: 'General' },
      { to: paths.operators, label: 'Operators' },
    ],
  },
  { group: 'Server', links: [{ to: paths.listener, label: 'Listener' }] },
  {
    group: 'Enterprise',
    links: [
      { to: paths.identitySetup(), label: 'Enterprise Identity Setup' },
      { to: paths.policy, label: 'Provisioning policy' },
      { to: paths.mapping, label: 'Attribute mapping' },
      { to: paths.compatibility, label: 'Compatibility' },
      { to: paths.schemas(), label: 'Schemas' },
      { to: paths.mail, label: 'Mail' },
    ],
  },
  { group: 'Rollcall', links: [{ to: paths.about, label: 'About' }] },
] as const;

/** The settings with their own navigation. */
export function SettingsPage() {
  return (
    <Page title="Settings">
      <div className={styles.columns}>
        <nav aria-label="Settings" className={styles.nav}>
          {SECTIONS.map(({ group, links }) => (
            <div key={group}>
              <p className={styles.group}>{group}</p>
              {links.map(({ to, label }) => (
                <NavLink key={to} to={to} className={styles.link}>
                  {label}
                </NavLink>
              ))}
            </div>
          ))}
        </nav>
        <div className={styles.content}>
          <Outlet />
        </div>
      </div>
    </Page>
  );
}
