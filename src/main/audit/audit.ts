/** The closed list of what the audit trail can say. */
export type AuditEventName =
  | 'organization.created'
  | 'organization.located'
  | 'sso.saved'
  | 'policy.changed'
  | 'policy.confirmed'
  | 'schema.registered'
  | 'schema.replaced'
  | 'schema.removed'
  | 'listener.port-changed'
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
  | 'member.state-changed'
  | 'member.converted'
  | 'employee.created'
  | 'employee.updated'
  | 'employee.ended'
  | 'team.created'
  | 'team.renamed'
  | 'team.updated'
  | 'team.removed';

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

/** An audit trail that writes as `operator` unless told otherwise. */
export function createAudit(insert: (event: AuditEvent) => void, operator: string, now: () => Date): Audit {
  return {
    record(event, subject, detail, actor = operator) {
      insert({ time: now().toISOString(), actor, event, subject, detail });
    },
  };
}
