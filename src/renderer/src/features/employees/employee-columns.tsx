import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLocation } from 'react-router';
import type { EmployeeRecord } from '../../../../shared/contract/employees.ts';
import { RowLink } from '../../components/row-link.tsx';
import type { Column } from '../../components/virtual-table.tsx';
import { count } from '../../format/number.ts';
import { EmployeeStatusBadge } from './employee-status.tsx';

function EmployeeLink({ record }: { record: EmployeeRecord }) {
  const { pathname, search } = useLocation();
  const params = new URLSearchParams(search);
  params.set('employee', record.id);
  return <RowLink to={`${pathname}?${params}`}>{record.displayName || record.employeeNumber}</RowLink>;
}

function dimmed(text: string): ReactNode {
  return (
    <Text span size="sm" c="dimmed">
      {text}
    </Text>
  );
}

/** Who somebody reports to, or why that can't be said. */
export function managerOf({ manager, managerState }: EmployeeRecord): ReactNode {
  if (managerState === 'none') return dimmed('None');
  if (managerState === 'unknown') return dimmed('Not known here');
  return managerState === 'cycle' ? `${manager?.displayName} (in a circle)` : manager?.displayName;
}

/** The table of records; what matters most stays longest as the window narrows. */
export const EMPLOYEE_COLUMNS: readonly Column<EmployeeRecord>[] = [
  { header: 'Name', cell: (record) => <EmployeeLink record={record} /> },
  { header: 'Status', width: '124px', cell: ({ status }) => <EmployeeStatusBadge status={status} /> },
  { header: 'Title', from: 'medium', cell: ({ title }) => title },
  { header: 'Department', cell: ({ department }) => department },
  { header: 'Manager', from: 'medium', cell: managerOf },
  { header: 'Number', width: '110px', from: 'wide', cell: ({ employeeNumber }) => employeeNumber },
  { header: 'Reports', width: '84px', from: 'wide', align: 'end', cell: ({ reports }) => count(reports) },
];
