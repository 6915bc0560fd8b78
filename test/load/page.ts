import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { checkoutDirectory } from '../../scripts/paths.ts';
import { type Report, SetupError } from '../../scripts/report.ts';
import type { Settings } from './bench.ts';
import { growthPlot, type Line, ratioPlot } from './plot.ts';
import { type Result, summarize } from './results.ts';
import { asMarkdown, balance, findingTable, operationTable } from './table.ts';

const START = '<!-- measured: from here to the end mark `npm run bench` writes -->';
const END = '<!-- /measured -->';

/** Writes the tables and the plots into docs/; what people wrote around them stays. */
export function writePage(results: readonly Result[], settings: Settings, report: Report): void {
  const docs = join(checkoutDirectory, 'docs');
  const page = join(docs, 'performance.md');
  const plots = plotsOf(results);
  mkdirSync(join(docs, 'images'), { recursive: true });
  for (const { file, svg } of plots) writeFileSync(join(docs, 'images', file), svg);
  const measured = measuredRegion(results, settings, plots, machine());
  writeFileSync(page, replaceRegion(readFileSync(page, 'utf8'), measured));
  report.say(`Wrote docs/performance.md and ${plots.length} plots.`);
}

/**
 * The page with its measured region replaced.
 * @throws SetupError when the page has no such region
 */
export function replaceRegion(page: string, measured: string): string {
  const start = page.indexOf(START);
  const end = page.indexOf(END, start);
  if (start < 0 || end < 0)
    throw new SetupError(`docs/performance.md has lost its marks; put ${START} and ${END} back.`);
  return `${page.slice(0, start + START.length)}\n\n${measured.trim()}\n\n${page.slice(end)}`;
}

interface Plot {
  file: string;
  alternative: string;
  svg: string;
}

function measuredRegion(
  results: readonly Result[],
  settings: Settings,
  plots: readonly Plot[],
  where: string,
): string {
  const operations = operationTable(results);
  const findings = findingTable(results);
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)}: ${where}; ${settings.rounds} interleaved rounds of ${settings.milliseconds} ms, ${settings.users.toLocaleString('en')} users unless said otherwise; medians, ratios round by round. ${balance(results)}`,
    ...plots.map(({ file, alternative }) => `![${alternative}](images/${file})`),
    ...(operations.length === 0 ? [] : [asMarkdown(operations).join('\n')]),
    ...(findings.length === 0 ? [] : [asMarkdown(findings).join('\n')]),
  ].join('\n\n');
}

function plotsOf(results: readonly Result[]): Plot[] {
  const plots: Plot[] = [];
  const bars = results.flatMap((result) => {
    if (result.kind !== 'operation') return [];
    const { ratioA } = summarize(result);
    const label = `${result.title}${result.connections === 10 ? '' : `, ${result.connections} conn.`}`;
    return ratioA === undefined ? [] : [{ label, value: ratioA, target: result.target.A }];
  });
  if (bars.length > 0) {
    const title =
      'Requests per second, Rollcall by ceiling A (bare Express 5 and SQLite); the mark is the target';
    plots.push({ file: 'performance.svg', alternative: title, svg: ratioPlot(title, bars) });
  }
  const lines: Line[] = results.flatMap((result) =>
    result.kind === 'finding' && result.series
      ? [{ label: result.title.split(':')[0] ?? '', points: result.series }]
      : [],
  );
  if (lines.length > 0) {
    const title = 'Cost of a request by the number of users, 1 × is the smallest directory';
    plots.push({ file: 'performance-growth.svg', alternative: title, svg: growthPlot(title, lines) });
  }
  return plots;
}

function machine(): string {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown CPU'}, ${memory} GiB, ${process.platform}, Node ${process.versions.node}`;
}
