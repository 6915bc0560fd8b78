import type { Part } from '../bench.ts';
import { setPolicy } from '../contenders.ts';
import { interleave } from '../rounds.ts';

/** Pages by cursor (RFC 9865): ours alone, since no ceiling and no peer has them. */
export const cursorPages: Part = {
  name: 'listCursor',
  title: 'pages by cursor',
  async run(bench) {
    const { settings, client, report } = bench;
    const prepared = await bench.usual('ours');
    try {
      await setPolicy(prepared.dataDirectory, ['pagination.cursor=true']);
    } catch (error) {
      const [reason] = String((error as Error).message)
        .split(' exited ')
        .slice(-1);
      report.say(`Cursor pages are left out: policy set pagination.cursor=true exited ${reason?.trim()}`);
      return [];
    }
    const ours = await bench.start(prepared);
    const cell = { workload: 'listCursor', connections: 10, milliseconds: settings.milliseconds } as const;
    const rounds = await interleave(client, [ours], cell, settings.rounds);
    return [
      {
        kind: 'operation',
        key: 'listCursor',
        title: 'list 100 by cursor',
        connections: 10,
        rounds,
        target: {},
      },
    ];
  },
};
