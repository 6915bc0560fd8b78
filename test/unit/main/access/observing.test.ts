import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPlanes, type Planes } from '../../../support/planes.ts';
import { memberRow, pushesInto } from '../../../support/pushes.ts';

let planes: Planes;
const idp = pushesInto(() => planes);
const of = (id: string) => memberRow(planes, id);
const teams = (member: string) => planes.grants.effective(member).teams.map(({ name }) => name);
const OBSERVED = 'Observed: recorded, and applied when an operator applies it.';
const noted = () => {
  const all = planes.observed.next(null, 100);
  const ids = (of: 'user' | 'group') => all.filter(({ kind }) => kind === of).map(({ id }) => id);
  return { users: ids('user'), groups: ids('group') };
};
const apply = () => planes.write(() => planes.access.applyNow(noted(), 'local:ann'));

let ann: string;
let member: string;
let sales: string;
beforeEach(async () => {
  planes = await openPlanes();
  const now = new Date('2026-03-01T12:00:00.000Z');
  planes.clock.now = () => now;
  ann = await idp.create('ann@acme.com', { externalId: 'e1' });
  member = of(ann).id;
  sales = await idp.createGroup('Sales', [ann]);
  planes.policy.apply = 'observe';
});
afterEach(() => planes.close());

describe('in observe mode', () => {
  test('nothing is granted or changed until somebody applies it', async () => {
    const bo = await idp.create('bo@acme.com');
    const ops = await idp.createGroup('Ops', [ann, bo]);
    expect(await idp.change(ann, { displayName: 'Ann' })).toEqual([OBSERVED]);
    expect(() => of(bo)).toThrow('nobody is');
    expect(teams(member)).toEqual(['Sales']);
    expect(noted()).toEqual({ users: [ann, bo].sort(), groups: [ops] });

    const preview = planes.access.preview(noted());
    expect(await apply()).toEqual(preview);
    expect(preview.map(({ kind }) => kind).sort()).toEqual([
      'employee.update',
      'group.membership',
      'member.create',
      'member.update',
      'team.create',
    ]);
    expect(of(bo).state).toBe('active');
    expect(teams(of(bo).id)).toEqual(['Ops']);
    expect(teams(member)).toEqual(['Ops', 'Sales']);
    expect(noted()).toEqual({ users: [], groups: [] });
    expect(await apply()).toEqual([]);
  });

  test('who leaves a team holds it until that is applied', async () => {
    await idp.leave(sales, ann);
    expect(teams(member)).toEqual(['Sales']);
    await idp.join(sales, ann);
    expect(await apply()).toEqual([]);
    await idp.leave(sales, ann);
    expect(await apply()).toMatchObject([{ kind: 'group.membership', joined: [], left: [ann] }]);
    expect(teams(member)).toEqual([]);
  });

  test('a deleted group is a team until that is applied', async () => {
    await idp.removeGroup(sales);
    expect(teams(member)).toEqual(['Sales']);
    await apply();
    expect(teams(member)).toEqual([]);
    expect(planes.people.teamCount()).toBe(0);
  });

  test('access ends at once all the same, and the rest waits', async () => {
    planes.database.exec(
      `INSERT INTO session (id, member_id, created_at, last_seen_at, expires_at) VALUES ('s', '${member}', '', '', '')`,
    );
    expect(await idp.setActive(ann, false)).toEqual([
      'Access cut at once. The IdP set this person to inactive.',
      OBSERVED,
    ]);
    expect(of(ann)).toMatchObject({ state: 'active', isCut: 1, record: 'active' });
    expect(teams(member)).toEqual([]);
    expect(planes.database.prepare('SELECT revoked_at FROM session').pluck().get()).not.toBeNull();

    expect(await idp.setActive(ann, true)).toEqual([
      'Access restored: the IdP took its assertion back before it was applied.',
      OBSERVED,
    ]);
    expect(of(ann)).toMatchObject({ state: 'active', isCut: 0 });
    expect(teams(member)).toEqual(['Sales']);
    expect(await apply()).toEqual([]);
  });

  test('applied later, a deletion is one whose teams can be recalled', async () => {
    await idp.remove(ann);
    expect(of(member)).toMatchObject({ userId: ann, state: 'active', isCut: 1 });
    expect(noted()).toEqual({ users: [ann], groups: [sales] });
    await apply();
    expect(of(member)).toMatchObject({ userId: null, state: 'deactivated', isCut: 0 });
    expect(planes.access.preview({ users: [ann], groups: [sales] })).toEqual([]);
    await planes.deprovisioning.recall([member], 'local:ann');
    expect(teams(member)).toEqual(['Sales']);
  });

  test('a deletion that comes after a cut was applied can be recalled before it is applied itself', async () => {
    await idp.setActive(ann, false);
    await apply();
    await idp.remove(ann);
    await planes.deprovisioning.recall([member], 'local:ann');
    expect(of(member)).toMatchObject({ state: 'active', recalled: 'deleted', userId: ann });
    expect((await apply()).map(({ kind }) => kind)).toEqual(['member.unlink', 'group.membership']);
    expect(of(member)).toMatchObject({ state: 'active', recalled: 'deleted', userId: null });
    expect(teams(member)).toEqual(['Sales']);
  });

  test('an externalId that is only observed settles no conflict', async () => {
    planes.policy.apply = 'live';
    const second = await idp.create('bo@acme.com', { externalId: 'e1' });
    expect(of(second).state).toBe('pending');
    planes.policy.apply = 'observe';
    await idp.change(ann, { externalId: 'e2' });
    expect(planes.access.preview({ users: [second] })).toEqual([]);
    expect(of(second).state).toBe('pending');
    await apply();
    expect(of(second).state).toBe('active');
  });

  test('a recall does not outlive the assertion that it recalls', async () => {
    await idp.setActive(ann, false);
    await apply();
    await planes.deprovisioning.recall([member], 'local:ann');
    expect(await idp.change(ann, { title: 'Lead', active: false })).toEqual([OBSERVED]);
    expect(of(ann)).toMatchObject({ state: 'active', isCut: 0 });
    await idp.setActive(ann, true);
    await idp.setActive(ann, false);
    expect(of(ann)).toMatchObject({ state: 'active', isCut: 1, recalled: null });
  });
});

