import type { Cell, CellResult } from './client/run-cell.ts';
import type { LoadClient } from './client/start.ts';
import type { Started } from './contenders.ts';

/** One round of one contender. */
export interface Round extends CellResult {
  /** CPU time of the server for one request, in milliseconds; undefined where the platform can't tell. */
  cpu: number | undefined;
}

/** What each contender did, round by round, by the contender's label. */
export type Rounds = Record<string, Round[]>;

/**
 * Puts one workload on all contenders in turn, round after round, so that whatever else the machine does meets all of
 * them alike. Each gets a warm-up before its first round.
 */
export async function interleave(
  client: LoadClient,
  contenders: readonly Started[],
  cell: Omit<Cell, 'target'>,
  rounds: number,
): Promise<Rounds> {
  const results: Rounds = {};
  const warmUp = Math.min(500, cell.milliseconds / 2);
  for (const { target } of contenders) await client.cell({ ...cell, target, milliseconds: warmUp });
  for (let round = 0; round < rounds; round++) {
    for (const { label, target, cpu } of contenders) {
      const before = cpu();
      const result = await client.cell({ ...cell, target });
      const after = cpu();
      const used =
        before === undefined || after === undefined ? undefined : (after - before) / result.requests;
      results[label] ??= [];
      results[label].push({ ...result, cpu: used });
    }
  }
  return results;
}
