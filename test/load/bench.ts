import type { Report } from '../../scripts/report.ts';
import type { LoadClient } from './client/start.ts';
import type { ContenderName, Prepared, Rows, Started } from './contenders.ts';
import type { Result } from './results.ts';

/** How long and how large a run is. */
export interface Settings {
  mode: 'full' | 'quick';
  rounds: number;
  /** Length of one cell in milliseconds. */
  milliseconds: number;
  /** Users that are stored where nothing else is said. */
  users: number;
  connections: readonly number[];
  /** Sizes of the growth part: numbers of users. */
  growth: readonly number[];
  /** Members of the groups that get and lose one. */
  groupSizes: readonly number[];
  sync: { users: number; groups: number; members: number; rounds: number };
}

/** What the parts of the benchmark share. */
export interface Bench {
  settings: Settings;
  client: LoadClient;
  report: Report;
  /** Whether to run this workload; names from `--only`. */
  wants(name: string): boolean;
  /** `ours`, the ceilings, and the peer where it is there. */
  contenders: readonly ContenderName[];
  /** The data directory with the usual number of users and no groups, made at its first use and kept for the run. */
  usual(name: ContenderName): Promise<Prepared>;
  /** Makes a filled data directory on the real disk; it is removed at the end of the part. */
  prepare(name: ContenderName, rows: Rows, policy?: readonly string[]): Promise<Prepared>;
  /** Starts a server that is stopped at the end of the part at the latest. */
  start(prepared: Prepared, label?: string): Promise<Started>;
}

/** One part of the benchmark. */
export interface Part {
  name: string;
  title: string;
  /** Other names under which `--only` selects it. */
  also?: readonly string[];
  /** Left out of `--quick` unless it is named. */
  fullOnly?: boolean;
  run(bench: Bench): Promise<Result[]>;
}
