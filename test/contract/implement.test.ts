import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ChannelClient } from '../../src/main/rpc/channel.ts';
import { type Answer, admitEverybody, implement } from '../../src/main/rpc/implement.ts';
import { AppError } from '../../src/shared/app-error.ts';
import { consoleCalls } from '../../src/shared/contract/console.ts';
import { TRANSPORTS } from './transports.ts';

describe.each(TRANSPORTS)('any contract over $name', ({ open }) => {
  let log: { message: string; error: unknown }[];
  let handlers: Record<keyof typeof consoleCalls, (input: never) => unknown>;
  let tell: (name: string, payload: unknown) => void;
  let client: ChannelClient;
  let close: () => Promise<void>;
  beforeEach(async () => {
    log = [];
    handlers = {
      'console.preferences': () => ({ colorScheme: 'dark', onClose: 'ask' }),
      'console.prefer': () => ({ colorScheme: 'dark', onClose: 'ask' }),
      'console.copy': () => ({ clearsInSeconds: null }),
      'console.openExternal': () => ({}),
    };
    const answer: Answer = (name, input) =>
      implement<keyof typeof consoleCalls>(
        consoleCalls,
        handlers as never,
        admitEverybody,
        (message, error) => log.push({ message, error }),
      )(name, input);
    ({ client, close } = await open({
      answer,
      onEvent: (listener) => {
        tell = listener;
      },
    }));
  });
  afterEach(() => close());

  test('what the output schema does not name stays inside', async () => {
    handlers['console.copy'] = () => ({ clearsInSeconds: 60, token: 'rollcall_secret' });
    expect(await client.call('console.copy', { text: 'x', secret: true })).toEqual({
      ok: true,
      value: { clearsInSeconds: 60 },
    });
  });

  test('an answer that breaks the contract is an error inside, and does not leave', async () => {
    handlers['console.copy'] = () => ({ clearsInSeconds: 'soon', token: 'rollcall_secret' });
    const envelope = await client.call('console.copy', { text: 'x', secret: true });
    expect(envelope).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(envelope)).not.toContain('soon');
    expect(log).toMatchObject([{ message: 'console.copy failed' }]);
  });

  test('an error made for people keeps code, sentence and field, and its hint to itself', async () => {
    handlers['console.preferences'] = () => {
      throw new AppError('conflict', 'Taken.', { field: 'a.b', hint: 'rowid 7', cause: new Error('sql') });
    };
    expect(await client.call('console.preferences', {})).toEqual({
      ok: false,
      error: { code: 'conflict', message: 'Taken.', field: 'a.b' },
    });
    expect(log).toEqual([{ message: 'console.preferences: Taken.', error: 'rowid 7' }]);
  });

  test.each([
    ['an error', () => new Error('SQLITE_CORRUPT at /home/ann')],
    ['a text', () => 'SQLITE_CORRUPT at /home/ann'],
    ['nothing', () => undefined],
  ])('%s that nobody foresaw hides its message', async (_, thrown) => {
    handlers['console.preferences'] = async () => {
      throw thrown();
    };
    expect(await client.call('console.preferences', {})).toEqual({
      ok: false,
      error: {
        code: 'internal',
        message: 'Something went wrong inside Rollcall. The log has the details.',
      },
    });
    expect(log).toHaveLength(1);
  });

  test('answers find their calls, whatever the order', async () => {
    const finish: (() => void)[] = [];
    handlers['console.copy'] = ((input: { text: string }) =>
      new Promise((resolve) => finish.push(() => resolve({ clearsInSeconds: Number(input.text) })))) as (
      input: never,
    ) => unknown;
    const calls = ['1', '2', '3'].map((text) => client.call('console.copy', { text, secret: false }));
    await expect.poll(() => finish.length).toBe(3);
    for (const one of finish.toReversed()) one();
    expect(await Promise.all(calls)).toEqual(
      [1, 2, 3].map((clearsInSeconds) => ({ ok: true, value: { clearsInSeconds } })),
    );
  });

  test('events reach everybody who listens', async () => {
    const heard: unknown[] = [];
    client.onEvent((name, payload) => heard.push(['a', name, payload]));
    client.onEvent((name, payload) => heard.push(['b', name, payload]));
    tell('console.navigate', { path: '/members' });
    await expect.poll(() => heard.length).toBe(2);
    expect(heard).toEqual([
      ['a', 'console.navigate', { path: '/members' }],
      ['b', 'console.navigate', { path: '/members' }],
    ]);
  });

  test('a call without an answer ends at the deadline', async () => {
    await close();
    ({ client, close } = await open(
      { answer: () => new Promise(() => {}), onEvent: () => {} },
      { deadlineMs: 20 },
    ));
    expect(await client.call('console.preferences', {})).toEqual({
      ok: false,
      error: { code: 'timeout', message: 'console.preferences took longer than 0.02 seconds.' },
    });
  });

  test('when the other end is gone, every open and later call is told so', async () => {
    handlers['console.preferences'] = () => new Promise(() => {});
    const openCall = client.call('console.preferences', {});
    client.close(new AppError('internal', 'The server thread ended.'));
    const gone = { ok: false, error: { code: 'internal', message: 'The server thread ended.' } };
    expect([await openCall, await client.call('console.preferences', {})]).toEqual([gone, gone]);
  });
});

test('input that has no JSON form counts as too large', async () => {
  const answer = implement<keyof typeof consoleCalls>(
    consoleCalls,
    {
      'console.preferences': () => ({ colorScheme: 'dark', onClose: 'ask' }),
      'console.prefer': () => ({ colorScheme: 'dark', onClose: 'ask' }),
      'console.copy': () => ({ clearsInSeconds: null }),
      'console.openExternal': () => ({}),
    },
    admitEverybody,
    () => {},
  );
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  expect(await answer('console.preferences', cycle)).toMatchObject({
    ok: false,
    error: { code: 'too-large' },
  });
  expect(await answer('console.preferences', undefined)).toMatchObject({
    ok: false,
    error: { code: 'invalid-input' },
  });
});
