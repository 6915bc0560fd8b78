import type { WireError } from '../app-error.ts';

/** The answer to every call: rejections would lose all but their message on the way through Electron. */
export type Envelope = { ok: true; value: unknown } | { ok: false; error: WireError };

/** A call or its answer, on transports that carry plain messages (MessagePort, WebSocket). */
export type Message =
  | { kind: 'call'; id: number; name: string; input: unknown }
  | { kind: 'answer'; id: number; envelope: Envelope }
  | { kind: 'event'; name: string; payload: unknown };

/** What the preload script exposes to the page as `window.rollcall`. */
export interface Bridge {
  call(name: string, input: unknown): Promise<Envelope>;
  /** Returns the function that ends the subscription. */
  subscribe(name: string, listener: (payload: unknown) => void): () => void;
}

/** The largest call, in UTF-16 units of its JSON form, that is accepted. */
export const MAX_CALL_SIZE = 2_000_000;

/** How long a call may take before the caller is told so, in milliseconds. */
export const CALL_DEADLINE_MS = 30_000;
