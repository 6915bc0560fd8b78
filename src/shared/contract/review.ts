import { z } from 'zod';
import { call } from './define.ts';

/** Why something waits: about people `policy`, `domain`, `conflict`; about what a push gives `sensitive-role`, `group`. */
export const reviewRule = z.enum(['policy', 'domain', 'conflict', 'sensitive-role', 'group']);
export type ReviewRule = z.infer<typeof reviewRule>;

export const reviewDecision = z.enum(['approve', 'reject']);
export type ReviewDecision = z.infer<typeof reviewDecision>;

const gift = z.object({
  id: z.string(),
  name: z.string(),
  /** Waits for an approval of its own, even when the person is let in. */
  needsApproval: z.boolean(),
});

/** A person who waits, or a team or role that waits to be given to a person. */
export const reviewItem = z.object({
  /** The member's id; with the target's behind a colon where a grant waits. */
  id: z.string(),
  kind: z.enum(['person', 'grant']),
  memberId: z.string(),
  displayName: z.string(),
  userName: z.string(),
  email: z.string().nullable(),
  rule: reviewRule,
  /** Why, as a sentence. */
  reason: z.string(),
  since: z.string(),
  title: z.string().nullable(),
  department: z.string().nullable(),
  /** What waits to be given; null where the person waits. */
  target: z.object({ kind: z.enum(['team', 'role']), id: z.string(), name: z.string() }).nullable(),
  /** What the person gets with the access. */
  teams: z.array(gift),
  roles: z.array(gift),
  openConflicts: z.number(),
});
export type ReviewItem = z.infer<typeof reviewItem>;

/** What was decided together. */
export const reviewBatch = z.object({
  id: z.string(),
  decision: z.enum(['approved', 'rejected']),
  /** How many people or grants. */
  count: z.number(),
  /** How many of them were taken back. */
  undone: z.number(),
  /** Some of the names. */
  names: z.array(z.string()),
  note: z.string().nullable(),
  decidedAt: z.string(),
  decidedBy: z.string(),
});
export type ReviewBatch = z.infer<typeof reviewBatch>;

const refused = z.array(z.object({ id: z.string(), name: z.string(), message: z.string() }));

const filter = {
  rule: reviewRule.optional(),
  /** Behind the @ of the e-mail address. */
  domain: z.string().trim().toLowerCase().max(253).optional(),
  search: z.string().max(200).optional(),
};

export const reviewCalls = {
  'review.list': call(
    z.strictObject({
      ...filter,
      offset: z.int().min(0).max(10_000_000).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    z.object({ items: z.array(reviewItem), total: z.number() }),
    'view',
  ),
  /** For the whole organization. */
  'review.counts': call(
    z.strictObject({}),
    z.object({
      waiting: z.number(),
      conflicts: z.number(),
      rules: z.record(reviewRule, z.number()),
      /** The domains of those who wait, the most frequent first; not all of them. */
      domains: z.array(z.object({ domain: z.string(), count: z.number() })),
    }),
    'view',
  ),
  'review.decide': call(
    z.strictObject({
      decision: reviewDecision,
      /** Either these, or everything that matches the filter. */
      ids: z.array(z.string().max(200)).min(1).max(20_000).optional(),
      filter: z
        .strictObject({
          ...filter,
          /** All but these. */
          except: z.array(z.string().max(200)).max(10_000).optional(),
          /** How many were shown: when others match by now, nothing happens. */
          expected: z.int().min(1),
        })
        .optional(),
      note: z.string().trim().max(500).nullable().default(null),
    }),
    z.object({
      /** Undoes all of it; null when nothing was decided. */
      batchId: z.string().nullable(),
      done: z.number(),
      refused,
    }),
    'edit',
  ),
  'review.undo': call(
    z.strictObject({ id: z.string().max(64) }),
    z.object({ done: z.number(), refused }),
    'edit',
  ),
  'review.decisions': call(
    z.strictObject({ limit: z.int().min(1).max(200).default(20) }),
    z.object({ items: z.array(reviewBatch) }),
    'view',
  ),
};
