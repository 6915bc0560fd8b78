import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPlanes, type Planes } from '../../../support/planes.ts';
import { memberRow, pushesInto } from '../../../support/pushes.ts';

let planes: Planes;
let now: number;
const idp = pushesInto(() => planes);
const of = (id: string) => memberRow(planes, id);
const MODES = ['suspend', 'suspend-then-deactivate', 'deactivate'] as const;

/** Everything of a member and the employee record but when it was last touched. */
function standing(member: string): unknown {
  const { updated_at: _, ...row } = planes.database
    .prepare('SELECT * FROM member WHERE id = ?')
    .get(member) as Record<string, unknown>;
  return { row, record: planes.database.prepare('SELECT * FROM employee WHERE member_id = ?').get(member) };
}
const grantsOf = (member: string) => planes.grants.effective(member);
const recall = (member: string) => planes.deprovisioning.recall([member], 'local:ann');

beforeEach(async () => {
  planes = await openPlanes();
  now = Date.parse('2026-03-01T12:00:00.000Z');
  planes.clock.now = () => new Date(now);
});
afterEach(() => planes.close());

describe.each(MODES)('a recall of %s', (mode) => {
  let id: string;
  let member: string;
  beforeEach(async () => {
    Object.assign(planes.policy, { onInactive: mode, onDelete: mode });
    id = await idp.create('ann@acme.com', { externalId: 'e1', roles: [{ value: 'Editor' }], title: 'Lead' });
    member = of(id).id;
    await idp.createGroup('Sales', [id]);
    await idp.createGroup('Ops', [id]);
    planes.database.exec(`
      INSERT INTO manual_grant (id, member_id, role_id, granted_at, granted_by) VALUES ('g', '${member}', 'viewer', '', 'local:ann');
      UPDATE employee SET status = 'on-leave', starts_on = '2020-01-01' WHERE member_id = '${member}';`);
    now += 60_000;
  });

  test('active false, and the same push again changes nothing, another one ends it', async () => {
    const [before, grants] = [standing(member), grantsOf(member)];
    await idp.setActive(id, false);
    expect(grantsOf(member)).toEqual({ teams: [], roles: [], permissions: [] });
    now += 60_000;
    await recall(member);
    expect(standing(member)).toEqual({
      ...(before as object),
      row: { ...(before as { row: object }).row, recalled: 'inactive' },
    });
    expect(grantsOf(member)).toEqual(grants);
    // Asserted once more, by a push that changes something else.
    expect(await idp.setActive(id, false)).toEqual([]);
    expect(await idp.change(id, { title: 'Chief', active: false })).toEqual([
      'Employee record updated: title.',
    ]);
    expect(of(id).state).toBe('active');

    expect(await idp.setActive(id, true)).toEqual(['The recall ended: the IdP asserts something else now.']);
    await idp.setActive(id, false);
    expect(of(id).state).not.toBe('active');
  });

  test('DELETE, with the teams that went with the user', async () => {
    const [before, grants] = [standing(member), grantsOf(member)];
    await idp.remove(id);
    now += 60_000;
    await recall(member);
    const { row } = before as { row: object };
    expect(standing(member)).toEqual({
      ...(before as object),
      row: {
        ...row,
        user_id: null,
        recalled: 'deleted',
        retained_groups: expect.stringMatching(/^\["[^"]+","[^"]+"\]$/),
      },
    });
    expect(grantsOf(member)).toEqual(grants);

    // Created again, the person is as the IdP says, groups included.
    const again = await idp.create('ann@acme.com', { externalId: 'e1' });
    expect(of(again)).toMatchObject({ id: member, state: 'active', recalled: null, retained: null });
    expect(grantsOf(member).teams).toEqual([]);
  });

  test('active false, then DELETE, gives back what stood before both', async () => {
    const [before, grants] = [standing(member), grantsOf(member)];
    await idp.setActive(id, false);
    now += 60_000;
    await idp.remove(id);
    await recall(member);
    const { row } = before as { row: Record<string, unknown> };
    expect(standing(member)).toMatchObject({
      ...(before as object),
      row: { ...row, user_id: null, recalled: 'deleted', retained_groups: expect.any(String) },
    });
    expect(grantsOf(member)).toEqual(grants);
  });

  test('DELETE of somebody who is there again as inactive is bound to what the IdP says now', async () => {
    await idp.remove(id);
    const again = await idp.create('ann@acme.com', { externalId: 'e1', active: false });
    expect(of(again)).toMatchObject({ id: member, state: 'suspended' });
    await recall(member);
    expect(of(again)).toMatchObject({ state: 'active', recalled: 'inactive' });
    await idp.change(again, { title: 'Chief', active: false });
    expect(of(again).state).toBe('active');
  });
});

