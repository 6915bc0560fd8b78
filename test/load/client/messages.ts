import type { Cell, CellResult } from './run-cell.ts';
import type { Sync, SyncResult } from './run-sync.ts';

/** What the benchmark asks its load client, one at a time. */
export type Task = { kind: 'cell'; cell: Cell } | { kind: 'sync'; sync: Sync };

/** What the client answers. */
export type TaskAnswer = { result: CellResult | SyncResult } | { error: string };
