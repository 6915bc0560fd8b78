import { z } from 'zod';
import { call, event } from './define.ts';
import { ruleName } from './profiles.ts';

/** One request that reached the listener, refused ones included. No field can hold a secret. */
export const activityRow = z.object({
  /** Grows by one a row; the order of the log. */
  seq: z.number(),
  requestId: z.string(),
  time: z.string(),
  /** The IdP its traffic looks like, by User-Agent; null when unknown. */
  idp: z.string().nullable(),
  tokenId: z.string().nullable(),
  /** The token's name; or "unknown". */
  tokenName: z.string(),
  address: z.string(),
  method: z.string(),
  path: z.string(),
  /** HTTP status; 0 when the caller left before the answer. */
  status: z.number(),
  /** Why it was refused or what it did, as a sentence; null for plain reads. */
  reason: z.string().nullable(),
  scimType: z.string().nullable(),
  durationMs: z.number(),
  /** "User" or "Group", the id, and the name by which a person knows it. */
  resourceType: z.string().nullable(),
  resourceId: z.string().nullable(),
  subject: z.string().nullable(),
  /** The rules of the IdP profile that fired, by name; an older release may have known others. */
  rules: z.array(z.string()),
});
export type ActivityRow = z.infer<typeof activityRow>;

export const activityDetail = activityRow.extend({
  userAgent: z.string().nullable(),
  query: z.string().nullable(),
  requestBody: z.string().nullable(),
  responseBody: z.string().nullable(),
  /** What was decided, in order. */
  steps: z.array(z.string()),
  /** Attributes that changed, by name. */
  changed: z.array(z.string()),
  /** Attributes that were sent and ignored, by name. */
  ignored: z.array(z.string()),
});
export type ActivityDetail = z.infer<typeof activityDetail>;

export const activityCalls = {
  /** Newest first. */
  'activity.list': call(
    z.strictObject({
      before: z.int().min(1).optional(),
      limit: z.int().min(1).max(500).default(100),
      /** Status 400 and above, or aborted. */
      failed: z.boolean().default(false),
      search: z.string().max(200).optional(),
      /** Only requests on which this rule fired. */
      rule: ruleName.optional(),
    }),
    z.object({ items: z.array(activityRow), nextBefore: z.number().nullable() }),
    'view',
  ),
  'activity.get': call(z.strictObject({ seq: z.int().min(1) }), activityDetail, 'view'),
};

export const activityEvents = {
  /** Rows as they are written, oldest first; `dropped` counts those that the bounded queue had to give up. */
  'activity.appended': event(z.object({ rows: z.array(activityRow), dropped: z.number() })),
};
