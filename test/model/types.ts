/** The reference model of the access plane: plain objects, walked through again for every question. */

export type State = 'pending' | 'active' | 'suspended' | 'deactivated' | 'deleted';
export type Push = 'inactive' | 'deleted';
export type Cause = Push | 'rejected' | 'operator' | 'decommission';
export type Mode = 'suspend' | 'suspend-then-deactivate' | 'deactivate';

/** A user as the IdP asserts it now. */
export interface User {
  id: string;
  email: string | null;
  externalId: string | null;
  active: boolean;
}

/** Everything that a cut changes and a recall gives back. */
export interface Standing {
  state: State;
  suspendedFrom: 'pending' | 'active' | null;
  cause: Cause | null;
  recalled: Push | null;
  retained: string[];
  deactivateAt: number | null;
  deleteAt: number | null;
  record: 'active' | 'ended';
  /** Groups that counted. */
  groups: string[];
}

export interface Person extends Omit<Standing, 'groups'> {
  userId: string | null;
  isManual: boolean;
  email: string | null;
  externalId: string | null;
  /** Access is gone while observe mode waits. */
  cut: boolean;
  held: boolean;
}

export interface Trip {
  threshold: number;
  activeAtStart: number;
  resolved: boolean;
}

export interface Receipt {
  of: Person;
  time: number;
  cause: Cause;
  activeBefore: number | null;
  before: Standing;
  trip: Trip | null;
  outcome: 'confirmed' | 'recalled' | 'superseded' | null;
}

export interface Contest {
  newcomer: Person;
  other: Person;
  kind: 'email' | 'external-id';
  value: string;
  state: 'open' | 'gone';
}

/** What the operator decided, as far as it bears on people. Days, minutes, people. */
export interface Rules {
  mode: 'live' | 'observe';
  activation: 'auto' | 'review';
  trustedDomains: string[];
  onInactive: Mode;
  onDelete: Mode;
  afterDays: number;
  retentionDays: number;
  guard: { percent: number; count: number; window: number };
}
