import type { ReviewBatch, ReviewItem, ReviewRule } from '../../shared/contract/review.ts';
import type { FootprintStore } from './undoing.ts';

/** Which part of the queue. */
export interface QueueFilter {
  rule?: ReviewRule | undefined;
  domain?: string | undefined;
  search?: string | undefined;
}

export interface TargetOfGrant {
  kind: 'team' | 'role';
  id: string;
  name: string;
}

/** A decision as it is stored; `target` is null where it is about the person. */
export interface DecisionRow {
  id: string;
  batchId: string;
  memberId: string;
  targetId: string | null;
  decision: 'approved' | 'rejected';
  before: string;
  after: string;
}

/** Who and what waits, and what was decided; implemented by the store. */
export interface ReviewStore extends FootprintStore {
  /** People by name, then grants by name. */
  items(filter: QueueFilter, page: { offset: number; limit: number }): ReviewItem[];
  count(filter: QueueFilter): number;
  counts(): {
    rules: Record<ReviewRule, number>;
    domains: { domain: string; count: number }[];
  };
  /** The ids of all that match. */
  ids(filter: QueueFilter): string[];
  /** A person in whatever state. */
  person(
    memberId: string,
  ): { name: string; state: string; reason: string; openConflicts: number; asserted: string } | undefined;
  /** A grant that waits now. */
  grant(memberId: string, targetId: string): { name: string; target: TargetOfGrant } | undefined;
  approveGrant(memberId: string, targetId: string, by: string, time: string): void;
  /** @returns whether there was one */
  withdrawApproval(memberId: string, targetId: string): boolean;
  insertDecision(decision: DecisionRow & { note: string | null; decidedAt: string; decidedBy: string }): void;
  /** Decisions that stand, the latest first: of a batch, one by its id, or the latest about a member. */
  decisionsOf(id: string): DecisionRow[];
  markUndone(decisionId: string, by: string, time: string): void;
  batches(limit: number): ReviewBatch[];
}
