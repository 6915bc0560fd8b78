import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyObserved, createObserve, type Observe } from '../../../../src/main/access/observe.ts';
import type { Job } from '../../../../src/main/jobs/jobs.ts';
import { openPlanes, type Planes } from '../../../support/planes.ts';
import { runJob } from '../../../support/run-job.ts';

let planes: Planes;
let observe: Observe;
let started: unknown[];
beforeEach(async () => {
  planes = await openPlanes({ apply: 'observe' });
  started = [];
  observe = createObserve({
    store: planes.observed,
    access: planes.access,
    mode: () => planes.policy.apply,
    jobs: () => ({
      start: async (kind, input, actor) => {
        started.push({ kind, input, actor });
        return { id: 'job' } as Job;
      },
    }),
  });
});
afterEach(() => planes.close());

const users = () => planes.registry.userType;
const groups = () => planes.registry.groupType;
const create = (name: string) =>
  planes.directory.create(
    users(),
    { userName: `${name}@acme.com`, displayName: name, externalId: name, active: true },
    planes.context,
  );
async function creates(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 0; number < count; number += 1) ids.push((await create(`Person ${number}`)).id);
  return ids;
}
const kind = (goLive: () => void = () => {}) =>
  applyObserved({ store: planes.observed, access: planes.access, goLive: async () => goLive() });
const patch = (...Operations: object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
});
const everything = () => observe.preview({}, 0, 200);

describe('the preview', () => {
  test('is computed for a page, people first, and changes nothing', async () => {
    const ids = await creates(3);
    const members = ids.slice(0, 2).map((value) => ({ value }));
    await planes.directory.create(groups(), { displayName: 'Engineering', members }, planes.context);
    expect(observe.status()).toEqual({ mode: 'observe', users: 3, groups: 1, cut: 0 });
    const { items, total } = observe.preview({}, 2, 2);
    expect(total).toBe(4);
    expect(items.map(({ kind: what, name }) => `${what} ${name}`)).toEqual([
      'user Person 2',
      'group Engineering',
    ]);
    expect(items[1]?.changes).toMatchObject([
      { kind: 'team.create' },
      { kind: 'group.membership', joined: { count: 2, names: ['Person 0', 'Person 1'] }, left: { count: 0 } },
    ]);
    expect(await observe.counts()).toEqual({ 'member.create': 3, 'team.create': 1, 'group.membership': 1 });
    expect(planes.people.counts().active).toBe(0);
  });

  test('finds by part of a name whoever is new, known or deleted, and by kind', async () => {
    const [first = ''] = await creates(2);
    await runJob(kind(), { goLive: false }, planes.write);
    await planes.directory.remove(users(), first, planes.context);
    await create('Newcomer');
    await planes.directory.create(groups(), { displayName: 'New people' }, planes.context);
    const names = (filter: Parameters<Observe['preview']>[0]) =>
      observe.preview(filter, 0, 10).items.map(({ name }) => name);
    expect(names({ search: 'NEW' })).toEqual(['Newcomer', 'New people']);
    expect(names({ search: 'person 0' })).toEqual(['Person 0']);
    expect(names({ kind: 'group' })).toEqual(['New people']);
    expect(names({ cutOnly: true })).toEqual(['Person 0']);
    expect(observe.status()).toMatchObject({ cut: 1 });
  });

  test('of a huge group only the numbers are told', async () => {
    const members = Array.from({ length: 60 }, (_, number) => ({ value: `somebody-${number}` }));
    await planes.directory.create(groups(), { displayName: 'Everybody', members }, planes.context);
    expect(everything().items[0]?.changes[1]).toMatchObject({ joined: { count: 60, names: [] } });
  });
});

describe('Apply', () => {
  test('does what the preview said, piece by piece, and goes on after a crash', async () => {
    await creates(100);
    const predicted = Object.values(await observe.counts()).reduce((sum, count) => sum + count, 0);
    const crashed = await runJob(kind(), { goLive: false }, planes.write, { crashAfter: 1 });
    expect(crashed.done).toBeGreaterThan(0);
    expect(crashed.done).toBeLessThan(100);
    expect(planes.people.counts().active).toBe(crashed.done);

    const over = await runJob(kind(), { goLive: false }, planes.write, { from: crashed });
    expect(over).toMatchObject({ done: 100, total: 100 });
    expect(over.message).toBe(
      `Applied what the IdP asserted of 100 people and groups: ${predicted} changes.`,
    );
    expect(planes.people.counts().active).toBe(100);
    expect(everything()).toEqual({ items: [], total: 0 });
  });

  test('is refused while nothing waits, and going live is not', async () => {
    await expect(observe.apply(false, 'local:ann')).rejects.toMatchObject({ code: 'conflict' });
    await observe.apply(true, 'local:ann');
    expect(started).toEqual([{ kind: 'apply-observed', input: { goLive: true }, actor: 'local:ann' }]);
  });

  test('going live leaves nothing behind, not even what came in at the last moment', async () => {
    await creates(3);
    expect(() => observe.refuseToLeaveBehind({ apply: 'live' })).toThrow(
      'Noted and not applied yet: 3 people and 0 groups.',
    );
    expect(() => observe.refuseToLeaveBehind({ apply: 'observe' })).not.toThrow();
    const late = await create('Aaa');
    const goLive = () => {
      planes.policy.apply = 'live';
      planes.observed.note('user', late.id, '2026-01-01T00:00:00.000Z');
    };
    const { message } = await runJob(kind(goLive), { goLive: true }, planes.write);
    expect(message).toContain('From now on pushes take effect at once.');
    expect(observe.status()).toMatchObject({ mode: 'live', users: 0, groups: 0 });
    expect(planes.people.counts().active).toBe(4);
    expect(() => observe.refuseToLeaveBehind({ apply: 'live' })).not.toThrow();
  });
});

test('a live write to what is still noted applies it and forgets it', async () => {
  const [ann = '', bob = ''] = await creates(2);
  const group = await planes.directory.create(
    groups(),
    { displayName: 'Engineering', members: [{ value: ann }] },
    planes.context,
  );
  planes.policy.apply = 'live';
  await planes.directory.patch(
    users(),
    ann,
    patch({ op: 'replace', path: 'displayName', value: 'Ann' }),
    planes.context,
  );
  await planes.directory.patch(
    groups(),
    group.id,
    patch({ op: 'add', path: 'members', value: [{ value: bob }] }),
    planes.context,
  );
  expect(everything().items.map(({ name }) => name)).toEqual(['Person 1']);
  const member = planes.people.members({ offset: 0, limit: 10 }).items;
  expect(member).toMatchObject([{ displayName: 'Ann', state: 'active', teams: [{ name: 'Engineering' }] }]);
});
