import { Comparison, type Expected } from './compare.ts';
import type { Body, Endpoint } from './endpoint.ts';
import { type GroupChange, groupOperation, type MemberInput } from './group-changes.ts';
import { Model } from './model.ts';
import { personBody } from './person-body.ts';
import { asksForGroup, asksForUser, filterText, type Ids } from './questions.ts';
import type { Condition, GroupChangeBySlot, MemberSlot, Slot, Step } from './steps.ts';
import { CORE_GROUP, type Held, Refused } from './types.ts';
import { userOperation, without } from './user-changes.ts';

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

/**
 * Runs one sequence against an endpoint with an empty directory and against the model; leaves the directory empty.
 * @throws at the first answer that differs, with everything that was asked until then
 */
export async function runSequence(endpoint: Endpoint, steps: readonly Step[]): Promise<void> {
  const run = new SequenceRun(endpoint);
  try {
    // Generated objects may have no prototype, which a strict comparison would hold against them.
    for (const step of JSON.parse(JSON.stringify(steps)) as Step[]) await run.take(step);
    await run.compareAll();
    await run.deleteAll();
  } catch (error) {
    await empty(endpoint);
    throw new Error(
      `${error instanceof Error ? error.message : error}\nAfter:\n${run.transcript.join('\n')}`,
    );
  }
}

/** Deletes whatever a broken sequence left. */
async function empty(endpoint: Endpoint): Promise<void> {
  for (const path of ['/Groups', '/Users']) {
    const { body } = await endpoint.request('GET', `${path}?attributes=id&count=500`);
    for (const { id } of (body?.Resources ?? []) as { id: string }[])
      await endpoint.request('DELETE', `${path}/${id}`);
  }
}

