import type { Part } from '../bench.ts';
import type { Result } from '../results.ts';
import { interleave } from '../rounds.ts';
import { median } from '../statistics.ts';

const CONNECTIONS = 50;

/** Look-ups, pages and changes together on 50 connections: nobody may wait ten times as long as most do. */
export const mixedLoad: Part = {
  name: 'mixed',
  title: 'mixed load',
  async run(bench) {
    const { settings, client } = bench;
    const started = [];
    for (const name of ['ours', 'A'] as const) {
      started.push(await bench.start(await bench.usual(name)));
    }
    const milliseconds = settings.milliseconds * 2;
    const cell = { workload: 'mixed', connections: CONNECTIONS, milliseconds } as const;
    const rounds = await interleave(client, started, cell, settings.rounds);
    const title = 'mixed load';
    const results: Result[] = [
      { kind: 'operation', key: 'mixed', title, connections: CONNECTIONS, rounds, target: {} },
    ];
    for (const label of ['ours', 'A']) {
      const p50 = median((rounds[label] ?? []).map((round) => round.p50));
      const p99 = median((rounds[label] ?? []).map((round) => round.p99));
      results.push({
        kind: 'finding',
        key: `mixed.${label === 'ours' ? '' : `${label}.`}p99OverP50`,
        title: `mixed load on ${CONNECTIONS} connections, ${label}: p99 by p50`,
        value: p99 / p50,
        unit: '×',
        ...(label === 'ours' && { most: 10 }),
        note: `${p99.toFixed(1)} by ${p50.toFixed(1)} ms`,
      });
    }
    return results;
  },
};
