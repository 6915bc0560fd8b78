import { createBrowserRouter, redirect } from 'react-router';
import { OrganizationGate } from './features/shell/organization-gate.tsx';
import { PageFault } from './features/shell/page-fault.tsx';
import { PageNotFound } from './features/shell/page-not-found.tsx';
import { PageFallback } from './features/shell/page-skeleton.tsx';
import { Shell } from './features/shell/shell.tsx';
import { paths } from './paths.ts';

export type Router = ReturnType<typeof createBrowserRouter>;

const settings = () => import('./features/settings/settings-page.tsx');

const settingsRoutes = {
  path: 'settings',
  children: [
    { index: true, loader: () => redirect(paths.general) },
    { path: 'enterprise', loader: () => redirect(paths.identitySetup()) },
    {
      path: 'enterprise/identity-setup',
      lazy: async () => ({
        Component: (await import('./features/identity-setup/identity-setup-page.tsx')).IdentitySetupPage,
      }),
    },
    {
      lazy: async () => ({ Component: (await settings()).SettingsPage }),
      children: [
        { path: 'general', lazy: async () => ({ Component: (await settings()).GeneralSettings }) },
        {
          path: 'enterprise/compatibility',
          lazy: async () => ({
            Component: (await import('./features/compatibility/compatibility-settings.tsx'))
              .CompatibilitySettings,
          }),
        },
        {
          path: 'enterprise/schemas',
          lazy: async () => ({
            Component: (await import('./features/schemas/schemas-settings.tsx')).SchemasSettings,
          }),
        },
        { path: 'listener', lazy: async () => ({ Component: (await settings()).ListenerSettings }) },
        { path: 'about', lazy: async () => ({ Component: (await settings()).About }) },
      ],
    },
  ],
};

const directoryRoutes = {
  element: <OrganizationGate />,
  children: [
    {
      index: true,
      lazy: async () => ({ Component: (await import('./features/overview/overview-page.tsx')).OverviewPage }),
    },
    {
      path: 'members',
      lazy: async () => ({ Component: (await import('./features/members/members-page.tsx')).MembersPage }),
    },
    {
      path: 'teams',
      lazy: async () => ({ Component: (await import('./features/teams/teams-page.tsx')).TeamsPage }),
    },
  ],
};

/** The console's pages inside the shell. Each page is a chunk of its own. */
export function createRouter(): Router {
  return createBrowserRouter([
    {
      element: <Shell />,
      errorElement: <PageFault />,
      children: [
        {
          // Inside the shell, so that a page that fails leaves the navigation standing.
          errorElement: <PageFault />,
          hydrateFallbackElement: <PageFallback />,
          children: [
            directoryRoutes,
            {
              path: 'activity',
              lazy: async () => ({
                Component: (await import('./features/activity/activity-page.tsx')).ActivityPage,
              }),
            },
            settingsRoutes,
            { path: '*', element: <PageNotFound /> },
          ],
        },
      ],
    },
  ]);
}
