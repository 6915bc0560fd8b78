import type { JsonObject } from '../../../src/main/scim/json.ts';
import { DEFAULT_POLICY } from '../../../src/shared/contract/policy.ts';
import { AccessModel } from '../../model/access-model.ts';
import type { Person, User } from '../../model/types.ts';
import { FAULT, openPlanes, type Planes } from '../../support/planes.ts';
import { standardFacts } from '../../support/standard-facts.ts';
import { compare } from './compare.ts';
import type { Push, Step } from './steps.ts';

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const START = Date.parse('2026-03-01T12:00:00.000Z');

/** How often what a proof is about came about. */
export interface Seen {
  steps: number;
  trips: number;
  recalls: number;
  contests: number;
  deleted: number;
  /** Writes that failed in the middle. */
  failures: number;
}

/** A place to run sequences in, one after the other. */
export class AccessPlanes {
  #planes: Planes | undefined;

  /**
   * Runs one sequence on the planes, empty at first, and on the reference model.
   * @throws at the first step after which they differ, with what was done until then
   */
  async run(steps: readonly Step[], seen?: Seen): Promise<void> {
    this.#planes ??= await openPlanes({ facts: standardFacts(false) });
    this.#planes.empty();
    const run = new AccessRun(this.#planes);
    try {
      // Generated objects may have no prototype, which a strict comparison would hold against them.
      for (const step of JSON.parse(JSON.stringify(steps)) as Step[]) await run.take(step);
      await run.finish();
      if (seen) run.count(seen);
    } catch (error) {
      const message = error instanceof Error ? error.message : error;
      throw new Error(`${message}\nAfter:\n${run.transcript.join('\n')}`, { cause: error });
    } finally {
      this.#planes = run.planes;
    }
  }

  async close(): Promise<void> {
    await this.#planes?.close();
  }
}

class AccessRun {
  readonly transcript: string[] = [];
  readonly #model: AccessModel;
  /** Ids in the order in which they were made. */
  readonly #users: string[] = [];
  readonly #groups: string[] = [];
  readonly #everyUser: string[] = [];
  readonly #everyGroup: string[] = [];
  #planes: Planes;
  #made = 0;
  #failures = 0;

  constructor(planes: Planes) {
    this.#planes = planes;
    this.#model = new AccessModel(
      {
        mode: 'live',
        activation: 'auto',
        trustedDomains: [],
        onInactive: DEFAULT_POLICY['deprovision.onInactive'],
        onDelete: DEFAULT_POLICY['deprovision.onDelete'],
        afterDays: DEFAULT_POLICY['deprovision.afterDays'],
        retentionDays: DEFAULT_POLICY['retention.days'],
        guard: { percent: 20, count: 50, window: 60 },
      },
      START,
    );
    const { rules } = this.#model;
    Object.assign(planes.policy, { ...rules, guard: undefined, mode: undefined });
    Object.assign(planes.guard, rules.guard);
    planes.clock.now = () => new Date(this.#model.now);
  }

  /** Those of now: a crash made them anew. */
  get planes(): Planes {
    return this.#planes;
  }

