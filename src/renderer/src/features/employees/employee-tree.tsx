import { Text } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { useUnder } from '../../api/queries/employees.ts';
import { ErrorCallout } from '../../components/error-callout.tsx';
import { count, counted } from '../../format/number.ts';
import { EmployeeStatusBadge } from './employee-status.tsx';
import styles from './employee-tree.module.css';
import { idAt, TOP, type TreeRow, treeRows } from './tree-rows.ts';

const ROW_HEIGHT = 36;

/** Who reports to whom. Arrow keys walk, open and close; Enter shows the record. */
export function EmployeeTree({ onOpen }: { onOpen: (id: string) => void }) {
  const [pages, setPages] = useState<ReadonlyMap<string, number>>(new Map([[TOP, 1]]));
  const [cursor, setCursor] = useState(TOP);
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const keys = [...pages.keys()];
  const branches = useUnder(keys.map((key) => ({ under: idAt(key), pages: pages.get(key) ?? 1 })));
  const rows = treeRows(new Set(keys), (key) => branches[keys.indexOf(key)]);
  const error = branches.find((branch) => branch.error)?.error;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const items = virtualizer.getVirtualItems();
  const at = Math.max(
    0,
    rows.findIndex(({ key }) => key === cursor),
  );

  // Whoever scrolls to where the loaded ones end sees the next; one page at a time.
  const wanting = items.map(({ index }) => rows[index]).find((row) => row?.kind === 'more' && row.left);
  const wantingMore = wanting?.parent;
  useEffect(() => {
    if (wantingMore === undefined) return;
    setPages((before) => new Map(before).set(wantingMore, (before.get(wantingMore) ?? 1) + 1));
  }, [wantingMore]);

  function setOpen(row: TreeRow, isOpen: boolean): void {
    if (row.kind !== 'person') return;
    setPages((before) => {
      const after = new Map(before);
      if (isOpen) after.set(row.key, 1);
      else for (const key of before.keys()) if (`${key}/`.startsWith(`${row.key}/`)) after.delete(key);
      return after;
    });
  }

  function go(index: number): void {
    const target = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (!target) return;
    setCursor(target.key);
    virtualizer.scrollToIndex(rows.indexOf(target), { align: 'auto' });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const row = rows[at];
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const isOpen = row.kind === 'person' && row.isOpen;
    const canOpen = row.kind === 'person' && row.record.reports > 0 && !row.isRepeated;
    switch (event.key) {
      case 'ArrowDown':
        go(at + 1);
        break;
      case 'ArrowUp':
        go(at - 1);
        break;
      case 'Home':
        go(0);
        break;
      case 'End':
        go(rows.length - 1);
        break;
      case 'PageDown':
        go(at + 10);
        break;
      case 'PageUp':
        go(at - 10);
        break;
      case 'ArrowRight':
        if (isOpen) go(at + 1);
        else if (canOpen) setOpen(row, true);
        break;
      case 'ArrowLeft':
        if (isOpen) setOpen(row, false);
        else if (row.parent !== TOP) go(rows.findIndex(({ key }) => key === row.parent));
        break;
      case 'Enter':
        if (row.kind === 'person') onOpen(row.record.id);
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  const current = rows[at];
  return (
    <>
      <ErrorCallout error={error} title="The tree could not be loaded" />
      <div
        ref={scroller}
        className={styles.tree}
        role="tree"
        aria-label="Who reports to whom"
        aria-activedescendant={current && `${id}${current.key}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          {items.map(({ index, start }) => {
            const row = rows[index];
            return (
              row && (
                <TreeLine
                  key={row.key}
                  id={`${id}${row.key}`}
                  row={row}
                  top={start}
                  isCurrent={row.key === current?.key}
                  onToggle={() => setOpen(row, row.kind === 'person' && !row.isOpen)}
                  onOpen={() => {
                    setCursor(row.key);
                    if (row.kind === 'person') onOpen(row.record.id);
                  }}
                />
              )
            );
          })}
        </div>
      </div>
    </>
  );
}

function TreeLine({
  id,
  row,
  top,
  isCurrent,
  onToggle,
  onOpen,
}: {
  id: string;
  row: TreeRow;
  top: number;
  isCurrent: boolean;
  onToggle: () => void;
  onOpen: () => void;
}) {
  const style = { transform: `translateY(${top}px)`, height: ROW_HEIGHT, paddingLeft: 8 + row.level * 20 };
  if (row.kind === 'more') {
    return (
      <div
        id={id}
        role="treeitem"
        aria-level={row.level}
        aria-selected={isCurrent}
        tabIndex={-1}
        className={styles.row}
        style={style}
      >
        <Text size="sm" c="dimmed">
          {row.left === null ? 'Loading…' : `${count(row.left)} more…`}
        </Text>
      </div>
    );
  }
  const { record, isOpen, isRepeated } = row;
  const canOpen = record.reports > 0 && !isRepeated;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the tree's, which has the focus
    <div
      id={id}
      role="treeitem"
      aria-level={row.level}
      aria-setsize={row.setSize}
      aria-posinset={row.place}
      aria-expanded={canOpen ? isOpen : undefined}
      aria-selected={isCurrent}
      tabIndex={-1}
      className={styles.row}
      style={style}
      onClick={onOpen}
    >
      {canOpen ? (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys of the tree do the same
        // biome-ignore lint/a11y/noStaticElementInteractions: no stop of its own beside the row
        <span
          className={styles.toggle}
          title={isOpen ? 'Close' : 'Open'}
          onClick={(event) => {
            event.stopPropagation();
            onToggle();
          }}
        >
          {isOpen ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
        </span>
      ) : (
        <span className={styles.toggle} />
      )}
      <span className={styles.name}>{record.displayName || record.employeeNumber}</span>
      <span className={styles.facts}>{[record.title, record.department].filter(Boolean).join(', ')}</span>
      {isRepeated && <span className={styles.note}>Stands above already: a circle</span>}
      {!isRepeated && record.managerState === 'cycle' && <span className={styles.note}>In a circle</span>}
      {record.managerState === 'unknown' && <span className={styles.note}>Manager not known here</span>}
      {record.status !== 'active' && <EmployeeStatusBadge status={record.status} plain />}
      {record.reports > 0 && <span className={styles.reports}>{counted(record.reports, 'report')}</span>}
    </div>
  );
}
