import type { RunningRollcall } from '../../support/rollcall.ts';
import type { Company, Person } from './company.ts';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** An IdP that pushes what HR says, one request after the other as it would, ten at a time. */
export interface Idp {
  create(person: Person): Promise<void>;
  createGroup(key: string, displayName: string): Promise<void>;
  setActive(person: Person, active: boolean): Promise<void>;
  remove(person: Person): Promise<void>;
  describe(person: Person): Promise<void>;
  join(person: Person, key: string): Promise<void>;
  leave(person: Person, key: string): Promise<void>;
  rename(key: string, displayName: string): Promise<void>;
}

/** The client side of a year; throws on any answer that an IdP would take for an error. */
export function createIdp(running: RunningRollcall, company: Company): Idp {
  async function ask(method: string, path: string, body?: unknown) {
    const answer = await running.request(method, path, body);
    if (answer.status >= 300) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  }
  const patch = (path: string, ...Operations: object[]) =>
    ask('PATCH', path, { schemas: [PATCH_OP], Operations });
  const group = (key: string) => {
    const known = company.groups.get(key);
    if (!known) throw new Error(`no group ${key}`);
    return known;
  };
  const resource = (person: Person) => ({
    schemas: [CORE, ENTERPRISE],
    userName: person.email,
    externalId: person.externalId,
    active: person.standing === 'employed',
    name: { givenName: person.givenName, familyName: person.familyName },
    emails: [{ value: person.email, type: 'work', primary: true }],
    [ENTERPRISE]: { department: person.department, employeeNumber: person.externalId },
  });

  return {
    async create(person) {
      const created = await ask('POST', '/Users', resource(person));
      person.id = created.id;
    },
    async createGroup(key, displayName) {
      const created = await ask('POST', '/Groups', { schemas: [GROUP], displayName });
      company.groups.set(key, { id: created.id, displayName });
    },
    setActive: (person, active) =>
      patch(`/Users/${person.id}`, { op: 'replace', path: 'active', value: active }),
    remove: (person) => ask('DELETE', `/Users/${person.id}`),
    describe: (person) => ask('PUT', `/Users/${person.id}`, resource(person)),
    join: (person, key) =>
      patch(`/Groups/${group(key).id}`, { op: 'add', path: 'members', value: [{ value: person.id }] }),
    leave: (person, key) =>
      patch(`/Groups/${group(key).id}`, { op: 'remove', path: `members[value eq "${person.id}"]` }),
    async rename(key, displayName) {
      await patch(`/Groups/${group(key).id}`, { op: 'replace', path: 'displayName', value: displayName });
      group(key).displayName = displayName;
    },
  };
}

/** Does the same for each, ten at a time. */
export async function forEach<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const waiting = [...all];
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await work(one);
    }),
  );
}
