import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FAULT, openPlanes, type Planes } from '../../../support/planes.ts';
import { memberRow, pushesInto } from '../../../support/pushes.ts';
import { standardFacts } from '../../../support/standard-facts.ts';

const START = Date.parse('2026-03-01T12:00:00.000Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
let planes: Planes;
let now: number;
const idp = pushesInto(() => planes);
const later = (milliseconds: number) => new Date(START + milliseconds).toISOString();
const of = (id: string) => memberRow(planes, id);
const held = (ids: readonly string[]) => ids.map((id) => of(id).held);
const dates = () => planes.write(() => planes.access.applyDates(100, 'system'));
const trips = () =>
  planes.database
    .prepare('SELECT threshold, active_at_start AS activeAtStart, resolution FROM guard_trip ORDER BY rowid')
    .all();

beforeEach(async () => {
  planes = await openPlanes();
  now = START;
  planes.clock.now = () => new Date(now);
});
afterEach(() => planes.close());

describe('the guard', () => {
  const cut = async (ids: readonly string[]) => {
    for (const id of ids) await idp.setActive(id, false);
  };

  test('never trips under five people, whatever the limits', async () => {
    Object.assign(planes.guard, { percent: 1, count: 1 });
    const ids = await idp.createMany(8);
    await cut(ids.slice(0, 4));
    expect(planes.deprovisioning.status()).toMatchObject({ tripped: false, cuts: 4, threshold: 5, of: 8 });
    await idp.remove(ids[4] ?? '');
    expect(planes.deprovisioning.status()).toMatchObject({ tripped: true, held: 5, threshold: 5, of: 8 });
    expect(trips()).toEqual([{ threshold: 5, activeAtStart: 8, resolution: null }]);
  });

  test.each([
    // Of 26 people 20 % are 5.2, which is six.
    [26, { percent: 20, count: 50 }, 6],
    [25, { percent: 20, count: 50 }, 5],
    [12, { percent: 100, count: 7 }, 7],
    [6, { percent: 100, count: 50 }, 6],
  ])('of %i people, with %j, trips at %i', async (people, limits, threshold) => {
    Object.assign(planes.guard, limits);
    const ids = await idp.createMany(people);
    await cut(ids.slice(0, threshold - 1));
    expect(planes.deprovisioning.status()).toMatchObject({ tripped: false, threshold });
    await cut(ids.slice(threshold - 1, threshold));
    expect(planes.deprovisioning.status()).toMatchObject({ tripped: true, threshold, held: threshold });
  });

  test('looks back as far as its window, to the moment', async () => {
    const ids = await idp.createMany(10);
    await cut(ids.slice(0, 1));
    now += planes.guard.window * MINUTE + 1;
    await cut(ids.slice(1, 5));
    expect(planes.deprovisioning.status()).toMatchObject({ tripped: false, cuts: 4 });
    now += planes.guard.window * MINUTE;
    // The four are exactly as old as the window is long.
    await cut(ids.slice(5, 6));
    expect(planes.deprovisioning.status()).toMatchObject({ tripped: true, held: 5 });
    expect(held(ids)).toEqual([0, 1, 1, 1, 1, 1, 0, 0, 0, 0]);
  });

  test('counts people, not cuts, and only those who were in', async () => {
    planes.policy.activation = 'review';
    const waiting = [await idp.create('w1@acme.com'), await idp.create('w2@acme.com')];
    planes.policy.activation = 'auto';
    const ids = await idp.createMany(10);
    await cut(waiting);
    await cut(ids.slice(0, 4));
    for (const id of ids.slice(0, 4)) await idp.remove(id);
    expect(planes.deprovisioning.status()).toMatchObject({ tripped: false, cuts: 4 });
    // Whoever came back was cut all the same.
    const [, , , , again = ''] = ids;
    await idp.setActive(again, false);
    expect(planes.deprovisioning.status()).toMatchObject({ tripped: true });
  });

  test('holds everything that was cut in the window, and what is cut later only waits', async () => {
    Object.assign(planes.policy, {
      onInactive: 'suspend-then-deactivate',
      onDelete: 'deactivate',
      afterDays: 1,
    });
    const ids = await idp.createMany(8);
    await cut(ids.slice(0, 4));
    await idp.remove(ids[4] ?? '');
    const lastMember = of(ids[5] ?? '').id;
    await idp.remove(ids[5] ?? '');
    expect(of(lastMember)).toMatchObject({
      state: 'suspended',
      cause: 'deleted',
      held: 1,
      deactivateAt: later(0),
      deleteAt: null,
      record: 'active',
    });
    now += 400 * DAY;
    expect(await dates()).toBe(0);
    expect(held(ids.slice(0, 4))).toEqual([1, 1, 1, 1]);
    expect(of(lastMember).state).toBe('suspended');

    await planes.deprovisioning.confirm('all', 'local:ann');
    expect(of(lastMember)).toMatchObject({
      state: 'deactivated',
      held: 0,
      record: 'ended',
      deleteAt: later(490 * DAY),
    });
    expect(of(ids[0] ?? '')).toMatchObject({ state: 'deactivated', held: 0 });
    expect(trips()).toEqual([{ threshold: 5, activeAtStart: 8, resolution: 'confirmed' }]);
  });

  test('trips again after a decision, by those whom no earlier trip counts', async () => {
    const ids = await idp.createMany(30);
    await cut(ids.slice(0, 6));
    // One comes back before the decision: neither held nor counted again.
    await idp.setActive(ids[0] ?? '', true);
    await planes.deprovisioning.confirm('all', 'local:ann');
    await cut(ids.slice(6, 11));
    expect(planes.deprovisioning.status()).toMatchObject({ tripped: false, cuts: 5, threshold: 6 });
    await cut(ids.slice(11, 12));
    expect(planes.deprovisioning.status()).toMatchObject({ tripped: true, held: 6 });
    expect(held(ids.slice(0, 6))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(trips()).toHaveLength(2);
  });

  test('is decided person by person, too', async () => {
    const ids = await idp.createMany(8);
    await cut(ids.slice(0, 5));
    const members = ids.slice(0, 5).map((id) => of(id).id);
    await planes.deprovisioning.recall(members.slice(0, 2), 'local:ann');
    await planes.deprovisioning.confirm(members.slice(2, 4), 'local:ann');
    expect(planes.deprovisioning.status()).toMatchObject({ tripped: true, held: 1 });
    // The last one the IdP takes back by itself.
    await idp.setActive(ids[4] ?? '', true);
    expect(planes.deprovisioning.status()).toMatchObject({ tripped: false, held: 0 });
    expect(trips()).toMatchObject([{ resolution: 'chosen' }]);
    expect(ids.slice(0, 5).map((id) => of(id).state)).toEqual([
      'active',
      'active',
      'suspended',
      'suspended',
      'active',
    ]);
  });

  test('holds what is deleted beside an operator’s suspension as well', async () => {
    planes.policy.onDelete = 'deactivate';
    const ids = await idp.createMany(9);
    const [first = ''] = ids;
    const { id } = of(first);
    await planes.suspension.suspend([id], null, 'local:ann');
    await cut(ids.slice(1, 6));
    await idp.remove(first);
    expect(of(id)).toMatchObject({ state: 'suspended', cause: 'operator', held: 1, deactivateAt: later(0) });
    expect(await dates()).toBe(0);
    // What the IdP did is recalled, what the operator did stands.
    await planes.deprovisioning.recall([id], 'local:bo');
    expect(of(id)).toMatchObject({ state: 'suspended', cause: 'operator', held: 0, deactivateAt: null });
  });

  test('holds nobody any more who is made manual', async () => {
    const ids = await idp.createMany(8);
    await cut(ids.slice(0, 5));
    await planes.write(() => planes.access.release('manual', 0, 100, 'local:ann'));
    expect(planes.deprovisioning.status()).toMatchObject({ tripped: false, held: 0 });
    expect(held(ids)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    const { id } = of(ids[0] ?? '');
    await planes.deprovisioning.recall([id], 'local:ann');
    expect(of(id)).toMatchObject({ state: 'active', recalled: null });
  });

  test('nothing to decide is said, and nothing is decided of somebody nobody knows', async () => {
    const [id = ''] = await idp.createMany(1);
    const { confirm, recall } = planes.deprovisioning;
    for (const decide of [confirm, recall]) {
      await expect(decide('all', 'local:ann')).rejects.toMatchObject({ code: 'conflict' });
      await expect(decide([of(id).id], 'local:ann')).rejects.toMatchObject({ code: 'conflict' });
      await expect(decide(['nobody'], 'local:ann')).rejects.toMatchObject({ code: 'not-found' });
    }
  });
});

describe('a cut', () => {
  test('ends the sessions and says what it took', async () => {
    const id = await idp.create('ann@acme.com');
    const member = of(id).id;
    await idp.createGroup('Sales', [id]);
    planes.database.exec(`INSERT INTO session (id, member_id, created_at, last_seen_at, expires_at)
      VALUES ('s1', '${member}', '', '', ''), ('s2', '${member}', '', '', ''), ('s3', 'other', '', '', '')`);
    await idp.setActive(id, false);
    await idp.remove(id);
    expect(planes.database.prepare('SELECT id FROM session WHERE revoked_at IS NULL').pluck().all()).toEqual([
      's3',
    ]);
    const { items } = planes.deprovisioning.receipts({ memberId: member, offset: 0, limit: 10 });
    expect(items.map(({ cause, outcome }) => [cause, outcome])).toEqual([
      ['deleted', null],
      ['inactive', 'superseded'],
    ]);
    for (const { revoked } of items) {
      expect(revoked.sessions).toBe(2);
      expect(revoked.grants.map(({ kind, name }) => [kind, name])).toEqual([
        ['role', 'Member'],
        ['team', 'Sales'],
      ]);
    }
  });

  test('a role that waited for approval was not held, and is not among what was taken', async () => {
    const id = await idp.create('ann@acme.com', { roles: [{ value: 'boss' }] });
    planes.database.exec(`INSERT INTO mapping (id, role_value, role_value_key, role_id, precedence, created_at, created_by)
      VALUES ('m', 'boss', 'boss', 'admin', 1, '', 'test')`);
    const taken = async () => {
      await idp.setActive(id, false);
      const [receipt] = planes.deprovisioning.receipts({ offset: 0, limit: 1 }).items;
      await idp.setActive(id, true);
      return receipt?.revoked.grants.map((grant) => grant.id);
    };
    expect(await taken()).toEqual(['member']);
    planes.database.prepare("INSERT INTO grant_approval SELECT id, 'admin', '', 'test' FROM member").run();
    expect(await taken()).toEqual(['admin', 'member']);
  });

  test('waiting for a decision about a conflict ends sessions, too', async () => {
    const standard = standardFacts(true);
    const email = (title: unknown) => (title === undefined ? 'shared@acme.com' : null);
    planes.policy.facts = {
      ...standard,
      member: (attributes) => ({ ...standard.member(attributes), email: email(attributes.title) }),
    };
    await idp.create('ann@acme.com');
    const second = await idp.create('bo@acme.com', { title: 'Lead' });
    expect(of(second).state).toBe('active');
    planes.database.exec(`INSERT INTO session (id, member_id, created_at, last_seen_at, expires_at)
      VALUES ('s1', '${of(second).id}', '', '', '')`);
    await idp.change(second, { title: '' });
    expect(of(second).state).toBe('pending');
    expect(planes.database.prepare('SELECT revoked_at FROM session').pluck().get()).not.toBeNull();
  });

  test('a failure between two changes leaves nothing of the write', async () => {
    planes.policy.onDelete = 'deactivate';
    const id = await idp.create('ann@acme.com', { externalId: 'e1' });
    const group = await idp.createGroup('Sales', [id]);
    const dump = () =>
      [
        'member',
        'employee',
        'receipt',
        'directory_user',
        'directory_group',
        'directory_membership',
        'audit_event',
      ].map((table) => planes.database.prepare(`SELECT * FROM ${table}`).all());
    const before = dump();
    let failures = 0;
    for (let afterEvents = 0; failures === afterEvents; afterEvents++) {
      planes.fault.afterEvents = afterEvents;
      await idp.remove(id).catch((error: Error) => {
        expect(error.message).toBe(FAULT);
        failures += 1;
        expect(dump()).toEqual(before);
      });
    }
    planes.fault.afterEvents = null;
    // The directory's deletion, the cut, and the end of the record.
    expect(failures).toBe(3);
    expect(planes.people.members({ offset: 0, limit: 9 }).items).toMatchObject([{ state: 'deactivated' }]);
    expect(group).not.toBe('');
  });
});

describe('retention', () => {
  test('leaves dates and a digest of the member, and the whole employee record', async () => {
    const id = await idp.create('ann.secret@acme.com', {
      externalId: 'ext-secret',
      displayName: 'Secret Name',
      name: { givenName: 'Secret', familyName: 'Name' },
      roles: [{ value: 'secret-role' }],
      title: 'Engineer',
    });
    const member = of(id).id;
    planes.database.exec(`INSERT INTO manual_grant (id, member_id, role_id, granted_at, granted_by)
      VALUES ('g1', '${member}', 'admin', '', 'local:ann');
      INSERT INTO session (id, member_id, created_at, last_seen_at, expires_at, address)
      VALUES ('s1', '${member}', '', '', '', '192.0.2.1'), ('s2', 'other', '', '', '', '192.0.2.2')`);
    await idp.remove(id);
    now += 90 * DAY - 1;
    expect(await dates()).toBe(0);
    now += 1;
    expect(await dates()).toBe(1);
    const row = planes.database.prepare('SELECT * FROM member WHERE id = ?').get(member) as Record<
      string,
      unknown
    >;
    expect(Object.values(row).filter((value) => typeof value === 'string' && /secret/i.test(value))).toEqual(
      [],
    );
    expect(row).toMatchObject({
      state: 'deleted',
      external_id: null,
      email: null,
      user_id: null,
      delete_at: null,
    });
    expect((row.external_id_digest as Buffer).toString('hex')).toHaveLength(64);
    expect(
      planes.database.prepare('SELECT display_name, title, status, member_id FROM employee').all(),
    ).toEqual([{ display_name: 'Secret Name', title: 'Engineer', status: 'ended', member_id: null }]);
    expect(planes.database.prepare('SELECT count(*) FROM manual_grant').pluck().get()).toBe(0);
    expect(planes.database.prepare('SELECT id FROM session').pluck().all()).toEqual(['s2']);
    expect(await dates()).toBe(0);
    await expect(planes.deprovisioning.recall([member], 'local:ann')).rejects.toMatchObject({
      code: 'conflict',
    });
    // Nobody is found again by what is no longer known.
    const again = await idp.create('ann.secret@acme.com', { externalId: 'ext-secret' });
    expect(of(again)).toMatchObject({ state: 'active' });
    expect(of(again).id).not.toBe(member);
  });

  test('of a tombstone whose user the IdP makes another’s, that one is found again', async () => {
    const left = await idp.create('ann@acme.com', { externalId: 'e1' });
    const { id: member } = of(left);
    await idp.remove(left);
    planes.policy.onInactive = 'deactivate';
    planes.policy.retentionDays = 1;
    const other = await idp.create('bo@acme.com');
    await idp.setActive(other, false);
    now += 2 * DAY;
    await dates();
    expect(of(other).state).toBe('deleted');
    await idp.change(other, { externalId: 'e1', active: true });
    expect(of(other)).toMatchObject({ id: member, state: 'active' });
  });
});
