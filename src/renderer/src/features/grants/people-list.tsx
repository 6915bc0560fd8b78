import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import type { RowRange } from '../../api/queries/paged-rows.ts';
import type { Column } from '../../components/virtual-table.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { counted } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import styles from './grants.module.css';

/** People by name, searched and paged: any number of them in a box that stays small. */
export function PeopleList<T extends { id: string }>({
  label,
  columns,
  total,
  row,
  search,
  onSearch,
  onRange,
}: {
  label: string;
  columns: readonly Column<T>[];
  total: number;
  row: (index: number) => T | undefined;
  search: string;
  onSearch: (search: string) => void;
  onRange: (range: RowRange) => void;
}) {
  const navigate = useNavigate();
  return (
    <div className={styles.people}>
      <TextInput
        type="search"
        aria-label={`Search: ${label}`}
        placeholder="Name, e-mail, identifier"
        description={counted(total, 'person', 'people')}
        inputWrapperOrder={['input', 'description']}
        value={search}
        maxLength={200}
        onChange={(event) => onSearch(event.currentTarget.value)}
        leftSection={<IconSearch size={16} aria-hidden />}
      />
      {total > 0 && (
        <div className={styles.table}>
          <VirtualTable<T>
            key={search}
            label={label}
            columns={columns}
            count={total}
            row={row}
            rowKey={({ id }) => id}
            onOpen={({ id }) => void navigate(paths.members({ member: id }))}
            onRange={onRange}
          />
        </div>
      )}
    </div>
  );
}
