import type { EmployeeRecord } from '../../../../shared/contract/employees.ts';

/** What is loaded under one node. */
export interface Branch {
  items: readonly EmployeeRecord[];
  total: number | undefined;
}

/** One line of the tree as it is shown. */
export type TreeRow = { key: string; level: number; parent: string } & (
  | {
      kind: 'person';
      record: EmployeeRecord;
      isOpen: boolean;
      /** How many there are beside it, and which of them it is, from 1. */
      setSize: number;
      place: number;
      /** It stands above itself: the line comes back here, and goes no further. */
      isRepeated: boolean;
    }
  /** More are there than are loaded; null while nobody knows how many. */
  | { kind: 'more'; left: number | null }
);

/** The top of the tree, as a key. */
export const TOP = '';

/** The key of a person's place: the same person may stand in more than one. */
export function keyUnder(parent: string, id: string): string {
  return `${parent}/${id}`;
}

/** The id of the person at a place; null at the top. */
export function idAt(key: string): string | null {
  return key === TOP ? null : key.slice(key.lastIndexOf('/') + 1);
}

/** The lines to show: everybody loaded under an open place, depth first. */
export function treeRows(
  open: ReadonlySet<string>,
  branchOf: (key: string) => Branch | undefined,
): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (parent: string, level: number): void => {
    const { items, total } = branchOf(parent) ?? { items: [], total: undefined };
    const above = new Set(parent.split('/'));
    for (const [index, record] of items.entries()) {
      const key = keyUnder(parent, record.id);
      const isRepeated = above.has(record.id);
      const isOpen = !isRepeated && open.has(key);
      const setSize = total ?? items.length;
      rows.push({
        kind: 'person',
        key,
        level,
        parent,
        record,
        isOpen,
        setSize,
        place: index + 1,
        isRepeated,
      });
      if (isOpen) add(key, level + 1);
    }
    if (total === undefined || items.length < total) {
      const left = total === undefined ? null : total - items.length;
      rows.push({ kind: 'more', key: `${parent}/more`, level, parent, left });
    }
  };
  add(TOP, 1);
  return rows;
}
