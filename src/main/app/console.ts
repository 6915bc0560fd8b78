import { join } from 'node:path';
import { app, type BrowserWindow, dialog, Menu, Notification, session } from 'electron';
import { AppError } from '../../shared/app-error.ts';
import { consoleCalls } from '../../shared/contract/console.ts';
import type { Overview } from '../../shared/contract/overview.ts';
import { ENDPOINT_STATES } from '../../shared/endpoint-state.ts';
import { admitEverybody, implement } from '../rpc/implement.ts';
import type { ThreadStart } from '../worker.ts';
import { copyText } from './clipboard.ts';
import { DEEP_LINK_SCHEME, deepLinkPath } from './deep-link.ts';
import { createGuardAlarm } from './guard-alarm.ts';
import { openDoor } from './ipc.ts';
import { openPreferences } from './preferences.ts';
import { registerConsoleScheme, serveConsole } from './protocol.ts';
import { confineNavigation, denyPermissions, openExternal } from './security.ts';
import { type ServerHost, startServerThread } from './server-thread.ts';
import { createTray } from './tray.ts';
import { applyColorScheme, createConsoleWindow } from './window.ts';

/** Everything the console needs to know at its start. */
export interface ConsoleStart {
  thread: ThreadStart;
  /** The built `out` folder and the `resources` folder. */
  built: string;
  resources: string;
  argv: readonly string[];
  log(message: string, error?: unknown): void;
}

/** How long quitting may take: accepted requests are answered, then the databases are closed. */
const STOP_LIMIT_MS = 10_000;

/**
 * Runs the console: one instance for a data directory, the server on its thread, a window, a tray icon. The
 * server starts before anybody looks at the window and outlives it (D8).
 */
export async function runConsole(start: ConsoleStart): Promise<void> {
  app.setPath('userData', join(start.thread.dataDirectory, 'console'));
  if (!app.requestSingleInstanceLock()) {
    start.log('Rollcall is open already; its window comes to the front.');
    app.exit(0);
    return;
  }
  registerConsoleScheme();
  confineNavigation();
  Menu.setApplicationMenu(null);
  if (app.isPackaged) app.setAsDefaultProtocolClient(DEEP_LINK_SCHEME);

  let wantedPath = deepLinkPath(start.argv);
  let openPath = (path: string | undefined) => {
    wantedPath = path ?? wantedPath;
  };
  app.on('second-instance', (_event, argv) => openPath(deepLinkPath(argv)));
  app.on('open-url', (_event, url) => openPath(deepLinkPath([url])));
  app.on('activate', () => openPath(undefined));

  await app.whenReady();
  let server: ServerHost;
  try {
    server = await startServerThread(join(start.built, 'main', 'worker.js'), start.thread, (error) => {
      dialog.showErrorBox(
        'Rollcall has to close',
        `${error.message}\nStart it again; nothing acknowledged is lost.`,
      );
      app.exit(1);
    });
  } catch (error) {
    start.log('the server did not start', error);
    dialog.showErrorBox('Rollcall can’t start', error instanceof AppError ? error.message : String(error));
    app.exit(1);
    return;
  }

  const preferences = openPreferences(join(start.thread.dataDirectory, 'console.json'));
  applyColorScheme(preferences.get().colorScheme);
  const answerHere = implement<keyof typeof consoleCalls>(
    consoleCalls,
    {
      'console.preferences': () => preferences.get(),
      'console.prefer': (change) => {
        const changed = preferences.set(change);
        applyColorScheme(changed.colorScheme);
        return changed;
      },
      'console.copy': ({ text, secret }) => ({ clearsInSeconds: copyText(text, secret) }),
      'console.openExternal': async ({ url }) => {
        await openExternal(url);
        return {};
      },
    },
    admitEverybody,
    start.log,
  );
  const door = openDoor(
    (name, input) => (Object.hasOwn(consoleCalls, name) ? answerHere(name, input) : server.call(name, input)),
    start.log,
  );

  denyPermissions(session.defaultSession);
  serveConsole(join(start.built, 'renderer'));

  let window: BrowserWindow | undefined;
  let quitting = false;
  const icon = join(start.resources, 'icon.png');

  openPath = (path) => {
    if (window) {
      if (path) door.send('console.navigate', { path });
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      return;
    }
    const created = createConsoleWindow({
      path: path ?? '/',
      preload: join(start.built, 'preload', 'index.cjs'),
      icon,
      developer: !app.isPackaged,
    });
    window = created;
    door.trust(created.webContents);
    created.on('close', (event) => {
      if (quitting) return;
      const { onClose } = preferences.get();
      if (onClose === 'keep-serving') return;
      event.preventDefault();
      if (onClose === 'quit') app.quit();
      else void askOnClose(created);
    });
    created.on('closed', () => {
      window = undefined;
    });
  };

  async function askOnClose(closing: BrowserWindow): Promise<void> {
    const { response } = await dialog.showMessageBox(closing, {
      type: 'question',
      title: 'Close the window',
      message: 'Keep the endpoint running in the background?',
      detail:
        'Your identity provider can send changes at any hour. Rollcall can keep serving from the tray; starting Rollcall again brings the window back. You are asked this once; Settings has the switch.',
      buttons: ['Keep serving', 'Quit Rollcall', 'Cancel'],
      defaultId: 0,
      cancelId: 2,
      noLink: true,
    });
    if (response === 2) return;
    preferences.set({ onClose: response === 0 ? 'keep-serving' : 'quit' });
    if (response === 0) closing.close();
    else app.quit();
  }

  const tray = createTray({ icon, open: () => openPath(undefined), quit: () => app.quit() });
  // Held here, or it would be collected before anybody clicks it.
  let shown: Notification | undefined;
  const watchGuard = createGuardAlarm(({ title, body, path }) => {
    if (!Notification.isSupported()) return start.log(`${title}. ${body}`);
    shown?.close();
    shown = new Notification({ title, body, icon });
    shown.on('click', () => openPath(path));
    shown.show();
  });
  const describeInTray = async () => {
    const envelope = await server.call('overview.get', {});
    if (!envelope.ok) return;
    const overview = envelope.value as Overview;
    watchGuard(overview.guard);
    const { listener } = overview;
    const where = listener.state === 'listening' ? ` on port ${listener.port}` : ', not listening';
    tray.say(`${ENDPOINT_STATES[overview.endpointState].label}${where}`);
  };
  server.onEvent((name, payload) => {
    door.send(name, payload);
    if (name === 'changed') void describeInTray();
  });
  void describeInTray();

  // The window may close; the endpoint stays until somebody quits.
  app.on('window-all-closed', () => {});
  app.on('before-quit', (event) => {
    if (quitting) return;
    event.preventDefault();
    quitting = true;
    void server.stop(STOP_LIMIT_MS).then(({ held }) => {
      // A thread that waits for a silent keychain, or a server that did not end in time. What was acknowledged is on the
      // disk either way, and nobody waits for the rest.
      if (held) process.kill(process.pid, 'SIGKILL');
      app.exit(0);
    });
  });

  openPath(wantedPath);
}
