import { Connection, header, requestBytes } from '../../fuzz/client.ts';
import { parse } from '../../fuzz/oracle.ts';

export type Body = Record<string, unknown>;

/** An endpoint to talk to; `base` is the URL that it writes into its answers. */
export interface Endpoint {
  base: string;
  request(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Answer>;
}

export interface Answer {
  status: number;
  etag: string | undefined;
  body: Body | undefined;
}

/** An endpoint over one keep-alive connection. `close` hangs up. */
export function connectEndpoint(
  base: string,
  token: string,
): Endpoint & { close(): void; requests(): number } {
  const { hostname, port, pathname } = new URL(base);
  const connection = new Connection(hostname, Number(port));
  let requests = 0;
  return {
    base,
    async request(method, path, body, headers = {}) {
      requests += 1;
      const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
      const all: [string, string][] = [
        ['Host', `${hostname}:${port}`],
        ['Authorization', `Bearer ${token}`],
        ...Object.entries(headers),
      ];
      if (bytes)
        all.push(['Content-Type', 'application/scim+json'], ['Content-Length', String(bytes.length)]);
      const { answer, failure } = await connection.exchange(
        requestBytes(method, pathname + path, all, bytes),
        method,
        15_000,
      );
      if (!answer) throw new Error(`${method} ${path}: ${failure}`);
      return {
        status: answer.status,
        etag: header(answer, 'etag'),
        body: answer.body.length === 0 ? undefined : parse(answer.body),
      };
    },
    requests: () => requests,
    close: () => connection.close(),
  };
}
