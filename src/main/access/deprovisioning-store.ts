import type { Cause, PlannedMember } from './plan/plan.ts';

/** Everything about a member that a cut changes, so that a recall returns exactly that. */
export interface Standing {
  state: PlannedMember['state'];
  suspendedFrom: PlannedMember['suspendedFrom'];
  cause: Cause | null;
  reason: string;
  since: string;
  recalled: PlannedMember['recalled'];
  retainedGroups: string[] | null;
  deactivateAt: string | null;
  deleteAt: string | null;
  role: string;
  roleValues: string[];
  /** Ids of the groups whose grants counted. */
  groups: string[];
  employee: {
    status: 'active' | 'on-leave' | 'ended';
    startedAt: string;
    endedAt: string | null;
    endedBy: string | null;
    endReason: string | null;
  } | null;
}

/** What one deprovisioning took, told to people. */
export interface Revoked {
  sessions: number;
  grants: { kind: 'team' | 'role'; id: string; name: string }[];
  /** What was not in our hands, as sentences. */
  beyondReach: string[];
}

export interface Receipt {
  id: string;
  memberId: string;
  displayName: string;
  userName: string;
  time: string;
  actor: string;
  cause: Cause;
  before: Standing;
  revoked: Revoked;
  tripId: string | null;
  outcome: 'confirmed' | 'recalled' | 'superseded' | null;
  decidedAt: string | null;
  decidedBy: string | null;
  /** The state of the member now. */
  state: PlannedMember['state'];
  /** When it is deactivated and when deleted, as far as that is settled; ISO instants. */
  deactivateAt: string | null;
  deleteAt: string | null;
}

/** Which of the people that a trip holds, undecided: all but some, or some by name. */
export interface Held {
  tripId: string;
  /** Part of a name, user name, e-mail or externalId; without it everybody. */
  search?: string | undefined;
  memberIds?: readonly string[] | undefined;
  except?: readonly string[] | undefined;
  /** Only up to this receipt: who came later was not looked at. */
  through?: number | undefined;
}

export interface GuardTrip {
  id: string;
  trippedAt: string;
  windowStart: string;
  threshold: number;
  activeAtStart: number;
}

/** Receipts, the guard's trips, and what a cut takes; implemented by the store. */
export interface DeprovisioningStore {
  /** @param formerGroups groups that the directory has just taken the person out of, in the same transaction. */
  standing(memberId: string, formerGroups: readonly string[]): Standing;
  grantsOf(memberId: string, formerGroups: readonly string[]): Revoked['grants'];
  /** Ends every session; returns how many there were. */
  revokeSessions(memberId: string, time: string): number;
  /** Active members that a push brought. */
  activeMembers(): number;
  insertReceipt(receipt: {
    id: string;
    memberId: string;
    time: string;
    actor: string;
    cause: Cause;
    activeBefore: number | null;
    before: Standing;
    revoked: Revoked;
    tripId: string | null;
  }): void;
  receipt(id: string): Receipt | undefined;
  /** What to call a member; undefined when there is none. */
  nameOf(memberId: string): string | undefined;
  /** The newest one about which nobody decided. */
  openReceipt(memberId: string): Receipt | undefined;
  /** The newest one, if what it took can still be given back: nobody else gave it back or took it in another way. */
  recallableReceipt(memberId: string): Receipt | undefined;
  receipts(request: {
    memberId?: string | undefined;
    tripId?: string | undefined;
    openOnly?: boolean | undefined;
    offset: number;
    limit: number;
  }): { items: Receipt[]; total: number };
  decide(receiptId: string, outcome: 'confirmed' | 'recalled' | 'superseded', by: string, time: string): void;
  /** How many people were cut since then whom no earlier trip counts, and how many were active before the first. */
  countedSince(since: string): { people: number; activeAtStart: number };
  openTrip(): GuardTrip | undefined;
  /** How many it holds undecided, and how many people it is about in all. */
  openTripOf(tripId: string): { undecided: number; people: number };
  isDecided(tripId: string): boolean;
  /** The newest receipt of the trip, as a number that grows; 0 without one. */
  lastOf(tripId: string): number;
  held(which: Held): number;
  /** In the order in which they were cut. @param after a receipt's number; 0 for the first. */
  nextHeld(which: Held, after: number, limit: number): { seq: number; receipt: Receipt }[];
  heldPage(which: Held, offset: number, limit: number): Receipt[];
  insertTrip(trip: GuardTrip): void;
  /** The counted cuts since then belong to the trip, and their irreversible part is held. */
  holdSince(tripId: string, since: string): void;
  /** The same for a single cut while the trip is open. */
  hold(tripId: string, receipt: Pick<Receipt, 'id' | 'memberId'>): void;
  resolveTrip(
    tripId: string,
    by: string,
    resolution: 'confirmed' | 'recalled' | 'chosen',
    time: string,
  ): void;
  /** Whether access is gone although the state waits for Apply. */
  isCut(memberId: string): boolean;
  /** Gives that access back, bound to the assertion that is passed over from now on. */
  restoreCut(memberId: string, recalled: 'inactive' | null, time: string): void;
  setHeld(memberId: string, held: boolean): void;
  /** Puts back what stood before, bound to the assertion that is passed over from now on (D13). */
  restore(
    memberId: string,
    standing: Standing,
    recall: { recalled: 'inactive' | 'deleted' | null; retainedGroups: string[]; time: string },
  ): void;
}
