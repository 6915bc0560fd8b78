import { AppError } from '../../shared/app-error.ts';
import type { EmployeeDetail, EmployeeRecord } from '../../shared/contract/employees.ts';
import type { Employee, EmployeeStatus } from '../../shared/contract/people.ts';
import type { Audit } from '../audit/audit.ts';
import { onCycles } from './cycles.ts';
import { EMPLOYEE_EVENTS, inWords } from './history.ts';
import type { EmployeeFilter, EmployeeRow, EmployeeStore, Range } from './store.ts';

interface Records {
  items: EmployeeRecord[];
  total: number;
}

/** Employment records: looked at, and kept by people beside what the IdP feeds them with. They outlive the member. */
export interface Employees {
  list(filter: EmployeeFilter, range: Range): Records & { counts: Record<EmployeeStatus, number> };
  departments(limit: number): { name: string; records: number }[];
  /**
   * Those who report to somebody; without `under`, those at the top.
   * @throws {AppError} `not-found`
   */
  tree(under: string | undefined, range: Range): Records;
  /** @throws {AppError} `not-found` */
  get(id: string): EmployeeDetail;
  /**
   * Notes a leave, or the end of one. Access does not follow from it.
   * @throws {AppError} `not-found`; `conflict` where it is so already or the record ended
   */
  setStatus(id: string, status: 'active' | 'on-leave'): Promise<EmployeeRecord>;
  /**
   * Ends the record, as whoever is calling. Access does not follow from it.
   * @throws {AppError} `not-found`, `conflict` where it ended before
   */
  end(id: string, reason: string): Promise<EmployeeRecord>;
  /** @throws {AppError} `not-found`, `conflict` where it has not ended */
  reopen(id: string): Promise<EmployeeRecord>;
  /**
   * Sets first and last day of the employment, YYYY-MM-DD; what is undefined stays.
   * @throws {AppError} `not-found`; `invalid-input` on `endsOn` where the last day is before the first
   */
  setDates(
    id: string,
    dates: { startsOn?: string | null | undefined; endsOn?: string | null | undefined },
  ): Promise<EmployeeRecord>;
}

/** Events of the trail that are shown of one record. */
const SHOWN = 200;

