import { expect, test } from 'vitest';
import { idAt, keyUnder, TOP, treeRows } from '../../../src/renderer/src/features/employees/tree-rows.ts';
import type { EmployeeRecord } from '../../../src/shared/contract/employees.ts';

const person = (id: string) => ({ id, displayName: id, reports: 1 }) as EmployeeRecord;
const told = (rows: ReturnType<typeof treeRows>) =>
  rows.map((row) => `${row.level} ${row.kind === 'person' ? row.record.id : `more ${row.left}`}`);

test('everybody loaded under an open place is shown, depth first, and what is left is told', () => {
  const branches: Record<string, { items: EmployeeRecord[]; total: number }> = {
    [TOP]: { items: [person('a'), person('b')], total: 2 },
    '/a': { items: [person('c')], total: 3 },
  };
  const rows = treeRows(new Set([TOP, '/a', '/b']), (key) => branches[key]);
  expect(told(rows)).toEqual(['1 a', '2 c', '2 more 2', '1 b', '2 more null']);
  expect(idAt(keyUnder('/a', 'c'))).toBe('c');
});

test('a circle ends where it comes back, even when its place is marked open', () => {
  const only = { items: [person('a')], total: 1 };
  const rows = treeRows(new Set([TOP, '/a', '/a/a']), () => only);
  expect(told(rows)).toEqual(['1 a', '2 a']);
  expect(rows.map((row) => row.kind === 'person' && row.isRepeated)).toEqual([false, true]);
});
