import fc from 'fast-check';
import type { Mode } from '../../model/types.ts';

/** A user by its place among those that the IdP has; counted round. */
type Slot = number;
interface Facts {
  email: string | undefined;
  externalId: string | undefined;
  active: boolean;
}

/** One thing that an IdP does in one write. */
export type Push =
  | ({ do: 'create user' } & Facts)
  | ({ do: 'replace user'; slot: Slot } & Facts)
  | { do: 'set active'; slot: Slot; active: boolean }
  | { do: 'delete user'; slot: Slot }
  | { do: 'create group'; members: Slot[] }
  | { do: 'add members' | 'remove members'; slot: Slot; members: Slot[] }
  | { do: 'delete group'; slot: Slot };

export type Step =
  /** `failAfter`: the write fails after so many events of the audit trail, and leaves nothing. */
  | { do: 'push'; push: Push; failAfter: number | undefined }
  | { do: 'create many'; count: number }
  | { do: 'cut many'; from: Slot; count: number; how: 'set inactive' | 'delete' }
  | { do: 'return many'; from: Slot; count: number }
  | {
      do: 'policy';
      change: {
        activation?: 'auto' | 'review' | undefined;
        trustedDomains?: string[] | undefined;
        onInactive?: Mode | undefined;
        onDelete?: Mode | undefined;
        afterDays?: number | undefined;
        retentionDays?: number | undefined;
      };
    }
  | { do: 'guard'; percent: number; count: number; window: number }
  | { do: 'observe' }
  | { do: 'apply'; goLive: boolean }
  | { do: 'confirm' | 'recall'; which: 'all' | Slot }
  | { do: 'suspend' | 'resume'; which: Slot }
  | { do: 'make manual' }
  | { do: 'wait'; minutes: number }
  | { do: 'dates' }
  /** Days in which the dates of everybody come. */
  | { do: 'pass'; days: number }
  | { do: 'crash' };

const slot = fc.nat(11);
const slots = fc.uniqueArray(slot, { maxLength: 4 });
const facts = {
  email: fc.constantFrom(undefined, undefined, 'ann@acme.com', 'Ann@ACME.com', 'bo@other.org'),
  externalId: fc.constantFrom(undefined, 'e1', 'e2', 'e3', 'E1'),
  active: fc.constantFrom(true, true, true, false),
};
const one = <Do extends string>(what: Do) => fc.constant(what);

const push: fc.Arbitrary<Push> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: one('create user'), ...facts }) },
  { weight: 3, arbitrary: fc.record({ do: one('replace user'), slot, ...facts }) },
  { weight: 5, arbitrary: fc.record({ do: one('set active'), slot, active: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: one('delete user'), slot }) },
  { weight: 2, arbitrary: fc.record({ do: one('create group'), members: slots }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('add members' as const, 'remove members'),
      slot,
      members: slots,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: one('delete group'), slot }) },
);

const mode = fc.constantFrom<Mode>('suspend', 'suspend-then-deactivate', 'deactivate');
const change = fc.record(
  {
    activation: fc.constantFrom('auto' as const, 'auto' as const, 'review' as const),
    trustedDomains: fc.constantFrom<string[]>([], [], ['acme.com']),
    onInactive: mode,
    onDelete: mode,
    afterDays: fc.constantFrom(1, 7),
    retentionDays: fc.constantFrom(1, 30),
  },
  { requiredKeys: [] },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 40,
    arbitrary: fc.record({
      do: one('push'),
      push,
      failAfter: fc.oneof(
        { weight: 12, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.nat(3) },
      ),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: one('create many'), count: fc.integer({ min: 4, max: 9 }) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: one('cut many'),
      from: slot,
      count: fc.integer({ min: 3, max: 8 }),
      how: fc.constantFrom('set inactive' as const, 'delete'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: one('return many'), from: slot, count: fc.integer({ min: 1, max: 6 }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: one('policy'), change }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: one('guard'),
      percent: fc.constantFrom(1, 20, 20, 50, 100),
      count: fc.constantFrom(1, 5, 6, 50),
      window: fc.constantFrom(1, 60),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: one('observe') }) },
  { weight: 3, arbitrary: fc.record({ do: one('apply'), goLive: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('confirm' as const, 'recall', 'recall'),
      which: fc.oneof(fc.constant('all' as const), slot, slot, slot),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('suspend' as const, 'resume'), which: slot }) },
  { weight: 1, arbitrary: fc.record({ do: one('make manual') }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: one('wait'),
      minutes: fc.constantFrom(0, 1, 30, 59, 60, 61, 1440, 10_080, 43_200),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: one('dates') }) },
  { weight: 3, arbitrary: fc.record({ do: one('pass'), days: fc.constantFrom(2, 40, 100) }) },
  { weight: 2, arbitrary: fc.record({ do: one('crash') }) },
);

/** What happens to an organization: pushes, decisions, the clock, crashes. */
export const accessSequence: fc.Arbitrary<Step[]> = fc.array(step, {
  minLength: 1,
  maxLength: 40,
  size: 'max',
});
