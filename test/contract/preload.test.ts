import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Bridge } from '../../src/shared/contract/envelope.ts';

/** FakeIpcRenderer: what Electron gives a preload script; the real one is under test in the e2e tests. */
const fake = vi.hoisted(() => ({
  exposed: {} as Record<string, unknown>,
  invoked: [] as unknown[][],
  ipc: undefined as EventEmitter | undefined,
}));
vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, value: unknown) => {
      fake.exposed[name] = value;
    },
  },
  ipcRenderer: {
    invoke: async (...args: unknown[]) => {
      fake.invoked.push(args);
      return { ok: true, value: 1 };
    },
    on: (name: string, listener: (...args: unknown[]) => void) => fake.ipc?.on(name, listener),
    off: (name: string, listener: (...args: unknown[]) => void) => fake.ipc?.off(name, listener),
  },
}));

let bridge: Bridge;
beforeAll(async () => {
  fake.ipc = new EventEmitter();
  await import('../../src/preload/index.ts');
  bridge = fake.exposed.rollcall as Bridge;
});

describe('the page’s only door', () => {
  test('is one frozen object with call and subscribe', () => {
    expect(Object.keys(fake.exposed)).toEqual(['rollcall']);
    expect(Object.keys(bridge).sort()).toEqual(['call', 'subscribe']);
    expect(Object.isFrozen(bridge)).toBe(true);
  });

  test('hands a call on as it is, over one channel', async () => {
    expect(await bridge.call('overview.get', { a: 1 })).toEqual({ ok: true, value: 1 });
    expect(fake.invoked).toEqual([['console:call', 'overview.get', { a: 1 }]]);
  });

  test('gives an event to those who subscribed to it, without Electron’s event object, until they end it', () => {
    const heard: unknown[][] = [];
    const end = bridge.subscribe('changed', (...args) => heard.push(args));
    fake.ipc?.emit('console:event', { sender: 'electron' }, 'changed', { entities: [] });
    fake.ipc?.emit('console:event', { sender: 'electron' }, 'console.navigate', { path: '/' });
    fake.ipc?.emit('something:else', { sender: 'electron' }, 'changed', {});
    expect(heard).toEqual([[{ entities: [] }]]);
    end();
    fake.ipc?.emit('console:event', {}, 'changed', {});
    expect(heard).toHaveLength(1);
    expect(fake.ipc?.listenerCount('console:event')).toBe(0);
  });

  test('is short enough to be read in one look', () => {
    const lines = readFileSync('src/preload/index.ts', 'utf8').trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(40);
  });
});
