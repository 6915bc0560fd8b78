import type { JsonObject } from '../../src/main/scim/json.ts';
import type { Planes } from './planes.ts';

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** An IdP that pushes into both planes, past HTTP. Each call is one write; what it answers is what the request's log says. */
export interface Pushes {
  /** @returns the user's id */
  create(userName: string, more?: JsonObject): Promise<string>;
  createMany(count: number): Promise<string[]>;
  change(id: string, value: JsonObject): Promise<readonly string[]>;
  setActive(id: string, active: boolean): Promise<readonly string[]>;
  remove(id: string): Promise<readonly string[]>;
  /** @returns the group's id */
  createGroup(displayName: string, members?: readonly string[]): Promise<string>;
  join(group: string, ...members: string[]): Promise<readonly string[]>;
  leave(group: string, ...members: string[]): Promise<readonly string[]>;
  removeGroup(group: string): Promise<readonly string[]>;
}

export function pushesInto(planes: () => Planes): Pushes {
  const patch = async (type: 'userType' | 'groupType', id: string, operation: JsonObject) => {
    const { directory, registry, context } = planes();
    const body = { schemas: [PATCH_OP], Operations: [operation] };
    return (await directory.patch(registry[type], id, body, context)).effects;
  };
  const create = async (userName: string, more: JsonObject = {}) => {
    const { directory, registry, context } = planes();
    return (await directory.create(registry.userType, { userName, active: true, ...more }, context)).id;
  };
  const named = (members: readonly string[]) => members.map((value) => ({ value }));
  return {
    create,
    async createMany(count) {
      const ids: string[] = [];
      for (let n = 0; n < count; n++) ids.push(await create(`person${n}@acme.com`));
      return ids;
    },
    change: (id, value) => patch('userType', id, { op: 'replace', value }),
    setActive: (id, active) => patch('userType', id, { op: 'replace', path: 'active', value: active }),
    async remove(id) {
      const { directory, registry, context } = planes();
      return (await directory.remove(registry.userType, id, context)).effects;
    },
    async createGroup(displayName, members = []) {
      const { directory, registry, context } = planes();
      const body = { displayName, members: named(members) };
      return (await directory.create(registry.groupType, body, context)).id;
    },
    join: (group, ...members) =>
      patch('groupType', group, { op: 'add', path: 'members', value: named(members) }),
    leave: (group, ...members) =>
      patch('groupType', group, { op: 'remove', path: 'members', value: named(members) }),
    async removeGroup(group) {
      const { directory, registry, context } = planes();
      return (await directory.remove(registry.groupType, group, context)).effects;
    },
  };
}

/** The row of a member, by user or by its own id, with the employee record's status. */
export interface MemberRow {
  id: string;
  userId: string | null;
  state: string;
  suspendedFrom: string | null;
  cause: string | null;
  recalled: string | null;
  retained: string | null;
  isCut: 0 | 1;
  held: 0 | 1;
  deactivateAt: string | null;
  deleteAt: string | null;
  record: string | null;
  startedAt: string | null;
}

/** @throws when there is no such member */
export function memberRow({ database }: Planes, id: string): MemberRow {
  const row = database
    .prepare<[string, string], MemberRow>(
      `SELECT m.id, m.user_id AS userId, m.state, m.suspended_from AS suspendedFrom, m.cause, m.recalled,
         m.retained_groups AS retained, m.cut_at IS NOT NULL AS isCut, m.held, m.deactivate_at AS deactivateAt,
         m.delete_at AS deleteAt, e.status AS record, e.started_at AS startedAt
       FROM member m LEFT JOIN employee e ON e.member_id = m.id WHERE m.user_id = ? OR m.id = ?`,
    )
    .get(id, id);
  if (!row) throw new Error(`nobody is ${id}`);
  return row;
}
