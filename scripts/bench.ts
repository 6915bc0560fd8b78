import { parseArgs } from 'node:util';
import type { Settings } from '../test/load/bench.ts';
import { writePage } from '../test/load/page.ts';
import { preparedPeers } from '../test/load/peers/packages.ts';
import { flatten, type Result } from '../test/load/results.ts';
import { runBenchmark } from '../test/load/run.ts';
import { asText, balance, findingTable, operationTable } from '../test/load/table.ts';
import { createReport, formatDuration, runScript, SetupError } from './report.ts';

const full: Settings = {
  mode: 'full',
  rounds: 3,
  milliseconds: 1500,
  users: 10_000,
  connections: [10, 50],
  growth: [1000, 10_000, 100_000, 1_000_000],
  groupSizes: [10, 1000, 10_000, 100_000],
  sync: { users: 10_000, groups: 100, members: 100, rounds: 3 },
};

const quick: Settings = {
  mode: 'quick',
  rounds: 3,
  milliseconds: 200,
  users: 10_000,
  connections: [10],
  growth: [1000, 10_000],
  groupSizes: [10, 1000],
  sync: { users: 500, groups: 10, members: 50, rounds: 1 },
};

const usage =
  'use: npm run bench -- [--quick] [--json] [--only NAME,…] [--peers] [--write] [--rounds N] [--milliseconds N]';

/**
 * The benchmark of docs/performance.md. `--json` prints one line of figures on stdout and everything else on stderr.
 * It fails when a server answers wrongly, not when a target is missed.
 */
await runScript(async () => {
  const options = readOptions();
  const report = createReport(process.stderr);
  const begin = Date.now();
  const { settings } = options;

  let peers = false;
  if (settings.mode === 'quick' && !options.peers) {
    report.say('The peers are left out of --quick; add --peers to have them in.');
  } else {
    const found = await preparedPeers();
    peers = 'folder' in found;
    if ('reason' in found) report.say(found.reason);
  }
  const results = await runBenchmark({ settings, only: options.only, peers, report });
  const print = (lines: readonly string[]) => {
    const stream = options.json ? process.stderr : process.stdout;
    for (const line of lines) stream.write(`${line}\n`);
  };
  print(['', ...asText(operationTable(results)), '', ...asText(findingTable(results)), '', balance(results)]);
  report.say(`Took ${formatDuration(Date.now() - begin)}.`);
  if (options.json) process.stdout.write(`${JSON.stringify(figures(settings, results))}\n`);
  if (options.write) writePage(results, settings, report);
  return 0;
});

function figures(settings: Settings, results: readonly Result[]) {
  return { mode: settings.mode, users: settings.users, rounds: settings.rounds, ...flatten(results) };
}

function readOptions() {
  const { values } = read();
  const base = values.quick ? quick : full;
  const only = values.only?.flatMap((names) => names.split(','));
  return {
    ...values,
    only,
    // A part of the figures must not replace the whole page.
    write: values.write || (!values.quick && only === undefined && values.rounds === undefined),
    settings: {
      ...base,
      ...(values.rounds !== undefined && {
        rounds: count(values.rounds),
        sync: { ...base.sync, rounds: count(values.rounds) },
      }),
      ...(values.milliseconds !== undefined && { milliseconds: count(values.milliseconds) }),
    },
  };
}

function read() {
  try {
    return parseArgs({
      options: {
        quick: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        only: { type: 'string', multiple: true },
        peers: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        rounds: { type: 'string' },
        milliseconds: { type: 'string' },
      },
    });
  } catch (error) {
    throw new SetupError(`${(error as Error).message}; ${usage}`);
  }
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new SetupError(`${text} is no number above 0; ${usage}`);
  return value;
}
