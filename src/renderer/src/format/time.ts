const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'long' });

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 24 * 3600],
  ['month', 30 * 24 * 3600],
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
];

/** "3 minutes ago", "in 12 days", and "just now" within ten seconds of `now`; both in milliseconds. */
export function relativeTime(time: number, now: number): string {
  const seconds = Math.round((time - now) / 1000);
  if (Math.abs(seconds) < 10) return 'just now';
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return RELATIVE.format(Math.trunc(seconds / size), unit);
  }
  return RELATIVE.format(seconds, 'second');
}

/** The console speaks English; dates follow the person's own English if they have one, else the international order. */
function dateLocale(): string {
  return navigator.language?.startsWith('en') ? navigator.language : 'en-GB';
}

/** Date and time to the second, in the local time zone (or the one given). */
export function absoluteTime(iso: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(dateLocale(), { dateStyle: 'medium', timeStyle: 'long', timeZone }).format(
    new Date(iso),
  );
}

/** The date alone, in the local time zone (or the one given). */
export function calendarDate(iso: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(dateLocale(), { dateStyle: 'medium', timeZone }).format(new Date(iso));
}

/** For a dense log: the time to the second today, date and minute before that. */
export function logTime(iso: string, now: Date = new Date(), timeZone?: string): string {
  const time = new Date(iso);
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'short', timeZone });
  const today = day.format(time) === day.format(now);
  return new Intl.DateTimeFormat(
    'en-GB',
    today
      ? { timeStyle: 'medium', timeZone }
      : { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone },
  ).format(time);
}

/** "0.4 ms", "38 ms", "1.2 s". */
export function duration(milliseconds: number): string {
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
