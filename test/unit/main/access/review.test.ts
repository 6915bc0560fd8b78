import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Conflicts } from '../../../../src/main/access/conflicts.ts';
import type { Review } from '../../../../src/main/access/review.ts';
import type { Attributes } from '../../../../src/main/scim/resource.ts';
import { openDecisions } from '../../../support/decisions.ts';
import { openPlanes, type Planes } from '../../../support/planes.ts';
import { standardFacts } from '../../../support/standard-facts.ts';

let planes: Planes;
let review: Review;
let conflicts: Conflicts;
beforeEach(async () => {
  planes = await openPlanes({ facts: standardFacts(false), activation: 'review' });
  ({ review, conflicts } = openDecisions(planes));
});
afterEach(() => planes.close());

const ANN = 'local:ann';
const time = '2026-01-01T00:00:00.000Z';
function push(id: string, { email, ...others }: Attributes & { email: string }): void {
  const { store, access } = planes;
  const attributes = {
    active: true,
    userName: id,
    displayName: id,
    emails: [{ value: email, primary: true }],
    ...others,
  };
  const resource = { id, attributes, version: 1, created: time, lastModified: time };
  const before = store.users.find(id);
  if (before) store.users.update(before, resource, { text: '', form: '' });
  else store.users.insert(resource, { text: '', form: '' });
  access.reconcile({ users: [id] }, 'token:okta');
}
async function pushGroup(name: string, members: string[]): Promise<string> {
  const { directory, registry, context } = planes;
  const body = { displayName: name, members: members.map((value) => ({ value })) };
  return (await directory.create(registry.groupType, body, context)).id;
}
function map(groupId: string, roleId: string, more = ''): void {
  planes.database
    .prepare(
      `INSERT INTO mapping (id, group_id, role_id, precedence, needs_review, created_at, created_by)
       VALUES ('map-' || @roleId, @groupId, @roleId, 100, ${more === 'reviewed' ? 1 : 0}, @time, 'local:ann')`,
    )
    .run({ groupId, roleId, time });
}
function member(userId: string) {
  const found = planes.people.members({ offset: 0, limit: 500 }).items.find((one) => one.userId === userId);
  if (!found) throw new Error(`nobody has the user ${userId}`);
  return found;
}
const idOf = (userId: string) => member(userId).id;
const queue = (filter: Parameters<Review['list']>[0] = {}) =>
  review.list(filter, { offset: 0, limit: 500 }).items;
const events = (subject: string) =>
  planes.database
    .prepare<[string], string>('SELECT event FROM audit_event WHERE subject = ? ORDER BY seq')
    .pluck()
    .all(subject);

describe('the queue', () => {
  test('names why each waits, and what they would get', async () => {
    push('held', { email: 'held@acme.com', title: 'Nurse' });
    planes.policy.activation = 'auto';
    planes.policy.trustedDomains = ['acme.com'];
    push('foreign', { email: 'x@elsewhere.com' });
    push('here', { email: 'here@acme.com' });
    push('contested', { email: 'here@acme.com' });
    const group = await pushGroup('Nurses', ['held', 'foreign']);
    map(group, 'admin');

    expect(queue().map(({ displayName, rule }) => [displayName, rule])).toEqual([
      ['contested', 'conflict'],
      ['foreign', 'domain'],
      ['held', 'policy'],
    ]);
    const [held] = queue({ rule: 'policy' });
    expect(held).toMatchObject({
      id: idOf('held'),
      kind: 'person',
      reason: 'Provisioned by the IdP; waiting for review.',
      title: 'Nurse',
      teams: [{ name: 'Nurses', needsApproval: false }],
      roles: [
        { id: 'member', needsApproval: false },
        { id: 'admin', needsApproval: true },
      ],
    });
    expect(review.counts()).toEqual({
      waiting: 3,
      rules: { policy: 1, domain: 1, conflict: 1, 'sensitive-role': 0, group: 0 },
      domains: [
        { domain: 'acme.com', count: 2 },
        { domain: 'elsewhere.com', count: 1 },
      ],
    });
    expect(queue({ domain: 'elsewhere.com' }).map(({ displayName }) => displayName)).toEqual(['foreign']);
    expect(queue({ search: 'HEL' }).map(({ displayName }) => displayName)).toEqual(['held']);
    expect(review.list({}, { offset: 1, limit: 1 })).toMatchObject({
      total: 3,
      items: [{ displayName: 'foreign' }],
    });
  });

  test('holds what a push gives of sensitive roles and reviewed groups, of those who have access', async () => {
    planes.policy.activation = 'auto';
    push('ann', { email: 'ann@acme.com' });
    push('bo', { email: 'bo@acme.com', active: false });
    map(await pushGroup('Admins', ['ann', 'bo']), 'admin');
    map(await pushGroup('Auditors', ['ann']), 'viewer', 'reviewed');
    map(await pushGroup('Owners', ['ann']), 'owner');
    expect(queue()).toMatchObject([
      {
        kind: 'grant',
        id: `${idOf('ann')}:admin`,
        rule: 'sensitive-role',
        reason:
          'The group Admins gives the role Admin, which is sensitive: it waits until somebody approves it.',
      },
      { kind: 'grant', rule: 'group', target: { kind: 'role', name: 'Viewer' } },
    ]);
    expect(queue({ rule: 'group' })).toHaveLength(1);
    expect(queue({ rule: 'policy' })).toEqual([]);
  });
});

