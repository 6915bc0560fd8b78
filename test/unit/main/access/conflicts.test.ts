import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Conflicts } from '../../../../src/main/access/conflicts.ts';
import type { Review } from '../../../../src/main/access/review.ts';
import type { Attributes } from '../../../../src/main/scim/resource.ts';
import { openDecisions } from '../../../support/decisions.ts';
import { openPlanes, type Planes } from '../../../support/planes.ts';
import { standardFacts } from '../../../support/standard-facts.ts';

let planes: Planes;
let conflicts: Conflicts;
let review: Review;
beforeEach(async () => {
  planes = await openPlanes({ facts: standardFacts(false) });
  ({ conflicts, review } = openDecisions(planes));
});
afterEach(() => planes.close());

const ANN = 'local:ann';
const time = '2026-01-01T00:00:00.000Z';
/** Without D11's rule two users may have one e-mail: the user name is the id, `email` the primary one. */
function push(id: string, { email, ...others }: Attributes & { email: string }): string[] {
  const attributes = { active: true, userName: id, emails: [{ value: email, primary: true }], ...others };
  const { store, access } = planes;
  const resource = {
    id,
    attributes,
    version: 1,
    created: time,
    lastModified: time,
  };
  const before = store.users.find(id);
  if (before) store.users.update(before, resource, { text: '', form: '' });
  else store.users.insert(resource, { text: '', form: '' });
  return access.reconcile({ users: [id] }, 'token:okta');
}
function remove(id: string): string[] {
  planes.store.users.remove(id);
  return planes.access.reconcile({ users: [id] }, 'token:okta');
}
const everybody = () => planes.people.members({ offset: 0, limit: 100 }).items;
function member(userId: string) {
  const found = everybody().find((one) => one.userId === userId);
  if (!found) throw new Error(`nobody has the user ${userId}`);
  return found;
}
const open = () => conflicts.list({ state: 'open', offset: 0, limit: 100 }).items;
const decided = () => conflicts.list({ state: 'decided', offset: 0, limit: 100 }).items;
function onlyOpen(): string {
  const [first, ...others] = open();
  if (!first || others.length > 0) throw new Error(`${others.length + (first ? 1 : 0)} conflicts are open`);
  return first.id;
}
function events(subject: string): string[] {
  return planes.database
    .prepare<[string], string>('SELECT event FROM audit_event WHERE subject = ? ORDER BY seq')
    .pluck()
    .all(subject);
}
const rows = (table: string, memberId: string) =>
  planes.database
    .prepare<[string], number>(`SELECT count(*) FROM ${table} WHERE member_id = ?`)
    .pluck()
    .get(memberId);
function giveByHand(memberId: string, roleId: string): void {
  planes.database
    .prepare(
      "INSERT INTO manual_grant (id, member_id, role_id, granted_at, granted_by) VALUES (?, ?, ?, ?, 'local:ann')",
    )
    .run(`${memberId}-${roleId}`, memberId, roleId, time);
}

