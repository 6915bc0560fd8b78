import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutCacheDirectory, checkoutDirectory } from '../../scripts/paths.ts';
import { formatDuration, type Report } from '../../scripts/report.ts';
import { startClient } from './client/start.ts';
import { prepare, type Started, start } from './contenders.ts';
import { openInspector } from './inspector.ts';
import { median, slope } from './statistics.ts';

/** One look at the server. */
export interface Sample {
  /** Since the load began, in seconds. */
  seconds: number;
  /** In bytes. */
  rss: number;
  heapUsed: number;
  heapTotal: number;
  external: number;
  /** Requests per second since the last sample, and their 99th percentile in milliseconds. */
  rate: number;
  p99: number;
}

/** Whether memory stays where it is. */
export interface SoakVerdict {
  flat: boolean;
  /** Over the last half of the run, by the straight line through its samples; bytes. */
  growth: number;
  /** The median RSS of the last half, bytes. */
  rss: number;
  /** The numbers as a sentence. */
  text: string;
}

/** The load: ten connections that rest a little, some hundred requests a second, for as long as wanted. */
const CONNECTIONS = 10;
const PAUSE_MS = 20;
const SAMPLE_MS = 10_000;
/** Memory that moves by less over the last half of a run is flat: the collector alone makes it go up and down so far. */
const FLAT_SHARE = 0.05;

/** Keeps one server busy for hours and watches its memory; writes the samples to test-results/soak/. */
export async function soak(options: {
  minutes: number;
  users: number;
  report: Report;
}): Promise<SoakVerdict> {
  const { minutes, users, report } = options;
  const folder = join(checkoutCacheDirectory, `soak-${process.pid}`);
  const client = startClient();
  let server: Started | undefined;
  try {
    report.say(`Filling ${users.toLocaleString('en')} users …`);
    const prepared = await prepare('ours', folder, { users, groups: [100] });
    server = await start(prepared, 'ours', { inspect: true });
    const inspector = await openInspector(server.inspector);
    const samples: Sample[] = [];
    const begin = performance.now();
    while (performance.now() - begin < minutes * 60_000) {
      const load = {
        workload: 'soak',
        connections: CONNECTIONS,
        pause: PAUSE_MS,
        milliseconds: SAMPLE_MS,
      } as const;
      const { rate, p99 } = await client.cell({ target: server.target, ...load });
      const seconds = Math.round((performance.now() - begin) / 1000);
      const rss = server.rss();
      if (rss === undefined) throw new Error('this platform does not tell how much memory the server has');
      const { heapUsed, heapTotal, external } = await inspector.memory();
      samples.push({ seconds, rss, heapUsed, heapTotal, external, rate, p99 });
      writeSamples(samples);
      report.progress(
        `${formatDuration(seconds * 1000)}: RSS ${megabytes(rss)}, ${rate.toFixed(0)} requests/s`,
      );
    }
    inspector.close();
    return judge(samples);
  } finally {
    await server?.stop();
    await client.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Judges the last half of the samples: the first one fills caches and warms up. */
export function judge(samples: readonly Sample[]): SoakVerdict {
  const half = samples.slice(Math.floor(samples.length / 2));
  const seconds = (half.at(-1)?.seconds ?? 0) - (half[0]?.seconds ?? 0);
  const growth = slope(half.map(({ seconds: x, rss: y }) => ({ x, y }))) * seconds;
  const rss = median(half.map((sample) => sample.rss));
  // NaN, from too few samples, is not flat.
  const flat = growth <= rss * FLAT_SHARE;
  const heap = median(half.map(({ heapUsed }) => heapUsed));
  return {
    flat,
    growth,
    rss,
    text: `${flat ? 'Flat' : 'NOT flat'}: over the last ${formatDuration(seconds * 1000)} RSS changed by ${megabytes(growth)} at a median of ${megabytes(rss)} (up to ${FLAT_SHARE * 100} % counts as flat), heap used ${megabytes(heap)}; ${half.length} samples.`,
  };
}

function writeSamples(samples: readonly Sample[]): void {
  const folder = join(checkoutDirectory, 'test-results', 'soak');
  mkdirSync(folder, { recursive: true });
  const lines = samples.map(
    ({ seconds, rss, heapUsed, heapTotal, external, rate, p99 }) =>
      `${seconds},${rss},${heapUsed},${heapTotal},${external},${rate.toFixed(1)},${p99.toFixed(2)}`,
  );
  writeFileSync(
    join(folder, 'samples.csv'),
    `${['seconds,rss_bytes,heap_used_bytes,heap_total_bytes,external_bytes,requests_per_second,p99_ms', ...lines].join('\n')}\n`,
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
