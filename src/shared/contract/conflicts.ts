import { z } from 'zod';
import { call } from './define.ts';
import { memberState } from './people.ts';

export const conflictKind = z.enum(['email', 'external-id', 'subject']);
export type ConflictKind = z.infer<typeof conflictKind>;

export const conflictState = z.enum(['open', 'linked', 'kept', 'refused', 'gone']);
export type ConflictState = z.infer<typeof conflictState>;

export const conflictDecision = z.enum(['link', 'keep', 'refuse']);
export type ConflictDecision = z.infer<typeof conflictDecision>;

const name = z.object({ id: z.string(), name: z.string(), state: memberState.nullable() });

/** Two people who hold what should be one person's alone. */
export const conflict = z.object({
  id: z.string(),
  kind: conflictKind,
  /** What both hold. Empty once one of the two was deleted for good. */
  value: z.string(),
  state: conflictState,
  /** Who waits, without access; `state` is null once the row is gone (linked, deleted). */
  newcomer: name,
  /** Who was here before. */
  other: name,
  openedAt: z.string(),
  note: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decidedBy: z.string().nullable(),
});
export type Conflict = z.infer<typeof conflict>;

/** One of the two, as far as it helps to tell whether they are one person. */
export const conflictPerson = z.object({
  id: z.string(),
  displayName: z.string(),
  userName: z.string(),
  email: z.string().nullable(),
  externalId: z.string().nullable(),
  state: memberState,
  reason: z.string(),
  since: z.string(),
  createdAt: z.string(),
  origin: z.enum(['scim', 'manual', 'sso']),
  /** What the IdP says about them now. */
  directory: z.enum(['active', 'inactive', 'none']),
  employeeNumber: z.string().nullable(),
  title: z.string().nullable(),
  department: z.string().nullable(),
  /** What they hold, whether or not it counts now. */
  teams: z.array(z.string()),
  roles: z.array(z.string()),
  manualGrants: z.number(),
});
export type ConflictPerson = z.infer<typeof conflictPerson>;

export const conflictDetail = z.object({
  conflict,
  /** Null once there is no such member any more. */
  newcomer: conflictPerson.nullable(),
  other: conflictPerson.nullable(),
  /** How many open conflicts the newcomer has besides: access only after the last. */
  openBesides: z.number(),
  /** What each choice will do, as sentences; `refusal` says why it can't be chosen. */
  choices: z.array(
    z.object({ decision: conflictDecision, effects: z.array(z.string()), refusal: z.string().nullable() }),
  ),
  undoable: z.boolean(),
});
export type ConflictDetail = z.infer<typeof conflictDetail>;

const id = z.string().max(64);

export const conflictCalls = {
  'conflicts.list': call(
    z.strictObject({
      state: z.enum(['open', 'decided']).default('open'),
      search: z.string().max(200).optional(),
      offset: z.int().min(0).max(10_000_000).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    z.object({ items: z.array(conflict), total: z.number(), open: z.number() }),
    'view',
  ),
  'conflicts.get': call(z.strictObject({ id }), conflictDetail, 'view'),
  'conflicts.decide': call(
    z.strictObject({
      id,
      decision: conflictDecision,
      note: z.string().trim().max(500).nullable().default(null),
    }),
    z.object({ conflict, sentence: z.string() }),
    'edit',
  ),
  'conflicts.undo': call(z.strictObject({ id }), z.object({ conflict, sentence: z.string() }), 'edit'),
};
