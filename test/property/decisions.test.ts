import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AccessChange, planResume } from '../../src/main/access/plan/plan.ts';
import type { Attributes } from '../../src/main/scim/resource.ts';
import { createGrantsStore } from '../../src/main/store/grants.ts';
import { AppError } from '../../src/shared/app-error.ts';
import { openDecisions } from '../support/decisions.ts';
import { openPlanes, type Planes } from '../support/planes.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { standardFacts } from '../support/standard-facts.ts';

const SEED = 6125;
const slot = fc.nat(3);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('push' as const),
      slot,
      email: fc.constantFrom('a@x.com', 'b@x.com', 'c@y.com'),
      externalId: fc.constantFrom(undefined, 'e1', 'e2'),
      active: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), slot }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('conflict' as const),
      decision: fc.constantFrom('link' as const, 'keep' as const, 'refuse' as const),
      pick: fc.nat(20),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('undo-conflict' as const), pick: fc.nat(20) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('review' as const),
      decision: fc.constantFrom('approve' as const, 'reject' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('undo-review' as const), pick: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('recall' as const), pick: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('suspend' as const), pick: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('resume' as const), pick: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('retain' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('manual' as const), pick: fc.nat(20) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('policy' as const),
      activation: fc.constantFrom('auto' as const, 'review' as const),
      trusted: fc.constantFrom([], ['x.com']),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const DAY_MS = 86_400_000;
const BY = 'local:ann';

/** What a person is told can't be done, is nothing that went wrong. */
async function unlessRefused(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
  });
}

function suspensionOf(memberId: string): AccessChange {
  return {
    kind: 'member.state',
    memberId,
    from: 'active',
    to: 'suspended',
    suspendedFrom: 'active',
    cause: 'operator',
    deactivateAt: null,
    deleteAt: null,
    reason: 'Suspended by an operator.',
    isCut: true,
    because: { policy: 'operator' },
  };
}

function perform(planes: Planes, decisions: ReturnType<typeof openDecisions>) {
  const { store, access, deprovisioning, people, write } = planes;
  const { conflicts, review } = decisions;
  const of = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(1, list.length)];
  const members = () => people.members({ offset: 0, limit: 500 }).items;
  return async (one: Step): Promise<void> => {
    switch (one.kind) {
      case 'push': {
        const id = `u${one.slot}`;
        const attributes = {
          userName: id,
          emails: [{ value: one.email, primary: true }],
          active: one.active,
          ...(one.externalId === undefined ? {} : { externalId: one.externalId }),
        } as Attributes;
        await write(() => {
          const at = planes.clock.now().toISOString();
          const resource = { id, attributes, version: 1, created: at, lastModified: at };
          const before = store.users.find(id);
          if (before) store.users.update(before, resource, { text: '', form: '' });
          else store.users.insert(resource, { text: '', form: '' });
          access.reconcile({ users: [id] }, 'token:test');
        });
        return;
      }
      case 'delete':
        await write(() => {
          const id = `u${one.slot}`;
          if (!store.users.find(id)) return;
          store.users.remove(id);
          access.reconcile({ users: [id] }, 'token:test');
        });
        return;
      case 'conflict': {
        const found = of(conflicts.list({ state: 'open', offset: 0, limit: 50 }).items, one.pick);
        if (found) await unlessRefused(conflicts.decide(found.id, one.decision, null, BY));
        return;
      }
      case 'undo-conflict': {
        const found = of(conflicts.list({ state: 'decided', offset: 0, limit: 50 }).items, one.pick);
        if (found) await unlessRefused(conflicts.undo(found.id, BY));
        return;
      }
      case 'review': {
        const ids = review.list({}, { offset: 0, limit: 50 }).items.map(({ id }) => id);
        if (ids.length > 0) await unlessRefused(review.decide(one.decision, { ids }, null, BY));
        return;
      }
      case 'undo-review': {
        const found = of(review.decisions(50), one.pick);
        if (found) await unlessRefused(review.undo(found.id, BY));
        return;
      }
      case 'recall': {
        const found = of(members(), one.pick);
        if (found) await unlessRefused(deprovisioning.recall([found.id], BY));
        return;
      }
      case 'suspend': {
        const found = of(
          members().filter(({ state }) => state === 'active'),
          one.pick,
        );
        if (found) await write(() => access.decide(found.id, () => [suspensionOf(found.id)], BY));
        return;
      }
      case 'resume': {
        const found = of(
          members().filter(({ state }) => state === 'suspended'),
          one.pick,
        );
        if (found) await write(() => access.decide(found.id, planResume, BY));
        return;
      }
      case 'retain': {
        const later = planes.clock.now().getTime() + 120 * DAY_MS;
        planes.clock.now = () => new Date(later);
        await write(() => access.applyDates(50, 'system'));
        return;
      }
      case 'manual': {
        const found = of(members(), one.pick);
        if (found) planes.database.prepare("UPDATE member SET origin = 'manual' WHERE id = ?").run(found.id);
        return;
      }
      case 'policy':
        planes.policy.activation = one.activation;
        planes.policy.trustedDomains = one.trusted;
    }
  };
}

