import type { Bench, Part } from '../bench.ts';
import type { WorkloadName } from '../client/workloads.ts';
import type { Prepared, Started } from '../contenders.ts';
import type { Finding, Result } from '../results.ts';
import { interleave, type Rounds } from '../rounds.ts';
import { median } from '../statistics.ts';

const workloads: readonly { workload: WorkloadName; title: string; most?: number }[] = [
  { workload: 'getById', title: 'GET /Users/{id}', most: 4 },
  { workload: 'filterEq', title: 'filter userName eq', most: 4 },
  { workload: 'filterSw', title: 'filter userName sw', most: 4 },
  { workload: 'filterCo', title: 'filter userName co' },
  { workload: 'list', title: 'first page of 100' },
  { workload: 'listDeep', title: 'page of 100 at 90 %' },
  { workload: 'patch', title: 'PATCH active', most: 4 },
  { workload: 'post', title: 'POST', most: 4 },
];

/** Ours from a thousand to a million users: one server for each size, all alive, interleaved. */
export const growth: Part = {
  name: 'growth',
  title: 'growth: the same requests on more and more users',
  also: ['start'],
  fullOnly: true,
  async run(bench) {
    const { settings, client, report } = bench;
    const sizes = settings.growth;
    const started: Started[] = [];
    let largest: Prepared | undefined;
    for (const users of sizes) {
      report.say(`filling ${users.toLocaleString('en')} users …`);
      largest = await bench.prepare('ours', { users });
      started.push(await bench.start(largest, String(users)));
    }
    const results: Result[] = [];
    const rates: RatesByWorkload = {};
    const { milliseconds, rounds } = settings;
    for (const { workload, title, most } of workloads) {
      report.progress(`${title} …`);
      const measured = await interleave(client, started, { workload, connections: 10, milliseconds }, rounds);
      rates[workload] = measured;
      results.push(growthOf(sizes, measured, { workload, title, most }));
    }
    results.push(deepPage(sizes, rates));
    const last = started.at(-1);
    if (last && largest) {
      results.push(...(await onTheLargest(bench, last)));
      for (const server of started) await server.stop();
      results.push(await startTime(bench, largest, sizes.at(-1) ?? 0));
    }
    return results;
  },
};

/** Each workload's rounds. */
type RatesByWorkload = Partial<Record<WorkloadName, Rounds>>;

function growthOf(
  sizes: readonly number[],
  measured: Rounds,
  { workload, title, most }: { workload: WorkloadName; title: string; most?: number | undefined },
): Finding {
  const rates = sizes.map((size) => rateOf(measured, size));
  return {
    kind: 'finding',
    key: `growth.${workload}`,
    title: `${title}: cost at ${short(sizes.at(-1))} by cost at ${short(sizes[0])} users`,
    value: (rates[0] ?? Number.NaN) / (rates.at(-1) ?? Number.NaN),
    unit: '×',
    ...(most !== undefined && { most }),
    series: sizes.map((size, index) => ({ x: size, y: 1000 / (rates[index] ?? Number.NaN) })),
    note: sizes.map((size, index) => `${short(size)}: ${rates[index]?.toFixed(0)}/s`).join(', '),
  };
}

function deepPage(sizes: readonly number[], rates: RatesByWorkload): Finding {
  const largest = sizes.at(-1) ?? 0;
  return {
    kind: 'finding',
    key: 'growth.listDeepByList',
    title: `page of 100 at 90 % by the first page, ${short(largest)} users: cost`,
    value: rateOf(rates.list, largest) / rateOf(rates.listDeep, largest),
    unit: '×',
    most: 2,
  };
}

/** What only one connection can show, and memory. */
async function onTheLargest({ client, settings }: Bench, server: Started): Promise<Finding[]> {
  const alone = (workload: WorkloadName) =>
    client.cell({ target: server.target, workload, connections: 1, milliseconds: settings.milliseconds });
  const { p50: search } = await alone('filterCo');
  const { p50: get } = await alone('getById');
  const findings: Finding[] = [
    {
      kind: 'finding',
      key: 'growth.filterCoMs',
      title: `userName co on ${server.label} users, one connection, HTTP included`,
      value: search,
      unit: 'ms',
      most: 3,
      note: `GET by id takes ${get.toFixed(2)} ms`,
    },
  ];
  const rss = server.rss();
  if (rss !== undefined) {
    findings.push({
      kind: 'finding',
      key: 'growth.rssMB',
      title: `RSS with ${server.label} users after this load`,
      value: rss / 1e6,
      unit: 'MB',
      most: 200,
    });
  }
  return findings;
}

async function startTime(bench: Bench, ours: Prepared, users: number): Promise<Finding> {
  const raw = await bench.prepare('A', { users });
  const times = { ours: [] as number[], A: [] as number[] };
  for (let round = 0; round < Math.max(3, bench.settings.rounds); round++) {
    for (const [name, prepared] of [
      ['ours', ours],
      ['A', raw],
    ] as const) {
      const server = await bench.start(prepared);
      times[name].push(server.startMs);
      await server.stop();
    }
  }
  return {
    kind: 'finding',
    key: 'start.ratioA',
    title: `listening after start with ${short(users)} users, by A's`,
    value: median(times.ours) / median(times.A),
    unit: '×',
    most: 1.5,
    note: `${median(times.ours).toFixed(0)} by ${median(times.A).toFixed(0)} ms`,
  };
}

function rateOf(rounds: Rounds | undefined, size: number): number {
  return median((rounds?.[String(size)] ?? []).map(({ rate }) => rate));
}

/** `1k`, `1M` */
function short(count = 0): string {
  return count >= 1e6 ? `${count / 1e6}M` : count >= 1000 ? `${count / 1000}k` : String(count);
}
