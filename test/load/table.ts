import { type Finding, isMet, type OperationResult, type Result, summarize } from './results.ts';

/** Rows of cells, the first of which is the head. */
export type Table = string[][];

/** Operations by contender: requests per second, ratios, target, verdict. */
export function operationTable(results: readonly Result[]): Table {
  const operations = results.filter((result) => result.kind === 'operation');
  const rows = operations.map((result) => {
    const { rates, ratioA, ratioB, ratioPeer, cpuRatioA } = summarize(result);
    return [
      result.title,
      String(result.connections),
      ...['ours', 'A', 'B', 'scimmy'].map((label) => perSecond(rates[label])),
      times(ratioA),
      times(ratioB),
      times(ratioPeer),
      times(cpuRatioA),
      targetOf(result),
      verdict(result),
    ];
  });
  const head = [
    'operation',
    'conn.',
    'ours/s',
    'A/s',
    'B/s',
    'scimmy/s',
    '× A',
    '× B',
    '× scimmy',
    'CPU × A',
    'target',
    'met?',
  ];
  return rows.length === 0 ? [] : [head, ...rows];
}

/** Single figures with their bounds. */
export function findingTable(results: readonly Result[]): Table {
  const findings = results.filter((result) => result.kind === 'finding');
  const rows = findings.map((finding) => [
    finding.title,
    `${number(finding.value)} ${finding.unit}`,
    boundOf(finding),
    verdict(finding),
    finding.note ?? '',
  ]);
  return rows.length === 0 ? [] : [['what', 'measured', 'target', 'met?', ''], ...rows];
}

/** Lines of text with aligned columns; from the second column on to the right. */
export function asText(table: Table): string[] {
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table.map((row) =>
    row
      .map((cell, column) =>
        column === 0 || column === row.length - 1
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** The table in Markdown. */
export function asMarkdown(table: Table): string[] {
  const [head = [], ...rows] = table;
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '--:'))), ...rows.map(line)];
}

/** `17 of 20 targets met`, and which are not. */
export function balance(results: readonly Result[]): string {
  const judged = results.filter((result) => isMet(result) !== undefined);
  const missed = judged.filter((result) => isMet(result) === false);
  const names = missed.map(({ key }) => key).join(', ');
  return `${judged.length - missed.length} of ${judged.length} targets met${names === '' ? '' : `; not met: ${names}`}.`;
}

function targetOf({ target: { A, peer } }: OperationResult): string {
  const parts = [
    ...(A === undefined ? [] : [`≥ ${A.toFixed(1)} × A`]),
    ...(peer === undefined ? [] : [`≥ ${peer} × peer`]),
  ];
  return parts.join(', ') || '–';
}

function boundOf({ most, unit }: Finding): string {
  return most === undefined ? '–' : `≤ ${most} ${unit}`;
}

function verdict(result: Result): string {
  const met = isMet(result);
  return met === undefined ? '–' : met ? 'yes' : 'NO';
}

function perSecond(rate: number | undefined): string {
  return rate === undefined ? '–' : number(rate);
}

function times(ratio: number | undefined): string {
  return ratio === undefined ? '–' : ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(2);
}

/** Three digits that count, thousands by a comma. */
function number(value: number): string {
  if (Number.isNaN(value)) return '–';
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