class SequenceRun {
  readonly transcript: string[] = [];
  readonly #endpoint: Endpoint;
  readonly #model = new Model();
  readonly #made = { user: [] as string[], group: [] as string[] };
  readonly #comparison = new Comparison();
  readonly #ids: Ids;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
    const resource = (of: 'user' | 'group', slot: Slot) =>
      this.#made[of][slot % Math.max(1, this.#made[of].length)] ?? 'nobody-9';
    this.#ids = {
      resource,
      member: ({ of, slot }: MemberSlot) => (of === 'nobody' ? `nobody-${slot}` : resource(of, slot)),
    };
  }

  async take(step: Step): Promise<void> {
    switch (step.do) {
      case 'create user':
        return this.#create('user', '/Users', personBody(step.person), (id) =>
          this.#model.createUser(id, step.person),
        );
      case 'create group': {
        const members = this.#members(step.members);
        const { displayName, externalId } = step;
        const body = { schemas: [CORE_GROUP], displayName, externalId, members };
        return this.#create('group', '/Groups', body, (id) =>
          this.#model.createGroup(id, displayName, externalId, members),
        );
      }
      case 'put user':
        return this.#write('PUT', 'user', step.slot, personBody(step.person), step.condition, (id) =>
          this.#model.putUser(id, step.person),
        );
      case 'patch user': {
        const body = { schemas: [PATCH_OP], Operations: step.changes.map(userOperation) };
        return this.#write('PATCH', 'user', step.slot, body, step.condition, (id) =>
          this.#model.patchUser(id, step.changes),
        );
      }
      case 'put group': {
        const members = this.#members(step.members);
        const body = { schemas: [CORE_GROUP], displayName: step.displayName, members };
        return this.#write('PUT', 'group', step.slot, body, step.condition, (id) =>
          this.#model.putGroup(id, step.displayName, members),
        );
      }
      case 'patch group': {
        const changes = step.changes.map((change) => this.#withIds(change));
        const body = { schemas: [PATCH_OP], Operations: changes.map(groupOperation) };
        return this.#write('PATCH', 'group', step.slot, body, step.condition, (id) =>
          this.#model.patchGroup(id, changes),
        );
      }
      case 'delete':
        return this.#delete(step.of, this.#ids.resource(step.of, step.slot), step.condition);
      case 'read':
        return this.#read(step);
      case 'put back':
        return this.#putBack(step.of, this.#ids.resource(step.of, step.slot));
      case 'list':
        return this.#list(step);
      case 'walk':
        return this.#walk(step);
    }
  }

  /** The whole directory, resource by resource. */
  async compareAll(): Promise<void> {
    await this.#list({ do: 'list', of: 'user', by: 'GET' });
    await this.#list({ do: 'list', of: 'group', by: 'GET' });
    // Each is found as an IdP looks for it, in whatever case that writes the name.
    for (const { is } of this.#model.users) {
      const question = { kind: 'eq', attribute: 'userName', value: is.userName.toUpperCase() } as const;
      await this.#list({ do: 'list', of: 'user', question, by: 'GET' });
    }
    for (const { is } of this.#model.groups) {
      const question = { kind: 'eq', attribute: 'displayName', value: is.displayName.toUpperCase() } as const;
      await this.#list({ do: 'list', of: 'group', question, by: 'GET' });
    }
  }

  async deleteAll(): Promise<void> {
    for (const { id } of [...this.#model.groups]) await this.#delete('group', id, 'none');
    for (const { id } of [...this.#model.users]) await this.#delete('user', id, 'none');
    await this.compareAll();
  }

  // What is asked ------------------------------------------------------------------------------------------------

  async #create(
    of: 'user' | 'group',
    path: string,
    body: object,
    create: (id: string) => void,
  ): Promise<void> {
    const answer = await this.#ask('POST', path, body);
    const id = String(answer.body?.id ?? 'no id');
    const expected = this.#expect(201, () => {
      create(id);
      return this.#show(of, id);
    });
    if (expected.status === 201) this.#made[of].push(id);
    this.#comparison.compare(answer, expected);
  }

  async #write(
    method: 'PUT' | 'PATCH',
    of: 'user' | 'group',
    slot: Slot,
    body: object,
    condition: Condition,
    change: (id: string) => void,
  ): Promise<void> {
    const id = this.#ids.resource(of, slot);
    const headers = this.#ifMatch(of, id, condition);
    const expected = this.#expect(200, () => {
      this.#refuseStale(of, id, condition);
      change(id);
      return this.#show(of, id);
    });
    this.#comparison.compare(await this.#ask(method, this.#path(of, id), body, headers), expected);
  }

  async #delete(of: 'user' | 'group', id: string, condition: Condition): Promise<void> {
    const headers = this.#ifMatch(of, id, condition);
    const expected = this.#expect(204, () => {
      this.#refuseStale(of, id, condition);
      this.#model.remove(id);
      return undefined;
    });
    this.#comparison.compare(await this.#ask('DELETE', this.#path(of, id), undefined, headers), expected);
  }

  async #read({ of, slot, condition, without: excluded }: Extract<Step, { do: 'read' }>): Promise<void> {
    const id = this.#ids.resource(of, slot);
    const path = this.#path(of, id) + (excluded === undefined ? '' : `?excludedAttributes=${excluded}`);
    const version = this.#held(of, id)?.version ?? 1;
    const headers: Record<string, string> =
      condition === 'none' ? {} : { 'If-None-Match': condition === 'right' ? `W/"${version}"` : 'W/"0"' };
    const expected = this.#expect(condition === 'right' ? 304 : 200, () => {
      const shown = this.#show(of, id);
      if (condition === 'right') return undefined;
      return excluded === undefined ? shown : without(shown, excluded);
    });
    this.#comparison.compare(await this.#ask('GET', path, undefined, headers), expected);
  }

  /** What a client read and puts back as it is changes nothing. */
  async #putBack(of: 'user' | 'group', id: string): Promise<void> {
    const path = this.#path(of, id);
    const read = await this.#ask('GET', path);
    const expected = this.#expect(200, () => this.#show(of, id));
    this.#comparison.compare(read, expected);
    if (read.status === 200 && read.body)
      this.#comparison.compare(await this.#ask('PUT', path, read.body), expected);
  }

  async #list({ of, question, startIndex, count, by }: Extract<Step, { do: 'list' }>): Promise<void> {
    const filter = this.#notContinuing(question && filterText(question, this.#ids), startIndex);
    const path = of === 'user' ? '/Users' : '/Groups';
    const parameters = Object.entries({ filter, startIndex, count }).filter(
      ([, value]) => value !== undefined,
    );
    const answer =
      by === 'search'
        ? await this.#ask('POST', `${path}/.search`, { schemas: [SEARCH], ...Object.fromEntries(parameters) })
        : await this.#ask(
            'GET',
            `${path}?${new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, String(value)]))}`,
          );
    const expected = this.#expect(200, () => {
      const found =
        of === 'user'
          ? this.#model.users.filter(
              (user) => !question || asksForUser(question, user, this.#model, this.#ids),
            )
          : this.#model.groups.filter((group) => !question || asksForGroup(question, group, this.#ids));
      const first = Math.max(1, startIndex ?? 1);
      const page = found.slice(first - 1, first - 1 + (count ?? 100));
      return {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
        totalResults: found.length,
        startIndex: first,
        itemsPerPage: page.length,
        Resources: page.map(({ id }) => this.#show(of, id)),
      };
    });
    // With nobody there, nobody is asked whether the filter makes sense: the server refuses it all the same.
    const empty = of === 'user' ? this.#model.users.length === 0 : this.#model.groups.length === 0;
    if (empty && answer.status === 400 && answer.body?.scimType === 'invalidFilter') return;
    this.#comparison.compare(answer, expected);
  }

  /** A page in the middle that continues none before it: nobody asked the same before, and it asks nothing more. */
  #notContinuing(filter: string | undefined, startIndex = 1): string | undefined {
    if (startIndex <= 1) return filter;
    const nothing = `not (id eq "page ${this.transcript.length}")`;
    return filter === undefined ? nothing : `(${filter}) and ${nothing}`;
  }

  /** Page after page, as an IdP imports: who was there all the time is seen once, even if somebody vanishes meanwhile. */
  async #walk({ of, size, deletes }: Extract<Step, { do: 'walk' }>): Promise<void> {
    const wanted = (of === 'user' ? this.#model.users : this.#model.groups).map(({ id }) => id);
    const seen: string[] = [];
    for (let startIndex = 1, total = 1; startIndex <= total; startIndex += size) {
      const path = `${of === 'user' ? '/Users' : '/Groups'}?startIndex=${startIndex}&count=${size}`;
      const { body } = await this.#ask('GET', path);
      const page = (body?.Resources ?? []) as { id: string }[];
      seen.push(...page.map(({ id }) => id));
      total = Number(body?.totalResults);
      const [first] = page;
      if (deletes && startIndex === 1 && first) await this.#delete(of, first.id, 'none');
    }
    if (JSON.stringify(seen) !== JSON.stringify(wanted))
      throw new Error(`Read page by page: ${JSON.stringify(seen)}, but there were ${JSON.stringify(wanted)}`);
  }

  async #ask(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
    const conditions = Object.entries(headers).map(([name, value]) => ` ${name}: ${value}`);
    const answer = await this.#endpoint.request(method, path, body, headers);
    this.transcript.push(
      `${method} ${path}${conditions.join('')} ${body === undefined ? '' : JSON.stringify(body)} → ${answer.status}`,
    );
    return answer;
  }

  #expect(status: number, work: () => unknown): Expected {
    try {
      return { status, body: work() };
    } catch (error) {
      if (error instanceof Refused) return { status: error.status, scimType: error.scimType };
      throw error;
    }
  }

  #show(of: 'user' | 'group', id: string): Body {
    const { base } = this.#endpoint;
    return of === 'user'
      ? this.#model.showUser(this.#model.user(id), base)
      : this.#model.showGroup(this.#model.group(id), base);
  }

  #held(of: 'user' | 'group', id: string): Held<unknown> | undefined {
    return (of === 'user' ? this.#model.users : this.#model.groups).find((each) => each.id === id);
  }

  #path(of: 'user' | 'group', id: string): string {
    return `${of === 'user' ? '/Users' : '/Groups'}/${id}`;
  }

  #ifMatch(of: 'user' | 'group', id: string, condition: Condition): Record<string, string> {
    const version = this.#held(of, id)?.version ?? 1;
    const tags = { none: undefined, right: `W/"${version}"`, stale: 'W/"0"', any: '*' };
    const tag = tags[condition];
    return tag === undefined ? {} : { 'If-Match': tag };
  }

  #refuseStale(of: 'user' | 'group', id: string, condition: Condition): void {
    if (this.#held(of, id) === undefined) throw new Refused(404);
    if (condition === 'stale') throw new Refused(412);
  }

  #members(slots: readonly MemberSlot[]): MemberInput[] {
    return slots.map((slot) => ({
      value: this.#ids.member(slot),
      ...(slot.display !== undefined && { display: slot.display }),
    }));
  }

  #withIds(change: GroupChangeBySlot): GroupChange {
    switch (change.kind) {
      case 'add':
      case 'replace':
        return { ...change, members: this.#members(change.members) };
      case 'remove one':
        return { kind: 'remove one', value: this.#ids.member(change.member) };
      case 'remove listed':
        return {
          kind: 'remove listed',
          op: change.op,
          values: change.members.map((each) => this.#ids.member(each)),
        };
      default:
        return change;
    }
  }
}
