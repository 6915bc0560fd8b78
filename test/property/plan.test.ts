import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ScimError } from '../../src/main/scim/error.ts';
import type { JsonObject } from '../../src/main/scim/json.ts';
import type { Attributes } from '../../src/main/scim/resource.ts';
import { openPlanes, type Planes } from '../support/planes.ts';

const SEED = 7644;
const slot = fc.nat(3);
const externalId = fc.constantFrom(undefined, 'e1', 'e2');
const active = fc.constantFrom(undefined, true, false);
const name = fc.constantFrom('Ann', 'Bo', 'Ann Lee');

/** What an IdP may do; slots stand for the ids that the server gave. */
const write = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), slot, externalId, active, name }),
  fc.record({ kind: fc.constant('replace' as const), slot, externalId, active, name }),
  fc.record({ kind: fc.constant('activate' as const), slot, active: fc.boolean() }),
  fc.record({ kind: fc.constant('delete' as const), slot }),
  fc.record({ kind: fc.constant('create-group' as const), slot, name, members: fc.subarray([0, 1, 2, 3]) }),
  fc.record({ kind: fc.constant('rename-group' as const), slot, name, externalId }),
  fc.record({ kind: fc.constant('join' as const), slot, members: fc.subarray([0, 1, 2, 3]) }),
  fc.record({ kind: fc.constant('delete-group' as const), slot }),
  fc.record({
    kind: fc.constant('policy' as const),
    activation: fc.constantFrom('auto' as const, 'review' as const),
  }),
  fc.constant({ kind: 'convert-to-manual' as const }),
);
type Write = typeof write extends fc.Arbitrary<infer W> ? W : never;

/** The ids behind the slots, of those alive and of all there ever were. */
interface Ids {
  users: (string | undefined)[];
  groups: (string | undefined)[];
  everyUser: string[];
  everyGroup: string[];
}

async function perform(planes: Planes, ids: Ids, one: Write): Promise<void> {
  const { directory, registry, context } = planes;
  const { userType, groupType } = registry;
  const userBody = (w: {
    slot: number;
    externalId?: string | undefined;
    active?: boolean | undefined;
    name: string;
  }) =>
    JSON.parse(
      JSON.stringify({
        userName: `user${w.slot}@acme.com`,
        displayName: w.name,
        externalId: w.externalId,
        active: w.active,
      }),
    ) as JsonObject;
  const members = (slots: readonly number[]) =>
    slots.flatMap((index) => (ids.users[index] === undefined ? [] : [{ value: ids.users[index] }]));
  const patch = (op: JsonObject) => ({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [op],
  });
  switch (one.kind) {
    case 'create': {
      const { id } = await directory.create(userType, userBody(one), context);
      ids.users[one.slot] = id;
      ids.everyUser.push(id);
      return;
    }
    case 'replace': {
      const id = ids.users[one.slot];
      if (id) await directory.replace(userType, id, userBody(one), context);
      return;
    }
    case 'activate': {
      const id = ids.users[one.slot];
      const op = { op: 'replace', path: 'active', value: one.active };
      if (id) await directory.patch(userType, id, patch(op), context);
      return;
    }
    case 'delete': {
      const id = ids.users[one.slot];
      if (id) await directory.remove(userType, id, context);
      ids.users[one.slot] = undefined;
      return;
    }
    case 'create-group': {
      const body = { displayName: `${one.name} ${one.slot}`, members: members(one.members) };
      const { id } = await directory.create(groupType, body, context);
      ids.groups[one.slot] = id;
      ids.everyGroup.push(id);
      return;
    }
    case 'rename-group': {
      const id = ids.groups[one.slot];
      const value = {
        displayName: `${one.name} ${one.slot}`,
        ...(one.externalId !== undefined && { externalId: one.externalId }),
      };
      if (id) await directory.patch(groupType, id, patch({ op: 'replace', value }), context);
      return;
    }
    case 'join': {
      const id = ids.groups[one.slot];
      const op = { op: 'add', path: 'members', value: members(one.members) };
      if (id) await directory.patch(groupType, id, patch(op), context);
      return;
    }
    case 'delete-group': {
      const id = ids.groups[one.slot];
      if (id) await directory.remove(groupType, id, context);
      ids.groups[one.slot] = undefined;
      return;
    }
    case 'policy':
      planes.policy.activation = one.activation;
      return;
    case 'convert-to-manual':
      planes.access.release('manual', 0, 1000, 'local:test');
  }
}

async function performAll(planes: Planes, writes: readonly Write[]): Promise<Ids> {
  const ids: Ids = { users: [], groups: [], everyUser: [], everyGroup: [] };
  for (const one of writes) {
    await perform(planes, ids, one).catch((error: ScimError) => {
      // Creating in a slot that is taken: the IdP is told, and nothing changes.
      if (error.status !== 409) throw error;
    });
  }
  return ids;
}

const everyMember = ({ people }: Planes) => people.members({ offset: 0, limit: 500 }).items;

const everyResource = ({ database }: Planes, table: 'directory_user' | 'directory_group') =>
  database
    .prepare<[], { id: string; attributes: string }>(`SELECT id, attributes FROM ${table} ORDER BY pk`)
    .all()
    .map(({ id, attributes }) => ({ id, attributes: JSON.parse(attributes) as Attributes }));

let planes: Planes;
beforeEach(async () => {
  planes = await openPlanes();
});
afterEach(() => planes.close());

