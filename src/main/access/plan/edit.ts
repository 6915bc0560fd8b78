import type { EditableField } from '../../../shared/contract/edits.ts';
import type { AccessChange, Because } from './change.ts';
import type { EmployeeFacts, MemberFacts } from './facts.ts';
import type { AccessPolicy } from './policy.ts';
import type { Asserted, Edited, PlannedEmployee, PlannedMember } from './slice.ts';

/** What people may write over what the IdP says. Identity is not among it: e-mail, userName and externalId decide who is who. */
export const EDITABLE = {
  member: ['displayName', 'firstName', 'lastName'],
  employee: ['employeeNumber', 'title', 'department', 'division', 'costCenter', 'organization'],
} as const satisfies Record<string, readonly EditableField[]>;

/** New values; null for none. What is left out stays. */
export type Edits = Partial<Record<EditableField, string | null>>;

/**
 * What becomes of people's edits when the IdP writes: one stays while it asserts the same as when the edit was made, and
 * is overwritten by anything else (M15).
 * @returns the facts to hold, the edits that are left, and the names of those that ended.
 */
export function keepEdits<Facts extends object>(
  held: Facts & { edited?: Edited },
  asserted: Facts,
): { facts: Facts; edited: Edited; ended: (keyof Facts)[] } {
  if (held.edited === undefined) return { facts: asserted, edited: {}, ended: [] };
  const facts = { ...asserted };
  const edited: Record<string, string | null> = {};
  const ended: (keyof Facts)[] = [];
  for (const [name, then] of Object.entries(held.edited)) {
    const field = name as keyof Facts;
    if (asserted[field] === then) {
      facts[field] = held[field];
      edited[name] = then;
    } else ended.push(field);
  }
  return { facts, edited, ended };
}

/** Edits as they are held: undefined where there are none. */
export function orNone(edited: Edited): { edited?: Edited } {
  return Object.keys(edited).length === 0 ? {} : { edited };
}

/**
 * What follows when a person here edits a member and its record: no more than what differs. Of each field that the IdP
 * owns what it asserts now is kept beside the edit.
 */
export function planEdit(
  slice: { member: PlannedMember; employee: PlannedEmployee | null; asserted: Asserted | null },
  edits: Edits,
  policy: Pick<AccessPolicy, 'facts'>,
): AccessChange[] {
  const { member, employee } = slice;
  const because: Because = { decision: 'edit' };
  const attributes = member.origin === 'manual' ? undefined : slice.asserted?.attributes;
  const memberFacts = attributes && policy.facts.member(attributes);
  const employeeFacts = attributes && memberFacts && policy.facts.employee(attributes, memberFacts);
  const changes: AccessChange[] = [];

  const person = edit<MemberFacts>(member, memberNames(edits), memberFacts);
  if (person.changed.length > 0) {
    const { userName, email, displayName, firstName, lastName, externalId, roleValues } = person.facts;
    const facts = { userName, email, displayName, firstName, lastName, externalId, roleValues };
    const { changed, edited } = person;
    changes.push({
      kind: 'member.update',
      memberId: member.id,
      facts,
      changed,
      ...orNone(edited),
      because,
    });
  }
  if (employee) {
    const record = edit<EmployeeFacts>(employee, recordNames(edits), employeeFacts);
    if (record.changed.length > 0) {
      const { id, status: _, edited: __, ...facts } = { ...employee, ...record.facts };
      const { changed, edited } = record;
      const target = { employeeId: id, memberId: member.id };
      changes.push({ kind: 'employee.update', ...target, facts, changed, ...orNone(edited), because });
    }
  }
  return changes;
}

function edit<Facts extends object>(
  held: Facts & { edited?: Edited },
  values: Partial<Facts>,
  asserted: Facts | undefined,
): { facts: Facts; edited: Edited; changed: (keyof Facts)[] } {
  const edited: Record<string, string | null> = { ...held.edited };
  const names = Object.keys(values) as (keyof Facts & string)[];
  const changed = names.filter((name) => held[name] !== values[name]);
  for (const name of changed) {
    const says = asserted?.[name] as string | null | undefined;
    if (says === undefined || says === values[name]) delete edited[name];
    else edited[name] = says;
  }
  return { facts: { ...held, ...values }, edited, changed };
}

function memberNames({ displayName, firstName, lastName }: Edits): Partial<MemberFacts> {
  return {
    // Nobody is without a name.
    ...(typeof displayName === 'string' && { displayName }),
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
  };
}

function recordNames(edits: Edits): Partial<EmployeeFacts> {
  const { displayName } = edits;
  const own = EDITABLE.employee.filter((name) => edits[name] !== undefined);
  return {
    ...(typeof displayName === 'string' && { displayName }),
    ...Object.fromEntries(own.map((name) => [name, edits[name]])),
  };
}
