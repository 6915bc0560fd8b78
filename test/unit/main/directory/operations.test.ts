import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RequestContext } from '../../../../src/main/directory/directory.ts';
import type { Operations } from '../../../../src/main/directory/operations.ts';
import { DEFAULT_POLICY } from '../../../../src/shared/contract/policy.ts';
import { openPlanes, type Planes } from '../../../support/planes.ts';

let planes: Planes;
beforeEach(async () => {
  planes = await openPlanes();
});
afterEach(() => planes.close());

const without = (...names: (keyof Operations)[]): RequestContext => ({
  ...planes.context,
  operations: { ...DEFAULT_POLICY, ...Object.fromEntries(names.map((name) => [name, false])) },
});
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const user = (more: object = {}) => ({ schemas: [USER], userName: 'ann@acme.com', active: true, ...more });
const patch = (value: object) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', value }],
});
const refusal = (name: keyof Operations) => ({ status: 403, detail: expect.stringContaining(name) });
const users = () => planes.registry.userType;
const groups = () => planes.registry.groupType;

describe('switched-off operations', () => {
  test('creating users', async () => {
    const context = without('operations.createUsers');
    await expect(planes.directory.create(users(), user(), context)).rejects.toMatchObject(
      refusal('operations.createUsers'),
    );
    expect(planes.people.members({ offset: 0, limit: 10 }).total).toBe(0);
  });

  test('updating attributes, but not taking access away, nor what changes nothing', async () => {
    const { id } = await planes.directory.create(users(), user(), planes.context);
    const context = without('operations.updateUsers');
    await expect(
      planes.directory.patch(users(), id, patch({ title: 'Chief' }), context),
    ).rejects.toMatchObject(refusal('operations.updateUsers'));
    await expect(planes.directory.replace(users(), id, user(), context)).resolves.toMatchObject({
      changed: [],
    });
    await expect(
      planes.directory.replace(users(), id, user({ active: false, title: 'Chief' }), context),
    ).resolves.toMatchObject({ changed: expect.arrayContaining(['active', 'title']) });
    expect(planes.people.members({ offset: 0, limit: 10 }).items[0]?.state).toBe('suspended');
    await expect(planes.directory.patch(users(), id, patch({ active: true }), context)).rejects.toMatchObject(
      refusal('operations.updateUsers'),
    );
  });

  test('deactivating users', async () => {
    const { id } = await planes.directory.create(users(), user(), planes.context);
    const context = without('operations.deactivateUsers');
    await expect(
      planes.directory.patch(users(), id, patch({ active: false }), context),
    ).rejects.toMatchObject(refusal('operations.deactivateUsers'));
    await planes.directory.patch(users(), id, patch({ title: 'Chief' }), context);
    expect(planes.people.members({ offset: 0, limit: 10 }).items[0]?.state).toBe('active');
  });

  test('deleting users', async () => {
    const { id } = await planes.directory.create(users(), user(), planes.context);
    await expect(
      planes.directory.remove(users(), id, without('operations.deleteUsers')),
    ).rejects.toMatchObject(refusal('operations.deleteUsers'));
    expect(planes.people.members({ offset: 0, limit: 10 }).items[0]?.state).toBe('active');
  });

  test('groups: nothing of them is written, memberships included', async () => {
    const { id: member } = await planes.directory.create(users(), user(), planes.context);
    const staff = { schemas: [GROUP], displayName: 'Staff' };
    const context = without('operations.syncGroups');
    const refused = refusal('operations.syncGroups');
    await expect(planes.directory.create(groups(), staff, context)).rejects.toMatchObject(refused);
    const { id } = await planes.directory.create(groups(), staff, planes.context);
    const joining = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'add', path: 'members', value: [{ value: member }] }],
    };
    await expect(planes.directory.patch(groups(), id, joining, context)).rejects.toMatchObject(refused);
    expect(planes.store.membership.groupsOf(member)).toEqual([]);
    await expect(planes.directory.remove(groups(), id, context)).rejects.toMatchObject(refused);
  });

  test('roles: alone they are refused, beside others they are stored and give nothing, which is said', async () => {
    const { id } = await planes.directory.create(users(), user(), planes.context);
    const context = without('operations.syncRoles');
    planes.policy.syncRoles = false;
    await expect(
      planes.directory.patch(users(), id, patch({ roles: [{ value: 'admin' }] }), context),
    ).rejects.toMatchObject(refusal('operations.syncRoles'));
    const { effects } = await planes.directory.replace(
      users(),
      id,
      user({ title: 'Chief', roles: [{ value: 'admin' }] }),
      context,
    );
    expect(effects).toContain('The roles are stored and give nothing: operations.syncRoles is off.');
    const values = planes.database.prepare('SELECT role_values FROM member').pluck().all();
    expect(values).toEqual([null]);
  });
});
