import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGuard, type Guard, guardDecision } from '../../../../src/main/access/guard.ts';
import { createStandings, type Standings } from '../../../../src/main/access/standing.ts';
import type { Job } from '../../../../src/main/jobs/jobs.ts';
import { createDeprovisioningStore } from '../../../../src/main/store/deprovisioning.ts';
import { createStandingStore } from '../../../../src/main/store/member-standing.ts';
import type { Member } from '../../../../src/shared/contract/people.ts';
import { openPlanes, type Planes } from '../../../support/planes.ts';
import { runJob } from '../../../support/run-job.ts';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-03-01T12:00:00.000Z');

let planes: Planes;
let guard: Guard;
let standings: Standings;
/** What was handed to the jobs. */
let started: { kind: string; input: never; actor: string }[];

beforeEach(async () => {
  planes = await openPlanes();
  planes.clock.now = () => new Date(NOW);
  started = [];
  const store = createDeprovisioningStore(planes.database);
  guard = createGuard({
    store,
    deprovisioning: planes.deprovisioning,
    stopsTheLine: () => false,
    jobs: () => ({
      list: () => [],
      start: async (kind, input, actor) => {
        started.push({ kind, input: input as never, actor });
        return { id: 'job' } as Job;
      },
    }),
  });
  standings = createStandings({
    store: createStandingStore(planes.database),
    receipts: store,
    retentionDays: () => 90,
  });
});
afterEach(() => planes.close());

const users = () => planes.registry.userType;

async function people(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const user = { userName: `p${number}@acme.com`, displayName: `Person ${number}`, active: true };
    ids.push((await planes.directory.create(users(), user, planes.context)).id);
  }
  return ids;
}
const inactive = {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', path: 'active', value: false }],
};
const deactivate = (id: string) => planes.directory.patch(users(), id, inactive, planes.context);
function memberOf(number: number): Member {
  const [member] = planes.people.members({ search: `p${number}@acme.com`, offset: 0, limit: 1 }).items;
  if (!member) throw new Error(`no person ${number}`);
  return member;
}
/** The input of the job that was started. */
const input = () => started[0]?.input as never;
const decision = () =>
  guardDecision({
    store: createDeprovisioningStore(planes.database),
    deprovisioning: planes.deprovisioning,
  });

describe('while nothing was cut', () => {
  test('it tells at how many it trips, and has nobody to decide about', async () => {
    await people(10);
    expect(guard.state()).toMatchObject({ tripped: false, held: 0, threshold: 5, of: 10, cuts: 0 });
    expect(guard.list(undefined, 0, 10)).toEqual({ items: [], total: 0 });
    await expect(guard.decide('recall', {}, undefined, 'local:ann')).rejects.toMatchObject({
      code: 'conflict',
      message: 'The guard holds nobody.',
    });
  });
});

