import { Button, SegmentedControl } from '@mantine/core';
import { IconIdBadge2, IconUserSearch } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { Link } from 'react-router';
import type { EmployeeRecord } from '../../../../shared/contract/employees.ts';
import type { EmployeeStatus } from '../../../../shared/contract/people.ts';
import { useEmployees } from '../../api/queries/employees.ts';
import type { RowRange } from '../../api/queries/paged-rows.ts';
import type { EmployeeFilter } from '../../api/query-keys.ts';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { Toolbar } from '../../components/toolbar.tsx';
import { useSearchParam } from '../../components/use-search-param.ts';
import { TableSkeleton, VirtualTable } from '../../components/virtual-table.tsx';
import { counted } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import { EMPLOYEE_COLUMNS } from './employee-columns.tsx';
import { EmployeeDrawer } from './employee-drawer.tsx';
import { EmployeeFilters } from './employee-filters.tsx';
import { EMPLOYEE_STATUS } from './employee-status.tsx';
import { EmployeeTree } from './employee-tree.tsx';

function isStatus(text: string): text is EmployeeStatus {
  return Object.hasOwn(EMPLOYEE_STATUS, text);
}

function useEmployeeFilter(): EmployeeFilter {
  const [search] = useSearchParam('q');
  const [status] = useSearchParam('status');
  const [department] = useSearchParam('department');
  return {
    ...(search && { search }),
    ...(status && isStatus(status) && { status }),
    ...(department && { department }),
  };
}

/** Employment records: everybody who works here or did, whatever became of their access. */
export function EmployeesPage() {
  const filter = useEmployeeFilter();
  const [view, setView] = useSearchParam('view');
  const [range, setRange] = useState<RowRange>({ first: 0, last: 0 });
  const { first, row, total } = useEmployees(filter, range);
  const [openId, setOpenId] = useSearchParam('employee', { push: true });
  const close = useCallback(() => setOpenId(null), [setOpenId]);
  const isTree = view === 'tree';

  return (
    <Page
      title="Employees"
      lead="Fed by what your IdP says about employment. A record has a life of its own: it outlives the member, and ending it takes no access away."
      fill
    >
      <Toolbar summary={isTree ? 'Everybody, by manager' : first.data && counted(total, 'record')}>
        {!isTree && (
          <>
            <SearchField label="Search employees" placeholder="Name, number, title, department" />
            <EmployeeFilters counts={first.data?.counts} />
          </>
        )}
        <SegmentedControl
          aria-label="View"
          value={isTree ? 'tree' : 'list'}
          onChange={(next) => setView(next === 'tree' ? next : null)}
          data={[
            { value: 'list', label: 'List' },
            { value: 'tree', label: 'Tree' },
          ]}
        />
      </Toolbar>
      <QueryState query={first} skeleton={<TableSkeleton />} errorTitle="The records could not be loaded">
        {({ counts }) => {
          if (counts.active + counts['on-leave'] + counts.ended === 0) return <NoRecords />;
          if (isTree) return <EmployeeTree onOpen={setOpenId} />;
          if (total === 0) return <NobodyMatches />;
          return (
            <VirtualTable<EmployeeRecord>
              key={JSON.stringify(filter)}
              label="Employees"
              columns={EMPLOYEE_COLUMNS}
              count={total}
              row={row}
              rowKey={(record) => record.id}
              onOpen={(record) => setOpenId(record.id)}
              onRange={setRange}
              selected={openId}
            />
          );
        }}
      </QueryState>
      <EmployeeDrawer id={openId} onOpen={setOpenId} onClose={close} />
    </Page>
  );
}

function NobodyMatches() {
  return (
    <Empty
      icon={IconUserSearch}
      title="Nobody matches"
      actions={
        <Button component={Link} to={paths.employees()} variant="default">
          Show everybody
        </Button>
      }
    >
      Change the search or the filters.
    </Empty>
  );
}

function NoRecords() {
  return (
    <Empty
      icon={IconIdBadge2}
      title="No employee records yet"
      actions={
        <Button component={Link} to={paths.identitySetup()}>
          Open the identity setup
        </Button>
      }
    >
      Whomever your IdP pushes has a record. Number, department and manager come from the enterprise extension
      of SCIM; where they are read from is up to the <Link to={paths.mapping}>attribute mapping</Link>.
    </Empty>
  );
}
