import type { Bench, Part } from '../bench.ts';
import type { Started } from '../contenders.ts';
import type { Result } from '../results.ts';
import { interleave } from '../rounds.ts';
import { median } from '../statistics.ts';

/** Users who are in no group at first: each connection moves one of them in and out. */
const OUTSIDERS = 100;

/** One member added to or removed from groups of different sizes: the cost must not grow with the group. */
export const groupChanges: Part = {
  name: 'groups',
  title: 'one member added to or removed from a group',
  also: ['groupPatch'],
  async run(bench) {
    const { settings } = bench;
    const sizes = settings.groupSizes;
    const started: Started[] = [];
    for (const name of bench.contenders.filter((each) => each !== 'B')) {
      const users = Math.max(...sizes) + OUTSIDERS;
      // As Entra does it: 204 instead of the whole group.
      started.push(await bench.start(await bench.prepare(name, { users, groups: sizes }, ['profile=entra'])));
    }
    const results: Result[] = [];
    const rates: number[] = [];
    const ours = started.filter(({ name }) => name === 'ours');
    const before = ours[0]?.rss();
    for (const [group, size] of sizes.entries()) {
      const rounds = await measure(bench, started, group, size);
      rates.push(median((rounds.ours ?? []).map(({ rate }) => rate)));
      const title = `PATCH one member of a group of ${size.toLocaleString('en')}`;
      const target = { A: 0.7, peer: 5 };
      results.push({ kind: 'operation', key: `groupPatch.${size}`, title, connections: 10, rounds, target });
    }
    const growth = (rates[0] ?? Number.NaN) / (rates.at(-1) ?? Number.NaN);
    results.push({
      kind: 'finding',
      key: 'groupPatch.growth',
      title: `PATCH one member: cost at ${sizes.at(-1)?.toLocaleString('en')} by cost at ${sizes[0]}`,
      value: growth,
      unit: '×',
      most: 1.5,
    });
    const after = ours[0]?.rss();
    if (before !== undefined && after !== undefined) {
      results.push({
        kind: 'finding',
        key: 'groupPatch.rssMB',
        title: 'memory after that (RSS)',
        value: after / 1e6,
        unit: 'MB',
        note: `${(before / 1e6).toFixed(0)} MB before`,
      });
    }
    return results;
  },
};

/** The peer reads and writes all members for one change; in a huge group one request takes it minutes. */
async function measure(
  { settings, client, report }: Bench,
  started: readonly Started[],
  group: number,
  size: number,
) {
  report.progress(`a group of ${size} …`);
  const able = started.filter(({ name }) => name !== 'scimmy' || size <= 1000);
  if (able.length < started.length)
    report.say(`scimmy is left out for groups of ${size}: one request takes seconds.`);
  const { milliseconds, rounds } = settings;
  return interleave(client, able, { workload: 'groupPatch', connections: 10, milliseconds, group }, rounds);
}