  async take(step: Step): Promise<void> {
    this.transcript.push(JSON.stringify(step));
    await this.#do(step);
    compare(this.#planes, this.#model, this.#everyUser, this.#everyGroup);
  }

  /** Whatever still waits is applied, and then nothing is left to do. */
  async finish(): Promise<void> {
    await this.take({ do: 'apply', goLive: true });
    await this.take({ do: 'dates' });
  }

  count(seen: Seen): void {
    const { guard, contests, people } = this.#model;
    seen.steps += this.transcript.length;
    seen.trips += guard.trips.length;
    seen.recalls += guard.receipts.filter(({ outcome }) => outcome === 'recalled').length;
    seen.contests += contests.all.length;
    seen.deleted += people.filter(({ state }) => state === 'deleted').length;
    seen.failures += this.#failures;
  }

  async #do(step: Step): Promise<void> {
    const { policy, guard, access } = this.#planes;
    const { rules } = this.#model;
    switch (step.do) {
      case 'push':
        return this.#push(step.push, step.failAfter);
      case 'create many':
        for (let n = 0; n < step.count; n++)
          await this.#push({ do: 'create user', email: undefined, externalId: undefined, active: true });
        return;
      case 'cut many':
        for (const slot of this.#turn(step.from, step.count)) {
          if (step.how === 'delete') await this.#push({ do: 'delete user', slot: step.from });
          else await this.#push({ do: 'set active', slot, active: false });
        }
        return;
      case 'return many':
        for (const slot of this.#turn(step.from, step.count))
          await this.#push({ do: 'set active', slot, active: true });
        return;
      case 'policy':
        Object.assign(policy, step.change);
        Object.assign(rules, step.change);
        return;
      case 'guard':
        Object.assign(guard, { percent: step.percent, count: step.count, window: step.window });
        rules.guard = { percent: step.percent, count: step.count, window: step.window };
        return;
      case 'observe':
        policy.apply = 'observe';
        rules.mode = 'observe';
        return;
      case 'apply':
        return this.#apply(step.goLive);
      case 'confirm':
      case 'recall':
        return this.#decide(step.do, step.which);
      case 'suspend':
      case 'resume':
        return this.#suspendOrResume(step.do, step.which);
      case 'make manual':
        await this.#planes.write(() => access.release('manual', 0, 1000, 'local:test'));
        return this.#model.makeManual();
      case 'wait':
        this.#model.now += step.minutes * 60_000;
        return;
      case 'dates':
        await this.#planes.write(() => access.applyDates(1000, 'system'));
        return this.#model.applyDates();
      case 'pass':
        this.#model.now += step.days * 24 * 60 * 60_000;
        for (const _ of ['deactivations', 'retention']) await this.#do({ do: 'dates' });
        return;
      case 'crash':
        this.#planes = this.#planes.reopen();
    }
  }

  // Pushes -----------------------------------------------------------------------------------------------------------

  async #push(push: Push, failAfter?: number): Promise<void> {
    const { fault } = this.#planes;
    fault.afterEvents = failAfter ?? null;
    try {
      const follow = await this.#send(push);
      follow();
    } catch (error) {
      if (!(error instanceof Error) || error.message !== FAULT) throw error;
      this.#failures += 1;
    } finally {
      fault.afterEvents = null;
    }
  }

