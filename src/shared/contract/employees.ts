import { z } from 'zod';
import { call } from './define.ts';
import { employee, employeeStatus } from './people.ts';

/** A record with where it stands in the organization. */
export const employeeRecord = employee.extend({
  /** The directory id by which others name this person as their manager; null once the IdP deleted the user. */
  userId: z.string().nullable(),
  /** The manager's record; null where there is no manager, or one whom nobody here knows. */
  manager: z.object({ id: z.string(), displayName: z.string() }).nullable(),
  /** `unknown`: the IdP names somebody whom it never pushed. `cycle`: up the line it comes back to this person. */
  managerState: z.enum(['none', 'known', 'unknown', 'cycle']),
  /** Who names this person as the manager, directly. */
  reports: z.number(),
});
export type EmployeeRecord = z.infer<typeof employeeRecord>;

/** A record with the line up to the top, and what became of it. */
export const employeeDetail = z.object({
  employee: employeeRecord,
  /** From the top down to the manager. */
  chain: z.array(z.object({ id: z.string(), displayName: z.string(), title: z.string().nullable() })),
  /** What is above the first of them. */
  above: z.enum(['nobody', 'unknown', 'cycle']),
  /** From the audit trail, the newest first, as sentences. */
  history: z.array(z.object({ time: z.string(), actor: z.string(), what: z.string() })),
});
export type EmployeeDetail = z.infer<typeof employeeDetail>;

const id = z.string().min(1).max(64);
const range = {
  offset: z.int().min(0).max(10_000_000).default(0),
  limit: z.int().min(1).max(500).default(100),
};
const day = z.iso.date('Write the day as YYYY-MM-DD.');
const records = { items: z.array(employeeRecord), total: z.number() };

export const employeeCalls = {
  /** By name; `search` looks at name, number, title, department, division and cost centre. */
  'employees.list': call(
    z.strictObject({
      ...range,
      search: z.string().max(200).optional(),
      status: employeeStatus.optional(),
      department: z.string().max(1000).optional(),
    }),
    z.object({
      ...records,
      /** For the whole organization, whatever the search. */
      counts: z.object({ active: z.number(), 'on-leave': z.number(), ended: z.number() }),
    }),
    'view',
  ),
  /** The departments that records name, the largest first. */
  'employees.departments': call(
    z.strictObject({ limit: z.int().min(1).max(500).default(200) }),
    z.object({ items: z.array(z.object({ name: z.string(), records: z.number() })) }),
    'view',
  ),
  /**
   * Who names somebody as the manager, by name. Without `under`: those at the top, who have no manager, one whom nobody
   * knows, or one who reports to them in turn.
   */
  'employees.tree': call(z.strictObject({ ...range, under: id.optional() }), z.object(records), 'view'),
  'employees.get': call(z.strictObject({ id }), employeeDetail, 'view'),
  'employees.setStatus': call(
    z.strictObject({ id, status: z.enum(['active', 'on-leave']) }),
    employeeRecord,
    'edit',
  ),
  'employees.end': call(
    z.strictObject({ id, reason: z.string().trim().min(1, 'Say why, for the record.').max(300) }),
    employeeRecord,
    'edit',
  ),
  'employees.reopen': call(z.strictObject({ id }), employeeRecord, 'edit'),
  /** What is left out stays. */
  'employees.setDates': call(
    z.strictObject({ id, startsOn: day.nullable().optional(), endsOn: day.nullable().optional() }),
    employeeRecord,
    'edit',
  ),
};
