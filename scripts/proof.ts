import { proofs } from './proof/index.ts';
import { createReport, formatDuration, runScript } from './report.ts';
import { parseOnly, runSteps, selectSteps, summaryTable, totalCounts } from './test-steps.ts';

/** Runs the long proofs, all of them or those named by `--only`; `npm test` runs a short slice of each. */
await runScript(async () => {
  const report = createReport();
  const start = Date.now();
  const results = await runSteps(selectSteps(proofs, parseOnly(process.argv.slice(2))), report, () => false);
  const total = totalCounts(results);
  report.say(`\n${summaryTable(results).join('\n')}`);
  report.say(`\nTook ${formatDuration(Date.now() - start)}; ${total.skipped} skipped.`);
  report.say(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
});