  /** @returns what the same is for the model, once the write stands. */
  async #send(push: Push): Promise<() => void> {
    const { directory, registry, context } = this.#planes;
    const { userType, groupType } = registry;
    const model = this.#model;
    const patch = (operation: JsonObject) => ({ schemas: [PATCH_OP], Operations: [operation] });
    switch (push.do) {
      case 'create user': {
        const body = this.#body(push, `user${this.#made}`);
        const { id } = await directory.create(userType, body, context);
        return () => {
          this.#made += 1;
          this.#users.push(id);
          this.#everyUser.push(id);
          model.putUser(userOf(id, push));
        };
      }
      case 'replace user': {
        const id = at(this.#users, push.slot);
        if (id === undefined) return () => {};
        const { changed } = await directory.replace(userType, id, this.#body(push, `renamed-${id}`), context);
        return () => {
          if (changed.length > 0) model.putUser(userOf(id, push));
        };
      }
      case 'set active': {
        const id = at(this.#users, push.slot);
        if (id === undefined) return () => {};
        const operation = { op: 'replace', path: 'active', value: push.active };
        const { changed } = await directory.patch(userType, id, patch(operation), context);
        const user = model.users.get(id);
        return () => {
          if (changed.length > 0 && user) model.putUser({ ...user, active: push.active });
        };
      }
      case 'delete user': {
        const id = at(this.#users, push.slot);
        if (id === undefined) return () => {};
        await directory.remove(userType, id, context);
        return () => {
          this.#users.splice(this.#users.indexOf(id), 1);
          model.deleteUser(id);
        };
      }
      case 'create group': {
        const members = this.#members(push.members);
        const body = { displayName: `Group ${this.#made}`, members: members.map((value) => ({ value })) };
        const { id } = await directory.create(groupType, body, context);
        return () => {
          this.#made += 1;
          this.#groups.push(id);
          this.#everyGroup.push(id);
          model.putGroup(id, members);
        };
      }
      case 'add members':
      case 'remove members': {
        const id = at(this.#groups, push.slot);
        if (id === undefined) return () => {};
        const members = this.#members(push.members);
        const value = members.map((member) => ({ value: member }));
        const op = push.do === 'add members' ? 'add' : 'remove';
        await directory.patch(groupType, id, patch({ op, path: 'members', value }), context);
        return () => {
          const before = [...(model.groups.get(id) ?? [])];
          const after =
            op === 'add' ? [...before, ...members] : before.filter((each) => !members.includes(each));
          // What changes nothing is not written, so nothing follows from it either.
          if (new Set(after).size !== before.length) model.putGroup(id, after);
        };
      }
      case 'delete group': {
        const id = at(this.#groups, push.slot);
        if (id === undefined) return () => {};
        await directory.remove(groupType, id, context);
        return () => {
          this.#groups.splice(this.#groups.indexOf(id), 1);
          model.deleteGroup(id);
        };
      }
    }
  }

  #body(
    { email, externalId, active }: Extract<Push, { do: 'create user' | 'replace user' }>,
    userName: string,
  ): JsonObject {
    return {
      userName,
      active,
      ...(externalId !== undefined && { externalId }),
      ...(email !== undefined && { emails: [{ value: email, primary: true }] }),
    };
  }

  #members(slots: readonly number[]): string[] {
    return [...new Set(slots.flatMap((slot) => at(this.#users, slot) ?? []))];
  }

  /** So many slots, each user once. */
  #turn(from: number, count: number): number[] {
    return Array.from({ length: Math.min(count, this.#users.length) }, (_, index) => from + index);
  }

  // Decisions --------------------------------------------------------------------------------------------------------

  async #apply(goLive: boolean): Promise<void> {
    const { observed, access, policy, write } = this.#planes;
    const noted = observed.next(null, 1000);
    const touched = {
      users: noted.filter(({ kind }) => kind === 'user').map(({ id }) => id),
      groups: noted.filter(({ kind }) => kind === 'group').map(({ id }) => id),
    };
    const preview = await write(() => access.preview(touched));
    const applied = await write(() => access.applyNow(touched, 'local:test'));
    if (nameless(preview) !== nameless(applied)) {
      throw new Error(`Previewed ${nameless(preview)}\nbut applied ${nameless(applied)}`);
    }
    this.#model.apply();
    if (!goLive) return;
    policy.apply = 'live';
    this.#model.rules.mode = 'live';
  }

  async #decide(decision: 'confirm' | 'recall', which: 'all' | number): Promise<void> {
    const { deprovisioning } = this.#planes;
    const { guard } = this.#model;
    const trip = guard.openTrip();
    if (which === 'all') {
      const held = guard.receipts
        .filter((one) => one.trip === trip && one.outcome === null)
        .map(({ of }) => of);
      const isRefused =
        trip === undefined || (decision === 'recall' && held.some((one) => !this.#model.mayRecall(one)));
      if (await refused(deprovisioning[decision]('all', 'local:test'), isRefused)) return;
      // The product decides about the latest first.
      return this.#model[decision](held.toReversed());
    }
    const person = at(this.#model.people, which);
    if (!person) return;
    const isRefused =
      decision === 'confirm' ? guard.openReceipt(person) === undefined : !this.#model.mayRecall(person);
    if (await refused(deprovisioning[decision]([this.#idOf(person)], 'local:test'), isRefused)) return;
    this.#model[decision]([person]);
  }

  async #suspendOrResume(decision: 'suspend' | 'resume', which: number): Promise<void> {
    const person = at(this.#model.people, which);
    if (!person) return;
    const { state, cause } = person;
    const isByOperator = state === 'suspended' && cause === 'operator';
    const isGone = state === 'deactivated' || state === 'deleted';
    const isRefused = decision === 'suspend' ? isGone || isByOperator : !isByOperator;
    const { suspension } = this.#planes;
    const work =
      decision === 'suspend'
        ? suspension.suspend([this.#idOf(person)], null, 'local:test')
        : suspension.resume([this.#idOf(person)], 'local:test');
    if (await refused(work, isRefused)) return;
    this.#model[decision](person);
  }

  #idOf(person: Person): string {
    const ids = this.#planes.database.prepare<[], string>('SELECT id FROM member ORDER BY pk').pluck().all();
    return ids[this.#model.people.indexOf(person)] ?? 'nobody';
  }
}

function at<Item>(items: readonly Item[], slot: number): Item | undefined {
  return items[slot % Math.max(1, items.length)];
}

function userOf(
  id: string,
  {
    email,
    externalId,
    active,
  }: Omit<User, 'id' | 'email' | 'externalId'> & {
    email: string | undefined;
    externalId: string | undefined;
  },
): User {
  return { id, active, email: email ?? null, externalId: externalId ?? null };
}

/** Whether it was refused, as it must be. */
async function refused(work: Promise<unknown>, isRefused: boolean): Promise<boolean> {
  const refusal = await work.then(
    () => undefined,
    (error: Error) => error,
  );
  if ((refusal !== undefined) !== isRefused) {
    throw refusal ?? new Error('It was done, but the model says that it is refused.');
  }
  return isRefused;
}

/** Changes without the ids of members that a preview only makes for itself. */
function nameless(changes: readonly object[]): string {
  const ids = new Map<string, string>();
  return JSON.stringify(changes, (key, value) => {
    if (!['memberId', 'employeeId', 'teamId', 'id', 'otherId'].includes(key) || typeof value !== 'string')
      return value;
    if (!ids.has(value)) ids.set(value, `#${ids.size}`);
    return ids.get(value);
  });
}
