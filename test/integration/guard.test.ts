import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Receipt } from '../../src/shared/contract/deprovisioning.ts';
import type { Member } from '../../src/shared/contract/people.ts';
import { rollcall, rollcallJson, type Served, serve } from '../support/command-line.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { send } from '../support/rollcall.ts';

const PEOPLE = 50;
const GONE = 30;
/** The guard trips at 20 %. */
const BEFORE = PEOPLE * 0.2;

/** A running server with people in it, and the IdP's and the operator's ways to it. */
interface Install {
  data: string;
  served: Served;
  ids: string[];
  idp(method: string, path: string, body?: object): ReturnType<typeof send>;
  run(...args: string[]): ReturnType<typeof rollcall>;
  json(...args: string[]): ReturnType<typeof rollcallJson>;
  members(): Promise<Member[]>;
  states(): Promise<Record<string, number>>;
  close(): Promise<void>;
}

async function install(people: number, ...policy: string[]): Promise<Install> {
  const data = await newDataDirectory();
  const run = (...args: string[]) => rollcall([...args, '--data', data]);
  const json = (...args: string[]) => rollcallJson([...args, '--data', data]);
  await json('init', '--org', 'acme', '--name', 'Acme', '--try');
  if (policy.length > 0) await json('policy', 'set', ...policy);
  const { token } = await json('token', 'create');
  const served = await serve(data);
  const idp: Install['idp'] = (method, path, body) =>
    send(method, `${served.endpoint}${path}`, body, { Authorization: `Bearer ${token}` });
  const ids: string[] = [];
  for (let number = 0; number < people; number += 1) {
    const { status, body } = await idp('POST', '/Users', person(number));
    expect(status).toBe(201);
    ids.push(body.id);
  }
  const members = (): Promise<Member[]> => json('members', 'list');
  return {
    ...{ data, served, ids, idp, run, json, members },
    async states() {
      const counts: Record<string, number> = {};
      for (const { state } of await members()) counts[state] = (counts[state] ?? 0) + 1;
      return counts;
    },
    async close() {
      await served.stop('SIGKILL');
      await removeDataDirectory(data);
    },
  };
}

const person = (number: number) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: `p${number}@acme.com`,
  externalId: `ext-${number}`,
  displayName: `Person ${number}`,
  active: true,
});
const setActive = (active: boolean) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', path: 'active', value: active }],
});

