import { describe, expect, test } from 'vitest';
import { asMarkdown, asText, balance, findingTable, operationTable } from '../../load/table.ts';
import { finding, operation } from './results.ts';

const missed = operation({ ours: [1234], A: [5000] });

describe('the tables', () => {
  test('name rates, ratios, the target and the verdict', () => {
    const [head, row] = operationTable([missed, finding(1)]);
    expect(head).toHaveLength(row?.length ?? 0);
    expect(Object.fromEntries((head ?? []).map((name, column) => [name, row?.[column]]))).toEqual({
      operation: 'GET /Users/{id}',
      'conn.': '10',
      'ours/s': '1,234',
      'A/s': '5,000',
      'B/s': '–',
      'scimmy/s': '–',
      '× A': '0.25',
      '× B': '–',
      '× scimmy': '–',
      'CPU × A': '0.50',
      target: '≥ 1.0 × A, ≥ 5 × peer',
      'met?': 'NO',
    });
  });

  test('name figures with their bound and note', () => {
    expect(findingTable([missed, finding(2.34159, { note: '1k: 5/s' })])).toEqual([
      ['what', 'measured', 'target', 'met?', ''],
      ['POST: cost', '2.34 ×', '≤ 4 ×', 'yes', '1k: 5/s'],
    ]);
  });

  test('are empty without rows, not a lonely head', () => {
    expect(operationTable([finding(1)])).toEqual([]);
    expect(findingTable([missed])).toEqual([]);
    expect(asText([])).toEqual([]);
  });
});

test('as text the columns are aligned', () => {
  expect(
    asText([
      ['a', 'n', 'z'],
      ['long', '100', 'end'],
    ]),
  ).toEqual(['a       n  z', 'long  100  end']);
});

test('in Markdown a bar in a cell stays in its cell', () => {
  expect(
    asMarkdown([
      ['a', 'b'],
      ['x|y', '1'],
    ]),
  ).toEqual(['| a | b |', '| --- | --: |', '| x\\|y | 1 |']);
});

test('the balance counts what has a target and names what missed it', () => {
  expect(balance([missed, finding(1), finding(5), finding(5, { most: undefined })])).toBe(
    '1 of 3 targets met; not met: getById, growth.post.',
  );
  expect(balance([finding(1)])).toBe('1 of 1 targets met.');
});
