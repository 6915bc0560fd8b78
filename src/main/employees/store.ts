import type { Employee, EmployeeStatus } from '../../shared/contract/people.ts';

/** Rows to skip, and to return at most. */
export interface Range {
  offset: number;
  limit: number;
}

/** A record as it is stored, with what hangs on it. */
export interface EmployeeRow extends Employee {
  userId: string | null;
  manager: { id: string; displayName: string } | null;
  reports: number;
}

/** Which records; all that is given must hold. */
export interface EmployeeFilter {
  /** Part of what a record is found by, without case. */
  search?: string | undefined;
  status?: EmployeeStatus | undefined;
  department?: string | undefined;
}

/** One event of the audit trail. */
export interface EmployeeEvent {
  time: string;
  actor: string;
  event: string;
  detail: Record<string, unknown>;
}

/** Employee records; implemented by the store. Lists are ordered by name without case. Writes run inside the caller's transaction. */
export interface EmployeeStore {
  page(filter: EmployeeFilter, range: Range): { items: EmployeeRow[]; total: number };
  counts(): Record<EmployeeStatus, number>;
  departments(limit: number): { name: string; records: number }[];
  get(id: string): EmployeeRow | undefined;
  ofUser(userId: string): EmployeeRow | undefined;
  /** Whom the record of this user names as the manager; undefined for none, and without a record. */
  managerOf(userId: string): string | undefined;
  /** Everybody who is named as a manager: user ids, with whom their own record names; undefined without a record. */
  managers(): { userId: string; isKnown: boolean; managerId: string | null }[];
  reports(userId: string, range: Range): { items: EmployeeRow[]; total: number };
  /** Records without a manager, and those of whom `unknown` names the manager or `cyclic` the user. */
  roots(
    above: { unknown: readonly string[]; cyclic: readonly string[] },
    range: Range,
  ): { items: EmployeeRow[]; total: number };
  /** What the audit trail has of these events about any of the subjects, the newest first. */
  trail(subjects: readonly string[], events: readonly string[], limit: number): EmployeeEvent[];
  setStatus(id: string, status: 'active' | 'on-leave'): void;
  end(id: string, by: string, reason: string, time: string): void;
  /** What ended goes on, from now. */
  reopen(id: string, time: string): void;
  setDates(id: string, startsOn: string | null, endsOn: string | null): void;
}
