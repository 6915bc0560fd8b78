import { type Conflicts, createConflicts } from '../../src/main/access/conflicts.ts';
import { ADMISSION_REASONS } from '../../src/main/access/plan/admission.ts';
import { createReview, type Review } from '../../src/main/access/review.ts';
import { createUndoing } from '../../src/main/access/undoing.ts';
import { createAudit } from '../../src/main/audit/audit.ts';
import { createAuditInsert } from '../../src/main/store/audit-trail.ts';
import { createConflictStore } from '../../src/main/store/conflicts.ts';
import { createDeprovisioningStore } from '../../src/main/store/deprovisioning.ts';
import { createReviewStore } from '../../src/main/store/review.ts';
import type { Planes } from './planes.ts';

/** The review queue and the conflict inbox on the planes of a test. */
export function openDecisions(planes: Planes): { review: Review; conflicts: Conflicts } {
  const { database, access, deprovisioning, write, clock } = planes;
  const now = () => clock.now();
  const store = createReviewStore(database, ADMISSION_REASONS.foreignDomain);
  const standings = createDeprovisioningStore(database);
  const deciding = {
    access,
    undoing: createUndoing({ store, standings, deprovisioning }),
    audit: createAudit(createAuditInsert(database), 'local:test', now),
    write,
    now,
  };
  const conflicts = createConflicts({ ...deciding, store: createConflictStore(database), members: store });
  return { conflicts, review: createReview({ ...deciding, store, conflicts }) };
}
