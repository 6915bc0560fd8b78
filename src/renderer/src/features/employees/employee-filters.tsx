import { NativeSelect } from '@mantine/core';
import type { EmployeeStatus } from '../../../../shared/contract/people.ts';
import { useDepartments } from '../../api/queries/employees.ts';
import { useSearchParam } from '../../components/use-search-param.ts';
import { count } from '../../format/number.ts';
import { EMPLOYEE_STATUS } from './employee-status.tsx';

const STATUSES = Object.keys(EMPLOYEE_STATUS) as EmployeeStatus[];

/** Chooses one status and one department; both live in the URL. */
export function EmployeeFilters({ counts }: { counts: Record<EmployeeStatus, number> | undefined }) {
  const [status, setStatus] = useSearchParam('status');
  const [department, setDepartment] = useSearchParam('department');
  const departments = useDepartments().data ?? [];
  const names = departments.map(({ name }) => name);
  // One that a link names may be beyond the largest.
  const others = department !== null && !names.includes(department) ? [department] : [];
  return (
    <>
      <NativeSelect
        aria-label="Status"
        value={status ?? ''}
        onChange={(event) => setStatus(event.currentTarget.value)}
        data={[
          { value: '', label: 'Every status' },
          ...STATUSES.map((value) => ({
            value,
            label: `${EMPLOYEE_STATUS[value].label}${counts ? ` (${count(counts[value])})` : ''}`,
          })),
        ]}
      />
      <NativeSelect
        aria-label="Department"
        value={department ?? ''}
        onChange={(event) => setDepartment(event.currentTarget.value)}
        maw={220}
        data={[
          { value: '', label: 'Every department' },
          ...others.map((name) => ({ value: name, label: name })),
          ...departments.map(({ name, records }) => ({ value: name, label: `${name} (${count(records)})` })),
        ]}
      />
    </>
  );
}
