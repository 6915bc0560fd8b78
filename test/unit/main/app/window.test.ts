import { beforeEach, expect, test, vi } from 'vitest';

/** FakeBrowserWindow: keeps what a window would be made with. */
const fake = vi.hoisted(() => ({
  options: undefined as { webPreferences: Record<string, unknown>; show: boolean } | undefined,
  loaded: undefined as string | undefined,
  themeSource: '',
}));
vi.mock('electron', () => ({
  BrowserWindow: class {
    constructor(options: typeof fake.options) {
      fake.options = options;
    }
    once(): void {}
    on(): void {}
    async loadURL(url: string): Promise<void> {
      fake.loaded = url;
    }
  },
  nativeTheme: {
    shouldUseDarkColors: false,
    set themeSource(scheme: string) {
      fake.themeSource = scheme;
    },
  },
  protocol: {},
}));

const { applyColorScheme, createConsoleWindow, WEB_PREFERENCES } = await import(
  '../../../../src/main/app/window.ts'
);

beforeEach(() => {
  fake.options = undefined;
});

test('every protection is written out', () => {
  expect(WEB_PREFERENCES).toEqual({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    spellcheck: false,
  });
});

test.each([true, false])('the window has them all, and developer tools: %s', (developer) => {
  createConsoleWindow({ path: '/members', preload: '/p/index.cjs', icon: '/i.png', developer });
  expect(fake.options?.webPreferences).toEqual({
    ...WEB_PREFERENCES,
    preload: '/p/index.cjs',
    devTools: developer,
  });
  expect(fake.options?.show).toBe(false);
  expect(fake.loaded).toBe('app://console/members');
});

test.each([
  ['auto', 'system'],
  ['light', 'light'],
  ['dark', 'dark'],
] as const)('the color scheme %s is Electron’s %s', (scheme, source) => {
  applyColorScheme(scheme);
  expect(fake.themeSource).toBe(source);
});
