import { capture, toolScript } from './child-process.ts';
import { checkoutDirectory } from './paths.ts';
import { createReport, formatDuration, type Report, runScript } from './report.ts';

const projects = ['tsconfig.core.json', 'tsconfig.node.json', 'tsconfig.web.json', 'tsconfig.test.json'];

/** More would only compete for the two cores of a small CI machine. */
const atOnce = 2;

/** Runs `work` on every item, at most `limit` at a time, and keeps the order of the items in the results. */
export async function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const remaining = items.entries();
  const worker = async () => {
    for (const [index, item] of remaining) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return results;
}

async function checkProject(project: string, report: Report): Promise<boolean> {
  const start = Date.now();
  const result = await capture(
    process.execPath,
    [toolScript('typescript', 'tsc'), '-p', project, '--pretty', 'false'],
    {
      cwd: checkoutDirectory,
    },
  );
  const passed = result.code === 0;
  report.say(`${project}: ${passed ? 'no errors' : 'failed'} (${formatDuration(Date.now() - start)})`);
  if (!passed) report.say((result.stdout + result.stderr).trimEnd());
  return passed;
}

if (import.meta.main) {
  await runScript(async () => {
    const report = createReport();
    const results = await mapLimited(projects, atOnce, (project) => checkProject(project, report));
    return results.every(Boolean) ? 0 : 1;
  });
}
