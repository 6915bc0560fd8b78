import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutCacheDirectory } from '../../scripts/paths.ts';
import { formatDuration, type Report, SetupError } from '../../scripts/report.ts';
import type { Bench, Part, Settings } from './bench.ts';
import { startClient } from './client/start.ts';
import { type ContenderName, type Prepared, prepare, type Started, start } from './contenders.ts';
import { cursorPages } from './parts/cursor.ts';
import { disk } from './parts/disk.ts';
import { groupChanges } from './parts/groups.ts';
import { growth } from './parts/growth.ts';
import { mixedLoad } from './parts/mixed.ts';
import { singleOperations } from './parts/operations.ts';
import { fullSync } from './parts/sync.ts';
import { userInterface } from './parts/ui.ts';
import type { Result } from './results.ts';

/** The benchmark, in the order in which it runs. */
const parts: readonly Part[] = [
  disk,
  singleOperations,
  cursorPages,
  groupChanges,
  mixedLoad,
  fullSync,
  growth,
  userInterface,
];

/** The parts that a run takes. @throws SetupError for a name that nothing has */
export function selectParts(mode: Settings['mode'], only: readonly string[] | undefined): Part[] {
  if (only === undefined) return parts.filter((part) => mode === 'full' || !part.fullOnly);
  const namesOf = (part: Part) => [part.name, ...(part.also ?? [])];
  const known = parts.flatMap(namesOf);
  const unknown = only.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new SetupError(`There is no part ${unknown}; the parts are ${known.join(', ')}.`);
  }
  return parts.filter((part) => namesOf(part).some((name) => only.includes(name)));
}

/** The subfolder for what the running part made. */
const PART = 'part';

/** Runs the parts one after the other; nothing of theirs outlives it, servers and data directories included. */
export async function runBenchmark(options: {
  settings: Settings;
  only: readonly string[] | undefined;
  peers: boolean;
  report: Report;
}): Promise<Result[]> {
  const { settings, only, peers, report } = options;
  const selected = selectParts(settings.mode, only);
  const folder = newFolder();
  const client = startClient();
  const running: Started[] = [];
  const usual = new Map<ContenderName, Prepared>();
  let count = 0;
  const contenders: ContenderName[] = ['ours', 'A', 'B', ...(peers ? (['scimmy'] as const) : [])];
  const bench: Bench = {
    settings,
    client,
    report,
    contenders,
    wants: (name) => only === undefined || only.includes(name),
    async usual(name) {
      const known =
        usual.get(name) ?? (await prepare(name, join(folder, `usual-${name}`), { users: settings.users }));
      usual.set(name, known);
      return known;
    },
    prepare: (name, rows, policy) => prepare(name, join(folder, PART, `${++count}-${name}`), rows, policy),
    async start(prepared, label) {
      const server = await start(prepared, label);
      running.push(server);
      return server;
    },
  };
  const results: Result[] = [];
  try {
    for (const part of selected) {
      const begin = Date.now();
      report.say(`== ${part.name}: ${part.title}`);
      results.push(...(await part.run(bench)));
      for (const server of running.splice(0)) await server.stop();
      rmSync(join(folder, PART), { recursive: true, force: true });
      report.say(`   took ${formatDuration(Date.now() - begin)}`);
    }
    return results;
  } finally {
    for (const server of running) await server.stop();
    await client.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder on the disk of the checkout, since a temporary folder may be memory. Those of killed runs are removed. */
function newFolder(): string {
  mkdirSync(checkoutCacheDirectory, { recursive: true });
  for (const name of readdirSync(checkoutCacheDirectory)) {
    const pid = /^bench-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      rmSync(join(checkoutCacheDirectory, name), { recursive: true, force: true });
    }
  }
  return join(checkoutCacheDirectory, `bench-${process.pid}`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
