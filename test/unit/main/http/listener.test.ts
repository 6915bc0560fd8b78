import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { request as httpRequest, type RequestListener, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { generate } from 'selfsigned';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Binding,
  createListener,
  isLoopback,
  type Listener,
  requireListening,
} from '../../../../src/main/http/listener.ts';
import { createWriter } from '../../../../src/main/store/group-commit.ts';
import { createListenerRecordStore, takeListenerLock } from '../../../../src/main/store/listener-lock.ts';
import { type OpenDatabases, openDatabases } from '../../../support/databases.ts';

let databases: OpenDatabases;
let binding: Binding;
let handler: RequestListener;
let listeners: Listener[];
beforeEach(async () => {
  databases = await openDatabases();
  binding = { host: '127.0.0.1', port: 0, tls: undefined };
  handler = (_, response) => response.end('here');
  listeners = [];
});
afterEach(async () => {
  for (const listener of listeners) await listener.stop(0);
  await databases.close();
});

function create(more: Partial<Binding> = {}): Listener {
  const { identity, folder } = databases;
  const listener = createListener({
    binding: () => ({ ...binding, ...more }),
    handler: () => handler,
    onClientError: (_error, socket) => socket.destroy(),
    // No waiting: whoever holds it here does so on purpose.
    takeLock: () => takeListenerLock(folder, 0, undefined),
    record: createListenerRecordStore(identity),
    write: createWriter(identity).write,
    now: () => new Date('2026-01-01T00:00:00.000Z'),
  });
  listeners.push(listener);
  return listener;
}
const record = () => createListenerRecordStore(databases.identity).get();

describe('a listener', () => {
  test('listens, says where, and leaves word for others', async () => {
    const listener = create();
    expect([listener.state(), listener.origin()]).toEqual([{ state: 'stopped' }, undefined]);
    const seen: string[] = [];
    listener.onChange(() => seen.push(listener.state().state));
    const state = requireListening(await listener.start());
    expect(state).toMatchObject({ host: '127.0.0.1', pid: process.pid, here: true });
    expect(seen).toEqual(['starting', 'listening']);
    expect(listener.origin()).toBe(`http://127.0.0.1:${state.port}`);
    expect(await (await fetch(listener.origin() ?? '')).text()).toBe('here');
    expect(record()).toMatchObject({ pid: process.pid, port: state.port, secure: false });
  });

  test('stopped frees port, lock and record', async () => {
    const listener = create();
    const { port } = requireListening(await listener.start());
    await listener.stop();
    expect([listener.state(), listener.origin(), record()]).toEqual([
      { state: 'stopped' },
      undefined,
      undefined,
    ]);
    expect(requireListening(await create({ port }).start()).port).toBe(port);
  });

  test('started again moves to where it is told by then', async () => {
    const listener = create();
    const first = requireListening(await listener.start());
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as { port: number };
    probe.close();
    await once(probe, 'close');
    binding.port = port;
    expect(requireListening(await listener.start()).port).toBe(port);
    expect(record()?.port).toBe(port);
    await expect(fetch(`http://127.0.0.1:${first.port}`)).rejects.toThrow();
  });

  test('finishes what it accepted before it stops', async () => {
    let accepted: ServerResponse | undefined;
    handler = (_, response) => {
      accepted = response;
    };
    const listener = create();
    const { port } = requireListening(await listener.start());
    const request = httpRequest({ port, host: '127.0.0.1', agent: false }).end();
    const answer = once(request, 'response').then(([response]) => readAll(response));
    await expect.poll(() => accepted).toBeDefined();
    const stopped = listener.stop();
    accepted?.end('done');
    expect(await answer).toBe('done');
    await stopped;
    expect(listener.state()).toEqual({ state: 'stopped' });
  });

  test('gives up on what never ends when its time is over', async () => {
    let asked = false;
    handler = () => {
      asked = true;
    };
    const listener = create();
    const { port } = requireListening(await listener.start());
    const request = httpRequest({ port, host: '127.0.0.1', agent: false }).end();
    const failed = once(request, 'error');
    await expect.poll(() => asked).toBe(true);
    await listener.stop(10);
    expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' });
  });
});

