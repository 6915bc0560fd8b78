import './api/validation.ts';
import './styles/index.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { DEFAULT_PREFERENCES } from '../../shared/contract/console.ts';
import { call } from './api/client.ts';
import { connectEvents } from './api/events.ts';
import { createQueryClient } from './api/query-client.ts';
import { queryKeys } from './api/query-keys.ts';
import { App } from './app.tsx';
import { createRouter } from './routes.tsx';

/** Starts the console: preferences first, so that the first paint already has the right colours. */
async function start(root: HTMLElement): Promise<void> {
  const preferences = await call('console.preferences', {}).catch(() => DEFAULT_PREFERENCES);
  const queryClient = createQueryClient();
  queryClient.setQueryData(queryKeys.preferences(), preferences);

  const router = createRouter();
  connectEvents({ queryClient, navigate: (path) => void router.navigate(path) });

  createRoot(root).render(
    <StrictMode>
      <App queryClient={queryClient} router={router} colorScheme={preferences.colorScheme} />
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (root) void start(root);
