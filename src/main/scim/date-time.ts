/** A point in time with all the digits the client gave: Microsoft sends 7 of a second (protocol reference 2.3). */
export type Instant = {
  /** Seconds since 1970, whole. */
  readonly seconds: number;
  /** The digits behind the decimal point, without trailing zeros. */
  readonly fraction: string;
};

const DATE_TIME =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:Z|([+\- ])(\d\d):?(\d\d))?)?$/i;

/**
 * Reads an RFC 3339 date-time, or undefined. Also without time, seconds or offset (then UTC), and with a space for the
 * `+` of the offset, which is what a query string that was not encoded makes of it.
 */
export function parseDateTime(text: string): Instant | undefined {
  const match = DATE_TIME.exec(text.trim());
  if (match === null) return undefined;
  const [, date, time = '00:00', second = '00', fraction = '', sign, hours = '0', minutes = '0'] = match;
  const local = Date.parse(`${date}T${time}:${second}Z`);
  if (Number.isNaN(local)) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * 60 * (sign === '-' ? -1 : 1);
  return { seconds: local / 1000 - offset, fraction: fraction.replace(/0+$/, '') };
}

/** Chronological order: negative when `a` is earlier than `b`. */
export function compareInstants(a: Instant, b: Instant): number {
  if (a.seconds !== b.seconds) return a.seconds - b.seconds;
  if (a.fraction === b.fraction) return 0;
  return a.fraction < b.fraction ? -1 : 1;
}
