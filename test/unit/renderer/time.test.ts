import { describe, expect, it } from 'vitest';
import {
  absoluteTime,
  calendarDate,
  duration,
  logTime,
  relativeTime,
} from '../../../src/renderer/src/format/time.ts';

const NOW = Date.parse('2026-11-22T12:00:00.000Z');
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('relativeTime', () => {
  it.each([
    [0, 'just now'],
    [-9 * SECOND, 'just now'],
    [-10 * SECOND, '10 seconds ago'],
    [-59 * SECOND, '59 seconds ago'],
    [-60 * SECOND, '1 minute ago'],
    [-59 * MINUTE, '59 minutes ago'],
    [-HOUR, '1 hour ago'],
    [-23 * HOUR, '23 hours ago'],
    [-DAY, 'yesterday'],
    [-29 * DAY, '29 days ago'],
    [-60 * DAY, '2 months ago'],
    [-800 * DAY, '2 years ago'],
    [12 * DAY, 'in 12 days'],
    [90 * SECOND, 'in 1 minute'],
  ])('%i ms from now is %j', (offset, words) => {
    expect(relativeTime(NOW + offset, NOW)).toBe(words);
  });
});

describe('times of day', () => {
  it('shows seconds for today and the date before', () => {
    const now = new Date(NOW);
    expect(logTime('2026-11-22T09:08:07.000Z', now, 'UTC')).toBe('09:08:07');
    expect(logTime('2026-11-21T09:08:07.000Z', now, 'UTC')).toBe('21 Nov, 09:08');
  });

  it('decides what is today in the time zone of the reader', () => {
    const now = new Date('2026-11-22T00:30:00.000Z');
    expect(logTime('2026-11-21T23:50:00.000Z', now, 'Europe/Berlin')).toBe('00:50:00');
  });

  it('names the time zone in the long form', () => {
    expect(absoluteTime('2026-11-22T09:08:07.000Z', 'UTC')).toMatch(/2026.*UTC/);
    expect(calendarDate('2026-11-22T09:08:07.000Z', 'UTC')).toMatch(/2026/);
  });
});

describe('duration', () => {
  it.each([
    [0.42, '0.4 ms'],
    [9.96, '10.0 ms'],
    [38.4, '38 ms'],
    [1234, '1.2 s'],
  ])('%d is %s', (milliseconds, words) => {
    expect(duration(milliseconds)).toBe(words);
  });
});
