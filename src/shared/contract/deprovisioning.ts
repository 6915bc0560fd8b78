import { z } from 'zod';
import { call } from './define.ts';
import { job } from './jobs.ts';
import { memberState } from './people.ts';

/** What took somebody's access away. */
const cause = z.enum(['inactive', 'deleted', 'rejected', 'operator', 'decommission']);

/** The mass-deprovision guard (D14). */
export const guardState = z.object({
  tripped: z.boolean(),
  /** How many people wait for a decision. */
  held: z.number(),
  since: z.string().nullable(),
  /** Minutes. */
  window: z.number(),
  /** At how many people within the window it trips. */
  threshold: z.number(),
  /** How many were cut within the window; while it is tripped, how many people it is about. */
  cuts: z.number(),
  /** Of how many active people whom the IdP brought. */
  of: z.number(),
  /** Whether writes of the IdP are refused while it is tripped. */
  stopsTheLine: z.boolean(),
  /** A decision that is being carried out. */
  job: job.nullable(),
});
export type GuardState = z.infer<typeof guardState>;

/** What one deprovisioning took away. */
export const receipt = z.object({
  id: z.string(),
  memberId: z.string(),
  displayName: z.string(),
  userName: z.string(),
  time: z.string(),
  actor: z.string(),
  cause,
  /** The state before, and the state now. */
  before: memberState,
  state: memberState,
  sessions: z.number(),
  grants: z.array(z.object({ kind: z.enum(['team', 'role']), id: z.string(), name: z.string() })),
  /** What was not in our hands, as sentences. */
  beyondReach: z.array(z.string()),
  outcome: z.enum(['confirmed', 'recalled', 'superseded']).nullable(),
  decidedAt: z.string().nullable(),
  decidedBy: z.string().nullable(),
  /** Whether it can be given back now, and until when; null: until somebody decides otherwise. */
  recallable: z.boolean(),
  recallableUntil: z.string().nullable(),
});
export type Receipt = z.infer<typeof receipt>;

/** Whom of the held ones: all, those who match a search, some by name; `except` leaves some out. */
export const heldChoice = z.strictObject({
  search: z.string().max(200).optional(),
  memberIds: z.array(z.string().max(64)).min(1).max(10_000).optional(),
  except: z.array(z.string().max(64)).max(10_000).optional(),
});
export type HeldChoice = z.infer<typeof heldChoice>;

/** Somebody whom an operator suspended or resumed, with what became of it as a sentence. */
export const suspended = z.object({
  id: z.string(),
  name: z.string(),
  state: memberState,
  sentence: z.string(),
});
export type Suspended = z.infer<typeof suspended>;

/** Why a member is where it is, what the IdP says beside it, and what comes next. */
export const memberStanding = z.object({
  id: z.string(),
  name: z.string(),
  state: memberState,
  cause: cause.nullable(),
  /** Access is gone although the state waits for Apply (observe mode). */
  cutAt: z.string().nullable(),
  /** The guard holds the irreversible part. */
  held: z.boolean(),
  deactivateAt: z.string().nullable(),
  deleteAt: z.string().nullable(),
  /** The assertion that is passed over until the IdP says something else. */
  recalled: z
    .object({ assertion: z.enum(['inactive', 'deleted']), at: z.string(), by: z.string() })
    .nullable(),
  directory: z.object({
    says: z.enum(['active', 'inactive', 'deleted', 'nothing']),
    since: z.string().nullable(),
    /** Since when that waits to be applied. */
    notedSince: z.string().nullable(),
  }),
  can: z.object({ recall: z.boolean(), suspend: z.boolean(), resume: z.boolean() }),
  /** The newest first. */
  receipts: z.array(receipt),
  /** What became of the member, the newest first, as sentences. */
  history: z.array(z.object({ time: z.string(), actor: z.string(), what: z.string() })),
});
export type MemberStanding = z.infer<typeof memberStanding>;

const memberIds = z.array(z.string().min(1).max(64)).min(1).max(500);
const page = {
  search: z.string().max(200).optional(),
  offset: z.int().min(0).max(10_000_000).default(0),
  limit: z.int().min(1).max(500).default(100),
};

export const deprovisioningCalls = {
  'guard.get': call(z.strictObject({}), guardState, 'view'),
  /** Whom it holds undecided, by name. */
  'guard.list': call(z.strictObject(page), z.object({ items: z.array(receipt), total: z.number() }), 'view'),
  /** Starts the job; `expected` is the number of people that the person saw. */
  'guard.decide': call(
    z.strictObject({
      decision: z.enum(['confirm', 'recall']),
      choice: heldChoice.default({}),
      expected: z.int().min(1),
    }),
    job,
    'edit',
  ),
  'members.standing': call(z.strictObject({ id: z.string().max(64) }), memberStanding, 'view'),
  'members.recall': call(z.strictObject({ ids: memberIds }), z.object({ recalled: z.number() }), 'edit'),
  'members.suspend': call(
    z.strictObject({ ids: memberIds, reason: z.string().trim().min(1).max(300).nullable().default(null) }),
    z.object({ items: z.array(suspended) }),
    'edit',
  ),
  'members.resume': call(z.strictObject({ ids: memberIds }), z.object({ items: z.array(suspended) }), 'edit'),
};
