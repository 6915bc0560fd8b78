import type { EmployeeEvent, EmployeeRow, EmployeeStore, Range } from '../employees/store.ts';
import { foldCase } from '../scim/fold-case.ts';
import type { Database } from './database.ts';

/** The columns of a record as the contract names them, without what hangs on it. */
const EMPLOYEE_COLUMNS = `e.id, e.member_id AS memberId, e.status, e.display_name AS displayName,
  e.employee_number AS employeeNumber, e.title, e.department, e.division, e.cost_center AS costCenter, e.organization,
  e.manager_id AS managerId, e.starts_on AS startsOn, e.ends_on AS endsOn, e.started_at AS startedAt,
  e.ended_at AS endedAt, e.ended_by AS endedBy, e.end_reason AS endReason`;

const RECORD = `SELECT ${EMPLOYEE_COLUMNS}, m.user_id AS userId, b.id AS bossId, b.display_name AS bossName,
    (SELECT count(*) FROM employee r WHERE r.manager_id = m.user_id) AS reports
  FROM employee e LEFT JOIN member m ON m.id = e.member_id
    LEFT JOIN member bm ON bm.user_id = e.manager_id LEFT JOIN employee b ON b.member_id = bm.id`;
const ORDER = 'ORDER BY e.sort_key, e.pk LIMIT @limit OFFSET @offset';
/** The same, reading rows as they lie, which is faster than in the order of the index where they are searched. */
const SCAN_ORDER = ORDER.replace('e.sort_key', '+e.sort_key');
const ROOTS = `e.manager_id IS NULL OR e.manager_id IN (SELECT value FROM json_each(@unknown))
  OR e.member_id IN (SELECT id FROM member WHERE user_id IN (SELECT value FROM json_each(@cyclic)))`;

type Row = Omit<EmployeeRow, 'manager'> & { bossId: string | null; bossName: string | null };

