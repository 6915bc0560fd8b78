import { AppShell, useMantineColorScheme } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { Outlet, useLocation, useNavigate } from 'react-router';
import { useOperators } from '../../api/queries/operators.ts';
import { useOverview } from '../../api/queries/overview.ts';
import { usePreferences } from '../../api/queries/preferences.ts';
import { GuardBanner } from '../guard/guard-banner.tsx';
import { ObserveStrip } from '../observe/observe-strip.tsx';
import { DESTINATIONS, Navigation } from './navigation.tsx';
import styles from './shell.module.css';
import { StatusBar } from './status-bar.tsx';
import { TryOutStrip } from './try-out-strip.tsx';
import { ViewerStrip } from './viewer-strip.tsx';

/** Moves the focus to the new page, as a browser does on a new document; otherwise it would stay on the old link. */
function useFocusOnNavigation() {
  const main = useRef<HTMLDivElement>(null);
  const { pathname } = useLocation();
  const previous = useRef(pathname);

  useEffect(() => {
    if (previous.current === pathname) return;
    previous.current = pathname;
    main.current?.focus({ preventScroll: true });
    main.current?.scrollTo({ top: 0 });
  }, [pathname]);

  return main;
}

function useAppearance(): void {
  const { data: preferences } = usePreferences();
  const { setColorScheme } = useMantineColorScheme();
  const preferred = preferences?.colorScheme;

  useEffect(() => {
    if (preferred) setColorScheme(preferred);
  }, [preferred, setColorScheme]);
}

/** The frame around every page: navigation, the page, and a line of status that is always in sight. */
export function Shell() {
  const overview = useOverview();
  const operators = useOperators();
  const main = useFocusOnNavigation();
  const navigate = useNavigate();
  useAppearance();
  // By key position: on a Mac, Alt+1 types another character.
  useHotkeys(
    DESTINATIONS.map(({ to }, index) => [
      `alt+Digit${(index + 1) % 10}`,
      () => void navigate(to),
      { usePhysicalKeys: true },
    ]),
  );

  return (
    <AppShell
      navbar={{ width: { base: 56, sm: 208 }, breakpoint: 1 }}
      footer={{ height: 30 }}
      transitionDuration={0}
      offsetScrollbars={false}
    >
      <a href="#content" className={styles.skip}>
        Skip to content
      </a>
      <AppShell.Navbar className={styles.sidebar} withBorder={false}>
        <Navigation organization={overview.data?.organization?.name} operator={overview.data?.operator} />
      </AppShell.Navbar>
      <AppShell.Main>
        <div className={styles.frame}>
          {operators.data?.me.permission === 'viewer' && <ViewerStrip />}
          {overview.data?.guard.tripped && <GuardBanner guard={overview.data.guard} />}
          {overview.data && <ObserveStrip observe={overview.data.observe} />}
          {overview.data?.sso?.tryOut && <TryOutStrip />}
          <div ref={main} id="content" tabIndex={-1} className={styles.content}>
            <Outlet />
          </div>
        </div>
      </AppShell.Main>
      <AppShell.Footer className={styles.footer} withBorder={false}>
        <StatusBar overview={overview.data} outdated={overview.isError} />
      </AppShell.Footer>
    </AppShell>
  );
}