describe('tripped', () => {
  let ids: string[];
  beforeEach(async () => {
    ids = await people(80);
    for (const id of ids.slice(0, 60)) await deactivate(id);
  });

  test('it holds all of them, and finds them by part of a name', () => {
    expect(guard.state()).toMatchObject({ tripped: true, held: 60, cuts: 60, of: 80, threshold: 16 });
    expect(guard.list('PERSON 1', 0, 3)).toMatchObject({ total: 11 });
    expect(guard.list(undefined, 59, 10).items).toHaveLength(1);
  });

  test('a decision about another number of people than was seen is refused', async () => {
    await expect(guard.decide('recall', {}, 59, 'local:ann')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('It would be 60 people now, not 59'),
    });
    await expect(guard.decide('confirm', { search: 'nobody' }, undefined, 'local:ann')).rejects.toThrow(
      'Nobody is held who fits this choice.',
    );
    expect(started).toEqual([]);
  });

  test('named people must be held', async () => {
    const choice = { memberIds: [memberOf(3).id, memberOf(70).id] };
    await expect(guard.decide('recall', choice, undefined, 'local:ann')).rejects.toThrow(
      'The guard does not hold Person 70.',
    );
    await expect(guard.decide('recall', { memberIds: ['x'] }, 1, 'local:ann')).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('recall is done in pieces, goes on after a crash, and whoever is cut meanwhile is not part of it', async () => {
    await guard.decide('recall', {}, 60, 'local:ann');
    expect(started).toMatchObject([{ kind: 'guard-decision', actor: 'local:ann' }]);
    const crashed = await runJob(decision(), input(), planes.write, { crashAfter: 1 });
    expect(crashed).toMatchObject({ done: 25, total: 60, message: undefined });
    await deactivate(ids[65] ?? '');

    const over = await runJob(decision(), input(), planes.write, { from: crashed });
    expect(over).toMatchObject({ done: 60, message: 'Recalled: 60 people.' });
    expect(over.pieces).toBeGreaterThan(2);
    expect(guard.state()).toMatchObject({ tripped: true, held: 1 });
    expect(planes.people.counts()).toMatchObject({ active: 79, suspended: 1 });
  });

  test('some of a search can be left out', async () => {
    const choice = { search: 'Person 1', except: [memberOf(1).id] };
    await guard.decide('recall', choice, 10, 'local:ann');
    const { message } = await runJob(decision(), input(), planes.write);
    expect(message).toBe('Recalled: 10 people.');
    expect(memberOf(1).state).toBe('suspended');
    expect(memberOf(12).state).toBe('active');
    expect(guard.state().held).toBe(50);
  });

  test('when the last one is decided the guard is quiet again', async () => {
    await guard.decide('confirm', {}, 60, 'local:ann');
    await runJob(decision(), input(), planes.write);
    expect(guard.state()).toMatchObject({ tripped: false, held: 0 });
    const resolution = planes.database.prepare('SELECT resolution, resolved_by AS by FROM guard_trip').all();
    expect(resolution).toEqual([{ resolution: 'confirmed', by: 'local:operator' }]);
  });
});

describe('in observe mode', () => {
  beforeEach(() => {
    planes.policy.apply = 'live';
  });

  test('access that was cut at once is given back, until the IdP says something else', async () => {
    const [ann = '', bob = ''] = await people(2);
    planes.policy.apply = 'observe';
    await deactivate(ann);
    const { id } = memberOf(0);
    expect(standings.of(id)).toMatchObject({
      state: 'active',
      cutAt: new Date(NOW).toISOString(),
      can: { recall: true },
    });
    await planes.deprovisioning.recall([id], 'local:ann');
    expect(standings.of(id)).toMatchObject({
      state: 'active',
      cutAt: null,
      recalled: { assertion: 'inactive' },
      can: { recall: false },
    });
    planes.policy.apply = 'live';
    await planes.write(() => planes.access.applyNow({ users: [ann] }, 'local:ann'));
    expect(memberOf(0).state).toBe('active');

    planes.policy.apply = 'observe';
    await planes.directory.remove(users(), bob, planes.context);
    await expect(planes.deprovisioning.recall([memberOf(1).id], 'local:ann')).rejects.toThrow(
      'The IdP deleted Person 1, and that is not applied yet.',
    );
  });
});

describe('where somebody stands', () => {
  test('both sides, the dates, and how it came about', async () => {
    planes.policy.onInactive = 'suspend-then-deactivate';
    planes.policy.afterDays = 30;
    const [id = ''] = await people(1);
    planes.clock.now = () => new Date(NOW + DAY_MS);
    await deactivate(id);
    const at = (days: number) => new Date(NOW + days * DAY_MS).toISOString();
    const standing = standings.of(memberOf(0).id);
    expect(standing).toMatchObject({
      state: 'suspended',
      cause: 'inactive',
      deactivateAt: at(31),
      directory: { says: 'inactive', since: at(1), notedSince: null },
      can: { recall: true, suspend: true, resume: false },
      receipts: [{ before: 'active', recallable: true, recallableUntil: at(121) }],
    });
    expect(standing.history.map(({ what }) => what)).toEqual([
      'From active to suspended. The IdP set this person to inactive.',
      expect.stringMatching(/^Created as active\./),
    ]);
    await planes.deprovisioning.recall([standing.id], 'local:ann');
    expect(standings.of(standing.id)).toMatchObject({
      state: 'active',
      recalled: { assertion: 'inactive', at: at(1), by: 'local:ann' },
      receipts: [{ outcome: 'recalled', recallable: false, recallableUntil: null }],
    });
    expect(() => standings.of('nobody')).toThrow('There is no such member any more.');
  });
});