function empty(): void {
  planes.database.exec(
    'DELETE FROM employee; DELETE FROM member; DELETE FROM team; DELETE FROM directory_group; DELETE FROM directory_user;',
  );
  planes.policy.activation = 'auto';
}

/** The access plane without the ids and times that are made anew each time. */
function accessOf(one: Planes): unknown {
  return {
    members: one.database
      .prepare(
        `SELECT m.user_id, m.origin, m.state, m.suspended_from, m.reason, m.user_name, m.email, m.display_name,
           m.external_id, m.role, e.status, e.display_name AS employee, e.ended_at IS NULL AS employed
         FROM member m JOIN employee e ON e.member_id = m.id ORDER BY m.pk`,
      )
      .all(),
    teams: one.database.prepare('SELECT group_id, external_id, name FROM team ORDER BY group_id').all(),
  };
}

describe('after any sequence of pushes', () => {
  const sequence = fc.array(write, { minLength: 1, maxLength: 25 });

  test('planning again changes nothing, together or one by one', async () => {
    await fc.assert(
      fc.asyncProperty(sequence, async (writes) => {
        empty();
        const { everyUser, everyGroup } = await performAll(planes, writes);
        const before = accessOf(planes);
        expect(planes.access.reconcile({ users: everyUser, groups: everyGroup }, 'local:test')).toEqual([]);
        for (const id of everyUser)
          expect(planes.access.reconcile({ users: [id] }, 'local:test')).toEqual([]);
        expect(accessOf(planes)).toEqual(before);
      }),
      { seed: SEED, numRuns: 150 },
    );
  });

  test('only those have access whom the IdP asserts as active', async () => {
    await fc.assert(
      fc.asyncProperty(sequence, async (writes) => {
        empty();
        await performAll(planes, writes);
        const members = everyMember(planes);
        const alive = new Map(
          everyResource(planes, 'directory_user').map(({ id, attributes }) => [id, attributes]),
        );
        // One member each, and nobody is linked to a user that is gone.
        expect(members.flatMap(({ userId }) => userId ?? []).sort()).toEqual([...alive.keys()].sort());
        for (const { id, userId, origin, state, displayName, userName, email } of members) {
          if (origin === 'manual') continue;
          const { employee } = planes.people.member(id) ?? {};
          if (userId === null) {
            expect({ state, employment: employee?.status }).toEqual({
              state: 'deactivated',
              employment: 'ended',
            });
            continue;
          }
          const attributes = alive.get(userId);
          expect(['pending', 'active'].includes(state)).toBe(attributes?.active === true);
          expect({ displayName, userName, email }).toEqual({
            displayName: attributes?.displayName,
            userName: attributes?.userName,
            email: attributes?.userName,
          });
          expect(employee).toMatchObject({ status: 'active', endedAt: null, displayName });
        }
        const teams = planes.people.teams({ offset: 0, limit: 500 }).items;
        expect(
          teams.map(({ groupId, name: team, externalId: external }) => [groupId, team, external]).sort(),
        ).toEqual(
          everyResource(planes, 'directory_group')
            .map(({ id, attributes }) => [id, attributes.displayName, attributes.externalId ?? null])
            .sort(),
        );
        for (const { id, activeMembers } of teams) {
          const listed = planes.people.members({ teamId: id, offset: 0, limit: 500 }).items;
          expect(listed.filter(({ state }) => state === 'active')).toHaveLength(activeMembers);
        }
      }),
      { seed: SEED, numRuns: 150 },
    );
  });
});

describe('a backlog of assertions', () => {
  const backlog = fc.array(fc.record({ externalId, active, name }), { minLength: 1, maxLength: 5 });

  test('comes to the same planned together and one by one', async () => {
    const other = await openPlanes();
    try {
      await fc.assert(
        fc.asyncProperty(backlog, backlog, fc.boolean(), async (earlier, later, review) => {
          for (const one of [planes, other]) {
            one.database.exec(
              'DELETE FROM employee; DELETE FROM member; DELETE FROM directory_user; DELETE FROM directory_group;',
            );
            one.policy.activation = review ? 'review' : 'auto';
            // People who left, so that some of the backlog are coming back.
            const left = assert(one, 'old', earlier);
            one.access.reconcile({ users: left }, 'token:test');
            for (const id of left) one.store.users.remove(id);
            one.access.reconcile({ users: left }, 'token:test');
          }
          planes.access.reconcile({ users: assert(planes, 'new', later) }, 'token:test');
          for (const id of assert(other, 'new', later)) other.access.reconcile({ users: [id] }, 'token:test');
          expect(accessOf(planes)).toEqual(accessOf(other));
        }),
        { seed: SEED, numRuns: 100 },
      );
    } finally {
      await other.close();
    }
  });

  function assert(
    { store, answers, registry }: Planes,
    prefix: string,
    people: readonly { externalId: string | undefined; active: boolean | undefined; name: string }[],
  ): string[] {
    return people.map(({ externalId: external, active: isActive, name: displayName }, index) => {
      const id = `${prefix}${index}`;
      const stored = {
        id,
        attributes: {
          userName: `${id}@acme.com`,
          displayName,
          ...(external !== undefined && { externalId: external }),
          ...(isActive !== undefined && { active: isActive }),
        },
        version: 1,
        created: '2026-01-01T00:00:00.000Z',
        lastModified: '2026-01-01T00:00:00.000Z',
      };
      store.users.insert(stored, answers.render(registry.userType, stored));
      return id;
    });
  }
});
