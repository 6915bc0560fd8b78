import { Skeleton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import type { RowRange } from '../api/queries/paged-rows.ts';
import styles from './virtual-table.module.css';

export interface Column<T> {
  header: string;
  /** CSS width; columns without one share what is left. */
  width?: string;
  /** From which width of the table on the column is shown. */
  from?: 'medium' | 'wide';
  align?: 'end';
  cell: (row: T) => ReactNode;
}

const ROW_HEIGHT = 42;
const TWO_LINE_HEIGHT = 52;

/**
 * A table of any length that renders only the rows in view. `row` may answer undefined for rows that are still being
 * fetched. The first cell of a row should hold the link or button that opens it; a click elsewhere does the same.
 */
export function VirtualTable<T>({
  label,
  columns,
  count,
  row,
  rowKey,
  onOpen,
  onRange,
  onAwayFromTop,
  selected,
  cursor,
  twoLines = false,
}: {
  label: string;
  columns: readonly Column<T>[];
  count: number;
  row: (index: number) => T | undefined;
  rowKey: (row: T) => string | number;
  onOpen: (row: T) => void;
  onRange?: (range: RowRange) => void;
  onAwayFromTop?: (away: boolean) => void;
  selected?: string | number | null;
  /** Index of the row that the keyboard is on; it is kept in sight. */
  cursor?: number;
  /** Rows tall enough for cells of two lines. */
  twoLines?: boolean;
}) {
  const rowHeight = twoLines ? TWO_LINE_HEIGHT : ROW_HEIGHT;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => onRange?.({ first, last }), [first, last, onRange]);
  useEffect(() => {
    if (cursor !== undefined) virtualizer.scrollToIndex(cursor, { align: 'auto' });
  }, [cursor, virtualizer]);
  // A new table starts at its top, wherever the one before it was.
  useEffect(() => onAwayFromTop?.(false), [onAwayFromTop]);

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      onScroll={onAwayFromTop && ((event) => onAwayFromTop(event.currentTarget.scrollTop > rowHeight))}
    >
      <table
        className={styles.table}
        data-two-lines={twoLines || undefined}
        aria-label={label}
        aria-rowcount={count + 1}
      >
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <th
                key={column.header}
                scope="col"
                style={{ width: column.width }}
                data-from={column.from}
                data-align={column.align}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={items[0]?.start ?? 0} />
          {items.map(({ index }) => {
            const value = row(index);
            return value === undefined ? (
              <WaitingRow key={`waiting-${index}`} columns={columns} />
            ) : (
              <tr
                key={rowKey(value)}
                className={styles.row}
                aria-rowindex={index + 2}
                data-selected={rowKey(value) === selected || undefined}
                onClick={(event) => {
                  if (!(event.target as Element).closest('a, button, input, label')) onOpen(value);
                }}
              >
                {columns.map((column) => (
                  <td key={column.header} data-from={column.from} data-align={column.align}>
                    {column.cell(value)}
                  </td>
                ))}
              </tr>
            );
          })}
          <Spacer height={virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)} />
        </tbody>
      </table>
    </div>
  );
}

/** One cell wide: spanning all columns would bring back those that a narrow table leaves out. */
function Spacer({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden className={styles.spacer}>
      <td style={{ height }} />
    </tr>
  );
}

function WaitingRow<T>({ columns }: { columns: readonly Column<T>[] }) {
  return (
    <tr aria-hidden>
      {columns.map((column) => (
        <td key={column.header} data-from={column.from}>
          <Skeleton height={10} radius="xl" width="70%" />
        </td>
      ))}
    </tr>
  );
}

/** The table's shape while its first rows load. */
export function TableSkeleton({ rows = 12 }: { rows?: number }) {
  return (
    <div className={styles.scroller}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders are all alike
        <div key={index} className={styles.placeholder}>
          <Skeleton height={10} radius="xl" width={`${28 - (index % 4) * 4}%`} />
          <Skeleton height={10} radius="xl" width="16%" />
          <Skeleton height={10} radius="xl" width="12%" />
        </div>
      ))}
    </div>
  );
}
