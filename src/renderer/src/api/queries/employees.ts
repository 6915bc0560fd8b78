import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import type { EmployeeRecord } from '../../../../shared/contract/employees.ts';
import type { ChangedEntity, OutputOf } from '../../../../shared/contract/index.ts';
import { call } from '../client.ts';
import type { EmployeeFilter } from '../query-keys.ts';
import { queryKeys } from '../query-keys.ts';
import { useChange } from './change.ts';
import type { RowRange } from './paged-rows.ts';
import { PAGE_SIZE, usePagedRows } from './paged-rows.ts';

const EMPLOYEES: readonly ChangedEntity[] = ['employees'];

/** The records that match a filter, of which the pages in `range` are loaded. */
export function useEmployees(filter: EmployeeFilter, range: RowRange) {
  return usePagedRows<EmployeeRecord, OutputOf<'employees.list'>>(
    (page) => ({
      queryKey: queryKeys.employeesPage(filter, page),
      queryFn: () => call('employees.list', { ...filter, offset: page * PAGE_SIZE, limit: PAGE_SIZE }),
      placeholderData: page === 0 ? keepPreviousData : undefined,
    }),
    range,
  );
}

/** One record with its managers and history. */
export function useEmployee(id: string) {
  return useQuery({ queryKey: queryKeys.employee(id), queryFn: () => call('employees.get', { id }) });
}

/** The departments that records name, the largest first. */
export function useDepartments() {
  return useQuery({
    queryKey: queryKeys.departments(),
    queryFn: async () => (await call('employees.departments', {})).items,
  });
}

function pageUnder(under: string | null, page: number) {
  return {
    queryKey: queryKeys.employeesUnder(under, page),
    queryFn: () =>
      call('employees.tree', { ...(under && { under }), offset: page * PAGE_SIZE, limit: PAGE_SIZE }),
  };
}

/** The first who report to somebody. */
export function useReports(id: string) {
  return useQuery(pageUnder(id, 0));
}

/** So many pages under each of these, null for the top; in the same order. */
export function useUnder(wanted: readonly { under: string | null; pages: number }[]) {
  const pages = wanted.flatMap(({ under, pages: count }) =>
    Array.from({ length: count }, (_, page) => ({ under, page })),
  );
  const answers = useQueries({ queries: pages.map(({ under, page }) => pageUnder(under, page)) });
  return wanted.map(({ under }) => {
    const own = answers.filter((_, index) => pages[index]?.under === under);
    return {
      items: own.flatMap(({ data }) => data?.items ?? []),
      total: own[0]?.data?.total,
      error: own.find(({ error }) => error)?.error ?? null,
    };
  });
}

/** Notes a leave, or its end. */
export function useSetEmployeeStatus() {
  return useChange('employees.setStatus', EMPLOYEES);
}

/** Ends a record. */
export function useEndEmployee() {
  return useChange('employees.end', EMPLOYEES);
}

/** Lets a record that ended go on. */
export function useReopenEmployee() {
  return useChange('employees.reopen', EMPLOYEES);
}

/** Sets first and last day. */
export function useSetEmployeeDates() {
  return useChange('employees.setDates', EMPLOYEES);
}
