import type { EmployeeEvent } from './store.ts';

const STATUS: Record<string, string> = { active: 'active', 'on-leave': 'on leave', ended: 'ended' };

/** What the trail says of a record, as sentences. */
const SENTENCES: Record<string, (detail: Record<string, unknown>) => string> = {
  'employee.created': () => 'The record began.',
  'employee.updated': ({ changed }) => `Changed by the IdP: ${names(changed)}.`,
  'employee.status-changed': ({ from, to }) => `From ${status(from)} to ${status(to)}.`,
  'employee.dates-changed': ({ changed }) => `Dates changed: ${names(changed)}.`,
  'employee.ended': ({ reason }) => `Ended. ${typeof reason === 'string' ? reason : ''}`.trim(),
  'member.edited': ({ changed }) => `Edited here: ${names(changed)}.`,
};

/** The events that {@link inWords} can tell. */
export const EMPLOYEE_EVENTS: readonly string[] = Object.keys(SENTENCES);

/** An event of the audit trail about a record, as a sentence. */
export function inWords({ event, detail }: EmployeeEvent): string {
  return SENTENCES[event]?.(detail) ?? event;
}

function status(name: unknown): string {
  return STATUS[String(name)] ?? String(name);
}

function names(changed: unknown): string {
  return Array.isArray(changed) ? changed.join(', ') : '';
}