describe('what a recall kept', () => {
  test('is given back by the recall of the next cut, too', async () => {
    const id = await idp.create('ann@acme.com', { externalId: 'e1' });
    const member = of(id).id;
    await idp.createGroup('Sales', [id]);
    await idp.remove(id);
    await recall(member);
    const again = await idp.create('ann@acme.com', { externalId: 'e1', active: false });
    expect(of(again)).toMatchObject({ id: member, state: 'suspended', recalled: null, retained: null });
    await recall(member);
    expect(grantsOf(member).teams).toMatchObject([{ name: 'Sales' }]);
  });

  test('ends when the IdP deletes somebody whose suspension was recalled', async () => {
    const id = await idp.create('ann@acme.com', { externalId: 'e1' });
    const member = of(id).id;
    await idp.setActive(id, false);
    await recall(member);
    await idp.remove(id);
    expect(of(member)).toMatchObject({ state: 'deactivated', recalled: null, cause: 'deleted' });
    await recall(member);
    expect(of(member)).toMatchObject({ state: 'active', recalled: 'deleted' });
  });
});

test('values of roles that the IdP changed meanwhile are the IdP’s', async () => {
  const id = await idp.create('ann@acme.com', { roles: [{ value: 'editor' }] });
  const { id: member } = of(id);
  await idp.setActive(id, false);
  await idp.change(id, { roles: [{ value: 'author' }] });
  await recall(member);
  expect(planes.database.prepare('SELECT role_values FROM member').pluck().get()).toBe('["author"]');
  expect(planes.access.preview({ users: [id] })).toEqual([]);
});

test('people are recalled together or not at all', async () => {
  const [one = '', other = ''] = await idp.createMany(2);
  await idp.setActive(one, false);
  const members = [of(one).id, of(other).id];
  await expect(planes.deprovisioning.recall(members, 'local:ann')).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(of(one).state).toBe('suspended');
});

describe('an operator’s suspension', () => {
  test('stands whatever the IdP pushes, and through a deletion and return', async () => {
    const id = await idp.create('ann@acme.com', { externalId: 'e1' });
    const { id: member } = of(id);
    await planes.suspension.suspend([member], 'left the keys', 'local:ann');
    await idp.setActive(id, false);
    await idp.setActive(id, true);
    expect(of(id)).toMatchObject({ state: 'suspended', cause: 'operator', suspendedFrom: 'active' });
    await idp.remove(id);
    expect(of(member)).toMatchObject({ state: 'deactivated', cause: 'operator', record: 'ended' });
    const again = await idp.create('ann@acme.com', { externalId: 'e1' });
    expect(of(again)).toMatchObject({ id: member, state: 'suspended', cause: 'operator', record: 'active' });
    // No date runs, so the decision isn't forgotten while the IdP asserts the person.
    now += 1000 * 24 * 60 * 60_000;
    expect(await planes.write(() => planes.access.applyDates(100, 'system'))).toBe(0);
    await planes.suspension.resume([member], 'local:ann');
    expect(of(again)).toMatchObject({ state: 'active', cause: null });
  });

  test('that ended is given back by no recall, even if its receipt was confirmed', async () => {
    const id = await idp.create('ann@acme.com');
    const { id: member } = of(id);
    await planes.suspension.suspend([member], null, 'local:ann');
    await planes.deprovisioning.confirm([member], 'local:ann');
    await idp.setActive(id, false);
    await planes.suspension.resume([member], 'local:ann');
    expect(of(id)).toMatchObject({ state: 'suspended', cause: 'inactive' });
    await recall(member);
    expect(of(id)).toMatchObject({ state: 'active', cause: null, recalled: 'inactive' });
  });

  test('does not end against a deletion', async () => {
    planes.policy.onDelete = 'suspend';
    const id = await idp.create('ann@acme.com');
    const { id: member } = of(id);
    await planes.suspension.suspend([member], null, 'local:ann');
    await idp.remove(id);
    expect(of(member)).toMatchObject({ state: 'suspended', cause: 'operator', userId: null });
    await planes.suspension.resume([member], 'local:ann');
    expect(of(member)).toMatchObject({ state: 'suspended', cause: 'deleted' });
    // Recalled, it is the deletion that is passed over.
    await recall(member);
    expect(of(member)).toMatchObject({ state: 'active', recalled: 'deleted' });
  });
});

describe('reactivation', () => {
  test.each(MODES)('after %s returns exactly what was there', async (mode) => {
    planes.policy.onInactive = mode;
    const id = await idp.create('ann@acme.com');
    const { id: member } = of(id);
    await idp.createGroup('Sales', [id]);
    const grants = grantsOf(member);
    const before = of(id);
    now += 60_000;
    await idp.setActive(id, false);
    now += 60_000;
    await idp.setActive(id, true);
    expect({ ...of(id), startedAt: before.startedAt }).toEqual(before);
    expect(grantsOf(member)).toEqual(grants);
    await expect(recall(member)).rejects.toMatchObject({ code: 'conflict' });
  });
});
