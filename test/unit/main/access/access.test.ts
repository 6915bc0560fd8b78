import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Attributes } from '../../../../src/main/scim/resource.ts';
import { openPlanes, type Planes } from '../../../support/planes.ts';

let planes: Planes;
beforeEach(async () => {
  planes = await openPlanes();
});
afterEach(() => planes.close());

const time = '2026-01-01T00:00:00.000Z';
function assert(id: string, attributes: Attributes): string[] {
  const { store, access } = planes;
  const resource = { id, attributes, version: 1, created: time, lastModified: time };
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
const audited = () =>
  planes.database.prepare('SELECT actor, event FROM audit_event ORDER BY seq').all() as {
    actor: string;
    event: string;
  }[];

describe('reconciling', () => {
  test('tells each change in a sentence and audits it as the one who caused it', () => {
    expect(assert('u1', { userName: 'ann@acme.com', active: true })).toEqual([
      'Member created: active. Provisioned by the IdP and activated automatically.',
    ]);
    expect(assert('u1', { userName: 'ann@acme.com', active: false, displayName: 'Ann' })).toEqual([
      'Member updated: displayName.',
      'Member active → suspended. The IdP set this person to inactive.',
      'Employee record updated: displayName.',
    ]);
    expect(remove('u1')).toEqual([
      'Member suspended → deactivated. The IdP deleted this person.',
      'Employee record ended.',
      'Member unlinked from the deleted user.',
    ]);
    expect(audited()).toEqual(
      [
        'member.created',
        'employee.created',
        'member.updated',
        'member.state-changed',
        'employee.updated',
        'member.state-changed',
        'employee.ended',
      ].map((event) => ({ actor: 'token:okta', event })),
    );
  });

  test('keeps the same member and record for somebody who comes back', () => {
    assert('u1', { userName: 'ann@acme.com', externalId: 'e1', active: true });
    const [before] = everybody();
    remove('u1');
    assert('u2', { userName: 'ann.lee@acme.com', externalId: 'e1', active: true });
    const [after, ...others] = everybody();
    expect(others).toEqual([]);
    expect(after).toMatchObject({
      id: before?.id,
      userId: 'u2',
      userName: 'ann.lee@acme.com',
      state: 'active',
    });
    expect(planes.people.member(after?.id ?? '')?.employee).toMatchObject({
      status: 'active',
      endedAt: null,
    });
  });

  test('makes another member of somebody who comes back without an externalId, or with another', () => {
    assert('u1', { userName: 'ann@acme.com', externalId: 'e1', active: true });
    assert('u2', { userName: 'bo@acme.com', active: true });
    remove('u1');
    remove('u2');
    assert('u3', { userName: 'ann@acme.com', active: true });
    assert('u4', { userName: 'bo2@acme.com', externalId: 'E1', active: true });
    // The e-mail alone makes nobody the same person: somebody decides about it (D5).
    expect(
      everybody()
        .map(({ userId, state }) => [userId, state])
        .sort(),
    ).toEqual([
      [null, 'deactivated'],
      [null, 'deactivated'],
      ['u3', 'pending'],
      ['u4', 'active'],
    ]);
  });

  test('finds nobody again whom an operator made manual', () => {
    assert('u1', { userName: 'ann@acme.com', externalId: 'e1', active: true });
    planes.access.release('manual', 0, 100, 'local:ann');
    expect(remove('u1')).toEqual(['Member unlinked from the deleted user.']);
    assert('u2', { userName: 'ann2@acme.com', externalId: 'e1', active: true });
    expect(
      everybody()
        .map(({ origin, state, userId }) => [origin, state, userId])
        .sort(),
    ).toEqual([
      ['manual', 'active', null],
      ['scim', 'active', 'u2'],
    ]);
  });

  test('what nobody knows on either side changes nothing', () => {
    expect(planes.access.reconcile({ users: ['x'], groups: ['y'] }, 'token:okta')).toEqual([]);
    expect(planes.access.reconcile({}, 'token:okta')).toEqual([]);
    expect(audited()).toEqual([]);
  });

  test('members are found by name, whatever the case and script', () => {
    assert('u1', { userName: 'juergen@acme.com', displayName: 'JÜRGEN Groß', active: true });
    for (const search of ['jürgen', 'GROß', 'ACME', ' juergen ']) {
      expect(planes.people.members({ search, offset: 0, limit: 10 }).total).toBe(1);
    }
    expect(planes.people.members({ search: '%', offset: 0, limit: 10 }).total).toBe(0);
  });
});

describe('deleting the configuration', () => {
  beforeEach(() => {
    assert('active', { userName: 'a@acme.com', active: true });
    assert('inactive', { userName: 'b@acme.com', active: false });
    planes.policy.activation = 'review';
    assert('pending', { userName: 'c@acme.com', active: true });
    assert('gone', { userName: 'd@acme.com', active: true });
    remove('gone');
  });
  const states = () => everybody().map(({ userName, origin, state }) => `${userName[0]} ${origin} ${state}`);

  test('takes them a piece at a time, and says when nobody is left', () => {
    const { release } = planes.access;
    const first = release('manual', 0, 3, 'local:ann');
    expect(first).toMatchObject({ changed: 3 });
    const second = release('manual', first.last ?? 0, 3, 'local:ann');
    expect(second).toMatchObject({ changed: 1 });
    expect(release('manual', second.last ?? 0, 3, 'local:ann')).toEqual({ changed: 0, last: undefined });
  });

  test('makes all of them ours, as they are', () => {
    expect(planes.access.release('manual', 0, 100, 'local:ann').changed).toBe(4);
    expect(states()).toEqual([
      'a manual active',
      'b manual suspended',
      'c manual pending',
      'd manual deactivated',
    ]);
    expect(audited().filter(({ event }) => event === 'member.converted')).toHaveLength(4);
  });

  test('or suspends those who could get in, now or after a review', () => {
    expect(planes.access.release('suspend', 0, 100, 'local:ann').changed).toBe(2);
    expect(states()).toEqual([
      'a scim suspended',
      'b scim suspended',
      'c scim suspended',
      'd scim deactivated',
    ]);
    expect(planes.access.release('suspend', 0, 100, 'local:ann').changed).toBe(0);
    expect(audited().filter(({ actor }) => actor === 'local:ann')).toHaveLength(2);
    // What a suspension interrupted is remembered, for an IdP that is connected again.
    expect(assert('pending', { userName: 'c@acme.com', active: true })).toEqual([
      'Member suspended → pending. The IdP set this person to active again.',
    ]);
  });
});
