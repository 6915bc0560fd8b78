import type { AuditEvent } from '../audit/audit.ts';
import type { Database } from './database.ts';

/** Appends to the audit trail. */
export function createAuditInsert(database: Database): (event: AuditEvent) => void {
  const insert = database.prepare(
    'INSERT INTO audit_event (time, actor, event, subject, detail) VALUES (@time, @actor, @event, @subject, @detail)',
  );
  return (event) => {
    insert.run({ ...event, detail: JSON.stringify(event.detail) });
  };
}
