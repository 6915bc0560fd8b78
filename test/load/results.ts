import type { Rounds } from './rounds.ts';
import { median, ratioOfRounds } from './statistics.ts';

/** What an operation has to reach: times the requests per second of ceiling A and of the peer. */
export interface RateTarget {
  A?: number;
  peer?: number;
}

/** One operation, measured on all contenders. */
export interface OperationResult {
  kind: 'operation';
  /** For `--json`. */
  key: string;
  title: string;
  connections: number;
  rounds: Rounds;
  target: RateTarget;
}

/** One figure with at most one bound. */
export interface Finding {
  kind: 'finding';
  key: string;
  title: string;
  value: number;
  unit: string;
  /** The most that the value may be. */
  most?: number;
  note?: string;
  /** What the value was made from, for a plot: cost in milliseconds of one request by the number of users. */
  series?: readonly { x: number; y: number }[];
}

export type Result = OperationResult | Finding;

/** An operation, summed up. Absent where the contender did not take part. */
export interface OperationSummary {
  /** Median requests per second, by contender. */
  rates: Partial<Record<string, number>>;
  ratioA: number | undefined;
  ratioB: number | undefined;
  ratioPeer: number | undefined;
  /** A's CPU time for one request by ours: the same ratio, but blind to a disk or a core that others keep busy. */
  cpuRatioA: number | undefined;
}

/** Medians and ratios of an operation. */
export function summarize({ rounds }: OperationResult): OperationSummary {
  const of = (label: string) => (rounds[label] ?? []).map(({ rate }) => rate);
  const rates = Object.fromEntries(Object.keys(rounds).map((label) => [label, median(of(label))]));
  const ratio = (label: string) => ratioOfRounds(of('ours'), of(label));
  const cpu = (label: string) => (rounds[label] ?? []).map((round) => round.cpu ?? Number.NaN);
  const cpuRatioA = ratioOfRounds(cpu('A'), cpu('ours'));
  return {
    rates,
    ratioA: ratio('A'),
    ratioB: ratio('B'),
    ratioPeer: ratio('scimmy'),
    cpuRatioA: Number.isFinite(cpuRatioA) ? cpuRatioA : undefined,
  };
}

/** Whether a target is met; undefined when there is none, or nothing to compare with. */
export function isMet(result: Result): boolean | undefined {
  if (result.kind === 'finding') return result.most === undefined ? undefined : result.value <= result.most;
  const { ratioA, ratioPeer } = summarize(result);
  const { A, peer } = result.target;
  const verdicts = [
    A === undefined || ratioA === undefined ? undefined : ratioA >= A,
    peer === undefined || ratioPeer === undefined ? undefined : ratioPeer >= peer,
  ].filter((verdict) => verdict !== undefined);
  return verdicts.length === 0 ? undefined : verdicts.every(Boolean);
}

/** Every figure under a name, for `--json`. */
export function flatten(results: readonly Result[]): Record<string, number> {
  const flat: Record<string, number> = {};
  const put = (key: string, value: number | undefined) => {
    if (value !== undefined && Number.isFinite(value)) flat[key] = Number(value.toPrecision(4));
  };
  for (const result of results) {
    if (result.kind === 'finding') {
      put(result.key, result.value);
      continue;
    }
    const { rates, ratioA, ratioB, ratioPeer, cpuRatioA } = summarize(result);
    for (const [label, rate] of Object.entries(rates)) put(`${result.key}.${label}`, rate);
    put(`${result.key}.ratioA`, ratioA);
    put(`${result.key}.ratioB`, ratioB);
    put(`${result.key}.ratioScimmy`, ratioPeer);
    put(`${result.key}.cpuRatioA`, cpuRatioA);
  }
  return flat;
}
