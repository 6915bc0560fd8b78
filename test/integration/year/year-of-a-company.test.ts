import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Member } from '../../../src/shared/contract/people.ts';
import { type RunningRollcall, startRollcall } from '../../support/rollcall.ts';
import { type Company, DEPARTMENTS, expectedAccess, foundCompany, hire, type Person } from './company.ts';
import { createIdp, forEach, type Idp } from './push.ts';

const PEOPLE = Number(process.env.ROLLCALL_YEAR_PEOPLE ?? 5000);
const SEED = Number(process.env.ROLLCALL_YEAR_SEED ?? 2026);
/** Minutes between two leavers of an ordinary month: the guard's window never holds many of them. */
const LEAVERS_APART = 20;
const DAY = 24 * 60;

let clock = new Date('2026-01-05T08:00:00.000Z');
const pass = (minutes: number) => {
  clock = new Date(clock.getTime() + minutes * 60_000);
};

let running: RunningRollcall;
let company: Company;
let idp: Idp;

beforeAll(async () => {
  running = await startRollcall(undefined, () => clock);
  company = foundCompany(PEOPLE, SEED);
  idp = createIdp(running, company);
});
afterAll(() => running.close());

const services = () => running.rollcall.services;
function everybody(): Member[] {
  const all: Member[] = [];
  for (;;) {
    const { items } = services().people.members({ offset: all.length, limit: 500 });
    all.push(...items);
    if (items.length < 500) return all;
  }
}
/** Who has access and with which teams, as the console says it. */
function actualAccess(): Map<string, string[]> {
  return new Map(
    everybody()
      .filter(({ state }) => state === 'active')
      .map(({ userName, teams }) => [userName, teams.map(({ name }) => name).sort()]),
  );
}
/** What a recall must return byte for byte, of these people. */
const standings = (of: ReadonlySet<string>) =>
  everybody()
    .filter(({ userName }) => of.has(userName))
    .map(({ id, state, reason, since, role, roles, teams, userId, externalId }) => ({
      ...{ id, state, reason, since, role, roles, teams, userId, externalId },
    }));