describe('60 % of 50 people are deleted at once', () => {
  let acme: Install;
  let confirmedId = '';
  beforeAll(async () => {
    acme = await install(PEOPLE);
    const group = { displayName: 'Engineering', members: acme.ids.map((value) => ({ value })) };
    expect((await acme.idp('POST', '/Groups', group)).status).toBe(201);
  });
  afterAll(() => acme.close());

  test('each request succeeds, access is gone, and what cannot be undone is held', async () => {
    expect(await acme.json('guard', 'status')).toMatchObject({ tripped: false, held: 0, since: null });
    for (const id of acme.ids.slice(0, GONE))
      expect((await acme.idp('DELETE', `/Users/${id}`)).status).toBe(204);

    const status = await acme.json('guard', 'status');
    expect(status).toMatchObject({
      tripped: true,
      held: GONE,
      cuts: GONE,
      of: PEOPLE,
      threshold: BEFORE,
      window: 60,
    });
    expect(Date.parse(status.since)).not.toBeNaN();
    // Those before it tripped were deactivated as the policy has it; the rest of that is held for them, too.
    expect(await acme.states()).toEqual({
      active: PEOPLE - GONE,
      deactivated: BEFORE,
      suspended: GONE - BEFORE,
    });
    expect((await acme.run('status')).stdout).toMatch(
      /Guard +tripped at .*: 30 of 50 people lost access, 30 wait/,
    );
  });

  test('the answers stay truthful: who was deleted is not found', async () => {
    expect((await acme.idp('GET', `/Users/${acme.ids[0]}`)).status).toBe(404);
    expect((await acme.idp('GET', '/Users?count=0')).body.totalResults).toBe(PEOPLE - GONE);
  });

  test('whom it holds is listed by name, with what was taken', async () => {
    const held: Receipt[] = await acme.json('guard', 'list');
    expect(held).toHaveLength(GONE);
    for (const one of held) {
      expect(one).toMatchObject({ before: 'active', cause: 'deleted', outcome: null, recallable: true });
    }
    expect(held[0]?.grants).toContainEqual(expect.objectContaining({ kind: 'team', name: 'Engineering' }));
    const found: Receipt[] = await acme.json('guard', 'list', '--search', 'PERSON 7');
    expect(found.map(({ displayName }) => displayName)).toEqual(['Person 7']);
  });

  test('some are chosen: the trip stays open until nobody is left', async () => {
    const held: Receipt[] = await acme.json('guard', 'list');
    const [one, other] = held.filter(({ state }) => state === 'suspended');
    confirmedId = one?.memberId ?? '';
    const confirmed = await acme.json('guard', 'confirm', '--member', one?.memberId ?? '');
    expect(confirmed).toMatchObject({ decided: 1, tripped: true, held: GONE - 1 });
    expect(await acme.states()).toEqual({
      active: PEOPLE - GONE,
      deactivated: BEFORE + 1,
      suspended: GONE - BEFORE - 1,
    });
    const again = await acme.run('guard', 'confirm', '--member', one?.memberId ?? '');
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toContain(`The guard does not hold ${one?.displayName}.`);
    expect((await acme.run('guard', 'recall', '--member', 'nobody')).stderr).toContain(
      'There is no member nobody.',
    );
    expect(await acme.json('guard', 'recall', '--member', other?.memberId ?? '')).toMatchObject({
      decided: 1,
      held: GONE - 2,
    });
  });

  test('who was confirmed can still be recalled until the retention is over', async () => {
    const { receipts } = await acme.json('members', 'receipt', confirmedId);
    expect(receipts[0]).toMatchObject({ outcome: 'confirmed', recallable: true });
    expect(Date.parse(receipts[0].recallableUntil)).toBeGreaterThan(Date.now() + 89 * 86_400_000);
    const said = await acme.run('members', 'recall', confirmedId);
    expect(said.stdout).toContain('is active again, although the IdP says deleted');
  });

  test('recall gives all of it back, and nothing is left to decide', async () => {
    const recalled = await acme.json('guard', 'recall');
    expect(recalled).toMatchObject({ decided: GONE - 2, tripped: false, held: 0, since: null });
    expect(await acme.states()).toEqual({ active: PEOPLE });
    const members = await acme.members();
    expect(members.every(({ teams }) => teams.some(({ name }) => name === 'Engineering'))).toBe(true);
    expect((await acme.run('guard', 'recall')).stderr).toContain('The guard holds nobody.');
  });

  test('the same push again changes nothing, and the IdP is still told the truth', async () => {
    for (const id of acme.ids.slice(0, 3))
      expect((await acme.idp('DELETE', `/Users/${id}`)).status).toBe(404);
    expect((await acme.idp('GET', `/Users/${acme.ids[0]}`)).status).toBe(404);
    expect(await acme.states()).toEqual({ active: PEOPLE });
  });
});

