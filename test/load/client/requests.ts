import { readFileSync } from 'node:fs';
import type { StoredIds } from '../stored-ids.ts';

/** Where requests go. */
export interface Target {
  /** Tells servers apart in what the client remembers of them. */
  name: string;
  /** The SCIM base URL, without a slash at the end. */
  endpoint: string;
  token: string;
  /** The file that says which rows are stored under which ids. */
  idsFile: string;
}

/** One request that is about to be sent, and what a right answer to it is. */
export interface Operation {
  message: string;
  /** Any of these. */
  status: readonly number[];
  /** Looks into the body of some of the answers; returns what is wrong. */
  check?(body: Json): string | undefined;
  /** Called for each right answer. */
  done?(body: Buffer): void;
}

// biome-ignore lint/suspicious/noExplicitAny: whatever a server said
export type Json = any;

/** What the client knows of a server, kept over all cells of a run. */
export interface Memory {
  ids: StoredIds;
  /** Ids of users that are inactive now. */
  inactive: Set<string>;
  /** `group/user` of those who were taken out of a group or put in. */
  moved: Set<string>;
  /** Counts what was created or changed, so that each request is a real change. */
  counter: number;
}

const memories = new Map<string, Memory>();

/** Recalls a server; an ids file that was not seen before starts anew. */
export function recall({ name, idsFile }: Target): Memory {
  const key = `${name} ${idsFile}`;
  const known = memories.get(key);
  if (known) return known;
  const memory: Memory = {
    ids: JSON.parse(readFileSync(idsFile, 'utf8')) as StoredIds,
    inactive: new Set(),
    moved: new Set(),
    counter: 0,
  };
  memories.set(key, memory);
  return memory;
}

/** Writes requests for one server. */
export interface RequestWriter {
  host: string;
  port: number;
  write(method: string, path: string, body?: unknown): string;
}

/** Makes the writer of requests for a target: HTTP/1.1 with the headers that an IdP sends. */
export function requestWriter({ endpoint, token }: Target): RequestWriter {
  const { hostname, host, port, pathname } = new URL(endpoint);
  const headers = `Host: ${host}\r\nAuthorization: Bearer ${token}\r\nAccept: application/scim+json\r\nUser-Agent: load-client\r\n`;
  return {
    host: hostname,
    port: Number(port),
    write(method, path, body) {
      const start = `${method} ${pathname}${path} HTTP/1.1\r\n${headers}`;
      if (body === undefined) return `${start}\r\n`;
      const text = JSON.stringify(body);
      return `${start}Content-Type: application/scim+json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
    },
  };
}
