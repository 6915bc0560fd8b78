/** What the generators know of the server: how to reach it, and what it holds. */
export interface World {
  host: string;
  port: number;
  /** The path of the base URL: `/scim/v2/acme`. */
  base: string;
  token: string;
  users: Known[];
  groups: Known[];
  /** Cursors that the server has handed out. */
  cursors: string[];
}

/** A resource that exists, or existed a moment ago. */
export interface Known {
  id: string;
  /** userName or displayName. */
  name: string;
  /** The entity tag that was seen last. */
  version: string;
}

/** One request, ready to be sent. */
export interface FuzzRequest {
  index: number;
  /** Which generator made it, for the report. */
  kind: string;
  method: string;
  /** Exactly as it stands on the request line. */
  target: string;
  headers: [name: string, value: string][];
  body: Buffer | undefined;
  /** Bytes that go out on a connection of their own instead; the other fields then only describe them. */
  wire?: { bytes: Buffer; complete: boolean };
}
