import { once } from 'node:events';
import { WebSocket } from 'ws';

/** What a server's inspector is asked. The product itself has no way to tell. */
export interface Inspector {
  /** Node's own account, in bytes; what RSS holds beyond `heapTotal` and `external` is SQLite's, the code's, the allocator's. */
  memory(): Promise<Memory>;
  close(): void;
}

/** A part of `process.memoryUsage()`. */
export interface Memory {
  heapUsed: number;
  heapTotal: number;
  external: number;
}

/** Connects to Node's inspector at its `ws:` address. */
export async function openInspector(address: string | undefined): Promise<Inspector> {
  if (address === undefined) throw new Error('the server was started without an inspector');
  const socket = new WebSocket(address);
  await once(socket, 'open');
  let lastId = 0;
  return {
    async memory() {
      const id = ++lastId;
      const params = { expression: 'process.memoryUsage()', returnByValue: true };
      socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }));
      const [data] = (await once(socket, 'message')) as [Buffer];
      const text = data.toString('utf8');
      const answer = JSON.parse(text) as { id: number; result?: { result?: { value?: Memory } } };
      const value = answer.result?.result?.value;
      if (answer.id !== id || !value) throw new Error(`the inspector said ${text}`);
      return value;
    },
    close: () => socket.close(),
  };
}
