import type {
  Conflict,
  ConflictKind,
  ConflictPerson,
  ConflictState,
} from '../../shared/contract/conflicts.ts';
import type { PageRequest } from './people.ts';
import type { OpenConflict } from './plan/plan.ts';
import type { Before, Footprint } from './undoing.ts';

/** A conflict as it is stored. */
export interface ConflictRow {
  id: string;
  kind: ConflictKind;
  value: string;
  state: ConflictState;
  memberId: string;
  otherId: string;
  decisionId: string | null;
  before: Before | null;
  after: Footprint | null;
}

/** How a conflict closes. */
export interface Closing {
  state: Exclude<ConflictState, 'open'>;
  note: string | null;
  by: string;
  time: string;
  decisionId?: string;
  /** For those that can be undone. */
  before?: Before;
}

/** Conflicts and the two people of each; implemented by the store. */
export interface ConflictStore {
  /** The open ones that keep this member out. */
  openOf(memberId: string): OpenConflict[];
  /** Who waits because of this member. */
  newcomersAgainst(memberId: string): string[];
  close(id: string, closing: Closing): void;
  /** How the decision left the newcomer. */
  setAfter(decisionId: string, after: Footprint): void;
  /** Opens again what one decision closed; returns how many. */
  reopen(decisionId: string): number;
  row(id: string): ConflictRow | undefined;
  conflict(id: string): Conflict | undefined;
  list(request: PageRequest & { state: 'open' | 'decided' }): { items: Conflict[]; total: number };
  openCount(): number;
  person(memberId: string): (ConflictPerson & { userId: string | null }) | undefined;
  /**
   * The one who was here before takes the newcomer's user over, and what people gave the newcomer; the newcomer's rows
   * go. Their conflicts with third people become the other one's.
   */
  takeOver(newcomerId: string, otherId: string, by: string, time: string): void;
}
