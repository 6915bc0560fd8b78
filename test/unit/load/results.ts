import type { Finding, OperationResult } from '../../load/results.ts';

/** An operation with these rates in its rounds; a request costs 1 ms of CPU at ours and half of that elsewhere. */
export function operation(
  rates: Record<string, number[]>,
  target: OperationResult['target'] = { A: 1, peer: 5 },
): OperationResult {
  const rounds = Object.fromEntries(
    Object.entries(rates).map(([label, list]) => [
      label,
      list.map((rate) => ({
        requests: rate,
        rate,
        p50: 1,
        p99: 2,
        clientLoad: 0.1,
        cpu: label === 'ours' ? 1 : 0.5,
      })),
    ]),
  );
  return { kind: 'operation', key: 'getById', title: 'GET /Users/{id}', connections: 10, rounds, target };
}

/** A figure that may be 4 at most. */
export function finding(value: number, change: Partial<Finding> = {}): Finding {
  return { kind: 'finding', key: 'growth.post', title: 'POST: cost', value, unit: '×', most: 4, ...change };
}
