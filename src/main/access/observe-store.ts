export type NotedKind = 'user' | 'group';

/** A resource whose assertion the access plane does not follow yet, with a name for people. */
export interface Noted {
  kind: NotedKind;
  id: string;
  /** When it was first noted; ISO instant. */
  since: string;
  name: string;
  /** When access was taken away at once, because that never waits (D2); ISO instant. */
  cutAt: string | null;
}

/** Which noted resources, by name. */
export interface NotedFilter {
  search?: string | undefined;
  kind?: NotedKind | undefined;
  /** Only people whose access was cut at once. */
  cutOnly?: boolean | undefined;
}

/** What observe mode noted. Implemented by the store. */
export interface ObserveStore {
  note(kind: NotedKind, id: string, time: string): void;
  forget(kind: NotedKind, id: string): void;
  isAny(): boolean;
  /** The next ones by kind and id, users first: who a group names must be somebody. */
  next(after: { kind: NotedKind; id: string } | null, limit: number): { kind: NotedKind; id: string }[];
  /** `cut`: people whose access was taken away at once. */
  counts(): { users: number; groups: number; cut: number };
  /** In the order of {@link next}. */
  page(filter: NotedFilter, offset: number, limit: number): { items: Noted[]; total: number };
  /** Those of these user ids that have a name here, as it is shown. */
  names(userIds: readonly string[]): string[];
}
