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
          path: 'operators',
          lazy: async () => ({
            Component: (await import('./features/operators/operators-settings.tsx')).OperatorsSettings,
          }),
        },
        {
          path: 'enterprise/policy',
          lazy: async () => ({
            Component: (await import('./features/policy/policy-settings.tsx')).PolicySettings,
          }),
        },
        {
          path: 'enterprise/compatibility',
          lazy: async () => ({
            Component: (await import('./features/compatibility/compatibility-settings.tsx'))
              .CompatibilitySettings,
          }),
        },
        {
          path: 'enterprise/mapping',
          lazy: async () => ({
            Component: (await import('./features/mapping/mapping-settings.tsx')).MappingSettings,
          }),
        },
        {
          path: 'enterprise/schemas',
          lazy: async () => ({
            Component: (await import('./features/schemas/schemas-settings.tsx')).SchemasSettings,
          }),
        },
        {
          path: 'enterprise/mail',
          lazy: async () => ({
            Component: (await import('./features/mail/mail-settings.tsx')).MailSettings,
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
      path: 'employees',
      lazy: async () => ({
        Component: (await import('./features/employees/employees-page.tsx')).EmployeesPage,
      }),
    },
    {
      path: 'review',
      lazy: async () => ({ Component: (await import('./features/review/review-page.tsx')).ReviewPage }),
    },
    {
      path: 'conflicts',
      lazy: async () => ({
        Component: (await import('./features/conflicts/conflicts-page.tsx')).ConflictsPage,
      }),
    },
    {
      path: 'guard',
      lazy: async () => ({ Component: (await import('./features/guard/guard-page.tsx')).GuardPage }),
    },
    {
      path: 'observe',
      lazy: async () => ({ Component: (await import('./features/observe/observe-page.tsx')).ObservePage }),
    },
    {
      path: 'teams',
      lazy: async () => ({ Component: (await import('./features/teams/teams-page.tsx')).TeamsPage }),
    },
    {
      path: 'roles',
      lazy: async () => ({ Component: (await import('./features/roles/roles-page.tsx')).RolesPage }),
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
