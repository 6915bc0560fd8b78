import { BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme } from 'electron';
import type { Preferences } from '../../shared/contract/console.ts';
import { CONSOLE_ORIGIN } from './protocol.ts';

/** Every protection written out, whatever the default of the day is; a test holds this object. */
export const WEB_PREFERENCES = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  webSecurity: true,
  webviewTag: false,
  spellcheck: false,
} as const satisfies BrowserWindowConstructorOptions['webPreferences'];

/** Creates the console window on a path of the page, e.g. `/members`. Shown once it has something to show. */
export function createConsoleWindow(options: {
  path: string;
  preload: string;
  icon: string;
  developer: boolean;
}): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Rollcall',
    width: 1280,
    height: 820,
    minWidth: 720,
    minHeight: 520,
    show: false,
    icon: options.icon,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#14181b' : '#f7f5f1',
    webPreferences: { ...WEB_PREFERENCES, preload: options.preload, devTools: options.developer },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(CONSOLE_ORIGIN + options.path);
  return window;
}

/** Follows the person's choice, or the desktop's. */
export function applyColorScheme(scheme: Preferences['colorScheme']): void {
  nativeTheme.themeSource = scheme === 'auto' ? 'system' : scheme;
}
