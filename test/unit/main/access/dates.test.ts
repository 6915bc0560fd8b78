import { afterEach, beforeEach, expect, test } from 'vitest';
import { memberDates } from '../../../../src/main/access/dates.ts';
import { openPlanes, type Planes } from '../../../support/planes.ts';
import { runJob } from '../../../support/run-job.ts';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-03-01T12:00:00.000Z');

let planes: Planes;
beforeEach(async () => {
  planes = await openPlanes({ onDelete: 'suspend-then-deactivate', afterDays: 30, retentionDays: 90 });
  planes.guard.count = 1000;
  planes.guard.percent = 100;
  onDay(0);
});
afterEach(() => planes.close());

function onDay(day: number): void {
  planes.clock.now = () => new Date(NOW + day * DAY_MS);
}
const users = () => planes.registry.userType;
const run = () => runJob(memberDates(planes.access), null, planes.write);
const isDue = () => memberDates(planes.access).schedule?.isDue?.();

async function leave(count: number): Promise<void> {
  const ids: string[] = [];
  // Somebody stays: not everybody is cut, which would trip the guard.
  for (let number = 0; number <= count; number += 1) {
    const user = { userName: `p${number}@acme.com`, externalId: `e${number}`, active: true };
    ids.push((await planes.directory.create(users(), user, planes.context)).id);
  }
  for (const id of ids.slice(0, count)) await planes.directory.remove(users(), id, planes.context);
}

test('suspended, deactivated and deleted by the clock, piece by piece, and nothing twice', async () => {
  await leave(60);
  expect(isDue()).toBe(false);
  onDay(29);
  expect(isDue()).toBe(false);
  onDay(30);
  expect(isDue()).toBe(true);
  const first = await run();
  expect(first).toMatchObject({ done: 60, message: 'The date of 60 people had come.' });
  expect(first.pieces).toBeGreaterThan(2);
  expect(planes.people.counts()).toMatchObject({ active: 1, suspended: 0, deactivated: 60 });
  expect(isDue()).toBe(false);
  expect(await run()).toMatchObject({ done: 0, message: null });

  onDay(119);
  expect(isDue()).toBe(false);
  onDay(120);
  await run();
  expect(planes.people.counts()).toMatchObject({ active: 1, deactivated: 0, deleted: 60 });
  expect(await run()).toMatchObject({ message: null });
});

test('goes on where it was after a crash', async () => {
  await leave(30);
  onDay(30);
  const kind = memberDates(planes.access);
  const crashed = await runJob(kind, null, planes.write, { crashAfter: 1 });
  expect(planes.people.counts()).toMatchObject({ suspended: 5, deactivated: 25 });
  expect(await runJob(kind, null, planes.write, { from: crashed })).toMatchObject({ done: 30 });
  expect(planes.people.counts()).toMatchObject({ suspended: 0, deactivated: 30 });
});

test('whom the guard holds stays, however long it takes, until somebody confirms', async () => {
  planes.guard.count = 5;
  await leave(6);
  onDay(400);
  expect(isDue()).toBe(false);
  expect(await run()).toMatchObject({ message: null });
  expect(planes.people.counts()).toMatchObject({ suspended: 6 });
  await planes.deprovisioning.confirm('all', 'local:ann');
  expect(planes.people.counts()).toMatchObject({ suspended: 0, deactivated: 6 });
});
