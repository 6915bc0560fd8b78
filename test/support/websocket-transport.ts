import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { Rollcall } from '../../src/main/compose.ts';
import { type Channel, serveChannel } from '../../src/main/rpc/channel.ts';
import type { Message } from '../../src/shared/contract/envelope.ts';

/**
 * The third transport of the contract (ARCHITECTURE: Electron IPC, MessagePort, WebSocket): for tests and tools that
 * drive a composed Rollcall without Electron. Never shipped: it checks no sender, and takes everybody for `actor`.
 */
export async function serveOverWebSocket(
  rollcall: Pick<Rollcall, 'answer' | 'onEvent'>,
  actor?: string,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const senders = new Map<WebSocket, (name: string, payload: unknown) => void>();
  server.on('connection', (socket) => {
    senders.set(socket, serveChannel(socketChannel(socket), rollcall.answer, actor));
    socket.on('close', () => senders.delete(socket));
  });
  rollcall.onEvent((name, payload) => {
    for (const send of senders.values()) send(name, payload);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}`,
    async close() {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The calling end: a channel for `channelClient`. */
export async function openWebSocket(url: string): Promise<{ channel: Channel; close(): void }> {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  return { channel: socketChannel(socket), close: () => socket.terminate() };
}

function socketChannel(socket: WebSocket): Channel {
  return {
    post: (message) => socket.send(JSON.stringify(message)),
    onMessage: (listener) => {
      socket.on('message', (data) => listener(JSON.parse(String(data)) as Message));
    },
  };
}
