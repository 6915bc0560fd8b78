import type { Part } from '../bench.ts';
import type { WorkloadName } from '../client/workloads.ts';
import type { RateTarget, Result } from '../results.ts';
import { interleave } from '../rounds.ts';

const READ: RateTarget = { A: 1.0, peer: 5 };
const WRITE: RateTarget = { A: 0.7, peer: 5 };

/** Reads first: what writes add must not shift the pages. */
const operations: readonly { workload: WorkloadName; title: string; target: RateTarget }[] = [
  { workload: 'getById', title: 'GET /Users/{id}', target: READ },
  { workload: 'filterEq', title: 'filter userName eq', target: READ },
  { workload: 'filterSw', title: 'filter userName sw, 10 hits', target: READ },
  { workload: 'filterCo', title: 'filter userName co, 10 hits', target: {} },
  { workload: 'list', title: 'list 100', target: READ },
  { workload: 'listDeep', title: 'list 100 at 90 %', target: READ },
  { workload: 'patch', title: 'PATCH active', target: WRITE },
  { workload: 'put', title: 'PUT', target: WRITE },
  { workload: 'post', title: 'POST', target: WRITE },
];

/** Single requests on all contenders, with 10 and 50 connections. */
export const singleOperations: Part = {
  name: 'operations',
  title: 'single operations',
  also: operations.map(({ workload }) => workload),
  async run(bench) {
    const { settings, client, report } = bench;
    const started = [];
    for (const name of bench.contenders) {
      started.push(await bench.start(await bench.usual(name)));
    }
    const results: Result[] = [];
    for (const { workload, title, target } of operations) {
      if (!bench.wants(workload) && !bench.wants('operations')) continue;
      for (const connections of settings.connections) {
        report.progress(`${title}, ${connections} connections …`);
        const { milliseconds, rounds } = settings;
        const measured = await interleave(client, started, { workload, connections, milliseconds }, rounds);
        const key = connections === settings.connections[0] ? workload : `${workload}.c${connections}`;
        results.push({ kind: 'operation', key, title, connections, rounds: measured, target });
      }
    }
    return results;
  },
};
