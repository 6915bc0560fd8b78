import type { GuardState } from '../../shared/contract/deprovisioning.ts';

/** What the desktop says: two lines, and the page that a click opens. */
export interface Alarm {
  title: string;
  body: string;
  path: string;
}

/**
 * Decides when the desktop has to be told that the guard tripped: once for each trip, whether a window is open or not.
 * Hand it the guard's state whenever something changed. What had tripped before this console started is no news: the
 * window that opens shows it.
 */
export function createGuardAlarm(raise: (alarm: Alarm) => void): (guard: GuardState) => void {
  let known: string | null | undefined;
  return ({ tripped, since, cuts, of, held }) => {
    const trip = tripped ? since : null;
    const isNews = known !== undefined && trip !== null && trip !== known;
    // A trip that was settled is remembered no longer; the next one is another.
    known = trip;
    if (!isNews) return;
    raise({
      title: `${cuts} of ${of} people lost access`,
      body: `The deprovision guard has tripped. ${held} wait for your decision: confirm, or recall them.`,
      path: '/guard',
    });
  };
}