const monthEnds = () => expect(sorted(actualAccess())).toEqual(sorted(expectedAccess(company)));
const sorted = (map: Map<string, unknown>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
const employed = () => company.people.filter(({ standing }) => standing === 'employed');
const memberOf = (person: Person) =>
  everybody().find(
    ({ userName, externalId }) => userName === person.email || externalId === person.externalId,
  );

async function leave(person: Person): Promise<void> {
  await idp.setActive(person, false);
  Object.assign(person, { standing: 'left', leftOn: clock });
}

/** An ordinary month: joiners, movers, leavers, and the deletion of those who left a month ago. */
async function month(share = 1): Promise<void> {
  const { random } = company;
  const joiners = Array.from({ length: Math.round((PEOPLE / 100) * share) }, () => hire(company));
  await forEach(joiners, async (person) => {
    await idp.create(person);
    for (const key of person.groups) await idp.join(person, key);
  });
  for (const person of random.sample(employed(), Math.round((PEOPLE / 150) * share))) {
    const [from, to] = [person.department, random.pick(DEPARTMENTS)];
    if (from === to) continue;
    person.department = to;
    await idp.describe(person);
    await idp.leave(person, from);
    await idp.join(person, to);
    person.groups.delete(from);
    person.groups.add(to);
  }
  for (const person of random.sample(employed(), Math.round((PEOPLE / 200) * share))) {
    pass(LEAVERS_APART);
    await leave(person);
  }
  pass(20 * DAY);
  const left = company.people.filter(
    ({ standing, leftOn }) =>
      standing === 'left' && leftOn && clock.getTime() - leftOn.getTime() > 29 * DAY * 60_000,
  );
  for (const person of left) {
    pass(LEAVERS_APART);
    await idp.remove(person);
    person.standing = 'gone';
    person.groups.clear();
  }
  pass(8 * DAY);
  await services().jobs.runDue();
}

describe(`a year of a company of ${PEOPLE.toLocaleString('en')} people`, () => {
  test('January: the first sync', { timeout: 240_000 }, async () => {
    await forEach([...DEPARTMENTS, 'Everyone abroad'], (key) => idp.createGroup(key, key));
    await forEach(company.people, (person) => idp.create(person));
    for (const key of company.groups.keys()) {
      const members = company.people.filter(({ groups }) => groups.has(key));
      await forEach(members, (person) => idp.join(person, key));
    }
    pass(26 * DAY);
    monthEnds();
  });

  test('February to April: joiners, movers, leavers', { timeout: 240_000 }, async () => {
    for (let count = 0; count < 3; count++) {
      await month();
      monthEnds();
    }
    expect(services().deprovisioning.status().tripped).toBe(false);
  });

  test('May: a bad HR import deactivates 60 %, and is recalled', { timeout: 240_000 }, async () => {
    const hit = company.random.sample(employed(), Math.round(employed().length * 0.6));
    const cut = new Set(hit.map(({ email }) => email));
    const before = standings(cut);
    await forEach(hit, (person) => idp.setActive(person, false));

    // Access ended at once, for each of them; the rest waits.
    expect([...actualAccess().keys()].filter((email) => cut.has(email))).toEqual([]);
    const status = services().deprovisioning.status();
    expect(status).toMatchObject({ tripped: true, held: hit.length });
    const answered = await running.request('GET', `/Users/${hit[0]?.id}`);
    expect(answered.body.active).toBe(false);

    // Weeks later nothing irreversible has happened.
    pass(120 * DAY);
    await services().jobs.runDue();
    expect(everybody().filter(({ state, userName }) => state !== 'suspended' && cut.has(userName))).toEqual(
      [],
    );
    pass(-120 * DAY);

    expect(await services().deprovisioning.recall('all', 'local:test')).toBe(hit.length);
    expect(standings(cut)).toEqual(before);
    monthEnds();

    // HR imports the same once more: nothing. Then it is mended.
    await forEach(hit, (person) => idp.setActive(person, false));
    monthEnds();
    await forEach(hit, (person) => idp.setActive(person, true));
    monthEnds();
    expect(services().deprovisioning.status()).toMatchObject({ tripped: false, held: 0 });
    // The override is over: the same assertion counts again.
    const [one] = hit;
    if (!one) throw new Error('nobody was hit');
    await leave(one);
    monthEnds();
    pass(25 * DAY);
  });

  test('June: a group is renamed and stays the same team', { timeout: 120_000 }, async () => {
    const before = services().people.teams({ search: 'Support', offset: 0, limit: 10 }).items;
    await idp.rename('Support', 'Customer Care');
    const after = services().people.teams({ search: 'Customer Care', offset: 0, limit: 10 }).items;
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    await month();
    monthEnds();
  });

  test('July: a rehire comes back as the same member', { timeout: 120_000 }, async () => {
    // Of those who left longer ago only tombstones are left.
    const person = company.people
      .filter(({ standing }) => standing === 'gone')
      .sort((a, b) => Number(b.leftOn) - Number(a.leftOn))[0];
    if (!person) throw new Error('nobody is gone');
    const before = memberOf(person);
    Object.assign(person, { standing: 'employed', leftOn: null });
    person.groups.add(person.department);
    await idp.create(person);
    await idp.join(person, person.department);
    expect(memberOf(person)).toMatchObject({ id: before?.id, state: 'active', userId: person.id });
    await month();
    monthEnds();
  });

  test('August: the owner leaves; somebody can still sign in without SSO', { timeout: 120_000 }, async () => {
    const owner = company.random.pick(employed());
    const member = memberOf(owner);
    if (!member) throw new Error('the owner is no member');
    await services().grants.give({
      memberIds: [member.id],
      target: { kind: 'role', id: 'owner' },
      note: 'Founder',
    });
    expect(
      services()
        .grants.effective(member.id)
        .roles.map(({ id }) => id),
    ).toContain('owner');
    await leave(owner);
    expect(services().grants.effective(member.id).roles).toEqual([]);
    expect(
      services()
        .operators.list()
        .filter(({ permission, recovery }) => permission === 'owner' && recovery),
    ).not.toEqual([]);
    await month();
    monthEnds();
  });

  test('September to December: and those who left long ago are forgotten', { timeout: 240_000 }, async () => {
    for (let count = 0; count < 4; count++) {
      await month();
      monthEnds();
    }
    const gone = company.people.filter(({ standing }) => standing === 'gone');
    const deleted = everybody().filter(({ state }) => state === 'deleted');
    expect(deleted.length).toBeGreaterThan(0);
    expect(deleted.length).toBeLessThanOrEqual(gone.length);
    for (const { userName, displayName, email, externalId } of deleted) {
      expect({ userName, displayName, email, externalId }).toEqual({
        userName: '',
        displayName: '',
        email: null,
        externalId: null,
      });
    }
    // Their employee records stay.
    expect(services().employees.list({}, { offset: 0, limit: 1 }).total).toBe(company.people.length);
  });
});
