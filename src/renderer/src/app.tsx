import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import type { QueryClient } from '@tanstack/react-query';
import { QueryClientProvider } from '@tanstack/react-query';
import { useMemo } from 'react';
import { RouterProvider } from 'react-router/dom';
import type { Preferences } from '../../shared/contract/console.ts';
import type { Router } from './routes.tsx';
import { cssVariables, preferredColorScheme, styleNonce, theme } from './theme.ts';

/** Everything that surrounds the pages: theme, server data and router. */
export function App({
  queryClient,
  router,
  colorScheme,
}: {
  queryClient: QueryClient;
  router: Router;
  colorScheme: Preferences['colorScheme'];
}) {
  const colorSchemeManager = useMemo(() => preferredColorScheme(colorScheme), [colorScheme]);

  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        getStyleNonce={styleNonce}
        colorSchemeManager={colorSchemeManager}
        defaultColorScheme={colorScheme}
      >
        <Notifications position="bottom-right" containerWidth={360} autoClose={5000} limit={3} mb={36} />
        <RouterProvider router={router} />
      </MantineProvider>
    </QueryClientProvider>
  );
}