describe('people are set to inactive', () => {
  let acme: Install;
  beforeAll(async () => {
    acme = await install(12, 'guard.count=5');
  });
  afterAll(() => acme.close());

  const idOf = async (number: number) =>
    (await acme.members()).find(({ userName }) => userName === `p${number}@acme.com`)?.id ?? '';

  test('with the line stopped, writes are answered 503 once it has tripped, and reads go on', async () => {
    await acme.json('policy', 'set', 'guard.stopTheLine=true');
    for (const id of acme.ids.slice(0, 5)) {
      expect((await acme.idp('PATCH', `/Users/${id}`, setActive(false))).status).toBe(200);
    }
    const refused = await acme.idp('PATCH', `/Users/${acme.ids[6]}`, setActive(false));
    expect(refused).toMatchObject({ status: 503, body: { status: '503' } });
    expect(refused.body.detail).toMatch(/mass-deprovision guard/);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await acme.idp('POST', '/Users', person(99))).status).toBe(503);
    expect((await acme.idp('DELETE', `/Users/${acme.ids[7]}`)).status).toBe(503);
    expect((await acme.idp('POST', '/Users/.search', { count: 1 })).status).toBe(200);
    const read = await acme.idp('GET', `/Users/${acme.ids[0]}`);
    expect(read).toMatchObject({ status: 200, body: { active: false } });
    expect(await acme.states()).toEqual({ active: 7, suspended: 5 });
  });

  test('after Confirm the line runs again', async () => {
    expect(await acme.json('guard', 'confirm')).toMatchObject({ decided: 5, tripped: false });
    expect((await acme.idp('PATCH', `/Users/${acme.ids[6]}`, setActive(false))).status).toBe(200);
  });

  test('a recall lasts until the IdP says something else', async () => {
    const id = await idOf(6);
    await acme.json('members', 'recall', id);
    expect((await acme.idp('PATCH', `/Users/${acme.ids[6]}`, setActive(false))).status).toBe(200);
    const standing = await acme.json('members', 'receipt', id);
    expect(standing).toMatchObject({
      state: 'active',
      recalled: { assertion: 'inactive' },
      directory: { says: 'inactive' },
    });
    expect((await acme.idp('GET', `/Users/${acme.ids[6]}`)).body.active).toBe(false);
    await acme.idp('PATCH', `/Users/${acme.ids[6]}`, setActive(true));
    await acme.idp('PATCH', `/Users/${acme.ids[6]}`, setActive(false));
    expect(await acme.json('members', 'receipt', id)).toMatchObject({ state: 'suspended', recalled: null });
  });

  test('an operator suspends and resumes; whom the IdP took out meanwhile stays out', async () => {
    const [kept, lost] = [await idOf(8), await idOf(9)];
    await acme.json('members', 'suspend', kept, lost, '--reason', 'lost laptop');
    expect(await acme.json('members', 'receipt', kept)).toMatchObject({
      state: 'suspended',
      cause: 'operator',
      can: { resume: true, recall: false, suspend: false },
      receipts: [{ cause: 'operator', outcome: null }],
    });
    const refused = await acme.run('members', 'suspend', kept);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('Person 8 is suspended by an operator already.');
    expect((await acme.run('members', 'recall', kept)).stderr).toContain('Resume that instead');

    await acme.idp('PATCH', `/Users/${acme.ids[9]}`, setActive(false));
    const resumed = await acme.json('members', 'resume', kept, lost);
    expect(resumed).toMatchObject([
      { id: kept, state: 'active', sentence: 'Person 8 is active again.' },
      { id: lost, state: 'suspended' },
    ]);
    expect(resumed[1].sentence).toBe(
      'Person 9 stays suspended: the IdP set this person to inactive meanwhile.',
    );
    await acme.idp('PATCH', `/Users/${acme.ids[9]}`, setActive(true));
    expect(await acme.json('members', 'receipt', lost)).toMatchObject({ state: 'active', cause: null });
    expect((await acme.run('members', 'resume', kept)).stderr).toContain('No operator suspended Person 8');
  });
});

test('with the line stopped, a bulk request stops where the guard trips', async () => {
  const acme = await install(7, 'guard.stopTheLine=true');
  const Operations = acme.ids.map((id) => ({ method: 'DELETE', path: `/Users/${id}` }));
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'];
  const { status, body } = await acme.idp('POST', '/Bulk', { schemas, Operations });
  expect(status).toBe(200);
  const statuses = body.Operations.map((one: { status: string }) => one.status);
  expect(statuses).toEqual(['204', '204', '204', '204', '204', '503', '503']);
  await acme.close();
});