describe('a listener says why it can’t', () => {
  test('on a port that another program uses, and never takes another', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const listener = create({ port });
    const state = await listener.start();
    expect(state).toEqual({
      state: 'port-in-use',
      host: '127.0.0.1',
      port,
      message: expect.stringContaining(`Another program uses port ${port} on 127.0.0.1.`),
    });
    expect(() => requireListening(state)).toThrow(expect.objectContaining({ code: 'port-in-use' }));
    expect(record()).toBeUndefined();
    // It let go of the lock: a retry works once the port is free.
    other.close();
    await once(other, 'close');
    expect(requireListening(await listener.start()).port).toBe(port);
  });

  test.each(['0.0.0.0', '::', '10.1.2.3', 'example.com'])('on %s without a certificate', async (host) => {
    const state = await create({ host }).start();
    expect(state).toEqual({
      state: 'failed',
      message: expect.stringContaining(`Listening on ${host} would carry tokens unencrypted.`),
    });
    expect(() => requireListening(state)).toThrow(expect.objectContaining({ code: 'listener-failed' }));
  });

  test('with a certificate that is not there', async () => {
    const tls = { certFile: join(databases.folder, 'no.pem'), keyFile: join(databases.folder, 'no.pem') };
    const listener = create({ tls });
    expect(await listener.start()).toEqual({ state: 'failed', message: expect.stringContaining('ENOENT') });
    binding.tls = undefined;
    expect(requireListening(await create().start()).here).toBe(true);
  });
});

describe('two on one data directory', () => {
  test('the second says who serves, and starts nothing', async () => {
    const first = requireListening(await create().start());
    const second = create();
    const state = await second.start();
    expect(state).toEqual({ ...first, here: false });
    expect(second.origin()).toBe(`http://127.0.0.1:${first.port}`);
    expect(() => requireListening(state)).toThrow(
      expect.objectContaining({
        code: 'data-directory-held',
        message: `Another Rollcall (pid ${process.pid}) serves this data directory already, on port ${first.port}.`,
      }),
    );
  });

  test('one that only looks takes nothing', async () => {
    const looking = create();
    expect(looking.observe()).toEqual({ state: 'stopped' });
    const serving = create();
    const first = requireListening(await serving.start());
    expect(looking.observe()).toEqual({ ...first, here: false });
    await serving.stop();
    // What it saw is asked for again, since the other one is gone.
    expect(looking.state()).toEqual({ state: 'stopped' });
    expect(looking.observe()).toEqual({ state: 'stopped' });
  });

  test('a lock without a record is somebody who is just starting', async () => {
    const lock = takeListenerLock(databases.folder, 0, undefined);
    expect(await create().start()).toEqual({
      state: 'failed',
      message: 'Another Rollcall is just starting on this data directory. Try again.',
    });
    lock?.release();
  });
});

test('with a certificate it speaks TLS, and says so', async () => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
  });
  const tls = { certFile: join(databases.folder, 'cert.pem'), keyFile: join(databases.folder, 'key.pem') };
  await writeFile(tls.certFile, cert);
  await writeFile(tls.keyFile, key);
  const listener = create({ tls, host: '0.0.0.0' });
  const { port } = requireListening(await listener.start());
  expect(listener.origin()).toBe(`https://0.0.0.0:${port}`);
  expect(record()?.secure).toBe(true);
  const request = httpsRequest({ host: '127.0.0.1', port, rejectUnauthorized: false, agent: false }).end();
  const [response] = await once(request, 'response');
  expect(await readAll(response)).toBe('here');
});

test.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['localhost', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['127.0.0.1.example.com', false],
  ['localhost.example.com', false],
  ['', false],
])('%s is reached from this machine only: %s', (host, loopback) => {
  expect(isLoopback(host)).toBe(loopback);
});
