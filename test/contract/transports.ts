import { MessageChannel } from 'node:worker_threads';
import type { Rollcall } from '../../src/main/compose.ts';
import { type ChannelClient, channelClient, portChannel, serveChannel } from '../../src/main/rpc/channel.ts';
import { openWebSocket, serveOverWebSocket } from '../support/websocket-transport.ts';

/** One way to carry the contract: a client at the other end of a served contract; `actor` is who that end vouches for. */
export interface Transport {
  name: string;
  open(
    served: Pick<Rollcall, 'answer' | 'onEvent'>,
    options?: { deadlineMs?: number; actor?: string },
  ): Promise<{ client: ChannelClient; close(): Promise<void> }>;
}

/** The transports that run without Electron; Electron's own is under test in the e2e tests. */
export const TRANSPORTS: readonly Transport[] = [
  {
    name: 'MessagePort',
    async open(served, { deadlineMs, actor } = {}) {
      const { port1, port2 } = new MessageChannel();
      served.onEvent(serveChannel(portChannel(port1), served.answer, actor));
      return {
        client: channelClient(portChannel(port2), deadlineMs),
        async close() {
          port1.close();
          port2.close();
        },
      };
    },
  },
  {
    name: 'WebSocket',
    async open(served, { deadlineMs, actor } = {}) {
      const server = await serveOverWebSocket(served, actor);
      const { channel, close } = await openWebSocket(server.url);
      return {
        client: channelClient(channel, deadlineMs),
        async close() {
          close();
          await server.close();
        },
      };
    },
  },
];
