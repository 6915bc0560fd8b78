import { z } from 'zod';
import { call } from './define.ts';
import { job } from './jobs.ts';

/** What observe mode keeps back. */
export const observeStatus = z.object({
  mode: z.enum(['live', 'observe']),
  /** Users and groups of the IdP whose newest assertion is not applied. */
  users: z.number(),
  groups: z.number(),
  /** People among them whose access was taken away at once: that never waits. */
  cut: z.number(),
});
export type ObserveStatus = z.infer<typeof observeStatus>;

/** Who joins or leaves; names only when there are not too many. */
const moved = z.object({ count: z.number(), names: z.array(z.string()) });

/** A user or group of the IdP, with what applying its assertion would change. */
export const previewedResource = z.object({
  kind: z.enum(['user', 'group']),
  id: z.string(),
  name: z.string(),
  /** When it was first noted. */
  since: z.string(),
  /** When access was taken away at once; null where it was not. */
  cutAt: z.string().nullable(),
  /** Empty: the assertion changes nothing here. */
  changes: z.array(
    z.object({
      kind: z.string(),
      /** A sentence about the person or team. */
      what: z.string(),
      /** Why it follows, as a sentence. */
      because: z.string(),
      joined: moved.optional(),
      left: moved.optional(),
    }),
  ),
});
export type PreviewedResource = z.infer<typeof previewedResource>;

export const observeCalls = {
  'observe.preview': call(
    z.strictObject({
      search: z.string().max(200).optional(),
      kind: z.enum(['user', 'group']).optional(),
      /** Only people whose access was cut at once. */
      cutOnly: z.boolean().default(false),
      offset: z.int().min(0).max(10_000_000).default(0),
      limit: z.int().min(1).max(200).default(100),
    }),
    z.object({ items: z.array(previewedResource), total: z.number(), status: observeStatus }),
    'view',
  ),
  /** How many changes of which kind there are in all; plans everything, so ask seldom. */
  'observe.counts': call(z.strictObject({}), z.record(z.string(), z.number()), 'view'),
  /** Starts the job that applies all that is noted; with `goLive`, pushes take effect at once afterwards. */
  'observe.apply': call(z.strictObject({ goLive: z.boolean().default(false) }), job, 'edit'),
};