describe('approving', () => {
  test('lets somebody in, once, with a welcome and an audit row', async () => {
    push('ann', { email: 'ann@acme.com' });
    const id = idOf('ann');
    expect(await review.decide('approve', { ids: [id, id] }, null, ANN)).toMatchObject({
      done: 1,
      refused: [],
    });
    expect(member('ann')).toMatchObject({ state: 'active', reason: 'Approved in review.' });
    expect(planes.welcomed).toEqual([id]);
    expect(events(id)).toContain('review.approved');
    await expect(review.decide('approve', { ids: [id] }, null, ANN)).rejects.toThrow(
      'ann has access already and waits for no review.',
    );
    await expect(review.decide('approve', { ids: ['nobody'] }, null, ANN)).rejects.toThrow(
      /no member nobody/,
    );
  });

  test('gives no access against the IdP', async () => {
    push('ann', { email: 'ann@acme.com' });
    push('bo', { email: 'bo@acme.com' });
    const [ann, bo] = [idOf('ann'), idOf('bo')];
    push('ann', { email: 'ann@acme.com', active: false });
    await expect(review.decide('approve', { ids: [ann] }, null, ANN)).rejects.toThrow(
      'ann waits for no review: suspended. The IdP set this person to inactive.',
    );
    // In observe mode the state waits for Apply, and the approval must not run ahead of it.
    planes.policy.apply = 'observe';
    push('bo', { email: 'bo@acme.com', active: false });
    await expect(review.decide('approve', { ids: [bo] }, null, ANN)).rejects.toThrow(
      /The IdP says that bo is inactive, so approving would give no access: the state follows the directory/,
    );
    expect(member('bo').state).toBe('pending');
    planes.store.users.remove('bo');
    planes.access.reconcile({ users: ['bo'] }, 'token:okta');
    await expect(review.decide('approve', { ids: [bo] }, null, ANN)).rejects.toThrow(
      /says that bo is deleted/,
    );
  });

  test('all that match, if they are as many as were shown; the others are named', async () => {
    for (let at = 0; at < 450; at++) push(`u${at}`, { email: `u${at}@${at % 2 ? 'odd' : 'even'}.com` });
    push('rival', { email: 'u1@odd.com' });
    const filter = { domain: 'odd.com' };
    await expect(review.decide('approve', { filter, expected: 225 }, null, ANN)).rejects.toThrow(
      'The queue changed: 226 match now, not 225. Nothing was decided; look again.',
    );
    const { done, refused, batchId } = await review.decide('approve', { filter, expected: 226 }, 'Ours', ANN);
    expect(done).toBe(225);
    expect(refused).toMatchObject([{ name: 'rival' }]);
    expect(refused[0]?.message).toMatch(/1 open conflict/);
    expect(queue()).toHaveLength(226);
    expect(review.decisions(10)).toMatchObject([
      { id: batchId, decision: 'approved', count: 225, undone: 0, note: 'Ours', decidedBy: ANN },
    ]);
    expect(review.decisions(10)[0]?.names).toHaveLength(3);

    push('u3', { email: 'u3@odd.com', active: false });
    const undone = await review.undo(batchId ?? '', ANN);
    expect(undone.done).toBe(224);
    expect(undone.refused).toMatchObject([{ name: 'u3' }]);
    expect(undone.refused[0]?.message).toMatch(/u3 is suspended since the decision/);
    expect([member('u5').state, member('u3').state]).toEqual(['pending', 'suspended']);
    expect(review.decisions(10)).toMatchObject([{ undone: 224 }]);
  });
});