/** Employee records. Every change is one transaction with its audit row. */
export function createEmployees(deps: {
  store: EmployeeStore;
  audit: Audit;
  write<T>(work: () => T): Promise<T>;
  now(): Date;
  operator(): string;
}): Employees {
  const { store, audit, write } = deps;

  function placed(rows: readonly EmployeeRow[]): EmployeeRecord[] {
    const starts = rows.flatMap(({ userId, managerId }) => (managerId === null ? [] : (userId ?? [])));
    const cyclic = onCycles(starts, store.managerOf);
    return rows.map((row) => ({ ...row, managerState: stateOf(row, cyclic) }));
  }

  const page = ({ items, total }: { items: EmployeeRow[]; total: number }): Records => ({
    items: placed(items),
    total,
  });

  function required(id: string): EmployeeRow {
    const row = store.get(id);
    if (!row) throw new AppError('not-found', `There is no employee record ${id}.`);
    return row;
  }

  function placedOne(id: string): EmployeeRecord {
    const [record] = placed([required(id)]);
    if (!record) throw new AppError('not-found', `There is no employee record ${id}.`);
    return record;
  }

  /** Whoever is above, nearest first, until the top, somebody unknown, or somebody who came before. */
  function lineAbove(employee: EmployeeRow): Pick<EmployeeDetail, 'chain' | 'above'> {
    const line: EmployeeRow[] = [];
    const seen = new Set([employee.id]);
    const ended = (above: EmployeeDetail['above']) => ({
      chain: line.reverse().map(({ id, displayName, title }) => ({ id, displayName, title })),
      above,
    });
    for (let below = employee; ; ) {
      if (below.managerId === null) return ended('nobody');
      const next = store.ofUser(below.managerId);
      if (!next) return ended('unknown');
      if (seen.has(next.id)) return ended('cycle');
      seen.add(next.id);
      line.push(next);
      below = next;
    }
  }

  /** A record's change, with its row of the trail under the record's own id: that outlives the member's. */
  function change(
    id: string,
    work: (row: EmployeeRow) => Parameters<Audit['record']>[2],
    event: Parameters<Audit['record']>[0],
  ): Promise<EmployeeRecord> {
    return write(() => {
      audit.record(event, id, work(required(id)));
      return placedOne(id);
    });
  }

  return {
    list: (filter, range) => ({ ...page(store.page(filter, range)), counts: store.counts() }),
    departments: store.departments,
    tree(under, range) {
      if (under !== undefined) {
        const { userId } = required(under);
        return userId === null ? { items: [], total: 0 } : page(store.reports(userId, range));
      }
      const managers = store.managers();
      const above = new Map(managers.map(({ userId, managerId }) => [userId, managerId ?? undefined]));
      const cyclic = [...onCycles(above.keys(), (userId) => above.get(userId))];
      const unknown = managers.flatMap(({ userId, isKnown }) => (isKnown ? [] : userId));
      return page(store.roots({ unknown, cyclic }, range));
    },
    get(id) {
      const employee = placedOne(id);
      const subjects = employee.memberId === null ? [id] : [id, employee.memberId];
      return {
        employee,
        ...lineAbove(employee),
        history: store
          .trail(subjects, EMPLOYEE_EVENTS, SHOWN)
          .map((event) => ({ time: event.time, actor: event.actor, what: inWords(event) })),
      };
    },
    setStatus: (id, status) =>
      change(
        id,
        (row) => {
          if (row.status === 'ended') {
            throw new AppError('conflict', `The record of ${nameOf(row)} has ended. Reopen it first.`);
          }
          if (row.status === status) {
            throw new AppError(
              'conflict',
              `${nameOf(row)} is ${status === 'on-leave' ? 'on leave' : 'not on leave'} already.`,
            );
          }
          store.setStatus(id, status);
          return { from: row.status, to: status };
        },
        'employee.status-changed',
      ),
    end: (id, reason) =>
      change(
        id,
        (row) => {
          if (row.status === 'ended') {
            throw new AppError('conflict', `The record of ${nameOf(row)} has ended before.`);
          }
          store.end(id, deps.operator(), reason, deps.now().toISOString());
          return { reason };
        },
        'employee.ended',
      ),
    reopen: (id) =>
      change(
        id,
        (row) => {
          if (row.status !== 'ended') {
            throw new AppError('conflict', `The record of ${nameOf(row)} has not ended.`);
          }
          store.reopen(id, deps.now().toISOString());
          return { from: 'ended', to: 'active' };
        },
        'employee.status-changed',
      ),
    setDates: (id, dates) =>
      write(() => {
        const row = required(id);
        const { startsOn = row.startsOn, endsOn = row.endsOn } = dates;
        if (startsOn !== null && endsOn !== null && endsOn < startsOn) {
          throw new AppError('invalid-input', 'The last day is before the first.', { field: 'endsOn' });
        }
        const changed = [
          ...(startsOn === row.startsOn ? [] : ['startsOn']),
          ...(endsOn === row.endsOn ? [] : ['endsOn']),
        ];
        if (changed.length > 0) {
          store.setDates(id, startsOn, endsOn);
          audit.record('employee.dates-changed', id, { changed });
        }
        return placedOne(id);
      }),
  };
}

function stateOf(row: EmployeeRow, cyclic: ReadonlySet<string>): EmployeeRecord['managerState'] {
  if (row.managerId === null) return 'none';
  if (row.userId !== null && cyclic.has(row.userId)) return 'cycle';
  return row.manager === null ? 'unknown' : 'known';
}

function nameOf({ displayName, employeeNumber, id }: Employee): string {
  return displayName || employeeNumber || id;
}
