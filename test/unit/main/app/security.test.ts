import { EventEmitter } from 'node:events';
import type { Session } from 'electron';
import { beforeEach, describe, expect, test, vi } from 'vitest';

/** FakeElectron: the parts that security.ts binds to; the real ones are under test in the e2e tests. */
const fake = vi.hoisted(() => ({ opened: [] as string[], app: undefined as EventEmitter | undefined }));
vi.mock('electron', () => ({
  app: { on: (name: string, listener: (...args: unknown[]) => void) => fake.app?.on(name, listener) },
  shell: { openExternal: async (url: string) => void fake.opened.push(url) },
  protocol: {},
}));

const { confineNavigation, denyPermissions, isConsoleUrl, isTrustedSender, openExternal } = await import(
  '../../../../src/main/app/security.ts'
);

beforeEach(() => {
  fake.opened = [];
  fake.app = new EventEmitter();
});

const OTHERS = [
  'app://console.evil.example/',
  'app://consoles/',
  'app://console:80/',
  'app://user@evil.example/console',
  'https://console/',
  'https://evil.example/?app://console/',
  'file:///console',
  'javascript:app://console/',
  'data:text/html,app://console/',
  'about:blank',
  '',
  'app:',
];

describe('the console’s own page', () => {
  test.each(['app://console', 'app://console/', 'app://console/members?x=1#y', 'APP://console/'])(
    '%s',
    (url) => {
      expect(isConsoleUrl(url)).toBe(true);
    },
  );
  test.each(OTHERS)('is not %s', (url) => {
    expect(isConsoleUrl(url)).toBe(false);
  });
});

describe('a sender is trusted', () => {
  const trusted = new Set([7]);
  const event = (id: number, url: string, parent: unknown = null) => ({
    sender: { id },
    senderFrame: { url, parent },
  });

  test('with our window, its top frame and our origin', () => {
    expect(isTrustedSender(event(7, 'app://console/members'), trusted)).toBe(true);
  });
  test.each([
    ['another window', event(8, 'app://console/')],
    ['a frame inside the page', event(7, 'app://console/', {})],
    ['another page', event(7, 'https://evil.example/')],
    ['a frame that is gone', { sender: { id: 7 }, senderFrame: null }],
  ])('not with %s', (_, sender) => {
    expect(isTrustedSender(sender, trusted)).toBe(false);
  });
});

describe('a link is opened outside', () => {
  test('over https', async () => {
    await openExternal('https://example.com/');
    expect(fake.opened).toEqual(['https://example.com/']);
  });
  test.each([
    'http://example.com',
    'file:///etc/passwd',
    'smb://host/share',
    'ms-msdt:/id',
    'javascript:alert(1)',
    'not a url',
    '',
  ])('not as %s', async (url) => {
    await openExternal(url);
    expect(fake.opened).toEqual([]);
  });
});

describe('navigation', () => {
  class FakeContents extends EventEmitter {
    openWindow: ((details: { url: string }) => unknown) | undefined;
    setWindowOpenHandler(handler: (details: { url: string }) => unknown): void {
      this.openWindow = handler;
    }
  }
  const contents = (): FakeContents => {
    const created = new FakeContents();
    confineNavigation();
    fake.app?.emit('web-contents-created', {}, created);
    return created;
  };
  const isPrevented = (source: FakeContents, event: string, url: string): boolean => {
    let prevented = false;
    source.emit(event, {
      url,
      preventDefault: () => {
        prevented = true;
      },
    });
    return prevented;
  };

  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('%s stays on the console', (event) => {
    const source = contents();
    expect(isPrevented(source, event, 'app://console/teams')).toBe(false);
    for (const url of OTHERS) expect(isPrevented(source, event, url)).toBe(true);
  });

  test('no web view is attached, even of our own page', () => {
    expect(isPrevented(contents(), 'will-attach-webview', 'app://console/')).toBe(true);
  });

  test('no window opens; https goes to the browser', () => {
    const source = contents();
    expect(source.openWindow?.({ url: 'https://example.com/' })).toEqual({ action: 'deny' });
    expect(source.openWindow?.({ url: 'app://console/' })).toEqual({ action: 'deny' });
    expect(fake.opened).toEqual(['https://example.com/']);
  });
});

test('every permission is denied', () => {
  const handlers: Record<string, (...args: unknown[]) => unknown> = {};
  const session = new Proxy(
    {},
    {
      get: (_, name: string) => (handler: (...args: unknown[]) => unknown) => {
        handlers[name] = handler;
      },
    },
  ) as Session;
  denyPermissions(session);
  const decided: unknown[] = [];
  handlers.setPermissionRequestHandler?.({}, 'media', (granted: unknown) => decided.push(granted));
  expect(decided).toEqual([false]);
  expect(handlers.setPermissionCheckHandler?.()).toBe(false);
  expect(handlers.setDevicePermissionHandler?.()).toBe(false);
});