/** Employee records on SQLite. */
export function createEmployeeStore(database: Database): EmployeeStore {
  const one = database.prepare<[string], Row>(`${RECORD} WHERE e.id = ?`);
  const ofUser = database.prepare<[string], Row>(`${RECORD} WHERE m.user_id = ?`);
  const all = database.prepare<[], number>('SELECT count(*) FROM employee').pluck();
  const notActive = database.prepare<[], { status: 'on-leave' | 'ended'; n: number }>(
    "SELECT status, count(*) AS n FROM employee WHERE status <> 'active' GROUP BY status",
  );
  const departments = database.prepare<[number], { name: string; records: number }>(
    `SELECT department AS name, count(*) AS records FROM employee WHERE department IS NOT NULL
     GROUP BY department ORDER BY records DESC, department LIMIT ?`,
  );
  const managerOf = database
    .prepare<[string], string | null>(
      'SELECT e.manager_id FROM member m JOIN employee e ON e.member_id = m.id WHERE m.user_id = ?',
    )
    .pluck();
  const managers = database
    .prepare<[], [userId: string, isKnown: 0 | 1, managerId: string | null]>(
      `SELECT b.user_id, e.pk IS NOT NULL, e.manager_id
       FROM (SELECT DISTINCT manager_id AS user_id FROM employee WHERE manager_id IS NOT NULL) b
         LEFT JOIN member m ON m.user_id = b.user_id LEFT JOIN employee e ON e.member_id = m.id`,
    )
    .raw();
  const reportCount = database
    .prepare<[string], number>('SELECT count(*) FROM employee WHERE manager_id = ?')
    .pluck();
  const reports = database.prepare<[Range & { userId: string }], Row>(
    `${RECORD} WHERE e.manager_id = @userId ${ORDER}`,
  );
  const rootCount = database
    .prepare<[{ unknown: string; cyclic: string }], number>(`SELECT count(*) FROM employee e WHERE ${ROOTS}`)
    .pluck();
  const roots = database.prepare<[Range & { unknown: string; cyclic: string }], Row>(
    `${RECORD} WHERE ${ROOTS} ${ORDER}`,
  );
  const trail = database.prepare<
    [string, string, number],
    Omit<EmployeeEvent, 'detail'> & { detail: string }
  >(
    `SELECT time, actor, event, detail FROM audit_event
     WHERE subject IN (SELECT value FROM json_each(?)) AND event IN (SELECT value FROM json_each(?))
     ORDER BY seq DESC LIMIT ?`,
  );
  const setStatus = database.prepare('UPDATE employee SET status = ? WHERE id = ?');
  const end = database.prepare(
    "UPDATE employee SET status = 'ended', ended_at = ?, ended_by = ?, end_reason = ? WHERE id = ?",
  );
  const reopen = database.prepare(
    "UPDATE employee SET status = 'active', started_at = ?, ended_at = NULL, ended_by = NULL, end_reason = NULL WHERE id = ?",
  );
  const setDates = database.prepare('UPDATE employee SET starts_on = ?, ends_on = ? WHERE id = ?');

  return {
    page({ search, status, department }, range) {
      const conditions: string[] = [];
      const parameters: Record<string, string | number> = { ...range };
      if (status !== undefined) {
        // Said twice, so that SQLite sees that the index of those who are not active has them all.
        conditions.push(
          status === 'active' ? 'e.status = @status' : "e.status <> 'active' AND e.status = @status",
        );
        parameters.status = status;
      }
      if (department !== undefined) {
        conditions.push('e.department = @department');
        parameters.department = department;
      }
      const searching = search !== undefined && search.trim() !== '';
      if (searching) {
        conditions.push('instr(e.search_key, @search) > 0');
        parameters.search = foldCase(search.trim());
      }
      const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
      const total = database.prepare<unknown[], number>(`SELECT count(*) FROM employee e ${where}`).pluck();
      // The page is found in the index alone; what a row shows is looked up for those on it.
      const items = database.prepare<unknown[], Row>(
        `${RECORD} WHERE e.pk IN (SELECT e.pk FROM employee e ${where} ${searching ? SCAN_ORDER : ORDER})
         ORDER BY e.sort_key, e.pk`,
      );
      return { total: total.get(parameters) ?? 0, items: items.all(parameters).map(toRow) };
    },
    counts() {
      const counts = { active: all.get() ?? 0, 'on-leave': 0, ended: 0 };
      for (const { status, n } of notActive.all()) {
        counts[status] = n;
        counts.active -= n;
      }
      return counts;
    },
    departments: (limit) => departments.all(limit),
    get(id) {
      const row = one.get(id);
      return row && toRow(row);
    },
    ofUser(userId) {
      const row = ofUser.get(userId);
      return row && toRow(row);
    },
    managerOf: (userId) => managerOf.get(userId) ?? undefined,
    managers: () =>
      managers.all().map(([userId, isKnown, managerId]) => ({ userId, isKnown: isKnown === 1, managerId })),
    reports: (userId, range) => ({
      total: reportCount.get(userId) ?? 0,
      items: reports.all({ userId, ...range }).map(toRow),
    }),
    roots({ unknown, cyclic }, range) {
      const above = { unknown: JSON.stringify(unknown), cyclic: JSON.stringify(cyclic) };
      return { total: rootCount.get(above) ?? 0, items: roots.all({ ...above, ...range }).map(toRow) };
    },
    trail: (subjects, events, limit) =>
      trail
        .all(JSON.stringify(subjects), JSON.stringify(events), limit)
        .map(({ detail, ...event }) => ({ ...event, detail: JSON.parse(detail) as EmployeeEvent['detail'] })),
    setStatus: (id, status) => {
      setStatus.run(status, id);
    },
    end: (id, by, reason, time) => {
      end.run(time, by, reason, id);
    },
    reopen: (id, time) => {
      reopen.run(time, id);
    },
    setDates: (id, startsOn, endsOn) => {
      setDates.run(startsOn, endsOn, id);
    },
  };
}

function toRow({ bossId, bossName, ...row }: Row): EmployeeRow {
  return { ...row, manager: bossId === null ? null : { id: bossId, displayName: bossName ?? '' } };
}