describe('a newcomer with the e-mail of somebody who is here', () => {
  beforeEach(() => {
    push('u1', { email: 'ann@acme.com', displayName: 'Ann' });
    push('u2', { email: 'ANN@acme.com', displayName: 'Ann Two' });
  });

  test('waits without access, and the one who was here keeps theirs', () => {
    expect([member('u1').state, member('u2').state]).toEqual(['active', 'pending']);
    expect(open()).toMatchObject([
      { kind: 'email', value: 'ann@acme.com', newcomer: { name: 'Ann Two' }, other: { name: 'Ann' } },
    ]);
  });

  test('is not linked while both have a user in the directory', async () => {
    const [link] = conflicts.get(onlyOpen()).choices;
    expect(link?.refusal).toMatch(/Both Ann Two and Ann have a user of their own/);
    await expect(conflicts.decide(onlyOpen(), 'link', null, ANN)).rejects.toThrow(/Delete one of the users/);
    expect(open()).toHaveLength(1);
  });

  test('goes on to what the rules say when kept apart, and is not asked about again', async () => {
    const id = onlyOpen();
    const { sentence, conflict } = await conflicts.decide(id, 'keep', 'Two Anns', ANN);
    expect(sentence).toBe('Kept apart: Ann Two is active.');
    expect(conflict).toMatchObject({ state: 'kept', note: 'Two Anns', decidedBy: ANN });
    expect(member('u2').state).toBe('active');
    for (const [user, name] of [
      ['u1', 'Ann Lee'],
      ['u2', 'Ann Dee'],
    ] as const) {
      expect(push(user, { email: 'ann@acme.com', displayName: name })).toEqual(
        ['Member updated: displayName.', 'Employee record updated: displayName.'].map((text) =>
          user === 'u2' && text.startsWith('Member') ? 'Member updated: email, displayName.' : text,
        ),
      );
    }
    expect(open()).toEqual([]);
    expect(events(member('u2').id)).toContain('conflict.kept');
  });

  test('waits for the review when kept apart while everybody is reviewed', async () => {
    planes.policy.activation = 'review';
    const { sentence } = await conflicts.decide(onlyOpen(), 'keep', null, ANN);
    expect(sentence).toBe('Kept apart: Ann Two is pending.');
    expect(member('u2')).toMatchObject({
      state: 'pending',
      reason: 'Provisioned by the IdP; waiting for review.',
    });
  });

  test('is out for good when refused, whatever the IdP pushes', async () => {
    const id = onlyOpen();
    await conflicts.decide(id, 'refuse', null, ANN);
    const refused = member('u2');
    expect(refused.state).toBe('deactivated');
    push('u2', { email: 'ann@acme.com', displayName: 'Ann 2', active: false });
    push('u2', { email: 'ann@acme.com', displayName: 'Ann 2' });
    expect(member('u2').state).toBe('deactivated');
    expect(push('u1', { email: 'ann@acme.com', displayName: 'Ann', title: 'x' })).not.toContain('Conflict');
    expect(member('u1').state).toBe('active');
    expect(planes.people.member(refused.id)?.employee?.status).toBe('ended');
    expect(
      planes.deprovisioning.receipts({ memberId: refused.id, offset: 0, limit: 10 }).items,
    ).toMatchObject([{ cause: 'rejected', before: { state: 'pending' } }]);
    remove('u2');
    const [gone] = everybody().filter(({ id }) => id === refused.id);
    expect(gone?.state).toBe('deactivated');
    const due = planes.database.prepare('SELECT delete_at FROM member WHERE id = ?').pluck().get(refused.id);
    expect(due).not.toBeNull();
  });

  test.each(['keep', 'refuse'] as const)('%s is undone to exactly what stood before', async (decision) => {
    const id = onlyOpen();
    // That somebody has had access is remembered, so that nobody is welcomed twice.
    const row = () => ({
      ...(planes.database.prepare('SELECT * FROM member WHERE user_id = ?').get('u2') as object),
      activated_at: null,
    });
    const record = () =>
      planes.database.prepare('SELECT * FROM employee WHERE member_id = ?').get(member('u2').id) as object;
    const before = { member: row(), record: record() };
    await conflicts.decide(id, decision, 'hm', ANN);
    expect(conflicts.get(id).undoable).toBe(true);
    const { sentence } = await conflicts.undo(id, ANN);
    expect(sentence).toBe('Taken back: Ann Two waits for a decision again.');
    expect({ member: row(), record: record() }).toEqual({
      member: { ...before.member, updated_at: expect.any(String) },
      record: before.record,
    });
    expect(open()).toMatchObject([{ id, note: null, decidedBy: null }]);
    await conflicts.decide(id, 'keep', null, ANN);
    expect(member('u2').state).toBe('active');
  });

  test('undoing is refused when the IdP moved the person since', async () => {
    const id = onlyOpen();
    await conflicts.decide(id, 'keep', null, ANN);
    push('u2', { email: 'ann@acme.com', displayName: 'Ann Two', active: false });
    expect(conflicts.get(id).undoable).toBe(false);
    await expect(conflicts.undo(id, ANN)).rejects.toThrow(
      'Ann Two is suspended since the decision, because of something else',
    );
    expect(member('u2').state).toBe('suspended');
  });

  test('is decided once', async () => {
    const id = onlyOpen();
    await conflicts.decide(id, 'keep', null, ANN);
    await expect(conflicts.decide(id, 'refuse', null, ANN)).rejects.toThrow(/closed: kept by local:ann/);
    await expect(conflicts.decide('none', 'keep', null, ANN)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('the conflict goes when the newcomer’s e-mail changes, and the rules let them in', () => {
    expect(push('u2', { email: 'bo@acme.com', displayName: 'Bo' })).toContain(
      'Conflict closed: the two no longer hold the same.',
    );
    expect(member('u2').state).toBe('active');
    expect(decided()).toMatchObject([{ state: 'gone', decidedBy: 'token:okta' }]);
    expect(events(member('u2').id)).toContain('conflict.gone');
    push('u2', { email: 'ann@acme.com', displayName: 'Bo' });
    expect(member('u2').state).toBe('pending');
    expect(open()).toHaveLength(1);
  });

  test('the conflict goes when the other’s e-mail changes, in the same push', () => {
    const effects = push('u1', { email: 'ann.lee@acme.com', displayName: 'Ann' });
    expect(effects.join(' ')).toContain('Conflict closed');
    expect([member('u1').state, member('u2').state]).toEqual(['active', 'active']);
    push('u1', { email: 'ann@acme.com', displayName: 'Ann' });
    expect([member('u1').state, member('u2').state]).toEqual(['pending', 'active']);
  });

  test('the conflict stays when the other is only deleted by the IdP, and goes with their tombstone', () => {
    remove('u1');
    expect(member('u2').state).toBe('pending');
    const end = planes.clock.now().getTime() + 400 * 86_400_000;
    planes.clock.now = () => new Date(end);
    planes.access.applyDates(10, 'system');
    expect(open()).toEqual([]);
    expect(member('u2').state).toBe('active');
    expect(events(member('u2').id)).toContain('conflict.gone');
    expect(decided()).toMatchObject([{ value: '', other: { name: 'Deleted' } }]);
  });

  test('the conflict goes with the newcomer, and comes back with them', () => {
    push('u2', { email: 'ann@acme.com', displayName: 'Ann Two', externalId: 'e2' });
    remove('u2');
    expect(open()).toEqual([]);
    expect(push('u1', { email: 'ann@acme.com', displayName: 'Ann!' })).not.toContain('Conflict opened');
    expect(member('u1').state).toBe('active');
    push('u3', { email: 'ann@acme.com', displayName: 'Ann Two', externalId: 'e2' });
    expect(member('u3').state).toBe('pending');
    expect(open()).toHaveLength(1);
  });

  test('whoever is away meanwhile comes back to what the decision made of them', async () => {
    push('u2', { email: 'ann@acme.com', displayName: 'Ann Two', active: false });
    await conflicts.decide(onlyOpen(), 'keep', null, ANN);
    expect(member('u2').state).toBe('suspended');
    push('u2', { email: 'ann@acme.com', displayName: 'Ann Two' });
    expect(member('u2').state).toBe('active');
  });
});

test('losing the access to a conflict ends the sessions', () => {
  push('u1', { email: 'ann@acme.com' });
  push('u2', { email: 'bo@acme.com' });
  const { id } = member('u2');
  planes.database
    .prepare(
      "INSERT INTO session (id, member_id, created_at, last_seen_at, expires_at) VALUES ('s', ?, ?, ?, '2999-01-01')",
    )
    .run(id, time, time);
  push('u2', { email: 'ann@acme.com' });
  expect(member('u2').state).toBe('pending');
  expect(planes.database.prepare('SELECT revoked_at FROM session').pluck().get()).not.toBeNull();
});

test('somebody with a conflict that opened while they were out does not come back into access', async () => {
  push('u1', { email: 'ann@acme.com' });
  push('u2', { email: 'bo@acme.com' });
  push('u2', { email: 'bo@acme.com', active: false });
  push('u2', { email: 'ann@acme.com', active: false });
  const { id } = member('u2');
  await planes.deprovisioning.recall([id], ANN);
  expect(member('u2').state).toBe('pending');
  push('u2', { email: 'ann@acme.com', active: true });
  expect(member('u2').state).toBe('pending');
});

test('access comes only after the last of several conflicts', async () => {
  push('u1', { email: 'ann@acme.com', externalId: 'e1' });
  push('u2', { email: 'bo@acme.com', externalId: 'e2' });
  push('u3', { email: 'ann@acme.com', externalId: 'e2' });
  const [first, second] = open();
  if (!first || !second) throw new Error('two conflicts were expected');
  expect([first.kind, second.kind].sort()).toEqual(['email', 'external-id']);
  expect(conflicts.get(first.id).openBesides).toBe(1);
  const { sentence } = await conflicts.decide(first.id, 'keep', null, ANN);
  expect(sentence).toMatch(/1 more of their conflicts must be decided first/);
  expect(member('u3').state).toBe('pending');
  await conflicts.decide(second.id, 'keep', null, ANN);
  expect(member('u3').state).toBe('active');
  // The first can't be taken back any more, the last can.
  await expect(conflicts.undo(first.id, ANN)).rejects.toThrow(/active since the decision/);
  await conflicts.undo(second.id, ANN);
  expect(member('u3').state).toBe('pending');
  await conflicts.decide(second.id, 'refuse', null, ANN);
  expect(member('u3').state).toBe('deactivated');
});

describe('linking', () => {
  test('gives the IdP’s new user to the one who was here, with all that people gave them', async () => {
    push('u1', { email: 'ann@acme.com', displayName: 'Ann', title: 'Nurse' });
    const ann = member('u1');
    const record = planes.people.member(ann.id)?.employee;
    giveByHand(ann.id, 'admin');
    remove('u1');
    push('u2', { email: 'ann@acme.com', displayName: 'Ann Lee', title: 'Doctor' });
    const newcomer = member('u2');
    expect(newcomer.state).toBe('pending');
    giveByHand(newcomer.id, 'viewer');
    giveByHand(newcomer.id, 'admin');

    const { sentence } = await conflicts.decide(onlyOpen(), 'link', 'Came back', ANN);
    expect(sentence).toBe('Linked: Ann Lee is active and follows the IdP from now on.');
    expect(everybody()).toMatchObject([
      { id: ann.id, userId: 'u2', state: 'active', displayName: 'Ann Lee' },
    ]);
    expect(planes.people.member(ann.id)?.employee).toMatchObject({
      id: record?.id,
      status: 'active',
      title: 'Doctor',
    });
    const roles = planes.database
      .prepare('SELECT role_id FROM manual_grant WHERE member_id = ? ORDER BY role_id')
      .pluck()
      .all(ann.id);
    expect(roles).toEqual(['admin', 'viewer']);
    for (const table of ['manual_grant', 'grant_approval', 'employee', 'receipt', 'session', 'conflict']) {
      const left = rows(table, newcomer.id);
      // What was decided stays on record.
      expect([table, left]).toEqual([table, table === 'conflict' ? 1 : 0]);
    }
    expect(decided()).toMatchObject([{ state: 'linked', note: 'Came back', newcomer: { name: 'Ann Lee' } }]);
    expect(events(ann.id)).toContain('conflict.linked');
    await expect(conflicts.undo(decided()[0]?.id ?? '', ANN)).rejects.toThrow(/can.t be undone/);
    expect(push('u2', { email: 'ann@acme.com', displayName: 'Ann Lee', title: 'Doctor' })).toEqual([]);
  });

  test('makes a manual member the IdP’s', async () => {
    push('u1', { email: 'ann@acme.com' });
    planes.access.release('manual', 0, 1000, ANN);
    remove('u1');
    push('u2', { email: 'ann@acme.com' });
    await conflicts.decide(onlyOpen(), 'link', null, ANN);
    expect(everybody()).toMatchObject([{ origin: 'scim', userId: 'u2', state: 'active' }]);
    push('u2', { email: 'ann@acme.com', active: false });
    expect(member('u2').state).toBe('suspended');
  });

  test('does not bring back whom a person here took out', async () => {
    push('u1', { email: 'ann@acme.com' });
    push('u0', { email: 'ann@acme.com' });
    await conflicts.decide(onlyOpen(), 'refuse', null, ANN);
    const refused = member('u0').id;
    remove('u0');
    push('u3', { email: 'ann@acme.com' });
    const id = open().find(({ other }) => other.id === refused)?.id ?? '';
    await conflicts.decide(id, 'link', null, ANN);
    expect(member('u3')).toMatchObject({ id: refused, state: 'deactivated' });
  });

  test('carries the newcomer’s conflicts with others over', async () => {
    push('u1', { email: 'ann@acme.com' });
    remove('u1');
    const [ann] = everybody();
    push('u2', { email: 'bo@acme.com', externalId: 'e' });
    push('u3', { email: 'ann@acme.com', externalId: 'e' });
    const withAnn = open().find(({ other }) => other.id === ann?.id)?.id ?? '';
    await conflicts.decide(withAnn, 'link', null, ANN);
    expect(member('u3')).toMatchObject({ id: ann?.id, state: 'pending' });
    expect(open()).toMatchObject([{ kind: 'external-id', newcomer: { id: ann?.id } }]);
    await conflicts.decide(onlyOpen(), 'keep', null, ANN);
    expect(member('u3').state).toBe('active');
  });
});

test('the review approves nobody with an open conflict, and its rejection refuses them', async () => {
  push('u1', { email: 'ann@acme.com' });
  push('u2', { email: 'ann@acme.com', displayName: 'Ann Two' });
  const { id } = member('u2');
  await expect(review.decide('approve', { ids: [id] }, null, ANN)).rejects.toThrow(
    /Ann Two has 1 open conflict: decide in the conflict inbox first/,
  );
  const { batchId } = await review.decide('reject', { ids: [id] }, null, ANN);
  expect(open()).toEqual([]);
  expect(decided()).toMatchObject([{ state: 'refused' }]);
  await expect(conflicts.undo(decided()[0]?.id ?? '', ANN)).rejects.toThrow(
    /closed by a decision of the review/,
  );
  await review.undo(batchId ?? '', ANN);
  expect(open()).toHaveLength(1);
  expect(member('u2').state).toBe('pending');
});
