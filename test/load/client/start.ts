import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Task, TaskAnswer } from './messages.ts';
import type { Cell, CellResult } from './run-cell.ts';
import type { Sync, SyncResult } from './run-sync.ts';

/** The load client's process. */
export interface LoadClient {
  pid: number;
  /** Puts one workload on one server. Rejects when any answer was wrong. */
  cell(cell: Cell): Promise<CellResult>;
  sync(sync: Sync): Promise<SyncResult>;
  stop(): Promise<void>;
}

/** Starts the load client. */
export function startClient(): LoadClient {
  const child = fork(join(import.meta.dirname, 'main.ts'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');

  async function ask<Result>(task: Task): Promise<Result> {
    child.send(task);
    const gone = ended.then(() => {
      throw new Error('the load client ended');
    });
    const [answer] = (await Promise.race([once(child, 'message'), gone])) as [TaskAnswer];
    if ('error' in answer) throw new Error(answer.error);
    return answer.result as Result;
  }

  return {
    pid: child.pid ?? 0,
    cell: (cell) => ask<CellResult>({ kind: 'cell', cell }),
    sync: (sync) => ask<SyncResult>({ kind: 'sync', sync }),
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
