import type { Cause, Person, Receipt, Rules, Standing, Trip } from './types.ts';

/** Cuts with their receipts, and what the guard makes of them (D2, D14). */
export class GuardModel {
  receipts: Receipt[] = [];
  trips: Trip[] = [];

  openTrip(): Trip | undefined {
    return this.trips.find((trip) => !trip.resolved);
  }

  openReceipt(person: Person): Receipt | undefined {
    return this.receipts.find((receipt) => receipt.of === person && receipt.outcome === null);
  }

  lastReceipt(person: Person): Receipt | undefined {
    return this.receipts.findLast((receipt) => receipt.of === person);
  }

  /** Before the person changes. @param stands a decision of people stands beside what the IdP asserts. */
  write(
    person: Person,
    cause: Cause,
    standing: Standing,
    more: { now: number; active: number; stands: boolean },
  ): void {
    const earlier = this.openReceipt(person);
    const before =
      earlier && !more.stands
        ? { ...earlier.before, groups: [...new Set([...earlier.before.groups, ...standing.groups])] }
        : standing;
    // A suspension that an operator ended is not given back.
    if (!more.stands && before.cause === 'operator' && cause !== 'operator') {
      Object.assign(before, {
        state: before.suspendedFrom ?? 'active',
        suspendedFrom: null,
        cause: null,
        deactivateAt: null,
        deleteAt: null,
      });
    }
    if (earlier) earlier.outcome = 'superseded';
    const isCounted = person.state === 'active' && isPush(cause);
    this.receipts.push({
      of: person,
      time: more.now,
      cause,
      activeBefore: isCounted ? more.active : null,
      before,
      trip: earlier?.trip ?? null,
      outcome: null,
    });
  }

  /** After the person changed. */
  watch(person: Person, now: number, { guard }: Rules): void {
    const receipt = this.openReceipt(person);
    if (!receipt || !isPush(receipt.cause)) return;
    const open = this.openTrip();
    if (open) {
      receipt.trip = open;
      person.held = true;
      return;
    }
    const inWindow = this.receipts.filter(({ time }) => time >= now - guard.window * 60_000);
    const counted = inWindow.filter(({ activeBefore }) => activeBefore !== null);
    const people = new Set(
      counted
        .filter(({ trip, outcome }) => trip === null && (outcome === null || outcome === 'superseded'))
        .map(({ of }) => of),
    );
    const activeAtStart = counted[0]?.activeBefore ?? 0;
    const share = Math.ceil((activeAtStart * guard.percent) / 100);
    const threshold = Math.max(5, Math.min(guard.count, share));
    if (people.size < threshold) return;
    const trip = { threshold, activeAtStart, resolved: false };
    this.trips.push(trip);
    for (const one of inWindow) {
      if (one.trip !== null || !isPush(one.cause)) continue;
      if (one.outcome === 'superseded' && one.activeBefore !== null) one.trip = trip;
      if (one.outcome !== null) continue;
      one.trip = trip;
      one.of.held = true;
    }
  }

  /** Somebody has access again, or is gone for good. */
  returned(person: Person): void {
    const receipt = this.openReceipt(person);
    if (!receipt) return;
    receipt.outcome = 'superseded';
    this.resolveIfDone();
  }

  resolveIfDone(): void {
    const trip = this.openTrip();
    if (!trip) return;
    const waits = this.receipts.some((receipt) => receipt.trip === trip && receipt.outcome === null);
    if (!waits) trip.resolved = true;
  }
}

function isPush(cause: Cause): boolean {
  return cause === 'inactive' || cause === 'deleted';
}
