import type { AffectedPerson, Mapping } from '../../shared/contract/grants.ts';
import type { TargetRef } from './grants-store.ts';
import type { PageRequest } from './people.ts';

/** A source that gives a team or role: a group's id or a folded value of `roles`, and whether it needs approval (1). */
export type GrantRule = [groupId: string | null, roleValueKey: string | null, isReviewed: 0 | 1];

/** What gives a target, before a change and after it. Rules that stay the same are in both. */
export interface RuleChange {
  before: readonly GrantRule[];
  after: readonly GrantRule[];
}

/** A mapping as it is written. */
export interface NewMapping {
  id: string;
  groupId: string | null;
  roleValue: string | null;
  target: TargetRef;
  precedence: number;
  needsReview: boolean;
  time: string;
  by: string;
}

/** What groups and values of `roles` give; implemented by the store. Writes run inside the caller's transaction. */
export interface MappingStore {
  /** By what they give, then precedence. */
  list(request: PageRequest & { target?: TargetRef | undefined }): { items: Mapping[]; total: number };
  get(id: string): Mapping | undefined;
  insert(mapping: NewMapping): void;
  /** Raises the version. */
  update(
    id: string,
    change: { precedence: number; needsReview: boolean; pausedAt: string | null; pausedBy: string | null },
  ): void;
  remove(id: string): void;
  /** The one that joins these two already. */
  existing(
    source: { groupId: string } | { roleValue: string },
    target: TargetRef,
  ): { id: string } | undefined;
  groups(request: PageRequest): {
    items: { id: string; name: string; members: number }[];
    total: number;
  };
  group(id: string): { id: string; name: string } | undefined;
  /** What gives a target now. @param without a mapping to leave out. */
  rules(target: TargetRef, without?: string): GrantRule[];
  /** Folds a value of `roles` as it is compared. */
  keyOf(roleValue: string): string;
  /** Who would gain and lose the target: how many, and some of them by name. */
  affected(
    target: TargetRef,
    change: RuleChange,
    request: PageRequest,
  ): { gains: number; losses: number; inert: number; total: number; items: AffectedPerson[] };
  /** How many of those who hold a role for whom it counts get this permission from no other role. */
  onlyBy(roleId: string, permission: string): number;
}
