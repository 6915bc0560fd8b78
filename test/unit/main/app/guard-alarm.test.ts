import { expect, test } from 'vitest';
import { type Alarm, createGuardAlarm } from '../../../../src/main/app/guard-alarm.ts';
import type { GuardState } from '../../../../src/shared/contract/deprovisioning.ts';

const quiet: GuardState = {
  tripped: false,
  held: 0,
  since: null,
  window: 60,
  threshold: 10,
  cuts: 0,
  of: 50,
  stopsTheLine: false,
  job: null,
};
const tripped = (since: string, held = 10): GuardState => ({
  ...quiet,
  tripped: true,
  since,
  held,
  cuts: held,
});

test('each trip is told once, with its numbers and the page that decides it', () => {
  const raised: Alarm[] = [];
  const look = createGuardAlarm((alarm) => raised.push(alarm));
  look(quiet);
  look(tripped('2026-01-01T10:00:00.000Z'));
  look(tripped('2026-01-01T10:00:00.000Z', 14));
  expect(raised).toEqual([
    {
      title: '10 of 50 people lost access',
      body: 'The deprovision guard has tripped. 10 wait for your decision: confirm, or recall them.',
      path: '/guard',
    },
  ]);
  look(quiet);
  look(tripped('2026-01-01T12:00:00.000Z'));
  expect(raised).toHaveLength(2);
});

test('what had tripped before is no news, and the next one is', () => {
  const raised: Alarm[] = [];
  const look = createGuardAlarm((alarm) => raised.push(alarm));
  look(tripped('2026-01-01T10:00:00.000Z'));
  expect(raised).toEqual([]);
  look(tripped('2026-01-01T11:00:00.000Z'));
  expect(raised).toHaveLength(1);
});
