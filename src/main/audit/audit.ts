/** The closed list of what the audit trail can say. */
export type AuditEventName =
  | 'organization.created'
  | 'organization.located'
  | 'sso.saved'
  | 'policy.changed'
  | 'policy.confirmed'
  | 'mapping.attributes-changed'
  | 'schema.registered'
  | 'schema.replaced'
  | 'schema.removed'
  | 'listener.port-changed'
  | 'operator.added'
  | 'operator.changed'
  | 'operator.removed'
  | 'token.created'
  | 'token.rotated'
  | 'token.revoked'
  | 'token.profile-changed'
  | 'scim.configuration-deleted'
  | 'directory.created'
  | 'directory.updated'
  | 'directory.deleted'
  | 'member.created'
  | 'member.updated'
  | 'member.edited'
  | 'member.state-changed'
  | 'member.converted'
  | 'member.access-cut'
  | 'member.access-restored'
  | 'member.recalled'
  | 'member.recall-ended'
  | 'member.deprovisioning-confirmed'
  | 'member.deleted'
  | 'guard.tripped'
  | 'guard.resolved'
  | 'conflict.opened'
  | 'conflict.linked'
  | 'conflict.kept'
  | 'conflict.refused'
  | 'conflict.gone'
  | 'review.approved'
  | 'review.rejected'
  | 'review.undone'
  | 'grant.given'
  | 'grant.revoked'
  | 'grant.template-changed'
  | 'role.created'
  | 'role.changed'
  | 'role.removed'
  | 'mapping.added'
  | 'mapping.changed'
  | 'mapping.paused'
  | 'mapping.resumed'
  | 'mapping.removed'
  | 'grant.approved'
  | 'grant.refused'
  | 'employee.created'
  | 'employee.updated'
  | 'employee.ended'
  | 'employee.status-changed'
  | 'employee.dates-changed'
  | 'team.created'
  | 'team.renamed'
  | 'team.updated'
  | 'team.removed'
  | 'job.cancelled'
  | 'mail.settings-changed'
  | 'mail.sent'
  | 'mail.failed'
  | 'team.released'
  | 'team.membership-applied';

/** Names only: values of a person's attributes do not belong in the trail, let alone secrets. */
export type AuditDetail = Record<string, string | number | boolean | null | string[]>;

export interface AuditEvent {
  time: string;
  /** `local:<os-user>` for an operator (D15), `token:<id>` for an IdP's push. */
  actor: string;
  event: AuditEventName;
  subject: string | null;
  detail: AuditDetail;
}

/** Writes audit events in the transaction of what they tell of. */
export interface Audit {
  record(event: AuditEventName, subject: string | null, detail: AuditDetail, actor?: string): void;
}

/** An audit trail that writes as `operator`, asked each time where it is a function, unless told otherwise. */
export function createAudit(
  insert: (event: AuditEvent) => void,
  operator: string | (() => string),
  now: () => Date,
): Audit {
  return {
    record(event, subject, detail, actor = typeof operator === 'string' ? operator : operator()) {
      insert({ time: now().toISOString(), actor, event, subject, detail });
    },
  };
}