/** Orders that once went wrong. */
const FOUND: Step[][] = [
  [
    { kind: 'push', slot: 1, email: 'a@x.com', externalId: 'e1', active: false },
    { kind: 'manual', pick: 0 },
    { kind: 'push', slot: 0, email: 'a@x.com', externalId: 'e1', active: false },
    { kind: 'push', slot: 1, email: 'a@x.com', externalId: undefined, active: false },
  ],
  [
    { kind: 'push', slot: 1, email: 'b@x.com', externalId: undefined, active: false },
    { kind: 'push', slot: 0, email: 'b@x.com', externalId: undefined, active: true },
    { kind: 'review', decision: 'reject' },
    { kind: 'push', slot: 1, email: 'a@x.com', externalId: undefined, active: false },
    { kind: 'undo-review', pick: 0 },
  ],
  [
    { kind: 'push', slot: 0, email: 'b@x.com', externalId: undefined, active: false },
    { kind: 'push', slot: 3, email: 'b@x.com', externalId: undefined, active: true },
    { kind: 'review', decision: 'reject' },
    { kind: 'push', slot: 3, email: 'a@x.com', externalId: undefined, active: true },
    { kind: 'undo-review', pick: 0 },
  ],
  [
    { kind: 'push', slot: 1, email: 'a@x.com', externalId: undefined, active: true },
    { kind: 'push', slot: 2, email: 'b@x.com', externalId: undefined, active: false },
    { kind: 'push', slot: 1, email: 'a@x.com', externalId: undefined, active: false },
    { kind: 'recall', pick: 0 },
    { kind: 'push', slot: 1, email: 'b@x.com', externalId: undefined, active: false },
    { kind: 'push', slot: 1, email: 'c@y.com', externalId: undefined, active: false },
  ],
];

test('somebody with an open conflict never holds an effective grant, whatever the order of pushes and decisions', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25 }), async (steps) => {
      const planes = await openPlanes({ facts: standardFacts(false) });
      try {
        const run = perform(planes, openDecisions(planes));
        const grants = createGrantsStore(planes.database);
        const contested = planes.database
          .prepare<[], string>("SELECT DISTINCT member_id FROM conflict WHERE state = 'open'")
          .pluck();
        for (const one of steps) {
          await run(one);
          for (const memberId of contested.all()) {
            expect([one, grants.effective(memberId).roles]).toEqual([one, []]);
          }
          // Nobody is two members, and no member is missing its user.
          const users = planes.people
            .members({ offset: 0, limit: 500 })
            .items.flatMap(({ userId }) => userId ?? []);
          expect(new Set(users).size).toBe(users.length);
          // What was decided stands: planning again changes nothing.
          expect(planes.access.preview({ users })).toEqual([]);
        }
      } finally {
        await planes.close();
      }
    }),
    { seed: SEED, numRuns: propertyRuns(80), examples: FOUND.map((steps) => [steps]) },
  );
});