describe('a preview', () => {
  test('says what would come of all of it together, and changes nothing', async () => {
    planes.policy.onInactive = 'deactivate';
    const ids: string[] = [];
    planes.policy.apply = 'live';
    for (let n = 0; n < 7; n++) ids.push(await idp.create(`p${n}@acme.com`));
    planes.policy.apply = 'observe';
    for (const id of ids) await idp.setActive(id, false);
    const rows = () => planes.database.prepare('SELECT * FROM member UNION ALL SELECT * FROM member').all();
    const before = rows();
    const preview = planes.access.preview(noted());
    // The guard trips at the fifth: those before are deactivated, those after wait.
    expect(preview.flatMap((change) => (change.kind === 'member.state' ? change.to : []))).toEqual([
      ...Array(5).fill('deactivated'),
      ...Array(2).fill('suspended'),
    ]);
    expect(rows()).toEqual(before);
    expect(planes.deprovisioning.status().tripped).toBe(false);
    expect(planes.welcomed).toHaveLength(8);
    expect(await apply()).toEqual(preview);
    expect(planes.deprovisioning.status()).toMatchObject({ tripped: true, held: 7 });
  });

  test('may ask what other settings would do', () => {
    const policy = { activation: 'review' } as const;
    expect(planes.access.preview({ users: [ann] }, policy)).toEqual([]);
    expect(planes.policy.activation).toBe('auto');
  });

  test('is as good inside a transaction, of which it leaves the rest', async () => {
    const bo = await idp.create('bo@acme.com');
    await planes.write(() => {
      planes.database.exec("UPDATE member SET reason = 'kept'");
      expect(planes.access.preview({ users: [bo], groups: [sales] })).toHaveLength(1);
    });
    expect(planes.database.prepare('SELECT reason FROM member').pluck().all()).toEqual(['kept']);
  });
});
