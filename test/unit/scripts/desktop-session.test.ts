import { expect, test } from 'vitest';
import { hasSessionBus, isHeadless } from '../../../scripts/desktop-session.ts';
import { sandboxState } from '../../../scripts/sandbox.ts';
import { authorityEntry } from '../../../scripts/virtual-display.ts';

test('only Linux without any display is headless', () => {
  expect(isHeadless({}, 'linux')).toBe(true);
  expect(isHeadless({ DISPLAY: ':0' }, 'linux')).toBe(false);
  expect(isHeadless({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(false);
  expect(isHeadless({}, 'darwin')).toBe(false);
  expect(isHeadless({}, 'win32')).toBe(false);
});

test("a session bus is found by its address or by systemd's socket", () => {
  expect(hasSessionBus({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/x' }, () => false)).toBe(true);
  expect(hasSessionBus({ XDG_RUNTIME_DIR: '/run/user/1' }, (path) => path === '/run/user/1/bus')).toBe(true);
  expect(hasSessionBus({ XDG_RUNTIME_DIR: '/run/user/1' }, () => false)).toBe(false);
  expect(hasSessionBus({}, () => true)).toBe(false);
});

test('the sandbox is switched off for root only', () => {
  const user = { platform: 'linux', isRoot: false, userNamespaces: true, setuidHelper: false } as const;
  expect(sandboxState(user)).toBe('on');
  expect(sandboxState({ ...user, isRoot: true })).toBe('off');
  expect(sandboxState({ ...user, userNamespaces: false })).toBe('blocked');
  expect(sandboxState({ ...user, userNamespaces: false, setuidHelper: true })).toBe('on');
  expect(sandboxState({ ...user, platform: 'darwin', isRoot: true })).toBe('on');
});

test('the display cookie holds for every host and display number', () => {
  const entry = authorityEntry(Buffer.alloc(16, 0xab));
  expect(entry.subarray(0, 6)).toEqual(Buffer.from([0xff, 0xff, 0, 0, 0, 0]));
  expect(entry.subarray(8, 26).toString()).toBe('MIT-MAGIC-COOKIE-1');
  expect(entry.subarray(28)).toEqual(Buffer.alloc(16, 0xab));
});