describe('rejecting', () => {
  test('turns somebody away for good, with a receipt', async () => {
    push('ann', { email: 'ann@acme.com', externalId: 'e1' });
    const id = idOf('ann');
    await review.decide('reject', { ids: [id] }, 'Not ours', ANN);
    expect(member('ann')).toMatchObject({ state: 'deactivated', reason: 'Rejected in review.' });
    expect(planes.deprovisioning.receipts({ memberId: id, offset: 0, limit: 5 }).items).toMatchObject([
      { cause: 'rejected', actor: ANN, before: { state: 'pending' } },
    ]);
    push('ann', { email: 'ann@acme.com', externalId: 'e1', active: false });
    push('ann', { email: 'ann@acme.com', externalId: 'e1' });
    expect(member('ann').state).toBe('deactivated');
    planes.store.users.remove('ann');
    planes.access.reconcile({ users: ['ann'] }, 'token:okta');
    push('ann2', { email: 'ann@acme.com', externalId: 'e1' });
    expect(member('ann2')).toMatchObject({ id, state: 'deactivated' });
  });

  test('and approving are undone to exactly what stood before', async () => {
    push('ann', { email: 'ann@acme.com' });
    const id = idOf('ann');
    // That somebody has had access is remembered, so that nobody is welcomed twice.
    const rows = () => [
      {
        ...(planes.database.prepare('SELECT * FROM member').get() as object),
        updated_at: '',
        activated_at: null,
      },
      planes.database.prepare('SELECT * FROM employee').get(),
      review.list({}, { offset: 0, limit: 10 }),
    ];
    const before = rows();
    for (const decision of ['approve', 'reject'] as const) {
      const { batchId } = await review.decide(decision, { ids: [id] }, null, ANN);
      expect(rows()).not.toEqual(before);
      await review.undo(batchId ?? '', ANN);
      expect(rows()).toEqual(before);
      await expect(review.undo(batchId ?? '', ANN)).rejects.toMatchObject({ code: 'not-found' });
    }
    expect(events(id).filter((event) => event === 'review.undone')).toHaveLength(2);
  });

  test('is not undone over what the IdP said since', async () => {
    push('ann', { email: 'ann@acme.com' });
    const { batchId } = await review.decide('reject', { ids: [idOf('ann')] }, null, ANN);
    push('ann', { email: 'ann@acme.com', active: false });
    await expect(review.undo(batchId ?? '', ANN)).rejects.toThrow(
      'The IdP deactivated ann since the decision. Nothing was undone.',
    );
    expect(member('ann').state).toBe('deactivated');
    push('ann', { email: 'ann@acme.com' });
    await review.undo(idOf('ann'), ANN);
    expect(member('ann').state).toBe('pending');
  });

  test('what the IdP changed about the person meanwhile stays', async () => {
    push('ann', { email: 'ann@acme.com' });
    const { batchId } = await review.decide('reject', { ids: [idOf('ann')] }, null, ANN);
    push('ann', { email: 'ann@acme.com', displayName: 'Ann Lee', roles: [{ value: 'Chief' }] });
    await review.undo(batchId ?? '', ANN);
    expect(member('ann')).toMatchObject({ state: 'pending', displayName: 'Ann Lee' });
    expect(planes.database.prepare('SELECT role_values FROM member').pluck().get()).toBe('["chief"]');
  });
});

test('grants are approved, refused and taken back for each person', async () => {
  planes.policy.activation = 'auto';
  push('ann', { email: 'ann@acme.com' });
  push('bo', { email: 'bo@acme.com' });
  map(await pushGroup('Admins', ['ann', 'bo']), 'admin');
  const [ann, bo] = [`${idOf('ann')}:admin`, `${idOf('bo')}:admin`];
  const approvals = () => planes.database.prepare('SELECT member_id FROM grant_approval').pluck().all();

  const approved = await review.decide('approve', { ids: [ann] }, null, ANN);
  await review.decide('reject', { ids: [bo] }, null, ANN);
  expect(queue()).toEqual([]);
  expect(approvals()).toEqual([idOf('ann')]);
  expect(events(idOf('ann'))).toContain('grant.approved');
  expect(events(idOf('bo'))).toContain('grant.refused');
  await expect(review.decide('approve', { ids: [bo] }, null, ANN)).rejects.toThrow(/waits for .* any more/);

  await review.undo(approved.batchId ?? '', ANN);
  await review.undo(idOf('bo'), ANN);
  expect(approvals()).toEqual([]);
  expect(queue().map(({ id }) => id)).toEqual([ann, bo]);

  const { batchId } = await review.decide('approve', { ids: [ann] }, null, ANN);
  planes.database.prepare('DELETE FROM grant_approval').run();
  await expect(review.undo(batchId ?? '', ANN)).rejects.toThrow(/was withdrawn already/);
});

test('an approval outlives a conflict that went away', async () => {
  push('ann', { email: 'ann@acme.com' });
  push('bo', { email: 'bo@acme.com' });
  await review.decide('approve', { ids: [idOf('ann'), idOf('bo')] }, null, ANN);
  push('bo', { email: 'ann@acme.com' });
  expect([member('bo').state, conflicts.openCount()]).toEqual(['pending', 1]);
  push('bo', { email: 'bo.lee@acme.com' });
  expect(member('bo')).toMatchObject({ state: 'active', reason: 'Approved in review.' });
});
