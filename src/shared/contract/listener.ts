import { z } from 'zod';
import { call } from './define.ts';

/** What became of the HTTP listener of this data directory. */
export const listenerState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('starting') }),
  z.object({
    state: z.literal('listening'),
    host: z.string(),
    port: z.number(),
    /** The process that listens: this one, or another that holds the data directory. */
    pid: z.number(),
    here: z.boolean(),
  }),
  z.object({ state: z.literal('port-in-use'), host: z.string(), port: z.number(), message: z.string() }),
  z.object({ state: z.literal('failed'), message: z.string() }),
  z.object({ state: z.literal('stopped') }),
]);
export type ListenerState = z.infer<typeof listenerState>;

export const listenerCalls = {
  'listener.get': call(z.strictObject({}), listenerState, 'view'),
  /** Tries the configured port again. */
  'listener.retry': call(z.strictObject({}), listenerState, 'edit'),
  /** Stores another port and listens there. The IdP's configuration has to follow. */
  'listener.choosePort': call(z.strictObject({ port: z.int().min(1).max(65535) }), listenerState, 'edit'),
};
